### What changed since the last version, a sentence for each rule.

change-added = New: { $what }.
change-removed = No more: { $what }.
change-changed = { $what } ({ $key }): { $new }; before: { $old }.
change-key-added = { $what } ({ $key }): { $new }; before, nothing was said.
change-key-removed = { $what } ({ $key }): nothing is said any more; before: { $old }.
change-other = Changed: { $what }.
