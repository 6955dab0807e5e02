### Yang diberitahukan kepada orang, di samping judul barisnya.

told-lapse = { $what } ditutup pada { $day } karena tidak dipakai, kecuali Anda memakainya sebelum itu. Setelah ditutup masih dapat dipulihkan selama { $grace }, lalu dihapus.
told-hold = Data Anda ditahan untuk suatu proses hukum. Selama ditahan, data itu tidak dihapus.
told-hold-category = Data Anda ({ $what }) ditahan untuk suatu proses hukum. Selama ditahan, data itu tidak dihapus.
told-release = Penahanan hukum atas data Anda dilepas. Penghapusan yang menunggunya kini berjalan.
told-restriction_lifted = Pembatasan yang Anda minta dicabut. Data Anda dapat dipakai lagi untuk tujuan dalam kebijakan.
told-policy_change = Kebijakan privasi berubah mulai { $day }.
told-policy_change_taken_back = Perubahan kebijakan privasi mulai { $day } dibatalkan; kebijakan tetap seperti semula.
