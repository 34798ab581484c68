//! What Liquid makes of the addresses in a post, as far as it is known without building the site: Jekyll 4.3.1,
//! `filters/url_filters.rb`, `tags/link.rb`, `tags/post_url.rb`.

use std::sync::LazyLock;

use regex::Regex;

use super::UNKNOWN;
use crate::blog::Blog;
use crate::files::file_name;
use crate::generators::{self, Fate, Kind, Standing, Target, address};
use crate::liquid::{Environment, Part, Role, Value};
use crate::post::Post;
use crate::syntax::dates::read_file_date;
use crate::text::nearest;

/// Where `{% post_url %}` or `{% link %}` leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reference {
    /// To a page or a file, by its address without `baseurl`.
    To(String),
    /// To a file that no page is made of: the build stops.
    Unbuilt(String, Fate),
    /// Nowhere: the build stops.
    Nowhere,
    /// Liquid is to find that out.
    Unknown,
}

/// `PostComparer::MATCHER`
static POST_NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(.+/)*(\d+-\d+-\d+)-(.*)$").expect("a pattern"));

/// How the names of posts end.
const POST_ENDINGS: &[&str] = &["md", "markdown", "html"];

/// What Jekyll itself makes of a key of a page, whatever is written there.
pub(super) const MADE: &[&str] =
    &["categories", "collection", "content", "date", "dir", "excerpt", "id", "name", "path", "tags"];

impl Blog {
    /// Where a tag `post_url` or `link` of a post leads; `None` for other tags.
    pub(crate) fn reference(&self, post: &Post, part: &Part) -> Option<Reference> {
        let name = &post.text[part.name];
        let markup = post.text[part.markup].trim();
        match name {
            _ if part.role != Role::Tag => None,
            "link" | "post_url" if self.map().plan.is_guessed => Some(Reference::Unknown),
            "link" if markup.contains(['{', '}']) => Some(Reference::Unknown),
            "link" => Some(self.linked(post, markup)),
            "post_url" => Some(self.posted(post, markup)),
            _ => None,
        }
    }

    /// `relative_url`
    fn relative(&self, url: &str) -> String {
        match url {
            url if has_scheme(url) => url.to_owned(),
            url if url.is_empty() || url.starts_with('/') => format!("{}{url}", self.site().base),
            url => format!("{}/{url}", self.site().base),
        }
    }

    /// `{% link path %}`: the file of that path from the sources on.
    fn linked(&self, post: &Post, path: &str) -> Reference {
        let map = self.map();
        let path = path.strip_prefix('/').unwrap_or(path);
        let source = format!("{}{path}", map.plan.sources);
        match map.of_source(&source).find(|target| target.kind != Kind::Redirect) {
            Some(target) => self.as_reference(post, target),
            None => match self.unbuilt(&source) {
                Some(unbuilt) => unbuilt,
                None if map.is_foreign(&format!("/{path}")) => Reference::Unknown,
                None => Reference::Nowhere,
            },
        }
    }

    /// What a file is to a link that is there and has no page; `None` where there is none.
    fn unbuilt(&self, source: &str) -> Option<Reference> {
        let fate = self.files.is_file(source).then(|| self.site().conventions.fate(self.site(), source))?;
        Some(fate.map_or(Reference::Unknown, |fate| Reference::Unbuilt(source.to_owned(), fate)))
    }

    /// Why there is nothing at an address, where a file lies that it would be the address of.
    pub(crate) fn unbuilt_at(&self, address: &str) -> Option<(String, Fate)> {
        let path = address.trim_start_matches('/');
        let bare = path.strip_suffix(".html").unwrap_or(path).trim_end_matches('/');
        // A page has the path of its source, and that of a collection begins with `_`.
        let ends = [path.to_owned()].into_iter().chain(["md", "markdown", "html"].map(|end| format!("{bare}.{end}")));
        let paths = ends.flat_map(|path| [path.clone(), format!("_{path}")]);
        let mut sources = paths.map(|path| format!("{}{path}", self.map().plan.sources));
        match sources.find_map(|source| self.unbuilt(&source))? {
            Reference::Unbuilt(source, fate) => Some((source, fate)),
            _ => None,
        }
    }

    /// Only what is written counts. What is not published itself may lead to its like.
    fn as_reference(&self, post: &Post, target: &Target) -> Reference {
        let is_built = || self.target(post).is_some_and(|own| own.standing == Standing::Written);
        let unbuilt = |fate| Reference::Unbuilt(target.source.clone(), fate);
        match target.standing {
            Standing::Future if is_built() => unbuilt(Fate::Future),
            Standing::Written | Standing::Future => Reference::To(target.url.clone()),
            Standing::Unpublished if is_built() => unbuilt(Fate::Unpublished),
            Standing::Unpublished | Standing::Doubtful => Reference::Unknown,
        }
    }

