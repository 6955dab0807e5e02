use super::{complete, definition, hover, references, symbols};
use crate::tests::{BASE, policies, with};

/// A text with `¦` at the place that is asked about.
fn cursor(marked: &str) -> (String, usize) {
    let at = marked.find('¦').expect("a cursor");
    (marked.replacen('¦', "", 1), at)
}

/// The base policy, with a marked text in place of another.
fn edited(old: &str, marked: &str) -> (String, usize) {
    cursor(&with(old, marked))
}

fn labels((source, at): &(String, usize)) -> Vec<String> {
    complete(source, *at).into_iter().map(|one| one.label).collect()
}

/// What the source is after the offer with this label was taken.
fn taken((source, at): &(String, usize), label: &str) -> String {
    let offers = complete(source, *at);
    let one = offers.iter().find(|one| one.label == label);
    let one = one.unwrap_or_else(|| panic!("no {label} in {offers:?}"));
    let mut text = source.clone();
    text.replace_range(one.replace.clone(), &one.insert);
    text
}

#[track_caller]
fn offers(place: &(String, usize), wanted: &[&str], unwanted: &[&str]) {
    let found = labels(place);
    for word in wanted {
        assert!(found.iter().any(|label| label == word), "no {word} in {found:?}");
    }
    for word in unwanted {
        assert!(!found.iter().any(|label| label == word), "{word} in {found:?}");
    }
}

#[test]
fn a_header_is_completed_from_the_sections_and_closed_rows() {
    offers(&cursor("janji = 1\n[¦"), &["policy", "data", "text"], &["janji", "janji = "]);
    offers(&cursor("janji = 1\n[re¦\n\n[policy]\n"), &["register", "recipient"], &[]);
    offers(&cursor("[request.¦]\n"), &["acknowledge", "answer"], &["tell_people"]);
    offers(&cursor("[data.¦]\n"), &[], &["keep", "policy"]);
    assert_eq!(taken(&cursor("[da¦"), "data"), "[data");
}

#[test]
fn keys_of_a_row_that_are_not_there_yet_are_offered() {
    let place = edited("[data.ticket]\n", "[data.ticket]\nro¦\n");
    offers(&place, &["role", "special", "covers"], &["keep", "part_of", "basis"]);
    assert!(taken(&place, "role").contains("[data.ticket]\nrole = \n"));
    let inline = cursor("[purpose]\nnews = { basis = \"consent\", ¦ }\n");
    offers(&inline, &["kind", "sends"], &["basis", "keep"]);
    // A name that has its value already gets no second equals sign.
    let named = cursor("[data.a]\nkee¦ = \"1 year\"\n");
    assert_eq!(taken(&named, "keep"), "[data.a]\nkeep = \"1 year\"\n");
    offers(&cursor("[policy]\nversion ¦"), &[], &["laws", "version"]);
    offers(&cursor("[policy]\nversion = \"1\" ¦"), &[], &["laws", "version"]);
    offers(&cursor("[policy] # lan¦\n"), &[], &["languages"]);
}

#[test]
fn closed_words_come_with_their_quotes_where_they_are_missing() {
    let bare = cursor("[data.a]\nrole = ¦\n[text]\n");
    assert_eq!(labels(&bare), ["controller", "processor"]);
    assert!(taken(&bare, "processor").contains("role = \"processor\"\n"));
    let open = cursor("[data.a]\nrole = \"pro¦\n[text]\n");
    assert!(taken(&open, "processor").contains("role = \"processor\n"));
    let second = cursor("[recipient.x]\ndoes = [\"mail\", \"¦\"]\n");
    offers(&second, &["hosting"], &["mail"]);
}

#[test]
fn names_are_offered_by_their_kind_also_in_a_list_that_is_not_closed() {
    let place = edited("for = [\"support\"]", "for = [\"¦");
    offers(&place, &["support", "service"], &["ticket", "account", "email"]);
    let fields = edited("unique = [\"email\"]", "unique = [\"¦\"]");
    offers(&fields, &["email"], &["phone_number", "selfie"]);
    let gets = cursor("[data.a]\nfields = [\"email\"]\n[recipient.x]\ngets = [\"a.¦\"]");
    offers(&gets, &["a", "a.email", "sealed"], &["x"]);
    let whole = edited("part_of = \"account\"", "part_of = \"¦\"");
    offers(&whole, &["account", "workspace"], &["support"]);
}

