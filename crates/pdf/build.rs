//! Takes the few fonts that a page needs out of those that come with the typesetter. The others are ten megabytes
//! that nothing would use, and one of them is under the GPL: it shall not be in what we ship.

use std::{env, error::Error, fs, path::Path};

/// The name of our copy, the font's own name, and a name that only its heavier or slanted sisters have.
const WANTED: &[(&str, &str, &str)] = &[
    ("regular.otf", "LibertinusSerif-Regular", "LibertinusSerif-Bold"),
    ("italic.otf", "LibertinusSerif-Italic", "LibertinusSerif-Bold"),
    ("bold.otf", "LibertinusSerif-Bold", "LibertinusSerif-BoldItalic"),
    ("mono.ttf", "DejaVuSansMono", "DejaVuSansMono-"),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var_os("OUT_DIR").ok_or("cargo names a folder")?;
    for (file, name, sister) in WANTED {
        let named = |data: &&[u8]| has(data, name) && !has(data, sister);
        let font = typst_assets::fonts().find(named).ok_or_else(|| format!("no font {name}"))?;
        fs::write(Path::new(&folder).join(file), font)?;
    }
    Ok(())
}

fn has(data: &[u8], name: &str) -> bool {
    data.windows(name.len()).any(|window| window == name.as_bytes())
}
