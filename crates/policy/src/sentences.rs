//! What a closed row means to a reader, in every language Janji speaks: nobody else may write these sentences.

/// The sentence of a row, where a heading and a list of values would leave a reader guessing.
pub(crate) fn sentence(path: &str, language: &str) -> Option<&'static str> {
    let section = path.split('.').next().unwrap_or_default();
    let general = format!("{section}.*");
    let mut known = [path, general.as_str()].into_iter();
    let (_, en, id) =
        known.find_map(|wanted| SENTENCES.iter().find(|(path, ..)| *path == wanted))?;
    Some(if language == "id" { id } else { en })
}

type Sentence = (&'static str, &'static str, &'static str);

const SENTENCES: &[Sentence] = &[
    (
        "scope",
        "Whose data this policy is about, and which of our staff may read some of them.",
        "Milik siapa data yang diatur kebijakan ini, dan staf kami yang boleh membaca sebagian darinya.",
    ),
    ("service.*", "One of our services.", "Salah satu layanan kami."),
    (
        "feature.*",
        "Switched off until the customer switches it on.",
        "Tidak aktif sampai pelanggan mengaktifkannya.",
    ),
    ("setting.*", "The customer may choose this.", "Pelanggan boleh memilih ini."),
    (
        "workspace.closing",
        "When a customer leaves, everything in its workspace is erased after this time.",
        "Bila pelanggan berhenti, semua isi ruang kerjanya dihapus setelah waktu ini.",
    ),
    (
        "workspace.handover",
        "When a customer leaves, it chooses what becomes of the data.",
        "Bila pelanggan berhenti, ia memilih nasib datanya.",
    ),
    (
        "workspace.instructions",
        "Data of our customers are used only as the customer instructs.",
        "Data milik pelanggan hanya dipakai menurut instruksi pelanggan.",
    ),
    (
        "register.*",
        "We keep this record to run the service and to prove what we did.",
        "Catatan ini kami simpan untuk menjalankan layanan dan membuktikan tindakan kami.",
    ),
    ("never.*", "We do not use your data for this.", "Data Anda tidak kami pakai untuk ini."),
    (
        "transfer",
        "Where data are at home, and what protects them in other countries.",
        "Di mana data disimpan, dan apa yang melindunginya di negara lain.",
    ),
    (
        "integration.*",
        "An account of another service that you can connect and disconnect.",
        "Akun layanan lain yang dapat Anda hubungkan dan putuskan.",
    ),
    ("document.*", "A paper that you can have.", "Dokumen yang dapat Anda minta."),
    (
        "always.declared_only",
        "Data that this policy does not list are refused.",
        "Data yang tidak tercantum di kebijakan ini ditolak.",
    ),
    (
        "always.screened",
        "What looks like a card or identity number is not stored where it does not belong.",
        "Yang tampak seperti nomor kartu atau identitas tidak disimpan di tempat yang bukan untuknya.",
    ),
    (
        "always.feature_first",
        "The data of a feature are collected only after it was switched on.",
        "Data suatu fitur dikumpulkan hanya setelah fitur itu diaktifkan.",
    ),
    (
        "always.purpose_bound",
        "Each use names one of the purposes listed here, or is refused.",
        "Setiap pemakaian menyebut salah satu tujuan di sini, atau ditolak.",
    ),
    (
        "always.least_privilege",
        "Staff can read only what a purpose lets their role read.",
        "Staf hanya dapat membaca yang diizinkan suatu tujuan bagi perannya.",
    ),
    (
        "always.use_is_no_consent",
        "Only what you agreed to in so many words counts as consent.",
        "Hanya yang Anda setujui secara tegas yang dianggap persetujuan.",
    ),
    (
        "always.bounded_keeping",
        "Each kind of data has a time at which it is erased.",
        "Setiap jenis data memiliki waktu penghapusan.",
    ),
    (
        "always.sealed_at_rest",
        "Whoever takes a disk or a backup cannot read your data.",
        "Siapa pun yang mengambil cakram atau cadangan tidak dapat membaca data Anda.",
    ),
    (
        "always.walls",
        "A customer cannot see the data of another.",
        "Pelanggan tidak dapat melihat data pelanggan lain.",
    ),
    (
        "always.tamper_evident",
        "Each use is written into a log in which later changes show.",
        "Setiap pemakaian tercatat dalam log yang menampakkan perubahan.",
    ),
    (
        "always.listed_recipients",
        "Data go to nobody who is not listed here.",
        "Data tidak diberikan kepada pihak yang tidak tercantum di sini.",
    ),
    (
        "always.agreement_first",
        "A recipient gets data only after signing an agreement with us.",
        "Penerima baru mendapat data setelah menandatangani perjanjian dengan kami.",
    ),
    (
        "always.legal_case_first",
        "An authority gets data only in a legal case that we have on record.",
        "Lembaga hanya mendapat data dalam perkara hukum yang kami catat.",
    ),
    (
        "always.special_needs_basis",
        "Data that the law protects more strictly are used only as it allows.",
        "Data yang lebih ketat dilindungi hukum hanya dipakai sesuai ketentuannya.",
    ),
    (
        "always.keys_destroyed",
        "What is erased cannot be decrypted any more, not even from a backup once its time is over.",
        "Yang dihapus tidak dapat didekripsi lagi, juga dari cadangan setelah masanya lewat.",
    ),
    (
        "always.recipients_erase",
        "Those who got your data from us are told to erase them too.",
        "Pihak yang menerima data Anda dari kami diminta ikut menghapusnya.",
    ),
    (
        "always.hold_wins",
        "Data that a court needs stay until the case is over; nobody uses them for anything else.",
        "Data yang diperlukan pengadilan disimpan sampai perkara selesai dan tidak dipakai untuk hal lain.",
    ),
    (
        "security.tls",
        "Your connection to us is encrypted.",
        "Sambungan Anda dengan kami terenkripsi.",
    ),
    (
        "security.passwords",
        "We store a check value from which a password cannot be read.",
        "Kami menyimpan nilai uji yang darinya kata sandi tidak dapat dibaca.",
    ),
    (
        "security.access_token",
        "A device that is signed in shows this key with each request.",
        "Perangkat yang sudah masuk menunjukkan kunci ini pada setiap permintaan.",
    ),
    (
        "security.refresh_token",
        "With this key a device stays signed in.",
        "Dengan kunci ini perangkat tetap masuk.",
    ),
    (
        "security.blocklist",
        "Keys that were revoked stay on a list, so that they cannot be used again.",
        "Kunci yang dicabut tetap terdaftar agar tidak dapat dipakai lagi.",
    ),
    (
        "security.backups",
        "Copies protect against loss; what was erased leaves them as well.",
        "Salinan melindungi dari kehilangan; yang sudah dihapus juga hilang dari situ.",
    ),
    (
        "security.recovery",
        "How much can be lost in a failure, and when everything runs again.",
        "Seberapa banyak yang dapat hilang saat gangguan, dan kapan semuanya berjalan lagi.",
    ),
    (
        "security.mfa",
        "A password alone is not enough to sign in.",
        "Kata sandi saja tidak cukup untuk masuk.",
    ),
    (
        "security.sso",
        "Customers can use their own sign-in.",
        "Pelanggan dapat memakai sistem masuk miliknya.",
    ),
    (
        "security.network",
        "What need not be reached from outside cannot be reached from there.",
        "Yang tidak perlu dijangkau dari luar tidak dapat dijangkau dari sana.",
    ),
    (
        "security.detection",
        "We look out for signs of a breach.",
        "Kami mengamati tanda-tanda kebocoran.",
    ),
    (
        "security.access_review",
        "Who may read what is gone through again and again.",
        "Hak baca ditinjau secara berkala.",
    ),
    ("security.patching", "Software is kept up to date.", "Perangkat lunak selalu dimutakhirkan."),
    (
        "security.risk_review",
        "Risks are gone through again and again.",
        "Risiko ditinjau secara berkala.",
    ),
    (
        "security.code_review",
        "A second person reads each change of our software.",
        "Orang kedua membaca setiap perubahan perangkat lunak kami.",
    ),
    ("security.scans", "Known holes are searched for.", "Celah yang dikenal dicari."),
    (
        "security.tests",
        "Somebody is paid to try to break in.",
        "Ada pihak yang dibayar untuk mencoba menerobos.",
    ),
    (
        "evidence.*",
        "Somebody shows it with dated papers.",
        "Ditunjukkan dengan dokumen bertanggal.",
    ),
    (
        "duty.*",
        "One of the duties between us and our customers.",
        "Salah satu kewajiban antara kami dan pelanggan.",
    ),
    (
        "resold.*",
        "A service of another company that we sell.",
        "Layanan perusahaan lain yang kami jual.",
    ),
    (
        "right.information",
        "You can ask what is done with your data.",
        "Anda dapat menanyakan apa yang dilakukan dengan data Anda.",
    ),
    (
        "right.access",
        "You can see what is held about you and get a copy.",
        "Anda dapat melihat data tentang Anda dan mendapat salinannya.",
    ),
    (
        "right.correction",
        "You can have wrong data put right.",
        "Anda dapat meminta data yang salah diperbaiki.",
    ),
    (
        "right.erasure",
        "You can have your data erased; what the law makes us keep is named to you.",
        "Anda dapat meminta data Anda dihapus; yang wajib kami simpan menurut hukum disebutkan kepada Anda.",
    ),
    (
        "right.restriction",
        "You can ask that your data are left unused for a time.",
        "Anda dapat meminta data Anda tidak dipakai untuk sementara.",
    ),
    (
        "right.withdrawal",
        "You can take back a consent at any time.",
        "Anda dapat menarik persetujuan kapan saja.",
    ),
    (
        "right.objection",
        "You can object to uses that rest on our own interest.",
        "Anda dapat berkeberatan atas pemakaian yang didasarkan pada kepentingan kami.",
    ),
    (
        "right.portability",
        "You can take your data to another service.",
        "Anda dapat membawa data Anda ke layanan lain.",
    ),
    (
        "right.human_review",
        "You can have a decision of a machine looked at by a person.",
        "Anda dapat meminta keputusan mesin ditinjau oleh manusia.",
    ),
    (
        "right.compensation",
        "You can ask for compensation for damage.",
        "Anda dapat meminta ganti rugi atas kerugian.",
    ),
    (
        "request",
        "How a request about your data goes.",
        "Bagaimana permintaan tentang data Anda diproses.",
    ),
    (
        "request.acknowledge",
        "You hear that your request has arrived.",
        "Anda diberi tahu bahwa permintaan Anda telah diterima.",
    ),
    (
        "request.forward",
        "A request about data of a customer goes to that customer.",
        "Permintaan tentang data milik pelanggan diteruskan kepada pelanggan itu.",
    ),
    (
        "request.answer",
        "You get the answer to your request.",
        "Anda mendapat jawaban atas permintaan Anda.",
    ),
    (
        "request.identity",
        "We make sure that it is you who asks.",
        "Kami memastikan bahwa Anda sendiri yang meminta.",
    ),
    ("request.fee", "A request costs you nothing.", "Permintaan tidak dikenai biaya."),
    ("complaint", "How a complaint goes.", "Bagaimana pengaduan diproses."),
    (
        "complaint.acknowledge",
        "You hear that your complaint has arrived.",
        "Anda diberi tahu bahwa pengaduan Anda telah diterima.",
    ),
    ("complaint.investigate", "We find out what happened.", "Kami mencari tahu apa yang terjadi."),
    ("complaint.answer", "You hear the outcome.", "Anda diberi tahu hasilnya."),
    (
        "complaint.remedies",
        "What we can do for you when we were wrong.",
        "Yang dapat kami lakukan bila kami bersalah.",
    ),
    (
        "complaint.authority",
        "You can go to the authority at any time.",
        "Anda dapat mengadu kepada lembaga kapan saja.",
    ),
    (
        "complaint.mediation",
        "You can ask for somebody neutral to mediate.",
        "Anda dapat meminta pihak netral menengahi.",
    ),
    ("complaint.court", "You can go to court.", "Anda dapat menggugat di pengadilan."),
    (
        "officer",
        "Watches over this policy and answers your questions.",
        "Mengawasi kebijakan ini dan menjawab pertanyaan Anda.",
    ),
    (
        "officer.answer",
        "You get an answer from the officer.",
        "Anda mendapat jawaban dari pejabat.",
    ),
    (
        "officer.monitors",
        "The officer watches whether we keep this policy.",
        "Pejabat memantau apakah kebijakan ini kami jalankan.",
    ),
    (
        "officer.assesses",
        "The officer advises on risks before something new begins.",
        "Pejabat memberi saran tentang risiko sebelum hal baru dimulai.",
    ),
    (
        "officer.receives",
        "The officer takes your questions and reports.",
        "Pejabat menerima pertanyaan dan laporan Anda.",
    ),
    (
        "officer.investigates",
        "The officer looks into complaints and incidents.",
        "Pejabat menyelidiki pengaduan dan insiden.",
    ),
    (
        "officer.records",
        "The officer keeps the record of what is done with data.",
        "Pejabat menyimpan catatan tentang apa yang dilakukan dengan data.",
    ),
    ("officer.trains", "The officer teaches our staff.", "Pejabat melatih staf kami."),
    (
        "officer.reports",
        "The officer reports to those who lead the company.",
        "Pejabat melapor kepada pimpinan perusahaan.",
    ),
    (
        "officer.independent",
        "The officer takes no orders about this task.",
        "Pejabat tidak menerima perintah mengenai tugas ini.",
    ),
    (
        "children",
        "From which age you can use our services.",
        "Sejak usia berapa Anda dapat memakai layanan kami.",
    ),
    (
        "children.approval",
        "For younger people somebody else must agree as well.",
        "Bagi yang lebih muda, pihak lain juga harus menyetujui.",
    ),
    (
        "children.report",
        "Parents can report data of a child that we should not have.",
        "Orang tua dapat melaporkan data anak yang tidak seharusnya kami miliki.",
    ),
    ("incident", "What counts as an incident.", "Apa yang dianggap insiden."),
    (
        "incident.tell_authority",
        "The authority hears of an incident.",
        "Lembaga diberi tahu tentang insiden.",
    ),
    (
        "incident.tell_people",
        "You hear of an incident that is about your data.",
        "Anda diberi tahu tentang insiden yang menyangkut data Anda.",
    ),
    (
        "incident.tell_customer",
        "The customer hears of an incident that is about its data.",
        "Pelanggan diberi tahu tentang insiden yang menyangkut datanya.",
    ),
    (
        "incident.help_customer",
        "We help the customer with its own duties after an incident.",
        "Kami membantu pelanggan memenuhi kewajibannya setelah insiden.",
    ),
    ("incident.assess", "We find out how grave it is.", "Kami menilai seberapa berat insiden itu."),
    ("incident.contain", "We stop the damage from growing.", "Kami mencegah kerugian meluas."),
    ("incident.remedy", "What we do about it.", "Yang kami lakukan untuk mengatasinya."),
    (
        "incident.review",
        "Afterwards we write down what can be learnt.",
        "Sesudahnya kami mencatat pelajaran darinya.",
    ),
    ("cookie.*", "Stored in your browser.", "Disimpan di peramban Anda."),
    (
        "notice.policy_change",
        "You hear of a change of this policy.",
        "Anda diberi tahu tentang perubahan kebijakan ini.",
    ),
    (
        "notice.recipient_change",
        "You hear when a recipient comes or goes.",
        "Anda diberi tahu bila ada penerima baru atau yang berhenti.",
    ),
    (
        "notice.lapse",
        "You are warned before an unused account closes.",
        "Anda diperingatkan sebelum akun yang tidak dipakai ditutup.",
    ),
    (
        "notice.erasure",
        "You hear when your data were erased.",
        "Anda diberi tahu bila data Anda telah dihapus.",
    ),
    (
        "notice.hold",
        "You hear when your data must be kept for a court.",
        "Anda diberi tahu bila data Anda harus disimpan untuk pengadilan.",
    ),
    (
        "notice.handover",
        "You hear when the company is sold or merged.",
        "Anda diberi tahu bila perusahaan dijual atau digabung.",
    ),
];

#[cfg(test)]
pub(crate) fn paths() -> impl Iterator<Item = &'static str> {
    SENTENCES.iter().map(|(path, ..)| *path)
}
