//! What an author wrote, whatever engine reads it: front matter, and dates as people write them.

pub mod dates;
pub mod front_matter;
