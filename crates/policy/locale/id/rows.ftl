### Rows that no author names, and what each row means. `any` stands for the rows that authors name.

## policy

row-policy = Kebijakan privasi

## company

row-company = Perusahaan

## scope

row-scope = Orang dan staf
    .means = Milik siapa data yang diatur kebijakan ini, dan staf kami yang boleh membaca sebagian darinya.

## service

row-service-any =
    .means = Salah satu layanan kami.

## feature

row-feature-any =
    .means = Tidak aktif sampai pelanggan mengaktifkannya.

## setting

row-setting-any =
    .means = Pelanggan boleh memilih ini.

## workspace

row-workspace-closing = Penutupan ruang kerja
    .means = Bila pelanggan berhenti, semua isi ruang kerjanya dihapus setelah waktu ini.
row-workspace-instructions = Instruksi pelanggan
    .means = Data milik pelanggan hanya dipakai menurut instruksi pelanggan.
row-workspace-handover = Nasib data pada akhirnya
    .means = Bila pelanggan berhenti, ia memilih nasib datanya.

## register

row-register-application_log = Catatan pemakaian
row-register-security_log = Catatan keamanan
row-register-consents = Daftar persetujuan
row-register-requests = Daftar permintaan
row-register-complaints = Daftar pengaduan
row-register-incidents = Daftar insiden
row-register-holds = Daftar penahanan hukum
row-register-certificates = Daftar sertifikat
row-register-suppressions = Daftar alamat yang ditolak
row-register-any =
    .means = Catatan ini kami simpan untuk menjalankan layanan dan membuktikan tindakan kami.

## never

row-never-any =
    .means = Data Anda tidak kami pakai untuk ini.
row-never-service = Menjalankan layanan
row-never-security = Keamanan
row-never-messages = Pesan
row-never-support = Dukungan
row-never-billing = Penagihan
row-never-legal_duty = Kewajiban hukum
row-never-staff = Pengelolaan karyawan
row-never-visitors = Penerimaan tamu
row-never-identification = Pengenalan orang
row-never-improvement = Perbaikan
row-never-research = Penelitian
row-never-marketing = Pemasaran
row-never-advertising = Iklan
row-never-sale = Penjualan data
row-never-training = Pelatihan model
row-never-automated_decisions = Keputusan otomatis

## transfer

row-transfer = Transfer ke luar negeri
    .means = Di mana data disimpan, dan apa yang melindunginya di negara lain.

## integration

row-integration-any =
    .means = Akun layanan lain yang dapat Anda hubungkan dan putuskan.

## document

row-document-any =
    .means = Dokumen yang dapat Anda minta.

## security

row-security-tls = Enkripsi saat transit
    .means = Sambungan Anda dengan kami terenkripsi.
row-security-passwords = Penyimpanan kata sandi
    .means = Kami menyimpan nilai uji yang darinya kata sandi tidak dapat dibaca.
row-security-access_token = Token akses
    .means = Perangkat yang sudah masuk menunjukkan kunci ini pada setiap permintaan.
row-security-refresh_token = Token penyegaran
    .means = Dengan kunci ini perangkat tetap masuk.
row-security-blocklist = Tanda token yang dicabut
    .means = Kunci yang dicabut tetap terdaftar agar tidak dapat dipakai lagi.
row-security-backups = Cadangan
    .means = Salinan melindungi dari kehilangan; yang sudah dihapus juga hilang dari situ.
row-security-detection = Deteksi insiden
    .means = Kami mengamati tanda-tanda kebocoran.
row-security-access_review = Peninjauan akses
    .means = Hak baca ditinjau secara berkala.
row-security-patching = Pembaruan perangkat lunak
    .means = Perangkat lunak selalu dimutakhirkan.
row-security-risk_review = Peninjauan risiko
    .means = Risiko ditinjau secara berkala.
row-security-recovery = Pemulihan setelah kegagalan
    .means = Seberapa banyak yang dapat hilang saat gangguan, dan kapan semuanya berjalan lagi.
row-security-mfa = Faktor kedua saat masuk
    .means = Kata sandi saja tidak cukup untuk masuk.
row-security-sso = Masuk tunggal
    .means = Pelanggan dapat memakai sistem masuk miliknya.
row-security-network = Jaringan tertutup
    .means = Yang tidak perlu dijangkau dari luar tidak dapat dijangkau dari sana.
row-security-code_review = Tinjauan kode
    .means = Orang kedua membaca setiap perubahan perangkat lunak kami.
row-security-scans = Pemindaian celah yang dikenal
    .means = Celah yang dikenal dicari.
row-security-tests = Uji penetrasi
    .means = Ada pihak yang dibayar untuk mencoba menerobos.

## always

