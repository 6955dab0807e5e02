//! Each promise of the example policy, seen by a person outside: over HTTP, with a clock that is told the time.
//! A test is named after the promises it shows.

mod children;
mod collecting;
mod counting;
mod erasing;
mod keeping;
mod overview;
mod published;
mod purposes;
mod registers;
mod rights;
mod safety;
mod scene;
