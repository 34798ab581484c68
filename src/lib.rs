//! postlint: a linter for blog posts that knows what the blog's own engines do to them.

pub mod finding;
pub mod post;
pub mod report;
pub mod text;
