### The page: its head, summary, tables, contacts, and what a reader's own view says.

## Head

head-version = Version { $version }, in force since { $date }.
head-reviewed = Last reviewed on { $date }.
head-binds = This text binds; the others are translations.
head-alone = This is the only text.
head-binding = This is a translation. The binding text is in { $language }.
head-marks = What is marked as planned is not kept yet. What is marked as shown by papers is done by people, who prove it with dated papers. Everything else is kept by the server that publishes this policy.
head-planned = What is marked as planned is not kept yet. Everything else is kept by the server that publishes this policy.
head-evidence = What is marked as shown by papers is done by people, who prove it with dated papers. Everything else is kept by the server that publishes this policy.
head-kept = Everything on this page is kept by the server that publishes this policy.
view-people = This is the view for one kind of person: { $people }. It shows only what concerns them.
view-country = This is the view for people in { $country }. It leaves out what does not hold there.
view-both = This is the view for one kind of person in { $country }: { $people }. It shows only what concerns them there.
view-whole = See the whole policy
contents = Contents
sheet = Page
sheet-version = Version
state-planned = planned
state-partly = planned in part
state-evidence = shown by papers

## Chapters

chapter-summary = In short
chapter-changes = What changed since the last version
chapter-scope = Who and where
chapter-data = What is collected, what for, how long
chapter-purposes = What data are used for
chapter-recipients = Who else receives data
chapter-safety = How data are kept safe
chapter-rights = What you can do
chapter-incidents = When something goes wrong
chapter-notices = Cookies and notices
chapter-contacts = Contacts

## Summary

summary-who = Who answers
summary-who-text = { $company }, { $address }
summary-data = What is collected
summary-data-text = { $count ->
    [one] One kind of data: { $list }.
   *[other] { $count } kinds of data: { $list }.
}
summary-special = More strictly protected by law: { $list }.
summary-special-one = { $data } ({ $special })
summary-for = What for
summary-for-text = { $count ->
    [one] One purpose: { $list }.
   *[other] { $count } purposes: { $list }.
}
summary-keep = How long at most
summary-keep-text = { $length } ({ $data }). How long each kind of data is kept stands in { $table }.
summary-keep-until = Each kind of data ends at its own event, as { $table } says.
summary-table = the table
summary-keep-registers = Records that prove what was done stay for { $length } at most ({ $register }).
summary-keep-counts = Only counts of groups stay for ever ({ $data }).
summary-gets = Who gets data
summary-gets-text = { $count ->
    [one] One recipient: { $list }.
   *[other] { $count } recipients: { $list }.
}
summary-gets-nobody = Nobody outside the company.
summary-home = Data are at home in { $countries }.
summary-never = What is never done
summary-rights = What you can do
summary-rights-text = You can { $list }.
summary-ask = How to ask
summary-complain = How to complain
summary-write = Write to { $mail }.
summary-subject = Subject: “{ $subject }”.
summary-term = { $row }: within { $length }
summary-elsewhere = You can also go elsewhere: { $list }.
right-information = be told what is done with your data
right-access = see them
right-correction = have them corrected
right-erasure = have them erased
right-restriction = have them left unused
right-withdrawal = take back a consent
right-objection = object
right-portability = take them along
right-human_review = have a person decide
right-compensation = be compensated

## Tables

table-keep = What is collected, whose it is, what it is used for, and how long it is kept
table-keep-what = What
table-keep-whose = Whose
table-keep-for = What for
table-keep-long = How long
table-keep-basis = Lawful basis
table-keep-counts = nobody's: counts of groups of at least { $count }
table-purposes = What data are used for, and why that is lawful
table-purposes-purpose = Purpose
table-purposes-basis = Lawful basis
table-purposes-data = Data
table-purposes-by = Read by
table-purposes-nobody = nobody; the system and you
table-recipients = Who receives data
table-recipients-who = Who
table-recipients-what = What it does
table-recipients-where = Where
table-recipients-gets = What it gets
table-recipients-safeguards = Safeguards
table-recipients-does = { $role }: { $jobs }
table-recipients-own = not needed: the data stay at home
table-recipients-case = what a legal case requires
table-cookies = Cookies
table-cookies-name = Name
table-cookies-for = For
table-cookies-long = How long
table-cookies-until = { $length }, or until { $event }
table-cookies-consent = { $for }; only after your consent
table-none = –

## Contacts

contact-company = Company
contact-privacy = Questions about privacy
contact-general = Everything else
contact-security = Security
contact-hours = Hours
