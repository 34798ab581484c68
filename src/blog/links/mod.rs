//! The links of a post, and where they lead: as a browser would go, without building the site.

mod alike;
mod anchors;
mod found;
mod handed;
mod ids;
mod layouts;
mod liquid;
mod lost;
mod outlined;
mod printed;
mod resolve;
mod resolved;
mod rewritten;

pub(crate) use alike::{as_it_looks, difference};
pub(crate) use anchors::{Left, PendingAnchor, Places};
pub use found::{PageLink, Shape, UNKNOWN, links_of};
pub(crate) use liquid::Reference;
pub(crate) use lost::Lost;
pub(crate) use printed::Layouts;
pub use resolve::{Resolved, Resolver, Unknown, is_template};
pub(crate) use resolved::ResolvedLink;

#[cfg(test)]
mod tests;
