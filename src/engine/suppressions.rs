//! What the author has answered to: `<!-- postlint-ignore rule: reason -->` before a block,
//! `<!-- postlint-ignore-file rule -->`, and `postlint: {ignore: [rule]}` in the front matter. A group stands for all of
//! its rules.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use crate::finding::{Finding, Findings, RuleId, Severity};
use crate::markdown::document::{Block, BlockKind, Comment};
use crate::post::Post;
use crate::rules::{Named, Rule};
use crate::syntax::front_matter::Data;
use crate::text::{Span, nearest, trimmed};

/// One rule or group that is not to be reported somewhere.
struct Suppression {
    /// The name as written.
    name: Span,
    /// What is called so.
    named: Option<Named>,
    /// Where it is not to be reported.
    scope: Span,
    /// Whether it took a finding away.
    used: bool,
}

/// Takes the findings away that are suppressed; gives a finding for each suppression that took none.
///
/// `open` has the places that a rule could not check, where the same may be found another day; `has_spoken` says whether
/// rules ran at all: those that did not cannot show that a suppression is idle.
pub(crate) fn apply(
    post: &Post,
    found: &mut Vec<(Severity, Finding)>,
    open: &[(RuleId, usize)],
    has_spoken: impl Fn(Named) -> bool,
) -> Vec<Finding> {
    let mut suppressions = read(post);
    let mut idle = Findings::of(RuleId::UNUSED_SUPPRESSION, post.text);
    report_slips(post, &mut idle);
    if suppressions.is_empty() {
        return idle.into_vec();
    }
    let mut takers = takers(&suppressions, found).into_iter();
    found.retain(|_| {
        let taker = takers.next().flatten();
        if let Some(taker) = taker {
            suppressions[taker].used = true;
        }
        taker.is_none()
    });
    let mut places: HashMap<RuleId, Vec<usize>> = HashMap::new();
    open.iter().for_each(|(rule, at)| places.entry(*rule).or_default().push(*at));
    places.values_mut().for_each(|places| places.sort_unstable());
    let is_open = |suppression: &Suppression| {
        let Span { start, end } = suppression.scope;
        let lies_there =
            |places: &[usize]| places.get(places.partition_point(|&at| at < start)).is_some_and(|&first| first <= end);
        places.iter().any(|(rule, places)| suppression.has(*rule) && lies_there(places))
    };
    for suppression in suppressions.iter().filter(|suppression| !suppression.used && !is_open(suppression)) {
        report(suppression, post, &has_spoken, &mut idle);
    }
    idle.into_vec()
}

/// For each finding the suppression that takes it away: of those that name its rule the first, or else of those that name
/// a group of it. Goes through the text once, as a post can have as many of each as it has lines.
fn takers(suppressions: &[Suppression], found: &[(Severity, Finding)]) -> Vec<Option<usize>> {
    let mut begins: Vec<usize> = (0..suppressions.len()).filter(|&at| suppressions[at].named.is_some()).collect();
    begins.sort_by_key(|&at| suppressions[at].scope.start);
    let mut begins = begins.into_iter().peekable();
    let mut ends = BTreeSet::new();
    // What reaches to where the text is read, by what it names.
    let mut active: HashMap<&str, (Named, BTreeSet<usize>)> = HashMap::new();
    let mut places: Vec<usize> = (0..found.len()).collect();
    places.sort_by_key(|&at| found[at].1.span.start);
    let mut takers = vec![None; found.len()];
    for place in places {
        let Finding { rule, span, .. } = &found[place].1;
        while let Some(at) = begins.next_if(|&at| suppressions[at].scope.start <= span.start) {
            let Some(named) = suppressions[at].named else { continue };
            active.entry(named.name()).or_insert_with(|| (named, BTreeSet::new())).1.insert(at);
            ends.insert((suppressions[at].scope.end, at));
        }
        while let Some((_, at)) = ends.first().copied().filter(|(end, _)| *end < span.start) {
            ends.pop_first();
            let own = suppressions[at].named.and_then(|named| active.get_mut(named.name()));
            own.into_iter().for_each(|(_, own)| _ = own.remove(&at));
        }
        let by_name = active.get(rule.name()).and_then(|(_, own)| own.first());
        let rule = Rule::of(rule);
        let has_rule = |named: &Named| matches!(named, Named::Group(_)) && rule.is_some_and(|rule| named.has(rule));
        let by_group = || active.values().filter(|(named, _)| has_rule(named)).filter_map(|(_, own)| own.first()).min();
        takers[place] = by_name.or_else(by_group).copied();
    }
    takers
}

impl Suppression {
    fn new(post: &Post, name: Span, scope: Span) -> Self {
        Suppression { name, named: Named::of(&post.text[name]), scope, used: false }
    }

    fn has(&self, rule: RuleId) -> bool {
        match self.named {
            Some(Named::Rule(own)) => own.id == rule,
            Some(group) => Rule::of(&rule).is_some_and(|rule| group.has(rule)),
            None => false,
        }
    }
}

