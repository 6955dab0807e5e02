### Cara menyebut: angka dengan satuannya, tanggal, jam, daftar, akhir, dan peristiwa.

## Lama waktu

length-minute = { $count } menit
length-hour = { $count } jam
length-day = { $count } hari
length-business-day = { $count } hari kerja
length-month = { $count } bulan
length-year = { $count } tahun
number = { $count }
yes = ya
no = tidak

## Tanggal dan jam

date = { $day } { $month ->
    [1] Januari
    [2] Februari
    [3] Maret
    [4] April
    [5] Mei
    [6] Juni
    [7] Juli
    [8] Agustus
    [9] September
    [10] Oktober
    [11] November
   *[12] Desember
} { $year }
days = { $from } sampai { $to }
hours = { $days }, pukul { $from-hour }.{ $from-minute }–{ $to-hour }.{ $to-minute }
day-mon = Senin
day-tue = Selasa
day-wed = Rabu
day-thu = Kamis
day-fri = Jumat
day-sat = Sabtu
day-sun = Minggu

## Daftar: dua hal, semua kecuali yang terakhir, dan yang terakhir; yang panjang untuk hal yang sudah berkoma

list-pair = { $first } dan { $second }
list-more = { $first }, { $second }
list-last = { $first }, dan { $second }
list-pair-long = { $first }; dan { $second }
list-more-long = { $first }; { $second }
list-last-long = { $first }; dan { $second }
list-others = { $count } lainnya
piece = { $part } dari { $whole }
mark = { $words } ({ $mark })

## Berapa lama disimpan

keep-never = tidak sama sekali
keep-for-ever = tanpa batas waktu
keep-with = selama { $whole } disimpan
length-chosen = { $min } sampai { $max }, menurut pilihan pelanggan ({ $setting })
keep-until = sampai { $event }
keep-after = { $length } setelah { $event }
keep-earliest = { $first }, atau { $second } bila lebih dahulu
keep-restorable = { $end }; setelah itu dapat dipulihkan selama { $grace }
keep-closed = sampai ditutup
keep-statutory = { $fields }, untuk { $purpose }
within-after = { $length } setelah { $event }

## Peristiwa; subjek adalah yang mengalaminya

event-collected = pengumpulan
event-withdrawn = penarikan
event-released = pelepasan
event-issued = penerbitan
event-closed = { $of ->
    [none] penutupan
   *[some] penutupan { $subject }
}
event-restored = { $of ->
    [none] pemulihan
   *[some] pemulihan { $subject }
}
event-off = { $of ->
    [none] penonaktifan
   *[some] { $subject } dinonaktifkan
}
event-disconnected = { $of ->
    [none] pemutusan
   *[some] { $subject } diputuskan
}
event-ended = { $of ->
    [none] akhir masanya
   *[some] berakhirnya { $subject }
}
event-completed = { $of ->
    [none] penyelesaian
   *[some] selesainya { $subject }
}
event-resolved = { $of ->
    [none] penyelesaian
   *[some] penyelesaian { $subject }
}
event-reopened = { $of ->
    [none] pembukaan kembali
   *[some] pembukaan kembali { $subject }
}
event-resumed = { $of ->
    [none] dimulainya kembali
   *[some] dimulainya kembali { $subject }
}
event-submitted = { $of ->
    [none] penyerahan
   *[some] penyerahan { $subject }
}
event-signed_in = masuk terakhir
event-left = keluar
event-returned = kembali
event-opted_out = penolakan
event-confirmed = terkonfirmasi
event-takes-back = { $event } (membatalkan: { $other })
