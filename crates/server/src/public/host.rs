//! Whose pages are asked for: the host that a request names, and the company behind it.

use axum::{
    extract::Request,
    http::{header, uri::Authority},
};

use crate::{
    app::App,
    problem::{Kind, Problem},
};

/// The number of the publisher behind the host that a request names.
pub(super) fn publisher(app: &App, request: &Request) -> Result<u64, Problem> {
    company(app, request).map(|(number, _)| number)
}

/// Where to report a weakness to that publisher: its own address, or the operator's.
pub(super) fn contact(app: &App, request: &Request) -> Result<Option<String>, Problem> {
    let (_, name) = company(app, request)?;
    let site = app.site();
    let placed = site.publishers.iter().find(|one| one.company == name);
    let own = placed.and_then(|one| one.security_contact.clone());
    Ok(own.or_else(|| site.contact.clone()))
}

/// The publisher behind a host, with its name. A server with one publisher needs no host names.
fn company(app: &App, request: &Request) -> Result<(u64, String), Problem> {
    let host = named(request)?;
    let mut all = app.deployment().control().publishers().map_err(engine::Refusal::from)?;
    let of = |host: &String| app.site().publishers.iter().find(|one| one.hosts.contains(host));
    let placed = host.as_ref().and_then(of);
    let found = placed.and_then(|one| all.iter().position(|(_, name)| *name == one.company));
    match (found, all.len()) {
        (Some(place), _) => Ok(all.swap_remove(place)),
        (None, 0) => Err(Problem::new(Kind::NotFound)),
        (None, 1) => Ok(all.swap_remove(0)),
        (None, _) => Err(Problem::new(Kind::Misdirected)),
    }
}

/// Whether the request names this machine itself, as nobody does who comes from elsewhere.
pub(super) fn is_loopback(request: &Request) -> bool {
    let Ok(Some(host)) = named(request) else { return false };
    ["localhost", "127.0.0.1", "[::1]"].contains(&host.as_str())
}

/// The host: lower case, without port and without the dot at its end. A whole address in the first line
/// counts before the header (RFC 9112, 3.2.2); two headers are refused, because two readers could each
/// believe another one.
fn named(request: &Request) -> Result<Option<String>, Problem> {
    let mut headers = request.headers().get_all(header::HOST).iter();
    let header = headers.next();
    if headers.next().is_some() {
        return Err(Problem::new(Kind::Malformed).because("one host header"));
    }
    let written = header.and_then(|value| value.to_str().ok()?.parse::<Authority>().ok());
    let authority = request.uri().authority().cloned().or(written);
    let plain = authority.filter(|authority| !authority.as_str().contains('@'));
    Ok(plain.map(|authority| {
        let host = authority.host().to_ascii_lowercase();
        host.strip_suffix('.').map(str::to_owned).unwrap_or(host)
    }))
}
