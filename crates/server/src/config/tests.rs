use super::*;

fn parse(text: &str) -> Result<Config, String> {
    Config::parse(text, Path::new("/srv/janji")).map_err(|error| error.to_string())
}

#[test]
fn an_empty_file_is_safe() {
    let config = parse("").unwrap();
    assert!(config.server.listen.ip().is_loopback());
    assert_eq!(config.server.data, Path::new("/srv/janji"));
    assert_eq!((config.keys.epoch, config.keys.keep, config.backup.days), (DAY, 7, 30));
    assert!(!config.keys.accept_total_loss && config.keys.escrows.is_empty());
}

#[test]
fn every_key_is_read() {
    let config = parse(
        "[server]\nlisten = '127.0.0.1:9000'\ndata = 'data'\nsecurity_contact = 'mailto:s@a.example'\n\
         [publisher.'Ashari Tech']\nhosts = ['Ashari.Example.', 'a.localhost']\n\
         security_contact = 'mailto:s@ashari.example'\n[keys]\nepoch = '12 hours'\nkeep = 3\nescrows = ['/mnt/escrow', 'near']\n\
         accept_total_loss = true\n[backup]\nfolder = '/mnt/sets'\ndays = 10",
    )
    .unwrap();
    assert_eq!(config.server.listen.port(), 9000);
    assert_eq!(config.server.data, Path::new("/srv/janji/data"));
    let [ashari] = config.publishers.as_slice() else { panic!("one company") };
    assert_eq!((ashari.company.as_str(), ashari.hosts.len()), ("Ashari Tech", 2));
    assert_eq!(ashari.hosts, ["ashari.example", "a.localhost"]);
    assert_eq!(ashari.security_contact.as_deref(), Some("mailto:s@ashari.example"));
    assert_eq!((config.keys.epoch, config.keys.keep), (DAY / 2, 3));
    let escrows = [Path::new("/mnt/escrow"), Path::new("/srv/janji/near")];
    assert_eq!(config.keys.escrows, escrows);
    assert_eq!(config.backup.folder.as_deref(), Some(Path::new("/mnt/sets")));
    assert_eq!(config.backup.days, 10);
}

#[test]
fn an_unknown_key_in_the_configuration_is_refused_with_the_nearest() {
    let refused = [
        ("[keys]\nescrow = []", "`keys.escrow` is unknown; did you mean `escrows`?"),
        ("[sever]", "`sever` is unknown; did you mean `server`?"),
        ("[backup]\nwhither = 'x'", "`backup.whither` is unknown; known here: folder, days"),
        ("[keys]\nkeep = 0", "`keys.keep` must be a whole number above 0"),
        ("[keys]\nepoch = '1 fortnight'", "`keys.epoch` must be a length of time"),
        ("[server]\nlisten = 'everywhere'", "`server.listen` must be an address"),
        ("keys = 3", "`keys` must be a section"),
        (
            "[publisher.A]\nhost = ['a.example']",
            "`publisher.\"A\".host` is unknown; did you mean `hosts`?",
        ),
        ("[publisher.A]", "`publisher.\"A\".hosts` must be a list of host names"),
        (
            "[publisher.A]\nhosts = ['a.example:80']",
            "`publisher.\"A\".hosts` must be a list of host names",
        ),
        ("[publisher.A]\nhosts = []", "`publisher.\"A\".hosts` must be a list of host names"),
        (
            "[publisher.A]\nhosts = ['a.example']\n[publisher.B]\nhosts = ['b.example', 'A.example']",
            "the host `a.example` is named twice",
        ),
    ];
    for (text, message) in refused {
        let error = parse(text).unwrap_err();
        assert!(error.contains(message), "{error}");
    }
    assert!(parse("[keys").unwrap_err().contains("line 1"), "a syntax error says where");
}

#[test]
fn each_of_several_companies_needs_a_host_and_none_may_be_a_stranger() {
    let file = |text: &str| parse(text).unwrap().publishers;
    let told = |text: &str, companies: &[&str]| {
        let companies: Vec<String> = companies.iter().map(|&name| name.to_owned()).collect();
        publisher::known(&file(text), &companies).map_err(|error| error.to_string())
    };
    let both = "[publisher.Adit]\nhosts = ['a.example']\n[publisher.Bima]\nhosts = ['b.example']";
    assert_eq!(told("", &["Adit"]), Ok(()), "one company needs no host");
    assert_eq!(told(both, &["Adit", "Bima"]), Ok(()));
    let lost = told("[publisher.Adit]\nhosts = ['a.example']", &["Adit", "Bima"]).unwrap_err();
    assert!(lost.contains("`Bima` has no host name"), "{lost}");
    let stranger = told(both, &["Adit"]).unwrap_err();
    assert!(stranger.contains("no workspace here is of the company `Bima`"), "{stranger}");
    let typed = told("[publisher.Adti]\nhosts = ['a.example']", &["Adit"]).unwrap_err();
    assert!(typed.contains("did you mean `Adit`?"), "{typed}");
}
