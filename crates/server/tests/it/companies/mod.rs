//! Every promise of the companies' policies that the engine keeps or publishes, seen from outside: over HTTP, with
//! a clock that is told the time. A test is named after the promises it shows; `bench` starts a company from its
//! file, and each check stands for one kind of rule, whatever the company.
#![expect(
    clippy::panic,
    clippy::expect_used,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod always;
mod bench;
mod broken;
mod children;
mod choosing;
mod collecting;
mod counting;
mod coverage;
mod ending;
mod keeping;
mod publishing;
mod rights;
mod smartta;
mod takara;
mod tapsence;
mod tarrasmart;
mod time;
mod using;
mod values;
