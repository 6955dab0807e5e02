use super::unified;

/// Applies what `unified` drew, as `patch` does.
fn patched(old: &str, drawn: &str) -> String {
    let olds: Vec<&str> = old.split_inclusive('\n').collect();
    let (mut new, mut at, mut last) = (String::new(), 0, "");
    for line in drawn.split_inclusive('\n').skip(2) {
        let (sign, text) = line.split_at(1);
        match sign {
            "@" => {
                let start = text.split(['-', ',']).nth(1).unwrap().parse::<usize>().unwrap();
                let count = text.split([',', ' ']).nth(2).unwrap().parse::<usize>().unwrap();
                let start = if count == 0 { start } else { start - 1 };
                new.extend(olds.get(at..start).unwrap().iter().copied());
                at = start;
            }
            "\\" if last != "+" => {}
            "\\" => new.truncate(new.trim_end_matches('\n').len()),
            "+" => new.push_str(text),
            " " => {
                assert_eq!(text.trim_end(), olds[at].trim_end());
                new.push_str(olds[at]);
                at += 1;
            }
            "-" => {
                assert_eq!(text.trim_end(), olds[at].trim_end());
                at += 1;
            }
            _ => panic!("{line:?}"),
        }
        last = sign;
    }
    new.extend(olds.get(at..).unwrap().iter().copied());
    new
}

#[test]
fn a_difference_is_drawn_with_three_lines_around_it() {
    let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    let new = old.replace("5\n", "five\n");
    let drawn = unified("p.toml", old, &new);
    let expected = "--- p.toml\n+++ p.toml\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n";
    assert_eq!(drawn, expected);
    assert_eq!(unified("p.toml", old, old), "");
}

#[test]
fn what_is_drawn_leads_from_one_text_to_the_other() {
    let texts = [
        "",
        "a\n",
        "a\nb\nc\n",
        "b\nc\nd\n",
        "x\na\nb\nc\n",
        "a\na\na\nb\n",
        "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n",
        "1\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\nX\n18\n20\n21\n",
    ];
    for old in texts {
        for new in texts {
            assert_eq!(patched(old, &unified("p", old, new)), new, "{old:?} to {new:?}");
        }
    }
    assert_eq!(patched("a\nb", &unified("p", "a\nb", "a\nc\n")), "a\nc\n");
    assert_eq!(patched("a\nb\n", &unified("p", "a\nb\n", "a\nc")), "a\nc");
}
