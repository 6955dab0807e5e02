//! Large policies and what is made to break the check: it ends, and its work grows with the file and no faster.

use crate::{Length, check, mistaken, sample};

#[test]
fn a_sample_of_any_size_has_no_findings() {
    for length in [Length::Rules(1), Length::Rows(500), Length::Rules(8_000)] {
        let source = sample(length);
        let checked = check("sample", &source);
        let first = checked.findings.iter().take(3);
        let first: Vec<String> = first.map(|one| one.render("sample", &source, false)).collect();
        assert_eq!(first, Vec::<String>::new());
        let rows = checked.policy.unwrap().rows;
        let made = match length {
            Length::Rules(rules) => (rows.iter().map(|row| row.keys.len()).sum::<usize>(), rules),
            Length::Rows(wanted) => (rows.len(), wanted),
        };
        assert!(made.0 >= made.1, "{made:?}");
    }
}

#[test]
fn a_file_of_mistakes_shows_the_first_of_them() {
    let source = mistaken(3_000);
    let findings = check("mistaken", &source).findings;
    let last = findings.iter().map(|finding| finding.span.start).max().unwrap();
    assert!(findings.len() > 300, "{}", findings.len());
    assert!(last < source.len() / 20, "{last} of {}", source.len());
}

#[test]
fn an_error_at_the_end_is_not_lost_behind_a_thousand_warnings() {
    let planned = many(1_000, |i| format!("\"{}policy.version\", ", "*".repeat(i)));
    let source = super::with("rows = [", &format!("rows = [{planned}"));
    let source = source.replace("option.senior = {", "option.senor = {");
    let checked = check("warnings", &source);
    assert!(checked.policy.is_none());
    assert!(checked.findings.iter().any(|finding| finding.rule == "text-for-nothing"));
}

/// Processor time of this thread in milliseconds: how busy the machine is besides does not matter.
fn processor() -> u64 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    spent.split(' ').next().unwrap().parse::<u64>().unwrap() / 1_000_000
}

/// Checks, formats and draws; answers what that took.
fn cost(source: &str) -> u64 {
    let before = processor();
    let checked = check("large", source);
    for finding in checked.findings.iter().take(5) {
        finding.render("large", source, false);
    }
    if let Ok(styled) = crate::format(source) {
        assert!(!styled.is_empty());
    }
    processor() - before
}

/// Four times the file takes four times as long and a little more for sorting; comparing each with each would
/// take sixteen times as long.
fn grows(name: &str, size: usize, make: impl Fn(usize) -> String) {
    let (small, large) = (make(size), make(4 * size));
    let (one, four) = (cost(&small), cost(&large));
    assert!(four <= 9 * one.max(25), "{name}: {one} ms, four times as much {four} ms");
}

