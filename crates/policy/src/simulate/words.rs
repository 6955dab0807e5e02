//! The words of the picture, and what is assumed of the people in it.

/// What the picture says about itself, in one language.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) title: &'static str,
    pub(super) stored: &'static str,
    pub(super) in_backups: &'static str,
    pub(super) open: &'static str,
    pub(super) records: &'static str,
    pub(super) cases: &'static str,
    pub(super) people: &'static str,
    pub(super) days: &'static str,
    pub(super) seed: &'static str,
    pub(super) assumed: &'static str,
    /// Between thousands.
    pub(super) thousands: char,
}

pub(super) const ASSUMED_EN: &str = "Assumed, not measured: people of each kind are as many and come evenly over the days; \
    each stays up to four years, two on average; of those who leave, seven in ten say so (their account closes, their engagement \
    ends) and the others just stop. Every feature and switch is on, settings stand at their defaults, planned rows count as kept. \
    What ends with its whole, with a connection or with a feature, accounts and what other data hang on are collected once; what \
    waits for an event of its own about once a month; the rest once a week; parts of what comes again come with each. Something is \
    resolved or ended about five days after it came, and one in ten of what can be opened again is, after three days, for ten. Four \
    in five consent to a purpose that asks, and withdraw after three years on average. A connection lasts a year on average. A \
    person makes a request in ten years and a complaint in twenty; one in five who leave asks for erasure. Everything is done in \
    time: on any day until it is due, once in ten with the extension. Everyone lives in the company's country. No feature goes \
    off, no workspace closes, nothing is held. Many people may share one life.";

const ASSUMED_ID: &str = "Diandaikan, bukan diukur: setiap jenis orang sama banyak dan datang merata sepanjang hari; \
    masing-masing tinggal sampai empat tahun, rata-rata dua; dari yang pergi, tujuh dari sepuluh mengatakannya (akunnya ditutup, \
    hubungannya berakhir) dan sisanya berhenti begitu saja. Setiap fitur dan sakelar menyala, pengaturan pada nilai bawaannya, \
    baris yang direncanakan dihitung berlaku. Yang berakhir bersama induknya, sambungan, atau fitur, akun, dan yang menjadi induk \
    dikumpulkan sekali; yang menunggu peristiwanya sendiri kira-kira sekali sebulan; sisanya sekali seminggu; bagian dari yang \
    berulang datang bersama masing-masing. Sesuatu selesai kira-kira lima hari setelah datang, dan satu dari sepuluh yang dapat \
    dibuka lagi dibuka setelah tiga hari, selama sepuluh. Empat dari lima menyetujui tujuan yang meminta persetujuan, dan \
    menariknya rata-rata setelah tiga tahun. Sambungan bertahan rata-rata setahun. Seseorang mengajukan permintaan sekali dalam \
    sepuluh tahun dan pengaduan sekali dalam dua puluh; satu dari lima yang pergi meminta penghapusan. Semua dikerjakan tepat \
    waktu: pada hari mana pun sampai tenggatnya, satu dari sepuluh dengan perpanjangan. Semua orang tinggal di negara perusahaan. \
    Tidak ada fitur yang dimatikan, ruang kerja yang ditutup, atau data yang ditahan. Banyak orang dapat berbagi satu kehidupan.";

const EN: Said = Said {
    title: "What is kept, day by day",
    stored: "stored",
    in_backups: "ended, still in backups",
    open: "clocks running",
    records: "records",
    cases: "cases",
    people: "people",
    days: "days",
    seed: "seed",
    assumed: ASSUMED_EN,
    thousands: ',',
};

const ID: Said = Said {
    title: "Apa yang disimpan, hari demi hari",
    stored: "disimpan",
    in_backups: "sudah berakhir, masih dalam cadangan",
    open: "tenggat berjalan",
    records: "rekaman",
    cases: "perkara",
    people: "orang",
    days: "hari",
    seed: "benih",
    assumed: ASSUMED_ID,
    thousands: '.',
};

/// The words of a language; English where there are none.
pub(super) fn said(language: &str) -> &'static Said {
    if language == "id" { &ID } else { &EN }
}

impl Said {
    /// A number with its thousands apart.
    pub(super) fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(self.thousands);
            }
            text.push(digit);
        }
        text
    }
}
