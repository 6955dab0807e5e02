### What people are told in notices, beside the title of the row.

told-lapse = { $what } closes on { $day } because nobody uses it, unless you use it before. After that it can be restored for { $grace }; then it is erased.
told-hold = Data about you are under a legal hold. What it covers is not deleted until it is released.
told-hold-category = Data about you ({ $what }) are under a legal hold. What it covers is not deleted until it is released.
told-release = The legal hold on data about you was released. Erasures that waited for it now run.
told-restriction_lifted = The restriction that you asked for is lifted. Your data may be used again for the purposes of the policy.
told-policy_change = The privacy policy changes from { $day } on.
told-policy_change_taken_back = The change of the privacy policy from { $day } on was taken back; the policy stays as it is.
