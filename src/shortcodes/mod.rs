//! Shortcodes: their tags in a post, what about them stops the build, and what becomes of that which stands in them. Hugo
//! 0.168 (`hugolib/shortcode.go`), and Zola in a file of its own.

mod addresses;
mod calls;
mod expand;
mod lexer;
mod pages;
mod zola;

use std::collections::{BTreeMap, HashSet};

use crate::markdown::ids;
use crate::text::Span;

pub(crate) use self::addresses::{Forms, ShownParameter, shown};
pub(crate) use self::calls::{Call, Kind};
pub(crate) use self::expand::Expansion;
pub(crate) use self::pages::{Pages, Referred};

/// What stands in a text for what only the built site knows: a letter that no address has, so that marks beside it are read
/// as beside the letters of Hugo's own placeholder (`shortcode.go`, `createShortcodePlaceholder`).
pub(crate) const UNKNOWN: char = ids::UNKNOWN;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// From its first brace to its last; of a broken one, as far as it could be read.
    pub span: Span,
    /// Its name.
    pub name: Span,
    /// What it does.
    pub role: Role,
    /// Its parameters.
    pub params: Vec<Param>,
    /// What is wrong within it.
    pub broken: Option<Broken>,
}

impl Tag {
    /// The value of the first parameter without a name, or of that with a name, without quotes.
    fn given(&self, text: &str, name: &str) -> Option<Span> {
        let is_it = |param: &&Param| param.name.is_none_or(|found| &text[found] == name);
        self.params.iter().find(is_it).map(|param| unquoted(text, param.value))
    }

    fn broken(span: Span, broken: Option<Broken>) -> Tag {
        Tag { span, name: Span::empty(span.end), role: Role::Opens, params: Vec::new(), broken }
    }
}

/// A parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Param {
    /// Its name, if it has one.
    pub name: Option<Span>,
    /// Its value, with its quotes.
    pub value: Span,
}

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// `{{< note >}}`
    Opens,
    /// `{{< /note >}}`
    Closes,
    /// `{{< note />}}`
    ClosesItself,
    /// `{{</* note */>}}`, which shows what it is a comment of.
    Shows,
}

/// What is wrong within a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// `{{</*` without `*/>}}`
    Comment,
    /// It has no end.
    Unclosed,
    /// It ends as those do that begin with the other sign.
    OtherEnd,
    /// It has no name.
    Nameless,
    /// It closes what nothing opened.
    NothingOpen,
    /// A sign that needs quotes around it.
    Sign(char),
    /// A text without its second quote.
    Quote(char),
    /// A backslash before a sign that takes none.
    Escape,
    /// Parameters with names and without.
    Mixed,
    /// A period in the name.
    Period,
    /// It stands in an inline shortcode.
    InInline,
}

/// What a site has of shortcodes.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// How they are written.
    pub dialect: Dialect,
    /// By their names in lower case.
    pub templates: BTreeMap<String, Template>,
    /// The content; `None` where pages come from elsewhere too, or a reference to none does no harm.
    pub pages: Option<Pages>,
    /// What can bring others, for people.
    pub missing: Option<String>,
}

/// How shortcodes are written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `{{< note >}}`, `{{% note %}}`: Hugo.
    #[default]
    Angled,
    /// `{{ note() }}`, `{% note() %}`: Zola.
    Called,
}

/// What is known of the template of a shortcode.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    /// Whether it prints what stands between two tags, as far as is known.
    pub takes_content: Option<bool>,
    /// Whether it is one of the generator's own, and prints something.
    pub is_embedded: bool,
    /// Whether it was one of them, and stops the build now.
    pub is_removed: bool,
    /// Whether what it prints is read as Markdown, for its name.
    pub is_markdown: bool,
    /// How it prints that which stands between two tags.
    pub content: Content,
    /// All that it prints, in order, where that is clear.
    pub pieces: Option<Vec<Piece>>,
    /// The parameters that it prints as addresses, as far as that is clear.
    pub shows: Vec<ShownParameter>,
    /// Whether it is clear that nothing it prints has an id.
    pub prints_no_ids: bool,
}

/// How a template prints what stands between two tags.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// In a way that is not known.
    #[default]
    Unknown,
    /// As it is.
    Raw,
    /// As text: what is a sign of HTML is escaped.
    Escaped,
    /// As the Markdown engine reads it by itself.
    Markdown,
    /// As code, or as something that no reader sees, or not at all.
    Other,
}

