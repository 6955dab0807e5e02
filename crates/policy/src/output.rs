//! The page as Markdown and as JSON: nothing here knows what a row means.

mod json;
mod markdown;
