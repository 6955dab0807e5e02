### Rekaman kegiatan pemrosesan: satu tabel, judul kolomnya, dan isi selnya.

ropa-title-controller = Sebagai pengendali
ropa-title-processor = Sebagai prosesor
ropa-head-record = Rekaman
ropa-head-rule = Aturan
ropa-head-controller = Pengendali
ropa-head-processor = Prosesor
ropa-head-contact = Kontak
ropa-head-officer = Pejabat pelindungan data
ropa-head-purpose = Tujuan
ropa-head-basis = Dasar hukum
ropa-head-people = Kategori orang
ropa-head-data = Kategori data
ropa-head-recipients = Penerima
ropa-head-transfers = Negara lain dan pengaman
ropa-head-erasure = Batas waktu penghapusan
ropa-head-measures = Tindakan keamanan
ropa-customer = Pelanggan, yang memberi instruksi
