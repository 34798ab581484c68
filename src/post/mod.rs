//! Text to [`Post`]: one pass, byte spans for everything a rule may point at. Parsing never fails.

pub mod dates;
