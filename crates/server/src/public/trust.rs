//! The trust page: each promise with its state, the key to pin, and how to check without trusting us.

use axum::{
    body::Body,
    extract::{Request, State},
    http::Response,
};
use engine::evidence::{Proved, State as Proof};
use maud::{Markup, html};

use super::{Visit, evidence::Look, or_page, page};
use crate::{
    app::App,
    problem::{Kind, Problem},
};

/// `GET /trust`
pub(super) async fn page(State(app): State<App>, request: Request) -> Response<Body> {
    let visit = match Visit::of(&app, &request) {
        Ok(visit) => visit,
        Err(problem) => return or_page(Err(problem)),
    };
    let made = tokio::task::spawn_blocking(move || {
        let look = app.site().looks.newest(app.deployment(), visit.publisher)?;
        let title = visit.say("Trust", "Kepercayaan").to_owned();
        let content = whole(&visit, &look)?;
        Ok(page::send(page::frame(&visit, "/trust", &title, &content)))
    });
    or_page(made.await.unwrap_or_else(|_| Err(Problem::new(Kind::Internal))))
}

fn whole(visit: &Visit, look: &Look) -> Result<Markup, Problem> {
    let control = visit.app.deployment().control();
    let checkpoint = control.checkpoint()?;
    Ok(html! {
        h1 { (visit.say("The state of each promise", "Keadaan setiap janji")) }
        (promises(visit, look))
        h2 { (visit.say("The key to pin", "Kunci untuk disimpan")) }
        p {
            (visit.say(
                "Keep a copy of this key. Every certificate and every checkpoint of this server leads to it.",
                "Simpan salinan kunci ini. Setiap sertifikat dan setiap titik periksa server ini berujung padanya.",
            ))
        }
        code.key { (control.vkey()) }
        h2 { (visit.say("The public log", "Catatan publik")) }
        p {
            (visit.say("The newest signed checkpoint, also as ", "Titik periksa bertanda tangan yang terbaru, juga sebagai "))
            a href={ "/ledger/" (control.log_folder().display()) "/checkpoint" } { (visit.say("a file", "berkas")) } "."
        }
        @match checkpoint {
            Some(note) => { pre { (note) } }
            None => { p.note { (visit.say("Nothing is published yet.", "Belum ada yang diterbitkan.")) } }
        }
        (deletion(visit))
        (checking(visit))
    })
}

/// A state in words: its label, and what it means.
fn words(visit: &Visit, state: Proof) -> (&'static str, &'static str) {
    let say = |english, indonesian| if visit.language == "id" { indonesian } else { english };
    match state {
        Proof::Kept => (say("kept", "ditepati"), say("The data agree.", "Data sesuai.")),
        Proof::Said => (
            say("said", "dinyatakan"),
            say(
                "Words, dates and addresses, kept by publishing them.",
                "Kata, tanggal, dan alamat; ditepati dengan menerbitkannya.",
            ),
        ),
        Proof::Due => (
            say("due", "jatuh tempo"),
            say(
                "Something has ended: nobody can read it, and it is destroyed within the hour.",
                "Ada yang berakhir: tidak terbaca lagi, dan dimusnahkan dalam satu jam.",
            ),
        ),
        Proof::Evidence => (
            say("shown on paper", "dengan dokumen"),
            say(
                "Shown by dated papers, not by this server.",
                "Ditunjukkan dengan dokumen bertanggal, bukan oleh server ini.",
            ),
        ),
        Proof::Planned => (
            say("planned, not kept yet", "direncanakan, belum dijalankan"),
            say(
                "Published as planned; nothing enforces it yet.",
                "Diterbitkan sebagai rencana; belum ada yang menjalankannya.",
            ),
        ),
        Proof::Broken => {
            (say("broken", "dilanggar"), say("The data contradict it.", "Data bertentangan."))
        }
    }
}

const STATES: [Proof; 6] =
    [Proof::Kept, Proof::Said, Proof::Due, Proof::Evidence, Proof::Planned, Proof::Broken];

