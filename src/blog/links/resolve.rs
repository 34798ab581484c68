//! Where a link leads.

use std::cell::{Cell, OnceCell, RefCell};
use std::sync::Arc;

use super::alike::difference;
use super::anchors::{Anchors, Left, PendingAnchor, Places, is_usual};
use super::found::UNKNOWN;
use super::lost::Lost;
use crate::blog::Blog;
use crate::blog::urls::{Lookup, Near, SiteMap};
use crate::files::file_name;
use crate::generators::address::{Parts, Reference, decoded, is_no_text, joined, path_from, without_breaks};
use crate::generators::rewrites::Rewrite;
use crate::generators::{Kind, Marked, Standing, Target, Territory, is_source};
use crate::nunjucks;
use crate::post::Post;
use crate::text::{have_same_digits, nearest};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// To a page or a file of the blog; with the id that it leads to on that page.
    Found(Arc<Target>, Option<String>),
    /// To one that is not written, or only when its day has come.
    Hidden(Arc<Target>),
    /// To the source of a post, where the site has no file: the link is left as it is, and the page lies elsewhere.
    Source(Arc<Target>),
    /// To an address of the site, without `baseurl`, where nothing lies.
    Missing(String),
    /// To a page of the blog that lacks this id.
    MissingAnchor(Arc<Target>, String),
    /// To an address that begins twice with the path that the site lies under: what stands behind both.
    Doubled(String),
    /// Out of the path that the site lies under, where the site itself has something at that address.
    Forgotten(Arc<Target>),
    /// To another host.
    External,
    /// To another scheme, by its name: `mailto`, `data`.
    Scheme(String),
    /// Where a template leads that makes something else of addresses, by its name.
    Rewritten(String),
    /// Nobody can tell.
    Unknown(Unknown),
}

/// Why nobody can tell where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// A template makes it.
    Template,
    /// The address of the post itself is not known.
    OwnAddress,
    /// A plugin or a theme may have written what lies there.
    Foreign,
    /// Something that decides is not known.
    Doubtful,
    /// It leads out of the path that the site lies under.
    Outside,
    /// It names a source, which some builds of the site make a link to its page.
    Source,
}

/// Resolves the links of a post.
pub struct Resolver<'a> {
    pub(super) blog: &'a Blog,
    pub(super) post: &'a Post<'a>,
    pub(super) map: &'a SiteMap,
    /// What the post becomes.
    own: Option<Arc<Target>>,
    /// Where its links begin: its address on the host, or its path where addresses are not known.
    page: String,
    /// The places on its page.
    places: Places,
    /// The links to pages that nobody has read yet, if those need not be read for them.
    pending: Option<RefCell<Vec<PendingAnchor>>>,
    suggested: Cell<usize>,
    /// What becomes of the addresses of links, and of images.
    pub(super) rewrites: [OnceCell<Option<Rewrite>>; 2],
}

/// So many suggestions are looked for in a post; nobody reads more.
const MOST_SUGGESTIONS: usize = 100;

impl<'a> Resolver<'a> {
    /// For the links of a post.
    pub fn new(blog: &'a Blog, post: &'a Post<'a>) -> Self {
        let (own, map) = (blog.target(post).map(Arc::new), blog.map());
        let known = own.as_ref().filter(|own| own.standing != Standing::Doubtful);
        let page = match known {
            Some(own) => format!("{}{}", map.base, own.url),
            None if map.plan.is_guessed => format!("/{}", post.path),
            None => String::new(),
        };
        let (places, suggested, rewrites) = (Places::default(), Cell::new(0), Default::default());
        Resolver { blog, post, map, own, page, places, pending: None, suggested, rewrites }
    }

    /// The same, but reads no other page for a link to a place on it: that is left pending.
    pub(crate) fn of_what_is_read(blog: &'a Blog, post: &'a Post<'a>) -> Self {
        Resolver { pending: Some(RefCell::default()), ..Resolver::new(blog, post) }
    }

    /// What is left of it.
    pub(crate) fn into_left(self) -> Left {
        Left { pending: self.pending.map(RefCell::into_inner).unwrap_or_default(), own: self.places }
    }

    /// Where the post itself goes.
    pub(crate) fn own(&self) -> Option<&Target> {
        self.own.as_deref()
    }

