use expect_test::expect;
use jiff::ToSpan;

use super::{Kept, Population, Simulated, TooMuch, calendar::Calendar, life, lives, tally::Tally};
use crate::{
    Policy, check,
    model::{Anchor, Keep},
};

fn ashari() -> String {
    crate::tests::policies().into_iter().find(|(name, _)| name == "ashari.toml").unwrap().1
}

fn policy(source: &str) -> Policy {
    let checked = check("policy.toml", source);
    checked.policy.unwrap_or_else(|| panic!("{:?}", checked.findings))
}

fn population(days: u32, people: u64) -> Population {
    Population { days, people, seed: 7, start: None }
}

fn drawn(source: &str, days: u32, people: u64) -> Simulated {
    policy(source).simulate(&population(days, people)).unwrap()
}

fn kept<'s>(simulated: &'s Simulated, path: &str) -> &'s Kept {
    simulated.kept.iter().find(|kept| kept.path == path).unwrap()
}

fn ended(kept: &Kept, day: usize) -> u64 {
    kept.ended.iter().map(|(_, days)| days[day]).sum()
}

#[test]
fn what_is_stored_is_what_came_without_what_ended() {
    for (name, source) in crate::tests::policies() {
        let drawn = drawn(&source, 900, 300);
        assert!(drawn.kept.iter().any(|kept| ended(kept, 899) + kept.stored[899] > 0), "{name}");
        for kept in &drawn.kept {
            let mut stored = 0;
            for day in 0..900 {
                let went = ended(kept, day);
                assert!(stored + kept.collected[day] >= went, "{name} {} {day}", kept.path);
                stored = stored + kept.collected[day] - went;
                assert_eq!(stored, kept.stored[day], "{name} {} {day}", kept.path);
            }
        }
    }
}

/// The plain second opinion: each record by itself, by the cut-off of the day and not by its due day.
#[test]
fn nothing_is_stored_beyond_the_end_of_its_rule() {
    for (name, source) in crate::tests::policies() {
        let policy = policy(&source);
        let population = population(1_500, 40);
        let (calendar, mut plan) = policy.prepare(&population).unwrap();
        plan.measure(&calendar);
        let mut tally = Tally::new(&plan, population.days);
        tally.seen = Some(Vec::new());
        for life in lives(&population, &plan) {
            life::live(&plan, &calendar, &life, &mut tally);
        }
        let mut looked = 0;
        for (record, _) in tally.seen.take().unwrap() {
            let path = &plan.rows[record.row].path;
            let Some(category) = path.strip_prefix("data.").and_then(|id| policy.category(id))
            else {
                continue;
            };
            let Keep::Ends(ends) = &category.keep else { continue };
            for end in ends.iter().filter(|end| end.anchor == Anchor::Collected) {
                looked += 1;
                let last = record.until.min(population.days) - 1;
                if last < record.from {
                    continue;
                }
                let evening = calendar.noon(last).checked_add(11.hours()).unwrap();
                let cutoff = end.period.cutoff(evening, calendar.zone());
                assert!(calendar.noon(record.from) >= cutoff, "{name} {path} {record:?}");
            }
        }
        assert!(looked > 200, "{name}: {looked}");
    }
}

#[test]
fn a_part_ends_by_its_own_period_and_its_whole_stays() {
    let drawn = drawn(&ashari(), 700, 500);
    let (selfie, attendance) = (kept(&drawn, "data.selfie"), kept(&drawn, "data.attendance"));
    let (_, by_period) = selfie.ended.iter().find(|(rule, _)| rule == "data.selfie.keep").unwrap();
    assert!(by_period.iter().sum::<u64>() > 1_000);
    assert_eq!(by_period[..90].iter().sum::<u64>(), 0, "none is older than ninety days yet");
    let window: u64 = selfie.collected[610..].iter().sum();
    assert!(selfie.stored[699] <= window);
    assert!(attendance.ended.iter().all(|(rule, _)| rule != "data.attendance.keep"));
    assert!(attendance.stored[699] > 3 * selfie.stored[699]);
}

