//! Kinds learned from the posts that are there: which posts are alike, and what they have in common.

mod alike;
mod candidates;
mod choose;
pub(crate) mod draft;
mod eras;
mod formats;
mod header;
mod known;
pub(crate) mod masked;
mod names;
mod relax;
mod sections;
mod series;

pub(crate) use known::Known;
pub(crate) use masked::natural;

use self::choose::Chosen;
use self::draft::Draft;
use self::sections::Body;

/// The kinds among the posts of a blog, in the order in which they are to be written.
pub(crate) fn learn(posts: &[Known]) -> Vec<Draft> {
    let chosen = choose::choose(posts);
    let mut drafts: Vec<Draft> = crate::parallel::of_each(&chosen, |chosen| draft(posts, chosen));
    names::give(&mut drafts, posts, &chosen);
    drafts
}

fn draft(posts: &[Known], chosen: &Chosen) -> Draft {
    let members: Vec<&Known> = chosen.members.iter().map(|&at| &posts[at]).collect();
    let first = chosen.from + eras::last(&members[chosen.from..]);
    let era = &members[first..];
    let bodies = era.iter().enumerate().map(|(post, known)| Body {
        post,
        headings: known.headings.iter().map(|(level, heading)| (*level, heading.as_str())).collect(),
    });
    let sections = sections::learn(&bodies.collect::<Vec<_>>(), 0);
    let level = sections.as_ref().map(|sections| sections.level);
    Draft {
        name: String::new(),
        paths: chosen.paths.clone(),
        front: chosen.front.clone(),
        posts: members.iter().map(|post| post.path().to_owned()).collect(),
        since: era.first().and_then(|post| post.day()).filter(|_| first > 0).map(|day| (day, era.len())),
        keys: header::keys(era, header::title(era).as_ref()),
        title_heading: header::title_heading(era, level),
        range: header::range(era),
        sections,
        series: series::of(&members, &chosen.numbers),
    }
}

#[cfg(test)]
mod tests;
