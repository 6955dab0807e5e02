### Apa yang berubah sejak versi terakhir, satu kalimat untuk setiap aturan.

change-added = Baru: { $what }.
change-removed = Tidak ada lagi: { $what }.
change-changed = { $what } ({ $key }): { $new }; sebelumnya: { $old }.
change-key-added = { $what } ({ $key }): { $new }; sebelumnya tidak disebutkan.
change-key-removed = { $what } ({ $key }): tidak disebutkan lagi; sebelumnya: { $old }.
change-other = Berubah: { $what }.