fn many(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

#[test]
fn work_grows_with_a_policy_and_with_mistakes() {
    grows("rules", 1_500, |n| sample(Length::Rules(n)));
    grows("mistakes", 500, mistaken);
}

#[test]
fn work_grows_with_the_parts_of_a_row() {
    grows("keys", 3_000, |n| format!("[data.a]\n{}", many(n, |i| format!("k{i} = 1\n"))));
    grows("dots", 3_000, |n| format!("[data.a]\n{}", many(n, |i| format!("of.k{i} = 1\n"))));
    grows("fields", 2_000, |n| {
        let names = many(n, |i| format!("\"w{i}\", "));
        let old = many(n, |i| format!("w{i} = \"o{i}\", "));
        format!(
            "[data.a]\nfields = [{names}]\noptional = [{names}]\nunique = [{names}]\nfind_by = [{names}]\n\
             were = {{ {old} }}\nstatutory = {{ fields = [{names}], for = \"x\" }}\nfor = [{names}]\n\
             [recipient.b]\ngets = [{}]\nfor = [{names}]",
            many(n, |i| format!("\"a.w{i}\", "))
        )
    });
    grows("events", 2_000, |n| {
        let rules = many(n, |i| format!("\"e{i}\", \"f{i} clears e{i}\", "));
        let ends = many(n, |i| format!("\"1 day after e{i}\", "));
        let part = "[data.b]\npart_of = \"a\"\n";
        format!("[data.a]\nevents = [{rules}]\nkeep = [{ends}]\n{part}keep = [{ends}]\n")
    });
    grows("items", 20_000, |n| format!("[data.a]\nfields = [{}]\n", "1, ".repeat(n)));
    grows("letters", 100_000, |n| format!("[policy]\nversion = \"{}\"\n", "é. ".repeat(n)));
}

#[test]
fn work_grows_with_parts_and_wholes_however_they_hang() {
    let part = |i: usize, whole: usize| {
        let keep = format!("keep = [\"1 day after a{}.e\", \"with a{whole}\"]", whole / 2);
        format!("[data.a{i}]\npart_of = \"a{whole}\"\nevents = [\"e\"]\n{keep}\n")
    };
    grows("a chain", 600, |n| many(n, |i| part(i + 1, i)));
    grows("a chain upwards", 600, |n| many(n, |i| part(i, i + 1)));
    grows("a circle", 600, |n| many(n, |i| part(i, (i + 1) % n)));
    grows("a star", 600, |n| many(n, |i| part(i, 0)));
}

#[test]
fn a_chain_of_ten_thousand_parts_takes_over_from_its_end() {
    let chain = many(10_000, |i| {
        format!(
            "[data.a{}]\npart_of = \"a{i}\"\nfields = [\"email\"]\nkeep = \"with a{i}\"\n",
            i + 1
        )
    });
    let source = format!("[scope]\npeople = [\"user\"]\n[data.a0]\nof = [\"user\"]\n{chain}");
    let policy = crate::published(&source).unwrap();
    assert_eq!(*policy.category("a10000").unwrap().of, ["user"]);
    let circle = source.replace("of = [\"user\"]", "part_of = \"a10000\"");
    let findings = check("circle", &circle).findings;
    let circles: Vec<_> = findings.iter().filter(|finding| finding.rule == "circle").collect();
    assert_eq!(circles.len(), 1);
    assert_eq!(circle.get(circles[0].span.clone()), Some("\"a10000\""));
}

#[test]
fn work_grows_with_names_patterns_and_promises() {
    grows("planned", 1_000, |n| {
        let rows = many(n, |i| format!("p{i} = {{ basis = \"contract\" }}\n"));
        let paths = many(n, |i| format!("\"purpose.p{i}\", \"purpose.p{i}.*\", "));
        format!("[purpose]\n{rows}[planned]\nrows = [{paths}]\n")
    });
    grows("duties", 600, |n| {
        let rows = many(n, |i| format!("p{i} = {{ basis = \"contract\" }}\n"));
        let duties =
            many(n, |i| format!("d{i} = {{ by = \"us\", rests_on = [\"purpose.p{i}\"] }}\n"));
        format!("[purpose]\n{rows}[duty]\n{duties}")
    });
    grows("purposes", 800, |n| {
        let rows = many(n, |i| format!("p{i} = {{ basis = \"contract\" }}\n"));
        let data = many(n, |i| format!("[data.d{i}]\nfor = [\"p{i}\"]\nwas = \"o{i}\"\n"));
        format!("[purpose]\n{rows}{data}")
    });
    grows("everyone", 800, |n| {
        let people = many(n, |i| format!("\"u{i}\", "));
        let data = many(n, |i| format!("[data.d{i}]\nof = [\"everyone\"]\n"));
        let features = many(n, |i| format!("[service.s{i}]\n[feature.f{i}]\n"));
        format!("[scope]\npeople = [{people}]\n{data}{features}")
    });
    grows("promises", 1_500, |n| {
        let ids = many(n, |i| format!("\"{}-{:04}\", ", ["A", "B", "C"][i % 3], i / 3 + 1));
        let decided = many(n, |i| format!("D-{i} = \"x\"\n"));
        format!(
            "[policy]\ncovers = [{ids}]\nresolves = [{ids}]\n[source]\npromises = [{ids}]\n\
             findings = [{ids}]\n[decided]\n{decided}"
        )
    });
    grows("words", 1_500, |n| format!("[text]\n{}", many(n, |i| format!("data.a{i} = \"x\"\n"))));
}

#[test]
fn ranges_and_patterns_without_end_are_read_no_further_than_one_looks() {
    let sources = [
        format!("[source]\npromises = [{}]\n", "\"A-0001..A-9999\", ".repeat(20_000)),
        "[source]\npromises = [\"A-1..A-999999999\", \"A-1..A-9999\"]\n".to_owned(),
        format!("{}[planned]\nrows = [\"{}b\"]\n", super::BASE, "a*".repeat(100_000)),
        format!("{}\n[duty]\nx = {{ rests_on = [\"{}\"] }}\n", super::BASE, "*".repeat(500_000)),
        format!("[data.a]\nkeep = \"{} days\"\n", "9".repeat(500_000)),
        format!("[data.a]\nkeep = \"{}\"\n", "1 day after ".repeat(50_000)),
    ];
    for source in sources {
        let spent = cost(&source);
        assert!(!check("ranges", &source).findings.is_empty());
        assert!(spent < 10_000, "{spent} ms for {}", source.get(..60).unwrap());
    }
}

#[test]
fn more_patterns_than_can_be_compared_are_refused() {
    let rows = many(2_000, |i| format!("r{i} = {{ as = \"authority\" }}\n"));
    let patterns = many(1_000, |i| format!("\"{}recipient.r1\", ", "*".repeat(i + 1)));
    let source = format!("[planned]\nrows = [{patterns}]\n[recipient]\n{rows}");
    let findings = check("patterns", &source).findings;
    assert!(findings.iter().any(|finding| finding.rule == "too-large"), "{:?}", findings.len());
}

#[test]
fn a_finding_in_a_large_file_is_drawn_with_its_line_and_nothing_else() {
    let source =
        sample(Length::Rules(3_000)).replacen("keep = \"90 days\"", "keep = \"90 dayz\"", 40);
    let findings = check("large.toml", &source).findings;
    let last = findings.last().unwrap();
    let line = source.get(..last.span.start).unwrap().matches('\n').count() + 1;
    let drawn = last.render("large.toml", &source, false);
    assert!(drawn.contains(&format!("--> large.toml:{line}:12\n")), "{drawn}");
    assert!(drawn.contains(&format!("{line} | keep = \"90 dayz\"")), "{drawn}");
    assert!(drawn.len() < 400, "{drawn}");
    // Two places far apart, and a line that is longer than any screen.
    let source = format!("{source}[data.account_0]\n{}keep = 1\n", " ".repeat(100_000));
    let findings = check("large.toml", &source).findings;
    let twice = findings.iter().find(|finding| finding.rule == "duplicate").unwrap();
    let drawn = twice.render("large.toml", &source, false);
    assert!(drawn.contains("first written here") && drawn.contains("second time"), "{drawn}");
}
