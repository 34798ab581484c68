//! The names that data gives values in a post of Eleventy (3.1.8, `src/Data/TemplateData.js`): as far as they are known, a
//! name that nothing gives one prints nothing.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::files::{Files, file_name, is_below, join};
use crate::generators::javascript::{Script, Value};
use crate::generators::{Build, config};
use crate::post::Head;
use crate::syntax::front_matter::{Entry, Node};

/// What Eleventy itself gives (`src/Template.js`, `getData`), and the data of `package.json`.
const OWN: &[&str] = &["collections", "eleventy", "page", "pkg"];

/// Layouts name another one; so many are followed.
const DEEPEST: usize = 8;

/// Where data comes from.
#[derive(Debug, Default)]
pub(super) struct Data {
    /// The folder of the sources.
    pub input: String,
    /// The folders of layouts, from the blog's folder on.
    pub layouts: Vec<String>,
    /// That of data for all.
    pub folder: String,
    /// The names that the config gives; `None` where it may give others.
    pub of_config: Option<BTreeSet<String>>,
    /// What files beside posts say, by their paths.
    pub read: Mutex<HashMap<String, Arc<Told>>>,
}

/// The names that a file gives values, and the layout that it names; `None` where it may give others.
type Told = Option<(BTreeSet<String>, Option<String>)>;

/// The names that have values, as they are gathered; an error where others may have some.
type Gathered = Result<(), Open>;

/// More names may have values.
struct Open;

impl Data {
    /// The names that have values in a post; `None` where others may have some.
    pub(super) fn names(&self, build: &Build, path: &str, head: &Head) -> Option<BTreeSet<String>> {
        let mut names = self.of_config.clone()?;
        names.extend(OWN.iter().map(|name| (*name).to_owned()));
        self.of_all(build.files, &mut names);
        if names.contains("eleventyComputed") {
            return None;
        }
        let layout = self.beside(build.files, path, &mut names).ok()?;
        let own = of_head(head, &mut names).ok()?;
        let is_computed = names.contains("layout") && own.is_none() && layout.is_none();
        let layout = own.or(layout);
        (!is_computed).then_some(())?;
        self.above(build, layout, &mut names).ok()?;
        Some(names)
    }

    /// Whether a file lies among layouts or data, which are no pages.
    pub(super) fn is_apart(&self, path: &str) -> bool {
        let folders = self.layouts.iter().chain([&self.folder]).filter(|folder| **folder != self.input);
        folders.into_iter().any(|folder| is_below(path, folder))
    }

    /// A file there is a name.
    fn of_all(&self, files: &Files, names: &mut BTreeSet<String>) {
        for entry in files.folder(&self.folder).entries() {
            names.insert(entry.name.split('.').next().unwrap_or_default().to_owned());
        }
    }

    /// Files beside a post, and in the folders above it, called like those; the layout that they name.
    fn beside(&self, files: &Files, path: &str, names: &mut BTreeSet<String>) -> Result<Option<String>, Open> {
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let mut bases = vec![stem.to_owned()];
        let mut folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        while !folder.is_empty() && (self.input.is_empty() || is_below(folder, &self.input)) {
            bases.push(join(folder, file_name(folder)));
            folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
        }
        if !self.input.is_empty() {
            bases.push(join(&self.input, file_name(&self.input)));
        }
        let mut layout = None;
        for base in bases {
            for ending in ["json", "11tydata.json", "11tydata.js", "11tydata.cjs", "11tydata.mjs"] {
                let file = format!("{base}.{ending}");
                if files.is_file(&file) {
                    let (own, laid) = (*self.told(files, &file)).clone().ok_or(Open)?;
                    names.extend(own);
                    layout = layout.or(laid);
                }
            }
            // `addDataExtension` lets others be read.
            let others = ["yaml", "yml", "toml", "11tydata.yaml", "11tydata.yml", "11tydata.ts"];
            if others.iter().any(|ending| files.is_file(&format!("{base}.{ending}"))) {
                return Err(Open);
            }
        }
        Ok(layout)
    }

    /// What a file of data says, which is read once.
    fn told(&self, files: &Files, file: &str) -> Arc<Told> {
        let read = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(told) = read().get(file) {
            return Arc::clone(told);
        }
        let mut names = BTreeSet::new();
        let layout = match file.ends_with(".json") {
            true => {
                let tree = config::read(files, &[file]);
                if tree.faults.is_empty() { of_entries(&tree.entries, &mut names) } else { Err(Open) }
            }
            false => of_script(&Script::read(&files.text(file).unwrap_or_else(|| "".into())), &mut names),
        };
        let told = Arc::new(layout.ok().map(|layout| (names, layout)));
        read().insert(file.to_owned(), Arc::clone(&told));
        told
    }

