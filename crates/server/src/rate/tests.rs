use super::*;

#[test]
fn a_token_may_burst_then_waits_and_fills_again() {
    let rates = Rates::new(Rate { a_second: 2, burst: 3 });
    let start = Instant::now();
    for _ in 0..3 {
        assert_eq!(rates.take((1, 1), start), Ok(()));
    }
    let wait = rates.take((1, 1), start).unwrap_err();
    assert_eq!(wait, Duration::from_millis(500));
    assert_eq!(rates.take((1, 1), start + wait), Ok(()));
}

#[test]
fn one_token_does_not_use_up_another() {
    let rates = Rates::new(Rate { a_second: 1, burst: 1 });
    let start = Instant::now();
    assert_eq!(rates.take((1, 1), start), Ok(()));
    assert_eq!(rates.take((1, 2), start), Ok(()));
    assert_eq!(rates.take((2, 1), start), Ok(()));
    assert!(rates.take((1, 1), start).is_err());
}
