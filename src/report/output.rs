//! Joins what became of the posts to one report.

use std::io::{self, Write};

use super::{Rendered, Style, Summary, Unchecked, Untold, Whole, unchecked};

/// A report under way.
#[derive(Debug)]
pub struct Output<'r, W> {
    out: W,
    style: Style,
    posts: usize,
    rendered: Vec<&'r Rendered>,
    untold: Untold,
    series: &'r str,
    room: Option<usize>,
}

/// So much is kept for what stands around findings where there is little room.
const AROUND: usize = 8 << 10;

impl<'r, W: Write> Output<'r, W> {
    /// Begins the report on a number of posts.
    pub fn new(out: W, style: Style, posts: usize) -> Self {
        Output { out, style, posts, rendered: Vec::new(), series: "", room: None, untold: Untold::default() }
    }

    /// Puts a picture of the series above the findings, where the form has a place for it.
    pub(crate) fn with_series(self, series: &'r str) -> Self {
        Output { series, ..self }
    }

    /// Makes it the summary of a job of GitHub Actions, which has room for so many bytes.
    pub(crate) fn of_job(self, room: usize) -> Self {
        Output { room: Some(room.saturating_sub(AROUND)), ..self }
    }

    /// Adds what was found in the next post.
    pub fn add(&mut self, post: &'r Rendered) {
        self.untold += post.untold;
        self.rendered.push(post);
    }

    /// Adds what is not told of files that are gone.
    pub(crate) fn add_untold(&mut self, untold: Untold) {
        self.untold += untold;
    }

    /// Prints the report and says what it came to.
    ///
    /// # Errors
    /// What the writer says.
    pub fn finish(mut self) -> io::Result<Summary> {
        let reporter = self.style.format.reporter();
        let sum = |count: fn(&Rendered) -> usize| self.rendered.iter().map(|post| count(post)).sum();
        let summary = Summary {
            posts: self.posts,
            errors: sum(|post| post.errors),
            warnings: sum(|post| post.warnings),
            not_checked: sum(|post| post.open),
            untold: self.untold,
            lists_unchecked: self.style.unchecked,
            safe: sum(|post| post.safe),
            risky: sum(|post| post.risky),
        };
        let open = self.rendered.iter().map(|post| &*post.not_checked).filter(|open| !open.is_empty());
        let pieces: Vec<&&Rendered> = self.rendered.iter().filter(|post| !post.findings.is_empty()).collect();
        let fitting = self.room.map_or(pieces.len(), |room| fitting(&pieces, room));
        let left = &pieces[fitting..];
        let whole = Whole {
            summary,
            tallies: self.rendered.iter().filter_map(|post| post.tally.as_ref()).collect(),
            not_checked: open.collect::<Vec<_>>().join(reporter.separator()),
            clean: self.rendered.iter().filter(|post| post.found() == 0).count(),
            series: self.series,
            is_of_job: self.room.is_some(),
            left: (left.len(), left.iter().map(|post| post.found()).sum()),
        };
        self.out.write_all(reporter.begin(&whole, self.style).as_bytes())?;
        let mut separator = "";
        for post in &pieces[..fitting] {
            self.out.write_all(separator.as_bytes())?;
            self.out.write_all(post.findings.as_bytes())?;
            separator = reporter.separator();
        }
        let open: Vec<&Unchecked> = self.rendered.iter().flat_map(|post| &post.unchecked).collect();
        self.out.write_all(unchecked::listed(&open, self.style).as_bytes())?;
        self.out.write_all(reporter.end(&whole, self.style).as_bytes())?;
        self.out.flush()?;
        Ok(summary)
    }
}

/// How many pieces go in so many bytes.
fn fitting(pieces: &[&&Rendered], room: usize) -> usize {
    let sizes = pieces.iter().scan(0, |sum, post| {
        *sum += post.findings.len();
        Some(*sum)
    });
    sizes.take_while(|size| *size <= room).count()
}