fn report(suppression: &Suppression, post: &Post, has_spoken: impl Fn(Named) -> bool, idle: &mut Findings) {
    let (name, span) = (&post.text[suppression.name], suppression.name);
    match (suppression.named, name.split_once(char::is_whitespace)) {
        (Some(named), _) if has_spoken(named) => {
            idle.at(span, format!("nothing here is reported by `{name}`")).help("take the suppression out");
        }
        // What is off has nothing to say either way.
        (Some(_), _) => {}
        (None, words) => {
            let help = match words {
                Some((rule, _)) => format!("write a `:` before the reason: `{rule}: …`"),
                None => Named::suggestion(name),
            };
            idle.at(span, format!("no rule is called `{name}`")).help(help);
        }
    }
}

fn read(post: &Post) -> Vec<Suppression> {
    let mut suppressions = Vec::new();
    if let Some(node) = post.setting("ignore") {
        let nodes = match &node.data {
            Data::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        for node in nodes.iter().filter(|node| !node.span.is_empty()) {
            let quotes: &[char] = &['"', '\''];
            let written = &post.text[node.span];
            let start = node.span.start + (written.len() - written.trim_start_matches(quotes).len());
            let name = Span::new(start, start + written.trim_matches(quotes).len());
            suppressions.push(Suppression::new(post, name, Span::new(0, post.text.len())));
        }
    }
    let others = OnceCell::new();
    for comment in &post.body.comments {
        read_comment(post, comment, &others, &mut suppressions);
    }
    suppressions
}

/// Of each block the place of the first from there on that is more than a suppression.
fn others(post: &Post) -> Vec<usize> {
    let blocks = &post.body.blocks;
    let mut others: Vec<usize> = (0..=blocks.len()).collect();
    for at in (0..blocks.len()).rev().filter(|&at| is_suppression(post, &blocks[at])) {
        others[at] = others[at + 1];
    }
    others
}

fn read_comment(post: &Post, comment: &Comment, below: &OnceCell<Vec<usize>>, suppressions: &mut Vec<Suppression>) {
    let text = &post.text[comment.text];
    let Some((word, rest)) = command(text) else { return };
    let scope = match word {
        FILE => 0..post.text.len(),
        _ => next_block(post, comment, below.get_or_init(|| others(post))).range(),
    };
    let names = rest.split(':').next().unwrap_or_default();
    let mut start = comment.text.end - rest.len();
    for name in names.split(',') {
        let name = {
            let span = Span::new(start, start + name.len());
            start = span.end + 1;
            trimmed(post.text, span)
        };
        if !name.is_empty() {
            suppressions.push(Suppression::new(post, name, Span::from(scope.clone())));
        }
    }
}

const BLOCK: &str = "postlint-ignore";
const FILE: &str = "postlint-ignore-file";

/// The command of a comment and what follows it.
fn command(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    matches!(word, BLOCK | FILE).then_some((word, rest))
}

/// The comments that suppress something.
pub(super) fn comments(post: &Post) -> Vec<Span> {
    let own = post.body.comments.iter().filter(|comment| command(&post.text[comment.text]).is_some());
    own.map(|comment| comment.span).collect()
}

/// Comments that mean to suppress something, and do not.
fn report_slips(post: &Post, idle: &mut Findings) {
    for comment in &post.body.comments {
        let text = &post.text[comment.text];
        match command(text) {
            None if text.starts_with("postlint-") => {
                let word = text.split(char::is_whitespace).next().unwrap_or(text);
                let near = nearest(word, [BLOCK, FILE]).unwrap_or(BLOCK);
                let span = Span::new(comment.text.start, comment.text.start + word.len());
                idle.at(span, format!("no suppression is called `{word}`")).help(format!("did you mean `{near}`?"));
            }
            Some((word, rest)) if rest.split(':').next().unwrap_or_default().trim().is_empty() => {
                let message = format!("`{word}` names no rule");
                idle.at(comment.text, message).help(format!("write `<!-- {word} placeholder: why -->`"));
            }
            _ => {}
        }
    }
}

/// Whether a block is nothing but a comment that suppresses something.
fn is_suppression(post: &Post, block: &Block) -> bool {
    block.kind == BlockKind::Html
        && post.body.comment_at(block.span.start).is_some_and(|comment| {
            comment.span.start == block.span.start
                && comment.span.end >= block.span.end
                && command(&post.text[comment.text]).is_some()
        })
}

/// The block after a comment; for a comment in running text the block it stands in.
fn next_block(post: &Post, comment: &Comment, others: &[usize]) -> Span {
    let blocks = &post.body.blocks;
    let after = blocks.partition_point(|block| block.span.start < comment.span.end);
    if comment.inline {
        let around = blocks[..after].iter().rev().find(|block| block.span.end >= comment.span.end);
        return around.map_or(comment.span, |block| block.span);
    }
    // Of comments one above the other each counts for what is below all of them.
    blocks.get(others[after]).map_or(Span::empty(comment.span.end), |block| block.span)
}
