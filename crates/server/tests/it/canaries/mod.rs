//! Nothing in clear: marks in every value that comes in, then every byte that lies anywhere.

mod drive;
mod hostile;
mod listen;
mod marks;
pub(crate) mod seeker;
mod seeker_tests;
mod test;