#[test]
fn shortening_a_period_never_keeps_more_on_any_day() {
    let source = ashari();
    let long = drawn(&source, 1_600, 400);
    for (old, new) in [
        (
            "keep    = \"90 days\"\ncovers  = { fields = [\"ASH-16\"]",
            "keep    = \"30 days\"\ncovers  = { fields = [\"ASH-16\"]",
        ),
        ("\"3 years after engagement.ended\"", "\"1 year after engagement.ended\""),
        ("keep     = \"1 year after resolved\"", "keep     = \"1 day after resolved\""),
        (
            "keep     = \"1 year\"\ncovers   = { fields = [\"ASH-22\"]",
            "keep     = [\"1 year\", \"1 day after account.closed\"]\ncovers   = { fields = [\"ASH-22\"]",
        ),
        ("grace    = \"30 days\"", "grace    = \"1 day\""),
        ("lapses   = \"12 months after signed_in\"", "lapses   = \"2 months after signed_in\""),
        (
            "requests        = { keep = \"3 years after closed\" }",
            "requests        = { keep = \"1 month after closed\" }",
        ),
    ] {
        assert!(source.contains(old), "{old}");
        let policy = crate::published(&source.replacen(old, new, 1)).unwrap();
        let short = policy.simulate(&population(1_600, 400)).unwrap();
        assert_ne!(long, short, "{old}");
        for (long, short) in long.kept.iter().zip(&short.kept) {
            for day in 0..1_600 {
                assert!(short.stored[day] <= long.stored[day], "{old} {} {day}", long.path);
            }
        }
    }
}

#[test]
fn the_same_seed_draws_the_same_and_another_another() {
    let source = ashari();
    let one = drawn(&source, 400, 50);
    assert_eq!(one.to_csv(), drawn(&source, 400, 50).to_csv());
    let other = policy(&source).simulate(&Population { seed: 8, ..population(400, 50) }).unwrap();
    assert_ne!(one.to_csv(), other.to_csv());
}

#[test]
fn as_many_people_come_as_were_asked_for() {
    for people in [0, 1, 3, 4_999, 1_000_000] {
        let drawn = drawn(crate::tests::BASE, 365, people);
        let came: u64 = kept(&drawn, "data.account").collected.iter().sum();
        assert_eq!(came, people);
    }
}

#[test]
fn a_withdrawn_consent_ends_what_rests_on_it() {
    let drawn = drawn(&ashari(), 1_000, 500);
    let selfie = kept(&drawn, "data.selfie");
    assert!(selfie.ended.iter().any(|(rule, _)| rule == "purpose.presence_photo.basis"));
    let ticket = kept(&drawn, "data.ticket");
    assert!(ticket.ended.iter().all(|(rule, _)| !rule.starts_with("purpose.")));
}

#[test]
fn an_account_that_nobody_uses_lapses_and_one_that_is_closed_has_its_grace() {
    let drawn = drawn(&ashari(), 2_000, 500);
    let account = kept(&drawn, "data.account");
    let rules: Vec<&str> = account.ended.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(rules, ["data.account.grace", "data.account.lapses", "right.erasure"]);
}

#[test]
fn every_clock_that_falls_due_was_opened_and_is_done_by_then() {
    let source = ashari();
    let drawn = drawn(&source, 1_500, 2_000);
    let paths: Vec<&str> = drawn.clocks.iter().map(|clock| clock.path.as_str()).collect();
    assert_eq!(
        paths,
        ["request.acknowledge", "request.answer", "complaint.acknowledge", "complaint.answer"]
    );
    for clock in &drawn.clocks {
        let (mut opened, mut due, mut answered) = (0, 0, 0);
        for day in 0..1_500 {
            opened += clock.opened[day];
            due += clock.due[day];
            answered += clock.answered[day];
            assert!(due <= answered && answered <= opened, "{} {day}", clock.path);
        }
        assert!(due > 50, "{}: {due}", clock.path);
    }
}

#[test]
fn the_term_of_the_law_comes_first_where_the_policy_says_so() {
    let days = |source: &str| {
        let drawn = drawn(source, 1_500, 2_000);
        let clock = drawn.clocks.iter().find(|clock| clock.path == "request.answer").unwrap();
        let open: Vec<u64> = clock.opened.clone();
        let late =
            |day: usize| open[..day].iter().sum::<u64>() - clock.due[..day].iter().sum::<u64>();
        (0..1_500).map(late).sum::<u64>()
    };
    let source = ashari();
    let line = source
        .lines()
        .find(|line| line.starts_with("answer") && line.contains("cap = \"law\""))
        .unwrap();
    let uncapped = source.replace(line, &line.replace(", cap = \"law\"", ""));
    let uncapped =
        crate::published(&uncapped).unwrap().simulate(&population(1_500, 2_000)).unwrap();
    let clock = uncapped.clocks.iter().find(|clock| clock.path == "request.answer").unwrap();
    let late =
        |day: usize| clock.opened[..day].iter().sum::<u64>() - clock.due[..day].iter().sum::<u64>();
    let (capped, own) = (days(&source), (0..1_500).map(late).sum::<u64>());
    assert!(capped * 10 < own * 9, "{capped} {own}");
}

#[test]
fn what_has_ended_lies_in_backups_until_they_are_gone() {
    let drawn = drawn(&ashari(), 500, 100);
    let technical = kept(&drawn, "data.technical");
    for day in 0..500_usize {
        let last: u64 = (day.saturating_sub(29)..=day).map(|day| ended(technical, day)).sum();
        assert_eq!(technical.in_backups[day], last, "{day}");
    }
    assert!(technical.in_backups[499] > 0);
}

