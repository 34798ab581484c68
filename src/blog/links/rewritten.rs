//! Where links lead whose addresses a template changes.

use std::sync::Arc;

use super::found::{PageLink, Shape};
use super::resolve::{Resolved, Resolver, Unknown};
use crate::blog::urls::Lookup as At;
use crate::files::join;
use crate::generators::address::{Parts, Reference, decoded, joined, without_breaks};
use crate::generators::rewrites::Lookup;
use crate::generators::{Standing, Target, relative};

impl Resolver<'_> {
    /// Where a link leads: what a template makes of its address counts where nothing lies at what is written.
    pub fn lead(&self, link: &PageLink) -> Resolved {
        if let Some(source) = self.unread(link) {
            return Resolved::Missing(format!("/{source}"));
        }
        match self.resolve(&link.destination) {
            Resolved::Missing(_)
            | Resolved::Forgotten(_)
            | Resolved::Source(_)
            | Resolved::Unknown(Unknown::Outside | Unknown::Source)
                if link.shape != Shape::Html =>
            {
                self.rewritten(link).unwrap_or_else(|| self.resolve(&link.destination))
            }
            resolved => resolved,
        }
    }

    /// The source that a link of HTML names, which only Markdown's own links can (Zola 0.22, `components/markdown`).
    fn unread(&self, link: &PageLink) -> Option<String> {
        match Reference::read(&link.destination) {
            Reference::Local(parts) if link.shape == Shape::Html => self.map.internal(parts.path),
            _ => None,
        }
    }

    /// Where a template leads that makes something else of the address of a link.
    fn rewritten(&self, link: &PageLink) -> Option<Resolved> {
        let of_image = link.shape == Shape::Image;
        let rewrite = || self.blog.site().conventions.rewrite(self.blog.site(), &self.blog.files, self.post, of_image);
        let rewrite = self.rewrites[usize::from(of_image)].get_or_init(rewrite).as_ref()?;
        let written = without_breaks(&link.destination);
        let Reference::Local(parts) = Reference::read(&written) else { return None };
        let unknown = || Some(Resolved::Rewritten(rewrite.by.clone()));
        match rewrite.places.iter().find_map(|place| self.looked_up(place, parts)) {
            Some(found) if rewrite.is_sure => Some(found),
            Some(Resolved::Unknown(_)) if rewrite.keeps => None,
            Some(_) => unknown(),
            None if rewrite.keeps => None,
            None if rewrite.is_exact => rewrite.places.iter().find_map(|place| rooted(place, parts)).or_else(unknown),
            None => unknown(),
        }
    }

    /// The page with a path in upper or lower case, or with a name, wherever it lies, if a path is one alone (Hugo 0.168,
    /// `hugolib/pagecollections.go`).
    fn page_like(&self, base: &str, path: &str) -> Option<&Arc<Target>> {
        let pages = || self.map.targets().iter().filter(|target| target.kind.is_page());
        let is_source = |target: &&Arc<Target>, base: &str| {
            let rest = target.source.get(base.len()..);
            let is_below = target.source.get(..base.len()).is_some_and(|start| start.eq_ignore_ascii_case(base));
            is_below && rest.is_some_and(|rest| PAGE_ENDS.contains(&rest))
        };
        let name = format!("/{path}");
        let is_named = |target: &&Arc<Target>| {
            let mut stems = PAGE_ENDS.iter().filter_map(|end| target.source.strip_suffix(end));
            stems.any(|stem| stem.ends_with(&name))
        };
        let like = pages().find(|target| is_source(target, base));
        like.or_else(|| pages().find(is_named).filter(|_| !path.contains('/')))
    }

    /// What an address names in a place where a template looks for it.
    fn looked_up(&self, place: &Lookup, parts: Parts) -> Option<Resolved> {
        let path = decoded(parts.path);
        let path = relative(&path);
        match place {
            Lookup::File(folder) => {
                let source = if path.is_empty() { return None } else { join(folder, &path) };
                let copy = || Arc::new(Target::copy(format!("/{path}"), source.clone(), Standing::Written));
                self.blog.files.is_file(&source).then(|| Resolved::Found(copy(), None))
            }
            Lookup::Resource(folder) => {
                let wanted = join(folder, &path).to_lowercase();
                let has = |file: String| join(folder, &file).to_lowercase() == wanted;
                let found = self.blog.files.below(folder, |_| true).into_iter().any(has);
                let copy = || Arc::new(Target::copy(format!("/{path}"), join(folder, &path), Standing::Written));
                (found && !path.is_empty()).then(|| Resolved::Found(copy(), None))
            }
            Lookup::Page(folder) => {
                if path.is_empty() {
                    return None;
                }
                let base = relative(&join(folder, &decoded(parts.path)));
                let mut sources = PAGE_ENDS.iter().map(|end| format!("{base}{end}"));
                let exact = sources.find_map(|source| self.map.of_source(&source).find(|target| target.kind.is_page()));
                let target = exact.or_else(|| self.page_like(&base, &path))?;
                Some(match target.standing {
                    // No template finds it.
                    Standing::Unpublished => Resolved::Hidden(target.clone()),
                    _ => self.found(target, parts.fragment),
                })
            }
            Lookup::Root(before) => match self.map.at(&joined("/", &format!("{before}/{path}"))) {
                At::Found(target) => Some(self.found(target, parts.fragment)),
                At::Nothing => None,
                _ => Some(Resolved::Unknown(Unknown::Foreign)),
            },
        }
    }
}

/// What may follow the path of a page in that of its source.
const PAGE_ENDS: &[&str] = &["", ".md", "/index.md", "/_index.md", ".markdown", ".html"];

/// The address that a template makes by putting something before it.
fn rooted(place: &Lookup, parts: Parts) -> Option<Resolved> {
    match place {
        Lookup::Root(before) => {
            let path = decoded(parts.path);
            Some(Resolved::Missing(joined("/", &format!("{before}/{}", relative(&path)))))
        }
        _ => None,
    }
}