#[test]
fn a_phrase_is_completed_word_by_word() {
    let unit = cursor("[data.a]\nkeep = \"30 d¦\"\n");
    offers(&unit, &["days", "months", "business days"], &["day", "after"]);
    assert!(taken(&unit, "days").contains("\"30 days\""));
    offers(&cursor("[data.a]\nkeep = \"1 ¦\"\n"), &["day", "year"], &["days"]);
    offers(&cursor("[data.a]\nkeep = \"1 year ¦\"\n"), &["after"], &["day"]);
    let event = edited("keep = \"1 year after resolved\"", "keep = \"1 year after ¦\"");
    offers(&event, &["resolved", "collected", "account.closed"], &["reopened clears resolved"]);
    let start = edited("keep = \"1 year after resolved\"", "keep = \"¦\"");
    offers(&start, &["never", "with account"], &["days"]);
    offers(&cursor("[data.a]\nevents = [\"x\", \"y clears ¦\"]\n"), &["x"], &["y"]);
    offers(&cursor("[request]\nanswer = { within = \"30 ¦\" }\n"), &["days"], &["after"]);
    offers(
        &cursor("[register]\nconsents = { keep = \"3 years after ¦\" }\n"),
        &["withdrawn"],
        &["collected"],
    );
}

#[test]
fn promises_findings_words_and_plans_are_offered_where_they_belong() {
    let head =
        "[source]\npromises = [\"A-1..A-3\"]\nfindings = [\"C-1\"]\n[policy]\ncovers = [\"A-2\"]\n";
    let covers = cursor(&format!("{head}[company]\ncovers = [\"¦\"]\n"));
    assert_eq!(labels(&covers), ["A-1", "A-3", "A-2"]);
    offers(&cursor(&format!("{head}resolves = [\"¦\"]\n")), &["C-1"], &["A-1"]);
    offers(&cursor(&format!("{head}[decided]\n¦\n")), &["C-1"], &[]);
    let row = cursor("[data.a]\nkeep = \"1 year\"\ncovers = { ¦ }\n");
    assert_eq!(labels(&row), ["keep"]);
    offers(&edited("[text]\n", "[text]\ndata.¦\n"), &[], &["ticket", "keep"]);
    offers(&cursor("[data.a]\n[data.b]\n[text]\ndata.a = \"A\"\ndata.¦"), &["b"], &["a"]);
    offers(&cursor("[text]\ndata.a = { ¦ }"), &["en", "id"], &[]);
    offers(
        &edited("[planned]\n", "[planned]\nrows = [\"¦\"]\n"),
        &["data.*", "data.ticket"],
        &["text.*"],
    );
}

#[track_caller]
fn leads(place: &(String, usize), target: &str) {
    let (source, at) = place;
    let found = definition(source, *at);
    let first = found.first().unwrap_or_else(|| panic!("leads nowhere, not to {target}"));
    let line = source.get(..first.start).unwrap().rfind('\n').map_or(0, |at| at + 1);
    let end = source.get(line..).unwrap().find('\n').map_or(source.len(), |at| line + at);
    let line = source.get(line..end).unwrap();
    assert!(line.starts_with(target), "leads to {line:?}, not to {target:?}");
}