    /// The front matter of layouts.
    fn above(&self, build: &Build, first: Option<String>, names: &mut BTreeSet<String>) -> Gathered {
        let mut next = first;
        for _ in 0..DEEPEST {
            let Some(layout) = next.take() else { return Ok(()) };
            let path = self.layout(build.files, &layout).ok_or(Open)?;
            let source = build.source(&path).ok_or(Open)?;
            next = of_head(&source.head, names)?;
        }
        Err(Open)
    }

    fn layout(&self, files: &Files, name: &str) -> Option<String> {
        const ENDINGS: &[&str] = &["", ".njk", ".liquid", ".html", ".md"];
        let paths = self.layouts.iter().flat_map(|folder| ENDINGS.iter().map(move |end| join(folder, name) + end));
        paths.into_iter().find(|path| files.is_file(path))
    }
}

/// The keys of some front matter; the layout that it names.
fn of_head(head: &Head, names: &mut BTreeSet<String>) -> Result<Option<String>, Open> {
    match head.front_matter() {
        Some(front) if head.loads() => of_entries(&front.tree.entries, names),
        None if !head.may_have_front_matter() => Ok(None),
        _ => Err(Open),
    }
}

fn of_entries(entries: &[Entry], names: &mut BTreeSet<String>) -> Result<Option<String>, Open> {
    let mut layout = None;
    for entry in entries {
        names.insert(entry.key.to_string());
        let value = &entry.value;
        match &*entry.key {
            "layout" => layout = value.text().map(str::to_owned).filter(|text| !text.is_empty()),
            "eleventyComputed" => names.extend(value.entries().iter().map(|entry| entry.key.to_string())),
            "pagination" => names.extend(value.get("alias").and_then(Node::text).map(str::to_owned)),
            _ => {}
        }
    }
    // What is computed may be the layout.
    if layout.as_deref().is_some_and(|layout| layout.contains(['{', '$'])) { Err(Open) } else { Ok(layout) }
}

fn of_script(script: &Script, names: &mut BTreeSet<String>) -> Result<Option<String>, Open> {
    let exported = script.exported();
    let Value::Object(object) = Some(&exported).filter(|value| value.is_whole()).ok_or(Open)? else { return Err(Open) };
    let mut layout = None;
    for (key, value) in object.entries() {
        names.insert(key.clone());
        match (&**key, value) {
            ("layout", Value::Text(text)) => layout = Some(text.clone()),
            ("layout", _) => return Err(Open),
            ("eleventyComputed", Value::Object(computed)) if value.is_whole() => {
                names.extend(computed.entries().iter().map(|(key, _)| key.clone()));
            }
            ("eleventyComputed", _) => return Err(Open),
            _ => {}
        }
    }
    Ok(layout)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::generators::Sources;
    use crate::syntax::front_matter::Heads;

    /// Asked of Eleventy 3.1.8.
    #[test]
    fn names_with_values() {
        let names = |text: &str, more: &[(&str, &str)]| {
            let files = Files::in_memory([("posts/a.md", text)].iter().chain(more).copied());
            let sources = Sources::beginning(Heads::Named);
            let build = Build { files: &files, sources: &sources, now: Timestamp::UNIX_EPOCH, zone: None };
            let data = Data {
                layouts: vec!["_includes".to_owned()],
                folder: "_data".to_owned(),
                of_config: Some(BTreeSet::new()),
                ..Data::default()
            };
            let names = data.names(&build, "posts/a.md", &Head::read("posts/a.md", text, Heads::Named))?;
            let others = names.into_iter().filter(|name| !OWN.contains(&&**name));
            Some(others.collect::<Vec<_>>().join(" "))
        };
        let some = |names: &str| Some(names.to_owned());
        let plain = "---\ntitle: a\n---\n";
        assert_eq!(names(plain, &[]), some("title"));
        assert_eq!(names("a\n", &[("_data/site.json", "{}"), ("_data/team.js", "")]), some("site team"));
        assert_eq!(names(plain, &[("posts/posts.json", "{\"tags\": [\"b\"]}")]), some("tags title"));
        assert_eq!(names(plain, &[("posts/a.11tydata.json", "{\"b\": 1}")]), some("b title"));
        assert_eq!(names(plain, &[("posts/posts.11tydata.js", "export default { b: 1 }")]), some("b title"));
        assert_eq!(names(plain, &[("posts/posts.11tydata.js", "export default { ...b }")]), None);
        assert_eq!(names(plain, &[("_data/eleventyComputed.js", "")]), None);
        let pages = "---\npagination: { data: b, alias: c }\neleventyComputed: { d: e }\n---\n";
        assert_eq!(names(pages, &[]), some("c d eleventyComputed pagination"));
        let laid = "---\nlayout: post\n---\n";
        let layouts = [("_includes/post.njk", "---\nlayout: base.njk\nb: 1\n---\n"), ("_includes/base.njk", "")];
        assert_eq!(names(laid, &layouts), some("b layout"));
        assert_eq!(names(laid, &[]), None);
        assert_eq!(names("---js\nconst b = 1;\n---\n", &[]), None);
    }
}
