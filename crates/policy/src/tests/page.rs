use expect_test::expect;

use super::{BASE, ashari};
use crate::{Block, Document, Line, State, Text, View, check};

const SHOWN: &[&str] =
    &["data.selfie", "data.attendance", "data.gmail", "request.answer", "children.approval"];

fn page(language: &str) -> String {
    let policy = check("ashari.toml", &ashari::source()).policy.unwrap();
    let document = policy.document(language, &View::default());
    let mut lines = vec![format!("{} (binding: {})", document.title, document.binding)];
    for row in document.chapters.iter().flat_map(|chapter| &chapter.rows) {
        if SHOWN.contains(&row.path.as_str()) {
            lines.push(format!(
                "{}{} {:?}",
                row.words.plain(),
                mark(row.mark.as_deref()),
                row.state
            ));
            lines.extend(row.facts.iter().map(|fact| {
                format!("  {}: {}{}", fact.label, fact.value.plain(), mark(fact.mark.as_deref()))
            }));
        }
    }
    lines.join("\n")
}

fn mark(mark: Option<&str>) -> String {
    mark.map(|mark| format!(" ({mark})")).unwrap_or_default()
}

fn lines(document: &Document) -> impl Iterator<Item = &Line> {
    document.chapters.iter().flat_map(|chapter| &chapter.rows)
}