#[test]
fn a_reference_leads_to_its_declaration() {
    leads(&edited("for = [\"support\"]", "for = [\"sup¦port\"]"), "support");
    leads(&edited("part_of = \"account\"", "part_of = \"acc¦ount\""), "[data.account]");
    leads(&edited("after resolved\"", "after reso¦lved\""), "events");
    let events = "[data.a]\nevents = [\"done\"]\n[data.b]\nkeep = \"1 year after a.¦done\"\n";
    leads(&cursor(events), "events");
    leads(&cursor(&events.replace('¦', "").replace("after a", "after ¦a")), "[data.a]");
    leads(&cursor("[feature]\nface = {}\n[data.b]\nwhen = \"fa¦ce\"\n"), "face");
    leads(&cursor("[setting]\ndays = {}\n[data.b]\nkeep = \"da¦ys\"\n"), "days");
    leads(&cursor("[scope]\npeople = [\"user\"]\n[data.b]\nof = [\"us¦er\"]\n"), "people");
    leads(&cursor("[data.a]\nfields = [\"x\"]\n[recipient.b]\ngets = [\"a.¦x\"]\n"), "fields");
    leads(&cursor("[data.a]\nfields = [\"¦x\"]\n[field]\nx = \"text\"\n"), "x");
    leads(&cursor("[data.a]\nkeep = \"1 year\"\ncovers = { ke¦ep = [] }\n"), "keep");
}

#[test]
fn words_lead_to_their_row_and_a_row_to_its_words() {
    let words = "[data.a]\nkeep = \"1 year\"\n[text]\ndata.¦a = { en = \"A\" }\n";
    leads(&cursor(words), "[data.a]");
    leads(&cursor(&words.replace('¦', "").replace("[data.a", "[data.¦a")), "data.a");
    let settled = "[policy]\nresolves = [\"C-¦1\"]\n[decided]\nC-1 = \"So.\"\n";
    leads(&cursor(settled), "C-1");
    leads(&cursor(&settled.replace('¦', "").replace("\nC-1", "\nC-¦1")), "resolves");
    let source = "[policy]\ncovers = [\"A-¦2\"]\n[source]\npromises = [\"A-1..A-3\"]\n";
    leads(&cursor(source), "promises");
    leads(&cursor("[data.a]\n[data.b]\n[planned]\nrows = [\"data¦.*\"]\n"), "[data.a]");
}

#[test]
fn every_place_that_names_a_row_is_found() {
    let (source, at) = cursor(
        "[data.¦a]\nevents = [\"e\"]\n[data.b]\npart_of = \"a\"\nkeep = \"1 year after a.e\"\n\
         [recipient.r]\ngets = [\"a.x\"]\n[text]\ndata.a = \"A\"\n",
    );
    let found = references(&source, at, true);
    let words: Vec<&str> = found.iter().map(|span| source.get(span.clone()).unwrap()).collect();
    assert_eq!(words, ["a"; 5]);
    assert_eq!(references(&source, at, false).len(), 4);
}

#[test]
fn hover_says_what_a_word_means_here_and_to_the_engine() {
    let (source, at) = edited("[data.ticket]", "[data.tic¦ket]");
    let about = hover(&source, at).unwrap();
    assert_eq!(about.title, "data.ticket");
    let text = about.lines.join("\n");
    assert!(text.contains("state: enforced"), "{text}");
    assert!(text.contains("en: "), "{text}");
    let (source, at) = edited("keep = \"1 year after", "ke¦ep = \"1 year after");
    let about = hover(&source, at).unwrap();
    assert!(about.title.starts_with("data.ticket.keep = \"1 year after"), "{}", about.title);
    assert!(about.lines.iter().any(|line| line.starts_with("takes: ")), "{about:?}");
    let (source, at) = cursor("[purpose]\nnews = { basis = \"con¦sent\" }\n[broken");
    let about = hover(&source, at).unwrap();
    assert_eq!(about.title, "consent");
    assert!(about.lines.iter().any(|line| line == "id: persetujuan"), "{about:?}");
    let (source, at) = cursor("[data.a]\nfields = [\"ema¦il\"]\n");
    assert!(hover(&source, at).unwrap().lines.join(" ").contains("standard field"));
    assert_eq!(hover("[data.a] # keep", 12), None);
}

