### Bingkai halaman publik.

site-skip = Langsung ke isi
site-pages = Halaman
site-policy = Kebijakan
site-trust = Kepercayaan
site-languages = Bahasa
site-test-clock = Server ini pernah berjalan dengan jam uji: waktu dan sertifikatnya tidak membuktikan apa pun.
site-ended = Perusahaan ini telah menutup layanannya di sini. Berakhir pada
site-kept = Dijaga oleh Janji.
site-others = Lainnya
site-forms = Bentuk lain halaman ini
site-replaced = Versi yang lebih baru telah menggantikan versi ini.
site-versions = Versi lain
site-views = Hanya yang menyangkut
site-coming = Versi baru diumumkan:
site-coming-itself = Versi ini diumumkan dan belum berlaku.
site-coming-from = Mulai berlaku pada
site-coming-no-consent = Membaca atau tetap memakai layanan bukan persetujuan atas apa pun.
