//! How the posts of a blog are written where the page is the same either way, so that one can be brought in line with
//! most of them.

use std::collections::{HashMap, HashSet};

use super::Blog;
use crate::markdown::MarkdownEngine;
use crate::parallel::of_each;
use crate::post::Post;
use crate::post::forms::{self, Form};
use crate::post::layout::{self, Layout, LineKind};
use crate::text::Span;

/// What the posts are used to, counted over an even sample of them.
#[derive(Debug, Default, Clone)]
pub(crate) struct Customs {
    forms: HashMap<Form, Count>,
    /// Of posts with bulleted lists, by how many others these lie in.
    lists: [Lists; LEVELS],
}

/// In how many posts something stands, and in how many of them untidily.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    posts: usize,
    untidy: usize,
}

/// How many posts have such lists, and how many of them mark all with this sign.
#[derive(Debug, Default, Clone)]
struct Lists {
    posts: usize,
    marked: HashMap<u8, usize>,
}

/// What the markers of lists are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Markers {
    /// Too few posts have such lists.
    Unknown,
    /// Some posts have one, some another.
    Various,
    /// Nearly always this one.
    Usual(u8),
}

/// A sample of this size says what most posts do. It is the same whether one post is written or all.
const SAMPLE: usize = 256;

/// Of fewer posts nobody can say what they are used to.
const FEW: usize = 5;

/// What one in so many posts does in another way is still the custom of the others.
const RARE: usize = 5;

/// Lists are told apart that lie in none, in one, and in more.
const LEVELS: usize = 3;

impl Customs {
    pub(super) fn of(blog: &Blog) -> Customs {
        let posts = blog.posts();
        let step = posts.len().div_ceil(SAMPLE).max(1);
        let posts: Vec<&String> = posts.iter().step_by(step).collect();
        let written = of_each(&posts, |path| {
            let text = blog.files.text(path)?;
            let post = blog.post(path, &text);
            let engine = blog.markdown_of(path);
            post.loads().then(|| Written::of(&post, &layout::read(&post, engine), engine))
        });
        let mut customs = Customs::default();
        written.into_iter().flatten().for_each(|written| customs.count(&written));
        customs
    }

    fn count(&mut self, written: &Written) {
        for form in &written.forms {
            let count = self.forms.entry(*form).or_default();
            count.posts += 1;
            count.untidy += usize::from(written.untidy.contains(form));
        }
        for (lists, markers) in self.lists.iter_mut().zip(&written.markers) {
            lists.posts += usize::from(!markers.is_empty());
            if let (1, Some(marker)) = (markers.len(), markers.iter().next()) {
                *lists.marked.entry(*marker).or_default() += 1;
            }
        }
    }

    /// Whether posts write something tidily: four in five of those that have it, or too few have it. What few have goes
    /// with its like.
    pub(crate) fn are_tidy(&self, form: Form) -> bool {
        let is_tidy = |count: &Count| count.untidy * RARE <= count.posts;
        match self.forms.get(&form).filter(|count| count.posts >= FEW) {
            Some(count) => is_tidy(count),
            None => {
                let like = self.forms.iter().filter(|(other, count)| other.is_like(form) && count.posts >= FEW);
                like.map(|(_, count)| count).all(is_tidy)
            }
        }
    }

    /// How lists are marked that lie in so many others.
    pub(crate) fn markers(&self, level: usize) -> Markers {
        let lists = &self.lists[level.min(LEVELS - 1)];
        if lists.posts < FEW {
            return Markers::Unknown;
        }
        let usual = lists.marked.iter().find(|(_, posts)| (lists.posts - **posts) * RARE <= lists.posts);
        usual.map_or(Markers::Various, |(marker, _)| Markers::Usual(*marker))
    }
}

/// How one post is written.
#[derive(Debug, Default)]
struct Written {
    /// All that stands in it in one way or the other.
    forms: HashSet<Form>,
    /// What of it is untidy somewhere.
    untidy: HashSet<Form>,
    /// With which signs the first items of its lists are marked, by how many others these lie in.
    markers: [HashSet<u8>; LEVELS],
}