row-always-declared_only = Tidak ada yang dikumpulkan tanpa pernyataan
    .means = Data yang tidak tercantum di kebijakan ini ditolak.
row-always-feature_first = Data tambahan hanya untuk fitur yang aktif
    .means = Data suatu fitur dikumpulkan hanya setelah fitur itu diaktifkan.
row-always-purpose_bound = Tidak ada pemakaian tanpa tujuan
    .means = Setiap pemakaian menyebut salah satu tujuan di sini, atau ditolak.
row-always-use_is_no_consent = Memakai layanan bukan persetujuan
    .means = Hanya yang Anda setujui secara tegas yang dianggap persetujuan.
row-always-bounded_keeping = Semua ada akhirnya
    .means = Setiap jenis data memiliki waktu penghapusan.
row-always-sealed_at_rest = Data tersimpan terenkripsi
    .means = Siapa pun yang mengambil cakram atau cadangan tidak dapat membaca data Anda.
row-always-walls = Sekat antar pelanggan
    .means = Pelanggan tidak dapat melihat data pelanggan lain.
row-always-listed_recipients = Hanya penerima yang tercantum
    .means = Data tidak diberikan kepada pihak yang tidak tercantum di sini.
row-always-agreement_first = Tidak ada penerima tanpa perjanjian
    .means = Penerima baru mendapat data setelah menandatangani perjanjian dengan kami.
row-always-legal_case_first = Lembaga hanya lewat perkara hukum
    .means = Lembaga hanya mendapat data dalam perkara hukum yang kami catat.
row-always-special_needs_basis = Data khusus hanya dengan dasar ketat
    .means = Data yang lebih ketat dilindungi hukum hanya dipakai sesuai ketentuannya.
row-always-screened = Nomor kartu dan identitas disaring
    .means = Yang tampak seperti nomor kartu atau identitas tidak disimpan di tempat yang bukan untuknya.
row-always-least_privilege = Tidak ada yang membaca tanpa tujuan yang menyebut perannya
    .means = Staf hanya dapat membaca yang diizinkan suatu tujuan bagi perannya.
row-always-tamper_evident = Setiap pemakaian tercatat dalam log yang menampakkan perubahan
    .means = Setiap pemakaian tercatat dalam log yang menampakkan perubahan.
row-always-keys_destroyed = Penghapusan memusnahkan kunci
    .means = Yang dihapus tidak dapat didekripsi lagi, juga dari cadangan setelah masanya lewat.
row-always-recipients_erase = Penerima ikut menghapus
    .means = Pihak yang menerima data Anda dari kami diminta ikut menghapusnya.
row-always-hold_wins = Penahanan hukum menghentikan penghapusan
    .means = Data yang diperlukan pengadilan disimpan sampai perkara selesai dan tidak dipakai untuk hal lain.

## evidence

row-evidence-any =
    .means = Ditunjukkan dengan dokumen bertanggal.

## duty

row-duty-any =
    .means = Salah satu kewajiban antara kami dan pelanggan.

## resold

row-resold-any =
    .means = Layanan perusahaan lain yang kami jual.

## right

row-right-information = Mendapat informasi
    .means = Anda dapat menanyakan apa yang dilakukan dengan data Anda.
row-right-access = Melihat data Anda
    .means = Anda dapat melihat data tentang Anda dan mendapat salinannya.
row-right-correction = Memperbaiki data Anda
    .means = Anda dapat meminta data yang salah diperbaiki.
row-right-erasure = Menghapus data Anda
    .means = Anda dapat meminta data Anda dihapus; yang wajib kami simpan menurut hukum disebutkan kepada Anda.
row-right-restriction = Membatasi pemakaian
    .means = Anda dapat meminta data Anda tidak dipakai untuk sementara.
row-right-withdrawal = Menarik persetujuan
    .means = Anda dapat menarik persetujuan kapan saja.
row-right-objection = Mengajukan keberatan
    .means = Anda dapat berkeberatan atas pemakaian yang didasarkan pada kepentingan kami.
row-right-portability = Membawa data Anda
    .means = Anda dapat membawa data Anda ke layanan lain.
row-right-human_review = Diputuskan oleh manusia
    .means = Anda dapat meminta keputusan mesin ditinjau oleh manusia.
row-right-compensation = Mendapat ganti rugi
    .means = Anda dapat meminta ganti rugi atas kerugian.

## request

row-request = Permintaan
    .means = Bagaimana permintaan tentang data Anda diproses.
row-request-acknowledge = Tanda terima permintaan
    .means = Anda diberi tahu bahwa permintaan Anda telah diterima.
row-request-forward = Penerusan kepada pelanggan
    .means = Permintaan tentang data milik pelanggan diteruskan kepada pelanggan itu.
row-request-answer = Jawaban permintaan
    .means = Anda mendapat jawaban atas permintaan Anda.
