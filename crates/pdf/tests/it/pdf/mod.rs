//! The files that come out, as programs see them that others wrote.

mod companies;
mod hostile;
mod layout;
mod tools;