impl Written {
    fn of(post: &Post, layout: &Layout, engine: &MarkdownEngine) -> Written {
        let text = post.text;
        let mut written = Written::default();
        let any = [Form::LineEnd, Form::LineEndWithin, Form::BlankLine, Form::FinalLine];
        written.forms.extend(any);
        for (form, space) in forms::needless_space(text, layout, engine.spaces_lost_before_breaks()) {
            // Of blank lines in a row only the first is left.
            written.note(form, form != Form::BlankLine || is_left(layout, space));
        }
        written.note(Form::FinalLine, forms::unended_line(post).is_some());
        forms::all_gaps(layout).for_each(|gap| written.note(Form::BlankLines(gap), false));
        for lines in forms::extra_blank_lines(post, layout) {
            written.note(Form::BlankLines(lines.gap), true);
        }
        for (above, below, is_crowded) in forms::neighbours(text, layout) {
            written.note(Form::Between(above.kind, below.kind), is_crowded);
        }
        for (form, gap) in forms::gaps(post, layout) {
            written.note(form, forms::is_loose(text, &gap));
        }
        let mut lists = HashSet::new();
        for item in &layout.items {
            if let Some(bullet) = item.bullet(text).filter(|_| lists.insert(item.list)) {
                written.markers[item.level.min(LEVELS - 1)].insert(bullet);
            }
        }
        written
    }

    fn note(&mut self, form: Form, is_untidy: bool) {
        self.forms.insert(form);
        if is_untidy {
            self.untidy.insert(form);
        }
    }
}

/// Whether a blank line stays where those after another one, and those at the end of the file, go.
fn is_left(layout: &Layout, blank: Span) -> bool {
    let Some(at) = layout.line_at(blank.start) else { return false };
    let is_blank = |line: &layout::Line| line.kind == LineKind::Blank;
    !at.checked_sub(1).is_some_and(|above| is_blank(&layout.lines[above])) && !layout.lines[at..].iter().all(is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::Settings;
    use crate::files::Files;
    use crate::markdown::document::BlockKind;
    use crate::post::forms::Gap;

    /// A blog with so many posts of each text.
    fn customs(texts: &[(usize, &str)]) -> Customs {
        let texts = texts.iter().flat_map(|(count, text)| std::iter::repeat_n(*text, *count)).enumerate();
        let posts: Vec<(String, &str)> = texts.map(|(at, text)| (format!("_posts/2022-10-09-{at}.md"), text)).collect();
        let posts = posts.iter().map(|(path, text)| (path.as_str(), *text));
        Blog::new(Files::in_memory(posts.chain([("_config.yml", "")])), Settings::default()).customs().to_owned()
    }

    #[test]
    fn what_one_in_five_do_is_no_slip() {
        let below = Form::Between(BlockKind::Heading, BlockKind::Paragraph);
        let (tidy, untidy) = ("# a\n\nb\n\n* c\n", "# a\nb \n\n\n\n- c\n  - d");
        for (texts, is_tidy, markers) in [
            (&[(4, tidy), (1, untidy)][..], true, Markers::Usual(b'*')),
            (&[(3, tidy), (1, untidy)], true, Markers::Unknown),
            (&[(4, untidy)], true, Markers::Unknown),
            (&[(7, tidy), (2, untidy)], false, Markers::Various),
            (&[(5, untidy)], false, Markers::Usual(b'-')),
        ] {
            let customs = customs(texts);
            for form in [below, Form::LineEnd, Form::BlankLines(Gap::Inner), Form::FinalLine] {
                assert_eq!(customs.are_tidy(form), is_tidy, "{form:?} of {texts:?}");
            }
            // What few posts have goes with its like.
            assert_eq!(customs.are_tidy(Form::Between(BlockKind::Table, BlockKind::Quote)), is_tidy, "{texts:?}");
            assert!(customs.are_tidy(Form::AfterKey) && customs.are_tidy(Form::BlankLine), "{texts:?}");
            assert_eq!(customs.markers(0), markers, "{texts:?}");
        }
        assert_eq!(customs(&[(5, untidy)]).markers(1), Markers::Usual(b'-'));
        assert_eq!(customs(&[(9, tidy)]).markers(1), Markers::Unknown);
    }
}
