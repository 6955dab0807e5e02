//! What the probe of lapses sees when the rows are changed behind the engine's back.

use super::{broken, history, names, state, tamper};
use crate::evidence::State;

#[test]
fn lapses_sees_an_account_whose_person_was_not_told() {
    let (world, life) = history();
    world.until("2027-02-01T00:00:00Z");
    assert_eq!(state(&world, "ASH-114").state, State::Kept);
    tamper(&world, "delete from notice where about = $1", &[names(life.account)]);
    broken(&world, "ASH-114");
}

#[test]
fn lapses_sees_an_account_that_was_closed_untold_or_stays_open() {
    for row in ["delete from notice where about = $1", "delete from event where rid = $1"] {
        let (world, life) = history();
        world.until("2027-01-29T18:00:00Z");
        world.until("2027-03-01T00:00:00Z");
        assert_eq!(state(&world, "ASH-114").state, State::Kept);
        tamper(&world, row, &[names(life.account)]);
        broken(&world, "ASH-114");
    }
}