    /// `{% post_url folder/2022-10-09-title %}`: by the file name, or by the day and the slug.
    fn posted(&self, post: &Post, name: &str) -> Reference {
        let map = self.map();
        let name = name.strip_prefix('/').unwrap_or(name);
        let Some(parts) = POST_NAME.captures(name) else { return Reference::Nowhere };
        let folder = parts.get(1).map_or("", |folder| folder.as_str());
        let stem = format!("{}-{}", &parts[2], &parts[3]);
        let paths = [format!("_posts/{folder}{stem}."), format!("{folder}_posts/{stem}.")];
        let is_meant = |target: &&Target| paths.iter().any(|path| map.in_collections(&target.source).starts_with(path));
        let by_name = map.posts_named(&stem).find(is_meant);
        // `deprecated_equality` asks for the day and the slug, whatever folder the post lies in.
        let day = || read_file_date(&format!("{stem}.md"))?.date;
        let by_day = || day().and_then(|day| map.posts_named(&format!("{day}-{}", &parts[3])).next());
        if let Some(target) = by_name.or_else(by_day) {
            return self.as_reference(post, target);
        }
        let start = format!("{}{}", map.plan.sources, map.plan.collections);
        let files = paths.iter().flat_map(|path| POST_ENDINGS.iter().map(move |ending| format!("{path}{ending}")));
        files.map(|file| start.clone() + &file).find_map(|file| self.unbuilt(&file)).unwrap_or(Reference::Nowhere)
    }

    /// The name that a reference to no post, or a path that leads to no file, was probably meant to be.
    pub(crate) fn near_reference(&self, post: &Post, part: &Part) -> Option<String> {
        let map = self.map();
        let written = post.text[part.markup].trim();
        if &post.text[part.name] == "post_url" {
            let name = file_name(written);
            let own = stem_of(post.path);
            return nearest(name, map.post_names().filter(|stem| *stem != own)).map(str::to_owned);
        }
        let source = format!("{}{}", map.plan.sources, written.strip_prefix('/').unwrap_or(written));
        let (folder, name) = source.rsplit_once('/').unwrap_or(("", &source));
        let targets = || map.targets().iter().map(|target| target.source.as_str());
        let mut same = targets().filter(|other| other.rsplit('/').next() == Some(name));
        let near = same.next().filter(|_| same.next().is_none());
        let near = near.or_else(|| nearest(&source, targets().filter(|other| other.starts_with(folder))));
        near.map(|near| near.strip_prefix(&map.plan.sources).unwrap_or(near).to_owned())
    }
}

/// What is known of a post on its site.
pub(super) struct Known<'a> {
    pub blog: &'a Blog,
    pub post: &'a Post<'a>,
}

impl Environment for Known<'_> {
    fn value(&self, name: &str) -> Value {
        if self.is_javascript() {
            return self.post.liquid().value(name);
        }
        // An address of several words would end at the first.
        let known = self.text(name).filter(|text| !text.contains(char::is_whitespace));
        known.map_or_else(|| self.post.liquid().value(name), Value::Text)
    }

    fn filter(&self, name: &str, text: &str, argument: Option<Value>) -> Value {
        Value::Text(match (name, argument) {
            ("relative_url", _) => self.blog.relative(text),
            ("absolute_url", _) if has_scheme(text) => text.to_owned(),
            ("absolute_url", _) => format!("{}{}", self.blog.site().url, self.blog.relative(text)),
            ("append", Some(Value::Text(end))) => format!("{text}{end}"),
            ("prepend", Some(Value::Text(start))) => format!("{start}{text}"),
            ("strip", _) => text.trim().to_owned(),
            _ => return Value::Unknown,
        })
    }

    fn tag(&self, part: &Part) -> Value {
        if self.is_javascript() {
            return Value::Unknown;
        }
        match self.blog.reference(self.post, part) {
            Some(Reference::To(url)) => Value::Text(self.blog.relative(&url)),
            _ => Value::Unknown,
        }
    }

    fn placeholder(&self, _part: &Part) -> String {
        UNKNOWN.to_string()
    }
}

impl Known<'_> {
    /// Whether it is liquidjs that reads the post, which has none of Jekyll's names and tags.
    fn is_javascript(&self) -> bool {
        self.post.liquid().given().is_some()
    }

    fn text(&self, name: &str) -> Option<String> {
        let site = self.blog.site();
        match name.split_once('.')? {
            _ if site.is_faulty => None,
            ("site", "baseurl") => Some(site.base.clone()),
            ("site", "url") => Some(site.url.clone()),
            ("site", key) => generators::text(&site.tree, &[key]).map(str::to_owned),
            ("page", "url") => {
                let own = self.blog.target(self.post).filter(|target| target.standing != Standing::Doubtful);
                own.map(|target| target.url)
            }
            ("page", key) if !MADE.contains(&key) => Some(self.post.front_matter()?.text(key)?.to_owned()),
            _ => None,
        }
    }
}

fn stem_of(path: &str) -> &str {
    let name = file_name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn has_scheme(url: &str) -> bool {
    !matches!(address::Reference::read(url), address::Reference::Local(_)) && !url.starts_with("//")
}
