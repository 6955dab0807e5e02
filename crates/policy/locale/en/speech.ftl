### How things are said: numbers with their units, dates, hours, lists, ends and events.

## Lengths of time

length-minute = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
length-hour = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
length-day = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
length-business-day = { $count ->
    [one] { $count } business day
   *[other] { $count } business days
}
length-month = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
length-year = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
number = { $count }
yes = yes
no = no

## Dates and hours

date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
days = { $from } to { $to }
hours = { $days }, { $from-hour }:{ $from-minute }–{ $to-hour }:{ $to-minute }
day-mon = Monday
day-tue = Tuesday
day-wed = Wednesday
day-thu = Thursday
day-fri = Friday
day-sat = Saturday
day-sun = Sunday

## Lists: two items, all but the last, and the last; the long ones are for items with commas of their own

list-pair = { $first } and { $second }
list-more = { $first }, { $second }
list-last = { $first } and { $second }
list-pair-long = { $first }; and { $second }
list-more-long = { $first }; { $second }
list-last-long = { $first }; and { $second }
list-others = { $count ->
    [one] one other
   *[other] { $count } others
}
piece = { $part } of { $whole }
mark = { $words } ({ $mark })

## How long something is kept

keep-never = not at all
keep-for-ever = for ever
keep-with = as long as { $whole } is kept
length-chosen = { $min } to { $max }, as the customer chooses ({ $setting })
keep-until = until { $event }
keep-after = { $length } after { $event }
keep-earliest = { $first }, or { $second } where that is earlier
keep-restorable = { $end }; then restorable for { $grace }
keep-closed = until it is closed
keep-statutory = { $fields }, for { $purpose }
within-after = { $length } after { $event }

## Events; the subject is what they happen to

event-collected = collection
event-withdrawn = withdrawal
event-released = release
event-issued = issue
event-closed = { $of ->
    [none] closing
   *[some] the closing of { $subject }
}
event-restored = { $of ->
    [none] restoring
   *[some] the restoring of { $subject }
}
event-off = { $of ->
    [none] switching off
   *[some] { $subject } is switched off
}
event-disconnected = { $of ->
    [none] disconnection
   *[some] { $subject } is disconnected
}
event-ended = { $of ->
    [none] the end
   *[some] the end of { $subject }
}
event-completed = { $of ->
    [none] completion
   *[some] the completion of { $subject }
}
event-resolved = { $of ->
    [none] resolution
   *[some] the resolution of { $subject }
}
event-reopened = { $of ->
    [none] reopening
   *[some] the reopening of { $subject }
}
event-resumed = { $of ->
    [none] resuming
   *[some] the resuming of { $subject }
}
event-submitted = { $of ->
    [none] handing in
   *[some] the handing in of { $subject }
}
event-signed_in = the last sign-in
event-left = leaving
event-returned = coming back
event-opted_out = opting out
event-confirmed = it was confirmed
event-takes-back = { $event } (takes back: { $other })
