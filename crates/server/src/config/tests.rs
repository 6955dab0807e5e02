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
         hosts = { 'Ashari Tech' = ['ashari.tech'] }\n\
         [keys]\nepoch = '12 hours'\nkeep = 3\nescrows = ['/mnt/escrow', 'near']\n\
         accept_total_loss = true\n[backup]\nfolder = '/mnt/sets'\ndays = 10",
    )
    .unwrap();
    assert_eq!(config.server.listen.port(), 9000);
    assert_eq!(config.server.data, Path::new("/srv/janji/data"));
    assert_eq!(config.server.hosts, [("Ashari Tech".to_owned(), vec!["ashari.tech".to_owned()])]);
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
    ];
    for (text, message) in refused {
        let error = parse(text).unwrap_err();
        assert!(error.contains(message), "{error}");
    }
    assert!(parse("[keys").unwrap_err().contains("line 1"), "a syntax error says where");
}
