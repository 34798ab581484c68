//! Text to [`Post`]: one pass, byte spans for everything a rule may point at. Parsing never fails.

pub mod body;
mod markdown;
pub mod math;
pub mod sections;
pub mod templates;
