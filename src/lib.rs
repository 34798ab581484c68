//! postlint: a linter for blog posts that knows what the blog's own engines do to them.

pub mod blog;
pub mod cli;
pub mod config;
pub mod engine;
pub mod finding;
pub mod kinds;
pub mod post;
pub mod report;
pub mod rules;
pub mod text;