    /// Where a destination leads, as it stands on the page.
    pub fn resolve(&self, destination: &str) -> Resolved {
        let destination: &str = &without_breaks(destination);
        if let Some(source) = self.map.internal_with_query(destination) {
            return Resolved::Missing(format!("/{source}"));
        }
        let is_template = is_template(destination);
        match Reference::read(destination) {
            Reference::Host { host, .. } if host.contains(UNKNOWN) => Resolved::Unknown(Unknown::Template),
            Reference::Host { host, rest } => match &self.map.host {
                Some(own) if bare(own) == bare(&host) && !is_template => self.on_own_host(rest),
                _ => Resolved::External,
            },
            Reference::Scheme(scheme) => Resolved::Scheme(scheme),
            Reference::Local(_) if is_template => Resolved::Unknown(Unknown::Template),
            Reference::Local(parts) if parts.path.is_empty() => self.on_own_page(parts.fragment),
            // A colon at its beginning is a mark for a template, such as `:name.png` for one of the folder of images.
            Reference::Local(parts) if parts.path.starts_with(':') => Resolved::Unknown(Unknown::Template),
            Reference::Local(parts) if is_no_text(parts.path) => Resolved::Unknown(Unknown::Doubtful),
            Reference::Local(parts) => self.local(parts),
        }
    }

    /// What was probably meant by an address where nothing lies.
    pub fn near(&self, address: &str) -> Option<Near> {
        self.may_suggest().then(|| self.map.near(address)).flatten()
    }

    /// The id that was probably meant by one that a page lacks.
    pub fn near_anchor(&self, target: &Target, fragment: &str) -> Option<String> {
        if !self.may_suggest() {
            return None;
        }
        let anchors = self.anchors_of(target)?;
        let ids = || anchors.ids.iter();
        if let Some(alike) = ids().find(|id| difference(fragment, id).is_some()) {
            return Some(alike.to_owned());
        }
        let same = ids().find(|id| id.to_lowercase() == fragment.to_lowercase());
        same.or_else(|| nearest(fragment, ids().filter(|id| have_same_digits(id, fragment)))).map(str::to_owned)
    }

    /// An address of the site, written as a destination is: from the page on, or from the root on.
    pub(crate) fn spelled(&self, address: &str, like: &str) -> String {
        let is_relative =
            matches!(Reference::read(like), Reference::Local(parts) if !parts.path.starts_with(['/', '\\']));
        if let Some(Marked::Source { mark, .. }) = self.blog.site().conventions.marked(like, self.post.path) {
            return format!("{}{}", &like[..mark], path_from(&format!("/{}", self.post.path), address));
        }
        match &self.own {
            Some(own) if is_relative => path_from(&own.url, address),
            None if is_relative => path_from(&format!("/{}", self.post.path), address),
            _ => format!("{}{address}", self.map.base),
        }
    }

    /// The id that the engine gives the heading which another engine, GitHub's, would give this one.
    pub(crate) fn id_instead(&self, target: &Target, fragment: &str) -> Option<&str> {
        self.anchors_of(target)?.by_guess(fragment)
    }

    /// Why an id that the source of a page has is not on the page.
    pub(crate) fn lost(&self, target: &Target, fragment: &str) -> Option<&Lost> {
        self.anchors_of(target)?.lost(fragment)
    }

    fn may_suggest(&self) -> bool {
        self.suggested.replace(self.suggested.get() + 1) < MOST_SUGGESTIONS
    }

    fn on_own_page(&self, fragment: Option<&str>) -> Resolved {
        let guessed = || self.map.of_source(self.post.path).next().filter(|_| self.map.plan.is_guessed);
        match self.own.as_ref().or_else(guessed) {
            Some(own) => self.found(own, fragment),
            None => Resolved::Unknown(Unknown::OwnAddress),
        }
    }