#[test]
fn the_page_says_rows_in_indonesian() {
    expect![[r#"
        Kebijakan privasi Ashari Tech (binding: true)
        Absen masuk dan pulang Enforced
          bagian dari: Hubungan kerja atau magang
          hanya dengan: Kehadiran
          apa: absen masuk dan cara
          bila diberikan: absen pulang
          untuk: Mengelola kerja, kursus, dan orientasi; dan Melaporkan magang kepada sekolah
          disimpan: 3 tahun setelah berakhirnya Hubungan kerja atau magang
          disimpan menurut hukum: absen masuk dan absen pulang, untuk Melaporkan magang kepada sekolah
        Swafoto saat absen Enforced
          bagian dari: Absen masuk dan pulang
          apa: swafoto
          untuk: Memastikan kehadiran dengan foto
          disimpan: 90 hari
        Surel dari Gmail yang ditampilkan (sebagian direncanakan) Planned
          bagian dari: Akun (direncanakan)
          hanya dengan: Gmail di dasbor (direncanakan)
          apa: kepala surel, isi surel, nama lampiran, dan label surel (direncanakan)
          untuk: Menampilkan surel milik pengguna sendiri dan Membantu satu surel atas permintaan pemiliknya (direncanakan)
          disimpan: tidak sama sekali
          diteruskan: tidak sama sekali
        Jawaban permintaan Enforced
          dalam: 30 hari
          batas: menurut hukum bila lebih ketat
        Persetujuan bagi anak Enforced
          di bawah usia: 18
          disetujui oleh: wali dan sekolah
          hanya: Peserta magang"#]].assert_eq(&page("id"));
}

#[test]
fn the_page_says_rows_in_english() {
    expect![[r#"
        Privacy policy of Ashari Tech (binding: false)
        Clock-in and clock-out Enforced
          part of: Employment or internship
          only with: Attendance
          what: clock-in and method
          if given: clock-out
          for: Manage work, courses and onboarding; and Report on an internship to the school
          kept: 3 years after the end of Employment or internship
          kept by law: clock-in and clock-out, for Report on an internship to the school
        Photo at clock-in Enforced
          part of: Clock-in and clock-out
          what: selfie
          for: Confirm presence with a photo
          kept: 90 days
        Mail shown from Gmail (planned in part) Planned
          part of: Account (planned)
          only with: Gmail in the dashboard (planned)
          what: headers of mail, text of mail, names of attachments and labels of mail (planned)
          for: Show a person their own mail and Help with one mail when its owner asks (planned)
          kept: not at all
          passed on: not at all
        Answer to a request Enforced
          within: 30 days
          limit: as the law says where that is stricter
        Approval for children Enforced
          under the age of: 18
          approved by: guardian and school
          only: Intern"#]]
    .assert_eq(&page("en"));
}

#[test]
fn every_planned_row_says_so_on_the_page() {
    let policy = check("ashari.toml", &ashari::source()).policy.unwrap();
    for language in ["en", "id"] {
        let document = policy.document(language, &View::default());
        let planned = document.say("state-planned");
        for line in lines(&document) {
            let own = line.mark.as_deref();
            let marked =
                [Some(planned.as_str()), Some(&document.say("state-partly"))].contains(&own);
            assert_eq!(marked, line.state == State::Planned, "{}", line.path);
            for fact in &line.facts {
                let shown = fact.mark.is_some() || own == Some(&planned);
                assert_eq!(shown, fact.state == State::Planned, "{}: {}", line.path, fact.label);
            }
        }
    }
}

#[test]
fn the_page_has_the_same_rows_in_both_languages() {
    let policy = check("ashari.toml", &ashari::source()).policy.unwrap();
    let paths = |language: &str| -> Vec<String> {
        let chapters = policy.document(language, &View::default()).chapters;
        chapters.into_iter().flat_map(|chapter| chapter.rows).map(|row| row.path).collect()
    };
    assert_eq!(paths("en"), paths("id"));
    let shown = paths("en");
    for row in policy.rows.iter().filter(|row| row.path.contains('.')) {
        assert!(shown.contains(&row.path), "{} is not shown", row.path);
    }
}

#[test]
fn json_says_what_the_page_says() {
    let mut document = check("policy.toml", BASE).policy.unwrap().document("en", &View::default());
    document.chapters.truncate(1);
    document.chapters[0].rows.truncate(1);
    document.chapters[0].rows[0].facts.truncate(1);
    document.summary.blocks.clear();
    document.lead.truncate(1);
    document.title = "a \"b\" \\ \n c".to_owned();
    expect![[r#"{"binding":false,"chapters":[{"blocks":[],"id":"scope","rows":[{"facts":[{"label":"version","path":"policy.version","state":"said","value":"1"}],"path":"policy","state":"said","words":"Privacy policy"}],"title":"Who and where"}],"effective":"2026-02-12","language":"en","lead":["Version 1, in force since 12 February 2026. This is a translation. The binding text is in Indonesian."],"summary":{"blocks":[],"id":"summary","rows":[],"title":"In short"},"title":"a \"b\" \\ \n c","version":"1"}"#]].assert_eq(&document.to_json());
}

#[test]
fn markdown_cannot_be_opened_by_words() {
    let mut document = check("policy.toml", BASE).policy.unwrap().document("en", &View::default());
    document.title = "<b> [x](y)\n# z".to_owned();
    let page = document.to_markdown();
    assert_eq!(page.lines().next(), Some("# \\<b\\> \\[x\\](y) \\# z"));
}

#[test]
fn no_row_of_the_page_is_cryptic() {
    for (name, source) in super::policies() {
        let policy = check(&name, &source).policy.unwrap();
        for language in &policy.languages {
            let document = policy.document(language, &View::default());
            for line in lines(&document) {
                let path = &line.path;
                assert!(
                    line.sentence.is_some() || !line.facts.is_empty(),
                    "{name}: {path} says nothing"
                );
                for fact in &line.facts {
                    readable(&fact.value, &format!("{name}: {path}: {}", fact.label));
                    readable(&Text::of(&fact.label), path);
                }
            }
            let blocks = document.chapters.iter().chain([&document.summary]);
            for block in blocks.flat_map(|chapter| &chapter.blocks) {
                match block {
                    Block::Prose(text) => readable(text, &name),
                    Block::List(items) => items.iter().for_each(|item| readable(item, &name)),
                    Block::Points(points) => {
                        for point in points {
                            readable(&point.value, &point.label);
                        }
                    }
                    Block::Table(table) if table.anchor == "table-cookies" => {}
                    Block::Table(table) => {
                        let cells = table.rows.iter().flat_map(|row| &row.cells);
                        cells.for_each(|cell| readable(cell, &table.anchor));
                    }
                }
            }
        }
    }
}

/// No ids, no code, no mark of missing words.
fn readable(text: &Text, place: &str) {
    let words = text.plain();
    let id = words.contains('_') && !words.contains("://");
    assert!(!id && !words.is_empty(), "{place}: {words}");
    assert!(!words.contains(['[', '{', '"', crate::locale::MISSING]), "{place}: {words}");
}

#[test]
fn every_link_of_a_page_finds_its_place() {
    for (name, source) in super::policies() {
        let policy = check(&name, &source).policy.unwrap();
        let people = policy.people.iter().map(|people| Some(people.as_str())).chain([None]);
        for people in people {
            let view = View { people, country: Some("ID"), changes: &[] };
            let page = policy.document(&policy.binding, &view).to_markdown();
            let anchors = |open: &str, close: char| -> Vec<String> {
                let parts = page.split(open).skip(1);
                parts.map(|part| part.split(close).next().unwrap().to_owned()).collect()
            };
            let places = anchors("<a id=\"", '"');
            let unique: std::collections::BTreeSet<&String> = places.iter().collect();
            assert_eq!(unique.len(), places.len(), "{name}: an anchor stands twice");
            for link in anchors("](#", ')') {
                assert!(places.contains(&link), "{name}, {people:?}: #{link} leads nowhere");
            }
        }
    }
}

#[test]
fn the_page_in_short_in_english() {
    expect![[r##"
        # Privacy policy of Ashari Tech

        Version 1, in force since 12 February 2026. Last reviewed on 12 February 2026. This is a translation. The binding text is in Indonesian.

        What is marked as planned is not kept yet. What is marked as shown by papers is done by people, who prove it with dated papers. Everything else is kept by the server that publishes this policy.

        ## <a id="chapter-summary"></a>In short

        - **Who answers**: [Ashari Tech](#company), Jakarta, Indonesia. [Ashari Tech Data Protection Officer](#officer): [dpo@ashari.example](<mailto:dpo@ashari.example>).
        - **What is collected**: 20 kinds of data: [Account](#data.account), [Password](#data.credentials), [Google account used to sign in](#data.google_sign_in) (planned), [Answers in forms](#data.form_answers), [Support messages](#data.ticket) and [15 others](#chapter-data).
        - **What for**: 15 purposes: [Provide the features a person uses](#purpose.service); [Send messages that belong to the account](#purpose.messages) (planned in part); [Answer questions and solve problems](#purpose.support); [Manage work, courses and onboarding](#purpose.internal_management); [Confirm presence with a photo](#purpose.presence_photo); and [10 others](#chapter-purposes).
        - **How long at most**: 3 years ([Clock-in and clock-out](#data.attendance)). How long each kind of data is kept stands in [the table](#table-keep). Records that prove what was done stay for 10 years at most ([Register of certificates](#register.certificates)). Only counts of groups stay for ever ([Usage statistics](#data.statistics)).
        - **Who gets data**: 10 recipients: [Supabase](#recipient.supabase) (planned), [Google Cloud](#recipient.google) (planned), [Amazon Web Services](#recipient.aws) (planned), [MongoDB Atlas](#recipient.mongodb) (planned), [Cloudflare](#recipient.cloudflare) (planned) and [5 others](#chapter-recipients). Data are at home in [Indonesia](#transfer).
        - **What is never done**: [Sale of data](#never.sale), [Advertising](#never.advertising) and [Training of models](#never.training).
        - **What you can do**: You can [be told what is done with your data](#right.information), [see them](#right.access), [have them corrected](#right.correction), [have them erased](#right.erasure), [have them left unused](#right.restriction), [take back a consent](#right.withdrawal), [object](#right.objection), [take them along](#right.portability), [have a person decide](#right.human_review) (planned) and [be compensated](#right.compensation) (planned).
        - **How to ask**: Write to [privacy@ashari.example](<mailto:privacy@ashari.example>). [Answer to a request](#request.answer): within 30 days.
        - **How to complain**: Write to [dpo@ashari.example](<mailto:dpo@ashari.example>). Subject: “Personal Data Complaint”. [Answer to a complaint](#complaint.answer): within 30 days (planned). You can also go elsewhere: [Complaint to the authority](#complaint.authority) (planned), [Mediation](#complaint.mediation) (planned) and [Claim in court](#complaint.court) (planned).

        ## Contents

        1. [Who and where](#chapter-scope)
        2. [What is collected, what for, how long](#chapter-data)
        3. [What data are used for](#chapter-purposes)
        4. [Who else receives data](#chapter-recipients)
        5. [How data are kept safe](#chapter-safety)
        6. [What you can do](#chapter-rights)
        7. [When something goes wrong](#chapter-incidents)
        8. [Cookies and notices](#chapter-notices)
        9. [Contacts](#chapter-contacts)
    "##]].assert_eq(&short("en"));
}

#[test]
fn the_page_in_short_in_indonesian() {
    expect![[r##"
        # Kebijakan privasi Ashari Tech

        Versi 1, berlaku sejak 12 Februari 2026. Terakhir ditinjau pada 12 Februari 2026. Teks ini yang mengikat; teks lainnya adalah terjemahan.

        Yang ditandai “direncanakan” belum dijalankan. Yang ditandai “dibuktikan dengan dokumen” dikerjakan oleh orang, yang membuktikannya dengan dokumen bertanggal. Selebihnya dijalankan oleh server yang menerbitkan kebijakan ini.

        ## <a id="chapter-summary"></a>Ringkasan

        - **Penanggung jawab**: [Ashari Tech](#company), Jakarta, Indonesia. [Pejabat Pelindungan Data Pribadi Ashari Tech](#officer): [dpo@ashari.example](<mailto:dpo@ashari.example>).
        - **Yang dikumpulkan**: 20 jenis data: [Akun](#data.account), [Kata sandi](#data.credentials), [Akun Google untuk masuk](#data.google_sign_in) (direncanakan), [Jawaban formulir](#data.form_answers), [Pesan dukungan](#data.ticket), dan [15 lainnya](#chapter-data).
        - **Untuk apa**: 15 tujuan: [Menyediakan fitur yang dipakai](#purpose.service); [Mengirim pesan terkait akun](#purpose.messages) (sebagian direncanakan); [Menjawab pertanyaan dan menyelesaikan masalah](#purpose.support); [Mengelola kerja, kursus, dan orientasi](#purpose.internal_management); [Memastikan kehadiran dengan foto](#purpose.presence_photo); dan [10 lainnya](#chapter-purposes).
        - **Paling lama disimpan**: 3 tahun ([Absen masuk dan pulang](#data.attendance)). Lama penyimpanan setiap jenis data ada dalam [tabel](#table-keep). Catatan yang membuktikan apa yang dilakukan disimpan paling lama 10 tahun ([Daftar sertifikat](#register.certificates)). Hanya jumlah kelompok yang disimpan tanpa batas waktu ([Statistik pemakaian](#data.statistics)).
        - **Penerima data**: 10 penerima: [Supabase](#recipient.supabase) (direncanakan), [Google Cloud](#recipient.google) (direncanakan), [Amazon Web Services](#recipient.aws) (direncanakan), [MongoDB Atlas](#recipient.mongodb) (direncanakan), [Cloudflare](#recipient.cloudflare) (direncanakan), dan [5 lainnya](#chapter-recipients). Data disimpan di [Indonesia](#transfer).
        - **Yang tidak pernah dilakukan**: [Penjualan data](#never.sale), [Iklan](#never.advertising), dan [Pelatihan model](#never.training).
        - **Yang dapat Anda lakukan**: Anda dapat [menanyakan apa yang dilakukan dengan data Anda](#right.information), [melihatnya](#right.access), [memintanya diperbaiki](#right.correction), [memintanya dihapus](#right.erasure), [memintanya tidak dipakai dahulu](#right.restriction), [menarik persetujuan](#right.withdrawal), [mengajukan keberatan](#right.objection), [membawanya ke layanan lain](#right.portability), [meminta keputusan oleh manusia](#right.human_review) (direncanakan), dan [meminta ganti rugi](#right.compensation) (direncanakan).
        - **Cara meminta**: Tulis kepada [privacy@ashari.example](<mailto:privacy@ashari.example>). [Jawaban permintaan](#request.answer): dalam 30 hari.
        - **Cara mengadu**: Tulis kepada [dpo@ashari.example](<mailto:dpo@ashari.example>). Perihal: “Personal Data Complaint”. [Jawaban pengaduan](#complaint.answer): dalam 30 hari (direncanakan). Anda juga dapat menempuh jalan lain: [Pengaduan kepada lembaga](#complaint.authority) (direncanakan), [Mediasi](#complaint.mediation) (direncanakan), dan [Gugatan di pengadilan](#complaint.court) (direncanakan).

        ## Daftar isi

        1. [Siapa dan di mana](#chapter-scope)
        2. [Apa yang dikumpulkan, untuk apa, berapa lama](#chapter-data)
        3. [Untuk apa data dipakai](#chapter-purposes)
        4. [Siapa lagi yang menerima data](#chapter-recipients)
        5. [Bagaimana data dijaga](#chapter-safety)
        6. [Apa yang dapat Anda lakukan](#chapter-rights)
        7. [Bila terjadi masalah](#chapter-incidents)
        8. [Kuki dan pemberitahuan](#chapter-notices)
        9. [Kontak](#chapter-contacts)
    "##]].assert_eq(&short("id"));
}

/// The page of Ashari before its first chapter.
fn short(language: &str) -> String {
    let policy = check("ashari.toml", &ashari::source()).policy.unwrap();
    let page = policy.document(language, &View::default()).to_markdown();
    page.split("\n## <a id=\"chapter-scope\"").next().unwrap().to_owned()
}

#[test]
fn a_view_shows_only_what_concerns_its_reader() {
    let policy = check("ashari.toml", &ashari::source()).policy.unwrap();
    let view = View { people: Some("guest"), ..View::default() };
    let page = policy.document("en", &view);
    assert!(page.view.as_ref().unwrap().plain().contains("Visitor of the site"));
    for hidden in [
        "data.account",
        "data.selfie",
        "purpose.presence_photo",
        "recipient.schools",
        "feature.attendance",
        "children.approval",
        "integration.google",
    ] {
        assert!(!page.shows(hidden), "{hidden}");
    }
    for shown in [
        "data.technical",
        "data.usage",
        "purpose.security",
        "recipient.courts",
        "cookie._ga",
        "right.access",
    ] {
        assert!(page.shows(shown), "{shown}");
    }
    let whole = policy.document("en", &View::default());
    assert!(whole.view.is_none() && whole.shows("data.selfie"));
}

#[test]
fn a_view_of_a_country_leaves_out_what_does_not_hold_there() {
    let source = super::policies().into_iter().find(|(name, _)| name == "tapsence.toml").unwrap().1;
    let policy = check("tapsence.toml", &source).policy.unwrap();
    let page = |country| policy.document("en", &View { country: Some(country), ..View::default() });
    assert!(page("ID").shows("recipient.midtrans") && !page("ID").shows("recipient.paypal"));
    assert!(!page("DE").shows("recipient.midtrans") && page("DE").shows("recipient.paypal"));
    let laws = |country| {
        let page = page(country);
        let row = lines(&page).find(|line| line.path == "policy").unwrap();
        row.facts.iter().find(|fact| fact.label == "laws").unwrap().value.plain()
    };
    assert_eq!(laws("DE"), "the European Union's GDPR");
    assert_eq!(laws("ID"), "Indonesia's law on personal data (UU PDP)");
}

#[test]
fn changes_stand_first_and_lead_to_their_rows() {
    let policy = check("ashari.toml", &ashari::source()).policy.unwrap();
    let changes = [
        ("data.selfie.keep".to_owned(), "Kept longer.".to_owned()),
        ("data.gone".to_owned(), "Gone.".to_owned()),
    ];
    let page = policy.document("en", &View { changes: &changes, ..View::default() });
    let Block::List(items) = &page.chapters[0].blocks[0] else { panic!("no list of changes") };
    assert_eq!(page.chapters[0].anchor(), "chapter-changes");
    assert_eq!(items[0].anchors().collect::<Vec<_>>(), ["data.selfie"]);
    assert_eq!((items[1].anchors().count(), items[1].plain().as_str()), (0, "Gone."));
}