fn promises(visit: &Visit, look: &Look) -> Markup {
    let all = &look.promises;
    let count = |state| all.iter().filter(|one| one.state == state).count();
    html! {
        p.lead {
            (visit.say("Found by looking at the data, at ", "Ditemukan dengan melihat data, pada "))
            time { (engine::time::rfc3339(look.at)) } "."
        }
        dl.states {
            @for state in STATES.into_iter().filter(|state| count(*state) > 0) {
                @let (label, about) = words(visit, state);
                dt { span class={ "badge " (state.word()) } { (label) } " " (count(state)) }
                dd { (about) }
            }
        }
        div.scroll {
            table {
                caption.note { (all.len()) " " (visit.say("promises of the policy", "janji dalam kebijakan")) }
                thead { tr {
                    th scope="col" { (visit.say("Promise", "Janji")) }
                    th scope="col" { (visit.say("State", "Keadaan")) }
                    th scope="col" { (visit.say("Found", "Temuan")) }
                    th scope="col" { (visit.say("Rules", "Aturan")) }
                } }
                tbody { @for promise in all { (row(visit, promise)) } }
            }
        }
    }
}

fn row(visit: &Visit, promise: &Proved) -> Markup {
    let lang = &visit.language;
    html! {
        tr id=(promise.promise) {
            th scope="row" { (promise.promise) }
            td { span class={ "badge " (promise.state.word()) } { (words(visit, promise.state).0) } }
            td lang="en" { (promise.evidence) }
            td {
                @for (place, rule) in promise.rules.iter().enumerate() {
                    @if place > 0 { ", " }
                    a href={ "/policy?lang=" (lang) "#" (row_of(visit, rule)) } { (rule) }
                }
            }
        }
    }
}

/// The row that holds a rule: the rule's own path, or that of the row above its key.
fn row_of<'a>(visit: &Visit, rule: &'a str) -> &'a str {
    let rows = &visit.in_force.policy.rows;
    let mut path = rule;
    while !rows.iter().any(|row| row.path == path) {
        let Some((above, _)) = path.rsplit_once('.') else { break };
        path = above;
    }
    path
}

fn deletion(visit: &Visit) -> Markup {
    let settings = visit.app.deployment().control().settings();
    let hours = settings.epoch / 3_600_000_000;
    let epochs = settings.keep_epochs;
    html! {
        h2 { (visit.say("What deleted means", "Arti terhapus")) }
        p {
            (visit.say(
                "Deleted data cannot be read from that moment: the key is destroyed, then the rows and files go. Copies in backups cannot be opened any more once the secret of their time is destroyed.",
                "Data yang dihapus tidak terbaca sejak saat itu: kuncinya dimusnahkan, lalu baris dan berkasnya hilang. Salinan dalam cadangan tidak dapat dibuka lagi setelah rahasia masanya dimusnahkan.",
            ))
            " "
            (visit.say("A secret lasts (hours):", "Satu rahasia berlaku (jam):")) " " (hours) "; "
            (visit.say("kept:", "disimpan:")) " " (epochs) "."
        }
        p {
            @if settings.escrows.is_empty() {
                (visit.say(
                    "No second place keeps the keys: if this host is lost, the data are lost with it.",
                    "Tidak ada tempat kedua yang menyimpan kunci: bila mesin ini hilang, datanya ikut hilang.",
                ))
            } @else {
                (visit.say("Also kept by, and destroyed there too: ", "Juga disimpan oleh, dan dimusnahkan di sana pula: "))
                (settings.escrows.join(", ")) "."
            }
        }
    }
}

fn checking(visit: &Visit) -> Markup {
    html! {
        h2 { (visit.say("Check it yourself", "Periksa sendiri")) }
        p {
            (visit.say(
                "A certificate of erasure is one file. It is checked offline, with the key above and no trust in us:",
                "Sertifikat penghapusan adalah satu berkas. Diperiksa tanpa jaringan, dengan kunci di atas, tanpa perlu memercayai kami:",
            ))
        }
        pre { "janji verify certificate.json --key '" (visit.app.deployment().control().vkey()) "'" }
        p.note {
            (visit.say(
                "The log speaks the C2SP formats (tlog-tiles, signed notes): tools that we did not write read it too. A whole host set back in time, only a witness can notice.",
                "Catatan memakai format C2SP (tlog-tiles, signed note): alat yang bukan buatan kami pun dapat membacanya. Mesin yang dikembalikan ke masa lalu seluruhnya hanya dapat diketahui oleh saksi.",
            ))
        }
    }
}