/// A piece of what a template prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// What it says itself.
    Text(String),
    /// What stands between the tags, as it is.
    Content,
    /// The same as the Markdown engine reads it by itself.
    Markdown,
    /// Words that only the built site knows.
    Unknown,
}

impl Known {
    /// Adds a template; where several have a name and do not agree, nobody knows which of them is asked.
    pub(crate) fn add(&mut self, name: &str, template: Template) {
        let name = if self.dialect == Dialect::Angled { name.to_lowercase() } else { name.to_owned() };
        let known = self.templates.entry(name).or_insert_with(|| template.clone());
        if known.takes_content != template.takes_content {
            known.takes_content = None;
        }
        if known.content != template.content || known.pieces != template.pieces {
            (known.content, known.pieces) = (Content::Unknown, None);
        }
        if known.shows != template.shows {
            known.shows.clear();
        }
    }

    /// Adds those of a folder that is asked behind the others. Of any of a name Hugo asks whether it takes content.
    pub(crate) fn add_below(&mut self, other: Known) {
        for (name, template) in other.templates {
            let takes_content = template.takes_content;
            let known = self.templates.entry(name).or_insert(template);
            known.takes_content = known.takes_content.filter(|known| Some(*known) == takes_content);
        }
    }

    fn template(&self, name: &str) -> Option<&Template> {
        match self.dialect {
            Dialect::Angled => self.templates.get(&name.to_lowercase()),
            Dialect::Called => self.templates.get(name),
        }
    }
}

/// What stops the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The tag cannot be read.
    Broken(Broken),
    /// There is no shortcode of its name.
    Unknown,
    /// Nothing closes it.
    NeverClosed,
    /// It closes what nothing opened.
    NothingOpen,
    /// It is closed, and takes no content.
    TakesNothing,
    /// It was one of the generator's own.
    Removed,
    /// It is one of the generator's own, and lacks what that asks for.
    Lacks(&'static str),
    /// Nothing stands in it.
    Empty,
    /// It refers to pages of the content; they may not be published.
    Refers(Span),
    /// It refers to a page that is not there.
    NoPage(Span),
}

fn unquoted(text: &str, value: Span) -> Span {
    let is_quoted = text[value].starts_with(['"', '`']) && value.len() > 1;
    if is_quoted { Span::new(value.start + 1, value.end - 1) } else { value }
}

/// What is wrong with what `ref` and `relref` refer to.
fn no_page(text: &str, tag: &Tag, known: &Known, path: &str) -> Option<Fault> {
    let pages = known.pages.as_ref().filter(|_| matches!(&text[tag.name], "ref" | "relref"))?;
    let target = tag.given(text, "path")?;
    match pages.find(&text[target], path) {
        Referred::Missing => Some(Fault::NoPage(target)),
        Referred::Files(_) => Some(Fault::Refers(target)),
        Referred::Open => None,
    }
}

/// What a tag of one of Hugo's own shortcodes lacks without which it stops (0.168, `tpl/tplimpl/embedded`).
fn lack(text: &str, tag: &Tag) -> Option<&'static str> {
    if tag.role == Role::Closes {
        return None;
    }
    let has = |name: &str, takes_first: bool| {
        let is_it = |param: &&Param| match param.name {
            Some(found) => &text[found] == name,
            None => takes_first,
        };
        tag.params.iter().find(is_it).is_some_and(|param| !unquoted(text, param.value).is_empty())
    };
    match &*text[tag.name].to_lowercase() {
        "youtube" | "vimeo" => (!has("id", true)).then_some("id"),
        "instagram" | "param" => (!has("", true)).then_some(""),
        "x" => ["user", "id"].into_iter().find(|name| !has(name, false)),
        "ref" | "relref" => tag.params.is_empty().then_some("path"),
        _ => None,
    }
}

impl Dialect {
    /// Whether a text may hold shortcodes.
    pub(crate) fn may_stand_in(self, text: &str) -> bool {
        match self {
            Dialect::Angled => text.contains("{{<") || text.contains("{{%"),
            Dialect::Called => text.contains("{{") || text.contains("{%"),
        }
    }

    /// What closes a shortcode.
    pub(crate) fn closing(self, name: &str) -> String {
        match self {
            Dialect::Angled => format!("{{{{< /{name} >}}}}"),
            Dialect::Called => "{% end %}".to_owned(),
        }
    }

