//! What a rule says of a post.

use serde::Serialize;

use crate::text::Span;

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
    /// The rule's id, which names the fault.
    pub rule: &'static str,
    /// The bytes at fault; never past the end of its last line.
    pub span: Span,
    /// What is wrong, with the actual values: starts in lower case, no full stop.
    pub message: String,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// Whether the kind of the post demands otherwise: an error, unless the config says how bad the rule's findings are.
    pub demanded: bool,
}

/// A second place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Bytes of the same file.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub struct Findings {
    rule: &'static str,
    list: Vec<Finding>,
}

impl Findings {
    /// An empty list for one rule.
    pub fn of(rule: &'static str) -> Self {
        Findings { rule, list: Vec::new() }
    }

    /// Reports a fault at a span; help and labels can be added to what comes back.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        let message = message.into();
        self.list.push(Finding { rule: self.rule, span, message, labels: Vec::new(), help: None, demanded: false });
        self.list.last_mut().expect("a finding was pushed")
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All that was found, in the order it was found.
    pub fn into_vec(self) -> Vec<Finding> {
        self.list
    }
}

impl Finding {
    /// Says what to do about it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Says that it goes against the kind of the post.
    pub fn demanded(&mut self) -> &mut Self {
        self.demanded = true;
        self
    }

    /// Points at another place that explains it.
    pub fn label(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }
}