#[test]
fn what_is_never_stored_is_not_drawn() {
    let drawn = drawn(&ashari(), 30, 10);
    assert!(
        drawn.kept.iter().all(|kept| kept.path != "data.gmail" && kept.path != "data.statistics")
    );
}

#[test]
fn more_than_can_be_drawn_is_refused() {
    let policy = policy(crate::tests::BASE);
    let asked = |days, people| policy.simulate(&population(days, people)).unwrap_err();
    assert_eq!(asked(0, 1), TooMuch::Days);
    assert_eq!(asked(36_501, 1), TooMuch::Days);
    assert_eq!(asked(1, 1_000_001), TooMuch::People);
    let start = Some(jiff::civil::date(9_990, 1, 1));
    assert_eq!(policy.simulate(&Population { start, ..population(1, 1) }), Err(TooMuch::Start));
    assert!(policy.simulate(&population(36_500, 3)).is_ok());
}

#[test]
fn days_of_a_calendar_are_counted_over_changes_of_the_clock() {
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    let calendar = Calendar::new(jiff::civil::date(2026, 3, 1), 400, zone).unwrap();
    for day in 0..400 {
        assert_eq!(calendar.day(calendar.noon(day)), day);
    }
    assert_eq!(calendar.day(calendar.noon(400)), 400);
    assert_eq!(calendar.day(calendar.noon(4_000)), 400);
}

#[test]
fn the_table_has_a_line_for_each_row_that_has_any() {
    let population = Population { seed: 3, ..population(8, 3) };
    let table = policy(crate::tests::BASE).simulate(&population).unwrap().to_csv();
    expect![[r"
        date,row,collected,stored,ended,ended_by,in_backups,opened,due,answered
        2026-02-13,data.account,1,1,0,,0,,,
        2026-02-13,register.consents,1,1,0,,0,,,
        2026-02-14,data.account,0,1,0,,0,,,
        2026-02-14,register.application_log,1,1,0,,0,,,
        2026-02-14,register.consents,0,1,0,,0,,,
        2026-02-15,data.account,0,1,0,,0,,,
        2026-02-15,register.application_log,0,1,0,,0,,,
        2026-02-15,register.consents,0,1,0,,0,,,
        2026-02-16,data.account,0,1,0,,0,,,
        2026-02-16,register.application_log,0,1,0,,0,,,
        2026-02-16,register.consents,0,1,0,,0,,,
        2026-02-17,data.account,1,2,0,,0,,,
        2026-02-17,data.draft,1,1,0,,0,,,
        2026-02-17,register.application_log,0,1,0,,0,,,
        2026-02-17,register.consents,0,1,0,,0,,,
        2026-02-18,data.account,1,3,0,,0,,,
        2026-02-18,data.draft,0,1,0,,0,,,
        2026-02-18,data.engagement,1,1,0,,0,,,
        2026-02-18,register.application_log,0,1,0,,0,,,
        2026-02-18,register.security_log,1,1,0,,0,,,
        2026-02-18,register.consents,1,2,0,,0,,,
        2026-02-19,data.account,0,3,0,,0,,,
        2026-02-19,data.draft,1,2,0,,0,,,
        2026-02-19,data.engagement,0,1,0,,0,,,
        2026-02-19,register.application_log,0,1,0,,0,,,
        2026-02-19,register.security_log,0,1,0,,0,,,
        2026-02-19,register.consents,0,2,0,,0,,,
    "]]
    .assert_eq(&table);
}

#[test]
fn the_picture_is_well_formed_and_hides_no_markup() {
    let source = ashari().replace("\"Ashari Tech\"\ncountry", "\"A & B <i>\\\"\"\ncountry");
    let policy = policy(&source);
    let population = population(400, 1_234);
    let drawn = policy.simulate(&population).unwrap();
    for language in ["en", "id"] {
        let svg = drawn.to_svg(&policy, &population, language);
        let open: Vec<&str> = svg.split('<').skip(1).collect();
        let mut stack = Vec::new();
        for tag in open {
            let name: &str = tag.split([' ', '>', '/']).next().unwrap();
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(stack.pop(), name.split('>').next(), "{tag}");
            } else if !tag.split('>').next().unwrap().ends_with('/') {
                stack.push(name);
            }
        }
        assert!(stack.is_empty(), "{stack:?}");
        assert!(svg.contains("A &amp; B &lt;i&gt;&quot;") && !svg.contains("<script"));
        assert!(svg.contains(if language == "id" { "1.234 orang" } else { "1,234 people" }));
        assert!(svg.contains(if language == "id" { "Diandaikan" } else { "Assumed" }));
        assert_eq!(svg.matches("class=\"axis\"").count(), drawn.kept.len() + drawn.clocks.len());
    }
}
