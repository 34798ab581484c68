//! From an address to what lies there, as servers of static sites do it.

use std::sync::Arc;

use super::SiteMap;
use crate::blog::links::as_it_looks;
use crate::files::file_name;
use crate::generators::{Kind, Standing, Target, Territory};
use crate::text::nearest;
use foldhash::HashMap;

/// What lies at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lookup<'m> {
    /// A page or a file.
    Found(&'m Arc<Target>),
    /// Perhaps this one.
    Doubtful(&'m Arc<Target>),
    /// What a plugin or a theme may have written.
    Territory,
    /// Nothing.
    Nothing,
}

/// What was probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Near {
    /// The same in upper or lower case: an address as the site has it.
    Case(String),
    /// One that looks the same.
    Form(String),
    /// The same name in another folder.
    Folder(String),
    /// A name like it.
    Name(String),
}

/// Addresses by what a person would call the same.
#[derive(Debug, Default)]
pub(super) struct FuzzyIndex {
    folded: HashMap<String, Vec<usize>>,
    /// By the last part of the address.
    names: HashMap<String, Vec<usize>>,
    /// By the folder of the address.
    folders: HashMap<String, Vec<usize>>,
    /// Posts by their file names without the extension.
    posts: HashMap<String, Vec<usize>>,
}

/// So many names are held against a wrong one.
const MOST: usize = 2000;

impl SiteMap {
    /// What lies at an address from the site's root on, with its escapes undone.
    pub(crate) fn at(&self, address: &str) -> Lookup<'_> {
        match files_at(address).iter().flat_map(|file| self.of_file(file)).min_by_key(|target| target.standing) {
            Some(target) if target.standing == Standing::Doubtful => Lookup::Doubtful(target),
            Some(target) => Lookup::Found(target),
            None if self.is_foreign(address) => Lookup::Territory,
            None => Lookup::Nothing,
        }
    }

    /// Whether a plugin or a theme may have written what lies at an address.
    pub(crate) fn is_foreign(&self, address: &str) -> bool {
        self.redirects.answer(address)
            || self.lies_apart(address)
            || self.plan.territories.iter().any(|territory| self.covers(territory, address))
    }

    /// Takes what is many out of the territories: single addresses, and all below a folder.
    pub(super) fn take_places_apart(&mut self) {
        self.plan.territories.retain(|territory| {
            let place = match territory {
                Territory::At(place) => place.trim_end_matches('/'),
                Territory::Below(start) if start.ends_with('/') => start,
                _ => return true,
            };
            self.longest_apart = self.longest_apart.max(place.len());
            self.places_apart.insert(place.to_owned());
            false
        });
    }

    fn lies_apart(&self, address: &str) -> bool {
        let folders = address.match_indices('/').map(|(slash, _)| &address[..=slash]);
        let folders = folders.take_while(|folder| folder.len() <= self.longest_apart);
        !self.places_apart.is_empty()
            && (self.places_apart.contains(address.trim_end_matches('/'))
                || folders.clone().any(|folder| self.places_apart.contains(folder))
                || self.places_apart.contains(&format!("{address}/")))
    }

    fn covers(&self, territory: &Territory, address: &str) -> bool {
        match territory {
            Territory::At(_) => false,
            Territory::Below(start) => address.starts_with(start),
            Territory::Inside(part) => address.contains(part.as_str()),
            Territory::Ending(end) => address.ends_with(end.as_str()),
            Territory::Numbered(start) => {
                let rest = address.strip_prefix(start);
                rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
            }
            Territory::Pages => is_page(address),
            Territory::Files => !is_page(address),
            Territory::Theme(start) => address.strip_prefix(start).is_some_and(|rest| {
                // What ends with a slash is a page in the folder above.
                let folder = rest.trim_end_matches('/').rfind('/').map(|slash| &address[1..start.len() + slash + 1]);
                let is_code = [".css", ".js", ".map"].iter().any(|extension| rest.ends_with(extension));
                let is_dated = || rest.split('/').any(begins_with_day);
                is_code || folder.is_none_or(|folder| !self.folders.contains(folder)) && !is_dated()
            }),
            Territory::All => true,
        }
    }

    /// Whether anything lies below the first folder of an address; where nothing does, it may be another site's, as
    /// GitHub Pages serves every project of an account below its host.
    pub(crate) fn knows_start(&self, address: &str) -> bool {
        let path = address.trim_start_matches('/');
        match path.split_once('/') {
            Some((first, _)) => self.folders.contains(&format!("{first}/")),
            None => path.is_empty() || path.contains('.'),
        }
    }

    /// Whether any source has this file name.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        self.fuzzy_index().names.contains_key(name)
    }

    fn fuzzy_index(&self) -> &FuzzyIndex {
        self.fuzzy_index.get_or_init(|| FuzzyIndex::of(&self.targets))
    }

    /// The posts whose file has this name, extension aside.
    pub(crate) fn posts_named(&self, name: &str) -> impl Iterator<Item = &Target> {
        self.fuzzy_index().posts.get(name).into_iter().flatten().map(|&index| &*self.targets[index])
    }

    /// The names of the files of all posts, without their extensions.
    pub(crate) fn post_names(&self) -> impl Iterator<Item = &str> {
        self.fuzzy_index().posts.keys().map(String::as_str)
    }

    /// Other targets that are written to the same file, first, and to one that differs only in upper and lower case.
    pub(crate) fn rivals(&self, target: &Target) -> Vec<&Target> {
        let (file, source) = (&target.file, &target.source);
        let same = self.fuzzy_index().folded.get(&folded(file)).into_iter().flatten();
        let mut rivals: Vec<&Target> = same.map(|&index| &*self.targets[index]).collect();
        rivals.retain(|rival| rival.source != *source && rival.file.to_lowercase() == file.to_lowercase());
        rivals.sort_by_key(|rival| rival.file != *file);
        rivals
    }

    /// What was probably meant by an address where nothing lies.
    pub fn near(&self, address: &str) -> Option<Near> {
        let look = self.fuzzy_index();
        let url = |index: &usize| self.targets[*index].url.clone();
        let same = |file: String| Some((*look.folded.get(&folded(&file))?.first()?, file));
        if let Some((index, file)) = files_at(address).into_iter().find_map(same) {
            let is_case = self.targets[index].file.to_lowercase() == file.to_lowercase();
            return Some(if is_case { Near::Case(url(&index)) } else { Near::Form(url(&index)) });
        }
        let (folder, name) = parts(address);
        if let Some([only]) = look.names.get(name).map(Vec::as_slice) {
            return Some(Near::Folder(url(only)));
        }
        let beside = look.folders.get(folder)?;
        let names = beside.iter().take(MOST).map(|&index| parts(&self.targets[index].url).1);
        let is_of_page = is_page(name);
        let near = nearest(name, names.filter(|near| is_page(near) == is_of_page))?;
        beside.iter().find(|&&index| parts(&self.targets[index].url).1 == near).map(|index| Near::Name(url(index)))
    }
}

