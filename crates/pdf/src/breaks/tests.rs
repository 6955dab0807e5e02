use super::*;

#[test]
fn ordinary_words_of_a_pdf_stay_whole() {
    let text = "Kebijakan privasi, dan pertanggungjawaban.  Dua baris\nlagi";
    assert_eq!(pieces(text, 20), [text]);
}

#[test]
fn a_long_address_in_a_pdf_breaks_after_its_signs_and_nothing_is_added() {
    let text = "write to privacy-officer@people.example.com today";
    let broken = pieces(text, 20);
    assert_eq!(broken, ["write to privacy-", "officer@", "people.", "example.", "com today"]);
    assert_eq!(broken.concat(), text);
}

#[test]
fn a_long_run_without_signs_in_a_pdf_breaks_by_its_length() {
    let key = "0123456789abcdef".repeat(3);
    let broken = pieces(&key, 10);
    assert!(broken.iter().all(|piece| piece.len() <= 10), "{broken:?}");
    assert_eq!(broken.concat(), key);
}

#[test]
fn a_long_word_of_letters_in_a_pdf_gets_hyphens_that_are_seen_only_at_the_end_of_a_line() {
    let broken = pieces("mempertanggungjawabkannyalah", 12);
    assert_eq!(broken, ["memper\u{ad}tanggu\u{ad}ngjawa\u{ad}bkanny\u{ad}alah"]);
}
