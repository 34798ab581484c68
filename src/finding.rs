//! What a rule says of a post.

use std::fmt::{self, Display};
use std::ops::Deref;

use serde::Serialize;

use crate::text::{Span, first_line};

/// The id of a rule, which names the fault that the rule finds. The table of the rules makes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RuleId(&'static str);

impl RuleId {
    pub(crate) const fn new(id: &'static str) -> Self {
        RuleId(id)
    }

    /// The id as it is written.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

impl Deref for RuleId {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl<S: AsRef<str> + ?Sized> PartialEq<S> for RuleId {
    fn eq(&self, other: &S) -> bool {
        self.0 == other.as_ref()
    }
}

impl Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.0)
    }
}

/// How much a finding matters; an error makes the run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Severity {
    /// Worth a look.
    #[serde(rename = "warning")]
    Warn,
    /// To be repaired before the post is published.
    #[serde(rename = "error")]
    Error,
}

/// A place that a rule had to leave open, so that silence is not taken for approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotChecked {
    /// The bytes nothing is known about.
    pub span: Span,
    /// What stood in the way.
    pub why: String,
}

/// One fault: the rule that found it, where, and what is wrong.
///
/// It knows no severity (the config decides, in [`crate::engine`]) and no path (the post does).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: RuleId,
    /// The bytes at fault; never past the end of its last line.
    pub span: Span,
    /// What is wrong, with the actual values: starts in lower case, no full stop.
    pub message: String,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// How postlint can do it.
    pub fix: Option<Fix>,
    /// Whether the kind of the post demands otherwise: an error, unless the config says how bad the rule's findings are.
    pub demanded: bool,
}

/// A second place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Bytes of the file.
    pub span: Span,
    /// What is there.
    pub message: String,
    /// The file, where it is not that of the finding.
    pub file: Option<OtherFile>,
}

/// A file that the finding is not in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherFile {
    /// The path from the blog's folder on, with forward slashes; in a report, from the folder postlint runs in on.
    pub path: String,
    /// The text, from its beginning on, as far as the label needs it.
    pub text: String,
}

/// A repair: all of its edits, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// Whether readers see the same page afterwards.
    pub safety: Safety,
    /// What it does: starts in lower case, no full stop.
    pub message: String,
    /// In the order of the text, none over another.
    pub edits: Vec<Edit>,
}

/// What a fix does to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// The page stays as it is.
    Safe,
    /// The page changes, as the finding says.
    Unsafe,
}

/// Bytes of the file, and what is to stand there instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The bytes that go; none where text is put in.
    #[serde(flatten)]
    pub span: Span,
    /// What comes.
    pub text: String,
}

impl Edit {
    /// Puts other text in place of some bytes.
    pub(crate) fn new(span: Span, text: impl Into<String>) -> Self {
        Edit { span, text: text.into() }
    }

    /// Whether it only takes text away.
    pub(crate) fn is_removal(&self) -> bool {
        self.text.is_empty() && !self.span.is_empty()
    }

    /// Puts text in.
    pub(crate) fn insert(at: usize, text: impl Into<String>) -> Self {
        Edit::new(Span::empty(at), text)
    }
}

/// A text with some edits, which are in its order, none over another.
pub(crate) fn edited<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut edited = String::with_capacity(text.len());
    let mut kept = 0;
    for edit in edits {
        edited.push_str(&text[kept..edit.span.start]);
        edited.push_str(&edit.text);
        kept = edit.span.end;
    }
    edited + &text[kept..]
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub struct Findings<'t> {
    rule: RuleId,
    text: &'t str,
    list: Vec<Finding>,
    /// Whether the config says how bad what it finds is, so that no custom of the blog goes before that.
    pub(crate) is_chosen: bool,
    /// The places that were left open.
    pub(crate) not_checked: Vec<NotChecked>,
}

impl<'t> Findings<'t> {
    /// An empty list for what one rule finds in a text.
    pub(crate) fn of(rule: RuleId, text: &'t str) -> Self {
        Findings { rule, text, list: Vec::new(), is_chosen: false, not_checked: Vec::new() }
    }

    /// Reports a fault at a span, of which the first line is shown; help and labels can be added to what comes back.
    pub(crate) fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        self.list.push(Finding::new(self.rule, first_line(self.text, span), message.into()));
        self.list.last_mut().expect("a finding was pushed")
    }

    /// Says that nothing is known about a place, and why.
    pub(crate) fn not_checked(&mut self, span: Span, why: impl Into<String>) {
        self.not_checked.push(NotChecked { span, why: why.into() });
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether nothing is to say at all.
    pub(crate) fn is_silent(&self) -> bool {
        self.list.is_empty() && self.not_checked.is_empty()
    }

    /// All that was found, in the order it was found; of labels, too, the first line is shown.
    pub(crate) fn into_vec(mut self) -> Vec<Finding> {
        let labels = self.list.iter_mut().flat_map(|finding| &mut finding.labels);
        for label in labels.filter(|label| label.file.is_none()) {
            label.span = first_line(self.text, label.span);
        }
        self.list
    }
}

impl Finding {
    /// A fault, of which nothing more is known.
    pub(crate) fn new(rule: RuleId, span: Span, message: String) -> Self {
        Finding { rule, span, message, labels: Vec::new(), help: None, fix: None, demanded: false }
    }

    /// Whether it has a repair of this kind.
    pub fn is_fixed_by(&self, safety: Safety) -> bool {
        self.fix.as_ref().is_some_and(|fix| fix.safety == safety)
    }

    /// Says what to do about it.
    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Says how to repair it so that the page stays as it is.
    pub(crate) fn safe_fix(&mut self, message: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.fix = Some(Fix { safety: Safety::Safe, message: message.into(), edits });
        self
    }

    /// Says how to repair it so that the page changes as the finding says.
    pub(crate) fn unsafe_fix(&mut self, message: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.fix = Some(Fix { safety: Safety::Unsafe, message: message.into(), edits });
        self
    }

    /// Says that it is repaired by other text in place of some bytes, so that the page changes as the finding says.
    pub(crate) fn rewrite(&mut self, span: Span, text: &str) -> &mut Self {
        self.unsafe_fix(format!("write `{text}`"), vec![Edit::new(span, text)])
    }

    /// Says that it goes against the kind of the post.
    pub(crate) fn demanded(&mut self) -> &mut Self {
        self.demanded = true;
        self
    }

    /// Points at another place that explains it.
    pub(crate) fn label(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.labels.push(Label { span, message: message.into(), file: None });
        self
    }

    /// Points at a place in another file.
    pub(crate) fn label_in(&mut self, file: OtherFile, span: Span, message: impl Into<String>) -> &mut Self {
        self.labels.push(Label { span, message: message.into(), file: Some(file) });
        self
    }
}
