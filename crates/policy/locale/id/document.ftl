### Halaman: kepala, ringkasan, tabel, kontak, dan tampilan bagi pembaca tertentu.

## Kepala

head-version = Versi { $version }, berlaku sejak { $date }.
head-reviewed = Terakhir ditinjau pada { $date }.
head-binds = Teks ini yang mengikat; teks lainnya adalah terjemahan.
head-alone = Inilah satu-satunya teks.
head-binding = Teks ini adalah terjemahan. Teks yang mengikat ditulis dalam bahasa { $language }.
head-marks = Yang ditandai “direncanakan” belum dijalankan. Yang ditandai “dibuktikan dengan dokumen” dikerjakan oleh orang, yang membuktikannya dengan dokumen bertanggal. Selebihnya dijalankan oleh server yang menerbitkan kebijakan ini.
head-planned = Yang ditandai “direncanakan” belum dijalankan. Selebihnya dijalankan oleh server yang menerbitkan kebijakan ini.
head-evidence = Yang ditandai “dibuktikan dengan dokumen” dikerjakan oleh orang, yang membuktikannya dengan dokumen bertanggal. Selebihnya dijalankan oleh server yang menerbitkan kebijakan ini.
head-kept = Semua isi halaman ini dijalankan oleh server yang menerbitkan kebijakan ini.
view-people = Ini tampilan untuk satu golongan orang: { $people }. Hanya yang menyangkut golongan itu yang ditampilkan.
view-country = Ini tampilan untuk orang di { $country }. Yang tidak berlaku di sana tidak ditampilkan.
view-both = Ini tampilan untuk satu golongan orang di { $country }: { $people }. Hanya yang menyangkut golongan itu di sana yang ditampilkan.
view-whole = Lihat kebijakan selengkapnya
contents = Daftar isi
sheet = Halaman
sheet-version = Versi
state-planned = direncanakan
state-partly = sebagian direncanakan
state-evidence = dibuktikan dengan dokumen

## Bab

chapter-summary = Ringkasan
chapter-changes = Yang berubah sejak versi sebelumnya
chapter-scope = Siapa dan di mana
chapter-data = Apa yang dikumpulkan, untuk apa, berapa lama
chapter-purposes = Untuk apa data dipakai
chapter-recipients = Siapa lagi yang menerima data
chapter-safety = Bagaimana data dijaga
chapter-rights = Apa yang dapat Anda lakukan
chapter-incidents = Bila terjadi masalah
chapter-notices = Kuki dan pemberitahuan
chapter-contacts = Kontak

## Ringkasan

summary-who = Penanggung jawab
summary-who-text = { $company }, { $address }
summary-data = Yang dikumpulkan
summary-data-text = { $count } jenis data: { $list }.
summary-special = Yang dilindungi hukum lebih ketat: { $list }.
summary-special-one = { $data } ({ $special })
summary-for = Untuk apa
summary-for-text = { $count } tujuan: { $list }.
summary-keep = Paling lama disimpan
summary-keep-text = { $length } ({ $data }). Lama penyimpanan setiap jenis data ada dalam { $table }.
summary-keep-until = Setiap jenis data berakhir pada peristiwanya sendiri, seperti dalam { $table }.
summary-table = tabel
summary-keep-registers = Catatan yang membuktikan apa yang dilakukan disimpan paling lama { $length } ({ $register }).
summary-keep-counts = Hanya jumlah kelompok yang disimpan tanpa batas waktu ({ $data }).
summary-gets = Penerima data
summary-gets-text = { $count } penerima: { $list }.
summary-gets-nobody = Tidak ada pihak di luar perusahaan.
summary-home = Data disimpan di { $countries }.
summary-never = Yang tidak pernah dilakukan
summary-rights = Yang dapat Anda lakukan
summary-rights-text = Anda dapat { $list }.
summary-ask = Cara meminta
summary-complain = Cara mengadu
summary-write = Tulis kepada { $mail }.
summary-subject = Perihal: “{ $subject }”.
summary-term = { $row }: dalam { $length }
summary-elsewhere = Anda juga dapat menempuh jalan lain: { $list }.
right-information = menanyakan apa yang dilakukan dengan data Anda
right-access = melihatnya
right-correction = memintanya diperbaiki
right-erasure = memintanya dihapus
right-restriction = memintanya tidak dipakai dahulu
right-withdrawal = menarik persetujuan
right-objection = mengajukan keberatan
right-portability = membawanya ke layanan lain
right-human_review = meminta keputusan oleh manusia
right-compensation = meminta ganti rugi

## Tabel

table-keep = Apa yang dikumpulkan, milik siapa, untuk apa dipakai, dan berapa lama disimpan
table-keep-what = Apa
table-keep-whose = Milik siapa
table-keep-for = Untuk apa
table-keep-long = Berapa lama
table-keep-basis = Dasar hukum
table-keep-counts = bukan milik siapa pun: jumlah kelompok berisi paling sedikit { $count } orang
table-purposes = Untuk apa data dipakai, dan mengapa itu sah
table-purposes-purpose = Tujuan
table-purposes-basis = Dasar hukum
table-purposes-data = Data
table-purposes-by = Dibaca oleh
table-purposes-nobody = tidak seorang pun; hanya sistem dan Anda
table-recipients = Siapa yang menerima data
table-recipients-who = Siapa
table-recipients-what = Tugasnya
table-recipients-where = Di mana
table-recipients-gets = Yang diterima
table-recipients-safeguards = Pengaman
table-recipients-does = { $role }: { $jobs }
table-recipients-own = tidak diperlukan: data tidak keluar negeri
table-recipients-case = yang diperlukan suatu perkara hukum
table-cookies = Kuki
table-cookies-name = Nama
table-cookies-for = Untuk
table-cookies-long = Berapa lama
table-cookies-until = { $length }, atau sampai { $event }
table-cookies-consent = { $for }; hanya setelah Anda setuju
table-none = –

## Kontak

contact-company = Perusahaan
contact-privacy = Pertanyaan tentang privasi
contact-general = Hal lain
contact-security = Keamanan
contact-hours = Jam kerja