    /// A tag so that it is shown as it is written.
    pub(crate) fn shown(self, tag: &str) -> Option<String> {
        let pairs: &[(&str, &str)] = match self {
            Dialect::Angled => &[("{{<", ">}}"), ("{{%", "%}}")],
            Dialect::Called => &[("{{", "}}"), ("{%", "%}")],
        };
        let inner = |(open, close): &(&str, &str)| Some(tag.strip_prefix(open)?.strip_suffix(close)?.trim().to_owned());
        let (pair, inner) = pairs.iter().find_map(|pair| Some((pair, inner(pair)?)))?;
        let is_short = !inner.is_empty() && !inner.contains('\n');
        is_short.then(|| format!("{}/* {inner} */{}", pair.0, pair.1))
    }
}

/// What stops the build in the text of a file from a byte on, in order.
pub(crate) fn faults(text: &str, from: usize, known: &Known, path: &str) -> Vec<(Tag, Fault)> {
    if known.dialect == Dialect::Called {
        return zola::faults(text, from, known);
    }
    let mut tags = lexer::read(text, from);
    calls::pair(text, &mut tags, known);
    let tags = tags.into_iter().filter(|tag| tag.role != Role::Shows);
    let mut found = Vec::new();
    let mut read = Vec::new();
    let mut names = HashSet::new();
    // Whether it is known which tags belong together.
    let mut is_paired = true;
    for tag in tags {
        let name = &text[tag.name];
        let template = known.template(name);
        let is_unknown = template.is_none() && !name.is_empty() && !name.ends_with(".inline");
        match tag.broken {
            // Hugo asks for the template before it sees the rest of the tag.
            _ if is_unknown && tag.role != Role::Closes && tag.broken != Some(Broken::Period) => {
                found.push((tag, Fault::Unknown));
                is_paired &= known.missing.is_none();
            }
            Some(broken) => {
                // A slip in the name of one that closes is not told twice.
                let is_slip = is_unknown || names.contains(&name.to_ascii_lowercase());
                is_paired &= tag.role == Role::Closes && !is_slip;
                found.push((tag, Fault::Broken(broken)));
            }
            // That it is unknown is told where it opens.
            None if is_unknown => is_paired &= known.missing.is_none(),
            None => {
                found.extend(no_page(text, &tag, known, path).map(|fault| (tag.clone(), fault)));
                if template.is_some_and(|template| template.is_removed) && tag.role != Role::Closes {
                    found.push((tag.clone(), Fault::Removed));
                }
                if let Some(lack) = template.filter(|template| template.is_embedded).and_then(|_| lack(text, &tag)) {
                    found.push((tag.clone(), Fault::Lacks(lack)));
                }
                let takes_content = template.and_then(|template| template.takes_content);
                is_paired &= takes_content.is_some();
                names.insert(name.to_ascii_lowercase());
                read.push((tag, takes_content == Some(true)));
            }
        }
    }
    if is_paired && stops(&read) {
        found.extend(unpaired(text, read));
        found.sort_by_key(|(tag, _)| tag.span.start);
    }
    found
}

/// Whether Hugo stops at the order of tags: a tag closes the last one that is open, whatever its name.
fn stops(tags: &[(Tag, bool)]) -> bool {
    let mut open = 0;
    for (tag, takes_content) in tags {
        match tag.role {
            Role::Opens if *takes_content => open += 1,
            Role::Opens => {}
            Role::ClosesItself if *takes_content => {}
            Role::Closes if open > 0 => open -= 1,
            Role::Closes | Role::ClosesItself => return true,
            Role::Shows => {}
        }
    }
    open > 0
}

/// The tags that have no partner of their name.
fn unpaired(text: &str, tags: Vec<(Tag, bool)>) -> Vec<(Tag, Fault)> {
    let mut open: Vec<Tag> = Vec::new();
    let mut found = Vec::new();
    for (tag, takes_content) in tags {
        match tag.role {
            Role::Opens | Role::ClosesItself if !takes_content => {
                if tag.role == Role::ClosesItself {
                    found.push((tag, Fault::TakesNothing));
                }
            }
            Role::Opens => open.push(tag),
            Role::ClosesItself | Role::Shows => {}
            Role::Closes if !takes_content => found.push((tag, Fault::TakesNothing)),
            Role::Closes => match open.iter().rposition(|open| text[open.name] == text[tag.name]) {
                Some(at) => {
                    found.extend(open.drain(at + 1..).map(|open| (open, Fault::NeverClosed)));
                    open.pop();
                }
                None => found.push((tag, Fault::NothingOpen)),
            },
        }
    }
    found.extend(open.into_iter().map(|open| (open, Fault::NeverClosed)));
    found
}

#[cfg(test)]
mod tests;