#[test]
fn the_law_is_told_with_its_article_and_offered_to_cite() {
    let text = "[policy]\nlaws = [\"id-pdp\"]\n[incident.tell_people]\nwit¦hin = \"72 hours\"\n";
    let (source, at) = cursor(text);
    let about = hover(&source, at).unwrap().lines.join("\n");
    assert!(about.contains("UU PDP 46"), "{about}");
    assert!(!about.contains("GDPR"), "{about}");
    let (source, at) = cursor(&text.replace('¦', "").replace("id-pdp", "id-¦pdp"));
    assert!(hover(&source, at).unwrap().lines.join(" ").contains("27 of 2022"));
    let cites = format!("{}cites = [\"¦\"]\n", text.replace('¦', ""));
    let offered = labels(&cursor(&cites));
    assert_eq!(offered.first().unwrap(), "id-pdp 46");
    assert!(offered.len() > 10 && offered.iter().all(|one| one.starts_with("id-pdp ")));
}

#[test]
fn symbols_are_the_sections_with_their_rows() {
    let found = symbols(BASE);
    let data = found.iter().find(|one| one.name == "data").unwrap();
    let rows: Vec<&str> = data.rows.iter().map(|row| row.name.as_str()).collect();
    assert!(rows.contains(&"account") && rows.contains(&"ticket"), "{rows:?}");
    assert!(!found.iter().find(|one| one.name == "policy").unwrap().rows.iter().any(|_| true));
    for symbol in found.iter().flat_map(|one| std::iter::once(one).chain(&one.rows)) {
        assert!(symbol.span.start <= symbol.at.start && symbol.at.end <= symbol.span.end);
        assert!(BASE.is_char_boundary(symbol.span.end), "{symbol:?}");
    }
}

/// Asks everything at a place; nothing may panic, and what is offered can be written.
fn ask(source: &str, at: usize) {
    for one in complete(source, at) {
        assert!(source.get(one.replace.clone()).is_some(), "{one:?} at {at} of {source:?}");
    }
    if let Some(about) = hover(source, at) {
        assert!(source.get(about.span).is_some());
    }
    for span in definition(source, at).into_iter().chain(references(source, at, true)) {
        assert!(source.get(span).is_some());
    }
}

#[test]
fn whatever_is_half_typed_is_survived() {
    for end in (0..BASE.len()).step_by(23).filter(|end| BASE.is_char_boundary(*end)) {
        ask(BASE.get(..end).unwrap(), end);
        ask(BASE, end);
    }
    for odd in [
        "\u{feff}", "\0", "é", "🦀", "'''", "\"\"\"a", "\"\\", "[[", "{{{", "=.=", "\r\n[\r",
        "a = [{b",
    ] {
        let source = format!("{odd}[data.{odd}]\nkeep = \"{odd}\"\nfor = [{odd}\n");
        for at in 0..source.len() + 2 {
            if at > source.len() || source.is_char_boundary(at) {
                ask(&source, at);
            }
        }
    }
    ask("", 0);
    ask("", 10);
}

#[test]
fn deep_and_large_files_are_answered_in_time() {
    for source in [
        "[".repeat(100_000),
        "a = {a=".repeat(100_000),
        "a.".repeat(100_000),
        format!("x = {}", "[".repeat(100_000)),
        "[data.a]\nfor = [\"x\"]\n".repeat(30_000),
        format!("[data.a]\nkeep = \"{}\"", "1 year after ".repeat(60_000)),
        "x\n".repeat(500_000),
        "x = 1\n".repeat(1 << 20),
    ] {
        ask(&source, source.len() / 2);
        ask(&source, source.len());
        symbols(&source);
    }
}

#[test]
fn every_name_of_the_policies_of_this_repository_leads_somewhere() {
    for (name, source) in policies() {
        let mut asked = 0;
        for (at, _) in source.match_indices("for ").chain(source.match_indices("part_of ")) {
            let Some(quote) = source.get(at..).and_then(|rest| rest.find('"')) else { continue };
            let line = source.get(at..at + quote).unwrap();
            if line.contains('\n') || !line.contains('=') || line.contains('{') {
                continue;
            }
            let found = definition(&source, at + quote + 2);
            assert_eq!(found.len(), 1, "{name}: {}", source.get(at..at + quote + 20).unwrap());
            asked += 1;
        }
        assert!(asked > 10, "{name}: {asked}");
    }
}
