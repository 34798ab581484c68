//! What is known of a post when kinds are learned: small, and its own.

use std::sync::Arc;

use jiff::civil::Date;

use super::masked::{Anchor, anchors};
use crate::files::file_name;
use crate::post::{Head, Post, slug_of};
use crate::syntax::dates::RangeForm;

/// What a post says of itself.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// Where it lies.
    pub place: Place,
    /// Its front matter, and the day of its name.
    pub head: Arc<Head>,
    /// The title of the front matter.
    pub title: Option<String>,
    /// The H1 that is its title.
    pub heading: Option<String>,
    /// The other headings outside of lists and quotes, each with its level.
    pub headings: Vec<(u8, String)>,
    /// The days it is about.
    pub range: Option<KnownRange>,
}

/// The days that a post is about.
#[derive(Debug, Clone)]
pub(crate) struct KnownRange {
    /// As they are written.
    pub text: String,
    /// How they are written.
    pub form: RangeForm,
    /// The first and the last day, where both are in the calendar.
    pub days: Option<(Date, Date)>,
}

/// The path of a post, in parts: a bundle (`week-1/index.md`) is called as its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The folder, without a slash at its end.
    pub folder: String,
    /// The name without day and ending.
    pub name: String,
    /// Whether a day goes before the name.
    pub dated: bool,
    /// The file of a bundle: `index.md`.
    pub file: Option<String>,
    /// The ending, with its dot.
    pub ending: String,
}

impl Known {
    /// What there is to know of a post.
    pub(crate) fn of(post: &Post) -> Known {
        let title = post.title_heading();
        // Where no front matter has a title, the H1 is a heading like others, and its form that of the title.
        let is_said = post.title().is_some();
        let others = post.body.headings.iter().filter(|heading| heading.top);
        let others = others.filter(|heading| title.filter(|_| is_said).is_none_or(|title| title.span != heading.span));
        Known {
            place: Place::of(post.path),
            head: Arc::clone(&post.head),
            title: post.title().and_then(|title| title.text()).map(|title| title.trim().to_owned()),
            heading: title.map(|heading| heading.title.trim().to_owned()),
            headings: others.map(|heading| (heading.level, heading.title.trim().to_owned())).collect(),
            range: post.date_range.as_ref().map(|range| KnownRange {
                text: post.text[range.span].to_owned(),
                form: range.form,
                days: range.dates().filter(|(start, end)| start <= end),
            }),
        }
    }

    /// Its path from the blog's folder on.
    pub(crate) fn path(&self) -> &str {
        &self.head.path
    }

    /// Its day.
    pub(crate) fn day(&self) -> Option<Date> {
        self.head.date()
    }

    /// What readers take for its title.
    pub(crate) fn shown_title(&self) -> Option<&str> {
        self.title.as_deref().or(self.heading.as_deref()).filter(|title| !title.is_empty())
    }

    /// A text of it that may tell a number.
    pub(crate) fn text(&self, source: Source) -> &str {
        match source {
            Source::Title => self.shown_title().unwrap_or_default(),
            Source::Name => &self.place.name,
            Source::Folder => file_name(&self.place.folder),
        }
    }

    /// What a text of it begins and ends with, numbers aside.
    pub(crate) fn anchors(&self, source: Source) -> Vec<(Anchor, Vec<u64>)> {
        anchors(self.text(source))
    }
}

/// Where a number may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Source {
    /// In the title, or else the H1.
    Title,
    /// In the name of the file.
    Name,
    /// In the name of the folder.
    Folder,
}

impl Place {
    /// The parts of a path.
    pub(crate) fn of(path: &str) -> Place {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let (stem, ending) = file.find('.').filter(|&at| at > 0).map_or((file, ""), |at| file.split_at(at));
        let is_bundle = matches!(stem.to_lowercase().as_str(), "index" | "_index" | "readme") && !folder.is_empty();
        if is_bundle {
            let (folder, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            let slug = slug_of_folder(name);
            return Place {
                folder: folder.to_owned(),
                name: slug.to_owned(),
                dated: slug.len() < name.len(),
                file: Some(file.to_owned()),
                ending: ending.to_owned(),
            };
        }
        // The name may hold dots of its own: `v1.2-is-out.md`.
        let (stem, ending) = file.rfind('.').filter(|&at| at > 0).map_or((file, ""), |at| file.split_at(at));
        let slug = if ending.is_empty() { stem } else { slug_of(file) };
        let dated = slug.len() < stem.len();
        Place { folder: folder.to_owned(), name: slug.to_owned(), dated, file: None, ending: ending.to_owned() }
    }
}

/// The name of a folder without its day.
fn slug_of_folder(name: &str) -> &str {
    let as_file = format!("{name}.md");
    let length = slug_of(&as_file).len();
    // A day alone is all the name there is.
    if length == 0 { name } else { &name[name.len() - length..] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_parts() {
        for (path, folder, name, dated, file, ending) in [
            ("_posts/2022-10-09-week3.md", "_posts", "week3", true, None, ".md"),
            ("content/weeknotes/100.md", "content/weeknotes", "100", false, None, ".md"),
            ("content/a/2022-10-09-b/index.ko.md", "content/a", "b", true, Some("index.ko.md"), ".ko.md"),
            ("2018/02/index.md", "2018", "02", false, Some("index.md"), ".md"),
            ("index.md", "", "index", false, None, ".md"),
            ("Week 3 (10.4~10.7)/느낀점.md", "Week 3 (10.4~10.7)", "느낀점", false, None, ".md"),
        ] {
            let place = Place::of(path);
            let expected = (folder, name, dated, file, ending);
            let found = (&*place.folder, &*place.name, place.dated, place.file.as_deref(), &*place.ending);
            assert_eq!(found, expected, "{path}");
        }
    }
}