    fn local(&self, parts: Parts) -> Resolved {
        match self.blog.site().conventions.marked(&decoded(parts.path), self.post.path) {
            Some(Marked::Source { path: source, .. }) => {
                return match self.map.of_source(&source).next() {
                    Some(target) => self.found(target, parts.fragment),
                    None => Resolved::Missing(format!("/{source}")),
                };
            }
            Some(Marked::Made) => return Resolved::Unknown(Unknown::Foreign),
            None => {}
        }
        if self.map.plan.is_guessed {
            return self.by_path(parts);
        }
        if let Some(source) = self.map.internal(parts.path) {
            return match self.map.of_source(&source).find(|target| target.kind.is_page()) {
                Some(target) if matches!(target.standing, Standing::Unpublished | Standing::Future) => {
                    Resolved::Hidden(target.clone())
                }
                Some(target) => self.found(target, parts.fragment),
                None => Resolved::Missing(format!("/{source}")),
            };
        }
        if self.page.is_empty() && !parts.path.starts_with(['/', '\\']) {
            let of_source = self.source(parts).filter(|found| matches!(found, Resolved::Source(_)));
            return of_source.unwrap_or(Resolved::Unknown(Unknown::OwnAddress));
        }
        let address = joined(&self.page, parts.path);
        match self.below_base(&address) {
            Some(inside) => match self.at(inside, parts) {
                Resolved::Missing(_) => self.doubled(inside).unwrap_or_else(|| Resolved::Missing(inside.to_owned())),
                resolved => resolved,
            },
            None => self.forgotten(&address).unwrap_or(Resolved::Unknown(Unknown::Outside)),
        }
    }

    /// An address that has the path of the site before it once more, and is one of the site without that.
    fn doubled(&self, inside: &str) -> Option<Resolved> {
        let address = self.map.base.strip_suffix('/').unwrap_or(&self.map.base);
        let rest = inside.strip_prefix(address).filter(|rest| !address.is_empty() && rest.starts_with('/'))?;
        matches!(self.map.at(rest), Lookup::Found(_)).then(|| Resolved::Doubled(rest.to_owned()))
    }

    /// What the site has at an address that lies outside of it.
    fn forgotten(&self, address: &str) -> Option<Resolved> {
        match self.map.at(address) {
            Lookup::Found(target) if target.standing == Standing::Written && target.kind != Kind::Redirect => {
                let is_rooted = self.blog.site().roots_links;
                Some(if is_rooted { self.found(target, None) } else { Resolved::Forgotten(target.clone()) })
            }
            _ => None,
        }
    }

    /// Where addresses are not known, a path can still name a file. One that no file of the blog has leads nowhere if it
    /// is that of a source, or of a file beside the post.
    fn by_path(&self, parts: Parts) -> Resolved {
        let address = joined(&self.page, parts.path);
        if let Some(target) = self.map.of_source(&address[1..]).next() {
            let site = self.blog.site();
            // A component may set the links of a post in MDX.
            let is_set = || site.gives_components.is_some() && self.blog.components().is_none();
            if site.link_to_post.is_some() && self.blog.is_post(&target.source) {
                return match self.post.path.ends_with(".mdx") && is_set() {
                    true => Resolved::Unknown(Unknown::Source),
                    false => Resolved::Source(target.clone()),
                };
            }
            return self.found(target, parts.fragment);
        }
        let name = file_name(&address);
        let is_rooted = parts.path.starts_with(['/', '\\']);
        let may_be_made = || self.map.plan.territories.contains(&Territory::Pages);
        match is_rooted || !is_source(name) || self.map.has_name(name) || may_be_made() {
            true => Resolved::Unknown(Unknown::Foreign),
            false => Resolved::Missing(address),
        }
    }

    /// Another site can lie on the same host, beside this one or in a folder of its own.
    fn on_own_host(&self, parts: Parts) -> Resolved {
        let address = joined("/", parts.path);
        match self.below_base(&address) {
            Some(inside) => match self.at(inside, parts) {
                Resolved::Missing(_) if !self.map.knows_start(inside) => Resolved::External,
                resolved => resolved,
            },
            None => Resolved::External,
        }
    }

