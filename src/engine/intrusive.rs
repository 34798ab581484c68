//! Suppressions that change the page: comments that an engine takes for more than comments, or that cut in two what they
//! stand in. kramdown reads no table right below one, and to CommonMark a comment on a line of its own ends a paragraph.

use crate::blog::Blog;
use crate::finding::{Edit, Findings, edited};
use crate::markdown::blocks::blocks_without;
use crate::post::Post;
use crate::text::{Span, line_start};

/// Tells those among these comments.
pub(super) fn report(post: &Post, blog: &Blog, comments: &[Span], findings: &mut Findings) {
    let comments: Vec<Span> =
        comments.iter().copied().filter(|comment| post.text[*comment].starts_with("<!--")).collect();
    // What an engine that nobody knows makes of them is not known either.
    let engine = blog.profile_of(post.path);
    // Those of MDX are taken out before Markdown is read.
    if comments.is_empty() || engine.is_none_or(|engine| engine.mdx().is_some()) {
        return;
    }
    let page = Pages { post, blog };
    if page.stays_without(&comments) {
        return;
    }
    for comment in comments {
        if page.stays_without(&[comment]) {
            continue;
        }
        let found = findings.at(comment, "this comment changes the page");
        match page.repair(comment) {
            Some((told, edits)) => found.unsafe_fix(told, edits).help(told),
            None => {
                found.help("write `postlint: {ignore: […]}` in the front matter, or put it where no text is cut in two")
            }
        };
    }
}

struct Pages<'p, 'a> {
    post: &'p Post<'a>,
    blog: &'p Blog,
}

impl Pages<'_, '_> {
    /// Whether readers get the same without some comments.
    fn stays_without(&self, comments: &[Span]) -> bool {
        let with = seen(blocks_without(&self.post.page, self.post.text, comments));
        with == self.bare(comments)
    }

    /// What readers get where the comments are not in the text at all.
    fn bare(&self, comments: &[Span]) -> Vec<String> {
        let text = self.post.text;
        let removals: Vec<Edit> = comments.iter().map(|comment| Edit::new(with_line(text, *comment), "")).collect();
        let bare = edited(text, &removals);
        seen(blocks_without(&self.blog.page_alone(self.post.path, &bare).page, &bare, &[]))
    }

    /// Blank lines that give back the page, with a word on them.
    fn repair(&self, comment: Span) -> Option<(&'static str, Vec<Edit>)> {
        let text = self.post.text;
        let line = with_line(text, comment);
        // On a line of its own, and not on the last one.
        if !text[line].ends_with('\n') || line.end == text.len() {
            return None;
        }
        let prefix = text[line.start..comment.start].trim_end();
        let line_break = if text[line].ends_with("\r\n") { "\r\n" } else { "\n" };
        let blank = |at: usize| Edit::insert(at, format!("{prefix}{line_break}"));
        let bare = self.bare(&[comment]);
        let ways = [
            ("put a blank line below it", vec![blank(line.end)]),
            ("put a blank line above it", vec![blank(line.start)]),
            ("put a blank line above it and one below", vec![blank(line.start), blank(line.end)]),
        ];
        ways.into_iter().find(|(_, edits)| {
            let text = edited(text, edits);
            let before = edits.iter().filter(|edit| edit.span.start <= comment.start).map(|edit| edit.text.len());
            let by: usize = before.sum();
            let comment = Span::new(comment.start + by, comment.end + by);
            seen(blocks_without(&self.blog.page_alone(self.post.path, &text).page, &text, &[comment])) == bare
        })
    }
}

fn seen(blocks: Vec<crate::markdown::blocks::Block>) -> Vec<String> {
    blocks.into_iter().map(|block| block.seen).collect()
}

/// A comment with its lines where nothing else stands on them, and with the white space before it at the end of a line.
fn with_line(text: &str, comment: Span) -> Span {
    let start = line_start(text, comment.start);
    let end = text[comment.end..].find('\n').map_or(text.len(), |at| comment.end + at + 1);
    let is_blank = |part: &str| part.trim_matches([' ', '\t', '>', '\r', '\n']).is_empty();
    match (is_blank(&text[start..comment.start]), is_blank(&text[comment.end..end])) {
        (true, true) => Span::new(start, end),
        (false, true) => Span::new(text[..comment.start].trim_end_matches([' ', '\t']).len(), comment.end),
        _ => comment,
    }
}