impl FuzzyIndex {
    fn of(targets: &[Arc<Target>]) -> FuzzyIndex {
        let mut look = FuzzyIndex::default();
        for (index, target) in targets.iter().enumerate().filter(|(_, target)| target.kind == Kind::Post) {
            let name = file_name(&target.source);
            let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
            look.posts.entry(name.to_owned()).or_default().push(index);
        }
        for (index, target) in targets.iter().enumerate().filter(|(_, target)| target.is_expected()) {
            look.folded.entry(folded(&target.file)).or_default().push(index);
            let (folder, name) = parts(&target.url);
            look.names.entry(name.to_owned()).or_default().push(index);
            look.folders.entry(folder.to_owned()).or_default().push(index);
        }
        look
    }
}

/// A name as the index compares it: in lower case, and as it looks. macOS takes `é` and Hangul syllables apart in file
/// names, and servers do not put them together.
fn folded(name: &str) -> String {
    if name.is_ascii() { name.to_ascii_lowercase() } else { as_it_looks(name).to_lowercase() }
}

/// Whether a name begins as those of posts do, `2022-10-09-`: a theme brings no such folder.
fn begins_with_day(name: &str) -> bool {
    let shape = name.bytes().take(11).map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    shape.eq(*b"0000-00-00-")
}

/// The folder and the name of an address, without a slash at its end.
fn parts(address: &str) -> (&str, &str) {
    let bare = address.strip_suffix('/').unwrap_or(address);
    bare.split_at(bare.rfind('/').map_or(0, |slash| slash + 1))
}

/// The files that a server looks for: a folder has its `index.html`, and `.html` is left away (GitHub Pages, Netlify,
/// `jekyll serve`).
fn files_at(address: &str) -> Vec<String> {
    let path = address.trim_start_matches('/');
    match path {
        "" => vec!["index.html".to_owned()],
        folder if folder.ends_with('/') => vec![format!("{folder}index.html"), format!("{folder}index.htm")],
        path => vec![path.to_owned(), format!("{path}.html"), format!("{path}/index.html")],
    }
}

/// The extensions of pages, and of what else generators write as such.
const PAGES: &[&str] = &["htm", "html", "xhtml", "xml", "json", "txt"];

/// Whether an address can be that of a page: it has no extension, or one of a page.
fn is_page(address: &str) -> bool {
    let name = file_name(address);
    name.rsplit_once('.').is_none_or(|(_, extension)| {
        let is_short = (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_page = || PAGES.iter().any(|known| known.eq_ignore_ascii_case(extension));
        !is_short || is_page() || extension.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn names_taken_apart() {
        for (apart, whole) in [
            ("caf\u{65}\u{301}", "café"),
            ("\u{1112}\u{116c}\u{1100}\u{1169}", "회고"),
            ("\u{1102}\u{1173}\u{1101}\u{1175}\u{11ab} 점", "느낀 점"),
            ("\u{304b}\u{3099}\u{306f}\u{309a}\u{30d5}\u{3099}\u{30a6}\u{3099}", "がぱブヴ"),
            ("A.md", "a.md"),
        ] {
            assert_eq!(folded(apart), whole);
        }
    }
}
