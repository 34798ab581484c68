//! What postlint takes a blog for, and why: for people, and as JSON.

use serde::Serialize;

use super::columns::{shown, width};
use super::wrap::wrapped;
use crate::generators::{Reason, Unclear};

/// What is known of a blog.
#[derive(Debug, Serialize)]
pub(crate) struct Info {
    /// The folder, as it is shown.
    pub root: Fact,
    /// Its `postlint.yaml`, as it is shown.
    pub config: Option<String>,
    /// What builds it.
    pub generator: Fact,
    /// What reads its posts.
    pub markdown: Fact,
    /// What sets its formulas.
    pub math: Fact,
    /// The time zone that its days are counted in.
    pub timezone: Fact,
    /// The posts.
    pub posts: Posts,
    /// Posts that say themselves that they are not published.
    pub drafts: usize,
    /// How many posts each kind has, in the order of the config.
    pub kinds: Vec<Class>,
    /// Posts of no kind.
    pub without_kind: usize,
    /// What of the site is not understood.
    pub not_understood: Vec<Open>,
    /// Rules whose findings are not as bad as is usual, or worse.
    pub rules: Vec<Changed>,
}

/// Something that was found out.
#[derive(Debug, Serialize)]
pub(crate) struct Fact {
    /// What it is; `None`: not known.
    pub is: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// The file that tells, from the blog's folder on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// Where the posts are.
#[derive(Debug, Serialize)]
pub(crate) struct Posts {
    /// How many there are.
    pub count: usize,
    /// The patterns of the config, or the folders that the generator reads.
    pub places: Vec<String>,
    /// Whether the config names them.
    pub by_config: bool,
}

/// A kind and its posts.
#[derive(Debug, Serialize)]
pub(crate) struct Class {
    /// Its name.
    pub name: String,
    /// How many posts are of it.
    pub posts: usize,
    /// How many of these are earlier than it asks for.
    pub earlier: usize,
}

/// What is not understood.
#[derive(Debug, Serialize)]
pub(crate) struct Open {
    what: String,
    so: String,
}

/// A rule with a level that is not the usual one.
#[derive(Debug, Serialize)]
pub(crate) struct Changed {
    /// The rule.
    pub rule: &'static str,
    /// How bad its findings are.
    pub level: &'static str,
    /// How bad they are usually.
    pub default: &'static str,
}

impl Fact {
    /// What it is, and why.
    pub(crate) fn new(is: Option<String>, why: Option<&Reason>) -> Fact {
        Fact { is, why: why.map(Reason::to_string), file: why.and_then(Reason::file).map(str::to_owned) }
    }

    /// What it is and why, in one line.
    pub(super) fn line(&self, unknown: &str) -> String {
        let is = self.is.as_deref().unwrap_or(unknown);
        match &self.why {
            Some(why) => format!("{is}: {why}"),
            None => is.to_owned(),
        }
    }
}

impl From<Unclear> for Open {
    fn from(Unclear { what, so }: Unclear) -> Open {
        Open { what, so }
    }
}

/// So many folders are named.
const PLACES: usize = 5;

/// So many columns are for what a line is about.
const LABEL: usize = 12;

impl Info {
    /// One document.
    pub(crate) fn json(&self) -> String {
        super::json::indented(self)
    }

    /// Lines of at most so many columns, `heads` are what they are about, set by `look`.
    pub(crate) fn text(&self, columns: usize, look: impl Fn(&str) -> String) -> String {
        let mut text = String::new();
        let mut add = |label: &str, lines: &[String]| {
            let mut label = look(label) + &" ".repeat(LABEL.saturating_sub(width(label)));
            for line in lines {
                for line in wrapped(&shown(line), columns.saturating_sub(LABEL), 0) {
                    text.push_str(format!("{label}{line}").trim_end());
                    text.push('\n');
                    label = " ".repeat(LABEL);
                }
            }
        };
        add("root", &[self.root.line("")]);
        let none = || "none: each rule is as it comes, and no post is of a kind; `postlint init` writes one".to_owned();
        add("config", &[self.config.clone().unwrap_or_else(none)]);
        add("generator", &[self.generator.line("none")]);
        add("Markdown", &[self.markdown.line("not known")]);
        add("math", &[self.math.line("not known")]);
        add("time zone", &[self.timezone.line("not known")]);
        add("posts", &[self.posts_line()]);
        if self.drafts > 0 {
            let line = match self.drafts {
                1 => "1 of them says that it is not published".to_owned(),
                drafts => format!("{drafts} of them say that they are not published"),
            };
            add("drafts", &[line]);
        }
        if !self.kinds.is_empty() {
            add("kinds", &[self.kinds_line()]);
        }
        if !self.rules.is_empty() {
            let rule = |changed: &Changed| format!("{} {} (usually {})", changed.rule, changed.level, changed.default);
            add("rules", &self.rules.iter().map(rule).collect::<Vec<_>>());
        }
        if !self.not_understood.is_empty() {
            let open = |open: &Open| format!("{}: {}", open.what, open.so);
            text.push('\n');
            text += &look("not understood");
            text.push('\n');
            for line in self.not_understood.iter().map(open) {
                for (at, line) in wrapped(&shown(&line), columns.saturating_sub(4), 0).iter().enumerate() {
                    text += &format!("{}{line}\n", if at == 0 { "  " } else { "    " });
                }
            }
        }
        text
    }

    fn posts_line(&self) -> String {
        let Posts { count, places, by_config } = &self.posts;
        let shown = places.iter().take(PLACES).map(|place| format!("`{place}`")).collect::<Vec<_>>().join(", ");
        let more = match places.len().saturating_sub(PLACES) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let by = if *by_config { ", as the config says" } else { "" };
        match places.is_empty() {
            true => format!("{count}{by}"),
            false => format!("{count} in {shown}{more}{by}"),
        }
    }

    /// `31 weekly, 14 without a kind`
    fn kinds_line(&self) -> String {
        let class = |class: &Class| match class.earlier {
            0 => format!("{} {}", class.posts, class.name),
            earlier => format!("{} {} ({earlier} before its `since`)", class.posts, class.name),
        };
        let mut parts: Vec<String> = self.kinds.iter().map(class).collect();
        if self.without_kind > 0 {
            parts.push(format!("{} without a kind", self.without_kind));
        }
        parts.join(", ")
    }
}
