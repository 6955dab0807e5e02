//! Texts that are there already, made into the beginning of a policy: Fides manifests, and policies in running text.

mod draft;
mod fides;
mod period;
mod prose;
mod yaml;

#[cfg(test)]
mod tests;

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use draft::Draft;

/// No policy and no manifest is longer.
const LARGEST: u64 = 1 << 20;

/// What cannot be seen in a text, said on top of what was made of it.
const BLIND: &str = "\
Made by `janji init --from`. Each row says what it was read from; nothing was added that no text says.
Not seen: pictures and scans, other languages than English and Indonesian, meaning that no fixed phrase carries, what
stands on linked pages, which data go to whom. Read the source beside it; `janji check` asks for what lacks.";

/// The policy that files give.
pub(crate) fn policy(paths: &[PathBuf]) -> Result<String> {
    let texts =
        paths.iter().map(|path| Ok((name(path), text(path)?))).collect::<Result<Vec<_>>>()?;
    made(&texts)
}

/// The same of texts, each with its name.
fn made(texts: &[(String, String)]) -> Result<String> {
    let (mut manifests, mut proses) = (Vec::new(), Vec::new());
    for (name, text) in texts {
        let manifest =
            Path::new(name).extension().is_some_and(|ending| ending == "yml" || ending == "yaml");
        if manifest {
            let root = yaml::read(text).map_err(|why| anyhow::anyhow!("{name}: {why}"))?;
            if !fides::fits(&root) {
                bail!(
                    "{name}: no Fides manifest: it has no `dataset`, `system`, `policy` or `organization`"
                );
            }
            manifests.push((name.clone(), root));
        } else {
            proses.push((name, text));
        }
    }
    let language = proses.first().map_or("en", |(_, text)| prose::language(text));
    let mut draft = Draft::new(language);
    fides::read(&mut draft, &manifests);
    for (name, text) in proses {
        prose::read(&mut draft, name, text);
    }
    Ok(draft.written(BLIND))
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// A text of bearable size.
fn text(path: &Path) -> Result<String> {
    let shown = path.display();
    let file = File::open(path).with_context(|| format!("{shown} cannot be read"))?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("{shown} cannot be read"))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LARGEST {
        bail!("{shown} is larger than any policy: at most 1 MB is read");
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text),
        _ => bail!("{shown} is no text: UTF-8 is read, Markdown or plain, and YAML"),
    }
}