row-request-identity = Pemeriksaan identitas
    .means = Kami memastikan bahwa Anda sendiri yang meminta.
row-request-fee = Tanpa biaya
    .means = Permintaan tidak dikenai biaya.

## complaint

row-complaint = Pengaduan
    .means = Bagaimana pengaduan diproses.
row-complaint-acknowledge = Tanda terima pengaduan
    .means = Anda diberi tahu bahwa pengaduan Anda telah diterima.
row-complaint-investigate = Penyelidikan pengaduan
    .means = Kami mencari tahu apa yang terjadi.
row-complaint-answer = Jawaban pengaduan
    .means = Anda diberi tahu hasilnya.
row-complaint-remedies = Pemulihan
    .means = Yang dapat kami lakukan bila kami bersalah.
row-complaint-authority = Pengaduan kepada lembaga
    .means = Anda dapat mengadu kepada lembaga kapan saja.
row-complaint-mediation = Mediasi
    .means = Anda dapat meminta pihak netral menengahi.
row-complaint-court = Gugatan di pengadilan
    .means = Anda dapat menggugat di pengadilan.

## officer

row-officer = Pejabat pelindungan data
    .means = Mengawasi kebijakan ini dan menjawab pertanyaan Anda.
row-officer-answer = Jawaban pejabat
    .means = Anda mendapat jawaban dari pejabat.
row-officer-monitors = Memantau kepatuhan
    .means = Pejabat memantau apakah kebijakan ini kami jalankan.
row-officer-assesses = Memberi saran penilaian dampak
    .means = Pejabat memberi saran tentang risiko sebelum hal baru dimulai.
row-officer-receives = Menerima pertanyaan dan laporan
    .means = Pejabat menerima pertanyaan dan laporan Anda.
row-officer-investigates = Menyelidiki pengaduan dan insiden
    .means = Pejabat menyelidiki pengaduan dan insiden.
row-officer-records = Menyimpan catatan pemrosesan
    .means = Pejabat menyimpan catatan tentang apa yang dilakukan dengan data.
row-officer-trains = Melatih staf
    .means = Pejabat melatih staf kami.
row-officer-reports = Melapor kepada pimpinan
    .means = Pejabat melapor kepada pimpinan perusahaan.
row-officer-independent = Bekerja mandiri
    .means = Pejabat tidak menerima perintah mengenai tugas ini.

## children

row-children = Anak
    .means = Sejak usia berapa Anda dapat memakai layanan kami.
row-children-approval = Persetujuan bagi anak
    .means = Bagi yang lebih muda, pihak lain juga harus menyetujui.
row-children-report = Laporan mengenai anak
    .means = Orang tua dapat melaporkan data anak yang tidak seharusnya kami miliki.

## incident

row-incident = Insiden
    .means = Apa yang dianggap insiden.
row-incident-tell_authority = Pemberitahuan kepada lembaga
    .means = Lembaga diberi tahu tentang insiden.
row-incident-tell_people = Pemberitahuan kepada yang terdampak
    .means = Anda diberi tahu tentang insiden yang menyangkut data Anda.
row-incident-tell_customer = Pemberitahuan kepada pelanggan
    .means = Pelanggan diberi tahu tentang insiden yang menyangkut datanya.
row-incident-help_customer = Bantuan bagi pelanggan
    .means = Kami membantu pelanggan memenuhi kewajibannya setelah insiden.
row-incident-assess = Penilaian
    .means = Kami menilai seberapa berat insiden itu.
row-incident-contain = Pembatasan dampak
    .means = Kami mencegah kerugian meluas.
row-incident-remedy = Perbaikan
    .means = Yang kami lakukan untuk mengatasinya.
row-incident-review = Tinjauan sesudahnya
    .means = Sesudahnya kami mencatat pelajaran darinya.

## cookie

row-cookie-any =
    .means = Disimpan di peramban Anda.

## notice

row-notice-handover = Penjualan atau penggabungan perusahaan
    .means = Anda diberi tahu bila perusahaan dijual atau digabung.
row-notice-policy_change = Perubahan kebijakan ini
    .means = Anda diberi tahu tentang perubahan kebijakan ini.
row-notice-recipient_change = Perubahan penerima
    .means = Anda diberi tahu bila ada penerima baru atau yang berhenti.
row-notice-lapse = Akun akan berakhir
    .means = Anda diperingatkan sebelum akun yang tidak dipakai ditutup.
row-notice-erasure = Penghapusan selesai
    .means = Anda diberi tahu bila data Anda telah dihapus.
row-notice-hold = Penahanan hukum berlaku
    .means = Anda diberi tahu bila data Anda harus disimpan untuk pengadilan.
row-notice-release = Penahanan hukum dilepas
row-notice-restriction_lifted = Pembatasan dicabut
