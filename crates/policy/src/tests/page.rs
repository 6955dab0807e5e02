use expect_test::expect;

use super::{BASE, ashari};
use crate::{State, check, labels, vocabulary};

const SHOWN: &[&str] =
    &["data.selfie", "data.attendance", "data.gmail", "request.answer", "children.approval"];

fn page(language: &str) -> String {
    let policy = check("ashari.toml", &ashari::source()).policy.unwrap();
    let document = policy.document(language);
    let mut lines = vec![format!("{} (binding: {})", document.title, document.binding)];
    for row in document.chapters.iter().flat_map(|chapter| &chapter.rows) {
        if SHOWN.contains(&row.path.as_str()) {
            lines.push(format!("{} {:?}", row.words, row.state));
            lines.extend(row.facts.iter().map(|(label, value)| format!("  {label}: {value}")));
        }
    }
    lines.join("\n")
}

#[test]
fn the_page_says_rows_in_indonesian() {
    expect![[r#"
        Kebijakan privasi Ashari Tech (binding: true)
        Absen masuk dan pulang Enforced
          bagian dari: Hubungan kerja atau magang
          hanya dengan: Kehadiran
          apa: absen masuk, cara
          bila diberikan: absen pulang
          untuk: Mengelola kerja, kursus, dan orientasi; Melaporkan magang kepada sekolah
          disimpan: 3 tahun setelah berakhirnya (Hubungan kerja atau magang)
          disimpan menurut hukum: Melaporkan magang kepada sekolah, absen masuk, absen pulang
        Swafoto saat absen Enforced
          bagian dari: Absen masuk dan pulang
          apa: swafoto
          untuk: Memastikan kehadiran dengan foto
          disimpan: 90 hari
        Surel dari Gmail yang ditampilkan Planned
          bagian dari: Akun (direncanakan)
          hanya dengan: Gmail di dasbor (direncanakan)
          apa: kepala surel, isi surel, nama lampiran, label surel (direncanakan)
          untuk: Menampilkan surel milik pengguna sendiri, Membantu satu surel atas permintaan pemiliknya (direncanakan)
          disimpan: tidak sama sekali
          diteruskan: tidak sama sekali
        Jawaban permintaan Enforced
          dalam: 30 hari
          batas: menurut hukum bila lebih ketat
        Persetujuan bagi anak Enforced
          di bawah usia: 18
          disetujui oleh: wali, sekolah
          hanya: Peserta magang"#]].assert_eq(&page("id"));
}

#[test]
fn the_page_says_rows_in_english() {
    expect![[r#"
        Privacy policy of Ashari Tech (binding: false)
        Clock-in and clock-out Enforced
          part of: Employment or internship
          only with: Attendance
          what: clock-in, method
          if given: clock-out
          for: Manage work, courses and onboarding; Report on an internship to the school
          kept: 3 years after the end (Employment or internship)
          kept by law: Report on an internship to the school, clock-in, clock-out
        Photo at clock-in Enforced
          part of: Clock-in and clock-out
          what: selfie
          for: Confirm presence with a photo
          kept: 90 days
        Mail shown from Gmail Planned
          part of: Account (planned)
          only with: Gmail in the dashboard (planned)
          what: headers of mail, text of mail, names of attachments, labels of mail (planned)
          for: Show a person their own mail, Help with one mail when its owner asks (planned)
          kept: not at all
          passed on: not at all
        Answer to a request Enforced
          within: 30 days
          limit: as the law says where that is stricter
        Approval for children Enforced
          under the age of: 18
          approved by: guardian, school
          only: Intern"#]]
    .assert_eq(&page("en"));
}

#[test]
fn every_planned_row_says_so_on_the_page() {
    let policy = check("ashari.toml", &ashari::source()).policy.unwrap();
    for (language, mark) in [("en", "(planned)"), ("id", "(direncanakan)")] {
        for line in policy.document(language).chapters.iter().flat_map(|chapter| &chapter.rows) {
            let marked = line.words.contains(mark)
                || line.facts.iter().any(|(_, value)| value.contains(mark));
            assert_eq!(marked, line.state == State::Planned, "{}", line.path);
        }
    }
}

#[test]
fn the_page_has_the_same_rows_in_both_languages() {
    let policy = check("ashari.toml", &ashari::source()).policy.unwrap();
    let paths = |language: &str| -> Vec<String> {
        let chapters = policy.document(language).chapters;
        chapters.into_iter().flat_map(|chapter| chapter.rows).map(|row| row.path).collect()
    };
    assert_eq!(paths("en"), paths("id"));
    let shown = paths("en");
    for row in policy.rows.iter().filter(|row| row.path.contains('.')) {
        assert!(shown.contains(&row.path), "{} is not shown", row.path);
    }
}

#[test]
fn json_escapes_what_it_must() {
    let mut document = check("policy.toml", BASE).policy.unwrap().document("en");
    document.chapters.truncate(1);
    document.chapters[0].rows.truncate(1);
    document.chapters[0].rows[0].facts.truncate(1);
    document.title = "a \"b\" \\ \n c".to_owned();
    expect![[r#"{"title":"a \"b\" \\ \u000a c","version":"1","effective":"2026-02-12","language":"en","binding":false,"chapters":[{"id":"scope","title":"Who and where","rows":[{"path":"policy","words":"Privacy policy","state":"said","facts":[{"label":"version","value":"1"}]}]}]}"#]].assert_eq(&document.to_json());
}

#[test]
fn markdown_cannot_be_opened_by_words() {
    let mut document = check("policy.toml", BASE).policy.unwrap().document("en");
    document.title = "<b> [x](y)\n# z".to_owned();
    let page = document.to_markdown();
    assert_eq!(page.lines().next(), Some("# \\<b\\> \\[x\\](y) \\# z"));
}

#[test]
fn every_closed_word_has_words_in_both_languages() {
    let lists = [
        vocabulary::BASES,
        vocabulary::PURPOSE_NEEDS,
        vocabulary::FEATURE_NEEDS,
        vocabulary::SHARES,
        vocabulary::SPECIAL,
        vocabulary::CHANNELS,
        vocabulary::APPROVERS,
        vocabulary::JOBS,
        vocabulary::SAFEGUARDS,
        vocabulary::SAYS,
        vocabulary::INCIDENTS,
        vocabulary::OFFERS,
        vocabulary::ASKS,
        vocabulary::SENDS,
        vocabulary::KINDS,
    ];
    for word in lists.into_iter().flatten() {
        assert!(labels::knows(word), "{word} has no words");
    }
}

#[test]
fn no_row_of_the_page_is_cryptic() {
    for (name, source) in super::policies() {
        let policy = check(&name, &source).policy.unwrap();
        for language in &policy.languages {
            let document = policy.document(language);
            for line in document.chapters.iter().flat_map(|chapter| &chapter.rows) {
                let path = &line.path;
                assert!(
                    line.sentence.is_some() || !line.facts.is_empty(),
                    "{name}: {path} says nothing"
                );
                for (label, value) in &line.facts {
                    let code = |text: &str| text.contains('_') && !text.contains("://");
                    assert!(!code(label) && !code(value), "{name}: {path}: {label}: {value}");
                    assert!(
                        !value.is_empty() && !value.contains(['[', '{', '"']),
                        "{name}: {path}: {label}: {value}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_sentence_is_about_a_row_of_the_language() {
    let paths = crate::glossary::paths();
    for path in crate::sentences::paths() {
        assert!(
            paths.iter().any(|known| known == path
                || path.strip_suffix(".*").is_some_and(|section| known.starts_with(section))),
            "{path}"
        );
    }
}