    /// An address without the path that the site lies under. Where tags for links may leave it away and a post has any, it
    /// may stand there twice; filters never leave it away (Jekyll 3.3 to 4.4, `filters/url_filters.rb`).
    fn below_base<'s>(&self, address: &'s str) -> Option<&'s str> {
        let below = |address: &'s str| match address.strip_prefix(&self.map.base)? {
            "" => Some("/"),
            rest => rest.starts_with('/').then_some(rest),
        };
        let inside = below(address)?;
        let may_be_doubled = || self.blog.site().may_lack_base && links_by_tag(self.post.text);
        Some(below(inside).filter(|_| !self.map.base.is_empty() && may_be_doubled()).unwrap_or(inside))
    }

    fn at(&self, address: &str, parts: Parts) -> Resolved {
        if let Some(own) = self.own.as_ref().filter(|own| own.url == address) {
            return self.found(own, parts.fragment);
        }
        match self.map.at(address) {
            Lookup::Found(target) if target.standing == Standing::Written => self.found(target, parts.fragment),
            Lookup::Found(target) => Resolved::Hidden(target.clone()),
            Lookup::Doubtful(_) => Resolved::Unknown(Unknown::Doubtful),
            Lookup::Territory => Resolved::Unknown(Unknown::Foreign),
            Lookup::Nothing => self.source(parts).unwrap_or_else(|| Resolved::Missing(address.to_owned())),
        }
    }

    /// A post of which it is not known where it goes, where links to sources are left as they are.
    fn unplaced(&self, source: &str) -> Option<Arc<Target>> {
        let is_left = self.blog.site().link_to_post.is_some() && self.blog.is_post(source);
        (is_left && self.blog.files.is_file(source)).then(|| {
            let copy = Target::copy(format!("/{source}"), source.to_owned(), Standing::Doubtful);
            Arc::new(Target { kind: Kind::Post, ..copy })
        })
    }

    /// Some builds of the site take the path of a source for that of its page.
    fn source(&self, parts: Parts) -> Option<Resolved> {
        let from = self.post.path.strip_prefix(&self.map.plan.sources).unwrap_or(self.post.path);
        let source = joined(&format!("/{from}"), parts.path);
        let source = format!("{}{}", self.map.plan.sources, &source[1..]);
        let placed = || self.map.of_source(&source).find(|target| target.kind.is_page()).cloned();
        let target = placed().or_else(|| self.unplaced(&source))?;
        let site = self.blog.site();
        Some(match site.link_to_post {
            _ if site.links_sources => self.found(&target, parts.fragment),
            Some(_) => Resolved::Source(target),
            None => Resolved::Unknown(Unknown::Source),
        })
    }

    pub(super) fn found(&self, target: &Arc<Target>, fragment: Option<&str>) -> Resolved {
        let fragment = fragment.map(decoded).filter(|fragment| !fragment.is_empty());
        let found = |anchor: Option<String>| Resolved::Found(target.clone(), anchor);
        let Some(fragment) = fragment.filter(|_| target.kind != Kind::Redirect) else { return found(None) };
        if is_usual(&fragment) {
            return found(Some(fragment.into_owned()));
        }
        let is_unread = || self.places_of(target).is_some_and(|places| !places.are_known());
        if let Some(pending) = self.pending.as_ref().filter(|_| !self.is_own(target) && is_unread()) {
            pending.borrow_mut().push(PendingAnchor { target: target.clone(), fragment: fragment.into_owned() });
            return found(None);
        }
        match self.anchors_of(target) {
            Some(anchors) if anchors.has(&fragment) => found(Some(fragment.into_owned())),
            Some(anchors) if self.blog.lacks(anchors, &fragment) => {
                Resolved::MissingAnchor(target.clone(), fragment.into_owned())
            }
            _ => found(None),
        }
    }

    fn anchors_of(&self, target: &Target) -> Option<&Anchors> {
        let read = || if self.is_own(target) { self.blog.anchors(self.post) } else { self.blog.anchors_at(target) };
        Some(self.places_of(target)?.all(read))
    }

    /// The places on a page: those of the post itself by its own text, which may not be on disk.
    fn places_of(&self, target: &Target) -> Option<&Places> {
        if self.is_own(target) { Some(&self.places) } else { self.map.places_of(target) }
    }

    fn is_own(&self, target: &Target) -> bool {
        self.post.path == target.source
    }
}

/// Whether only the built site knows a part of a destination.
pub fn is_template(destination: &str) -> bool {
    let has_mark = memchr::memchr3(b'{', b'<', b'$', destination.as_bytes()).is_some();
    !destination.is_ascii() && destination.contains(UNKNOWN)
        || has_mark && ["{{", "{%", "<%", "${", nunjucks::TAG].iter().any(|open| destination.contains(open))
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether tags of Liquid print addresses in a post.
fn links_by_tag(text: &str) -> bool {
    text.contains("post_url") || ["{% link", "{%- link", "{%link", "{%-link"].iter().any(|tag| text.contains(tag))
}
