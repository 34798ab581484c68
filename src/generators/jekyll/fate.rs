//! Why Jekyll writes nothing for a file: Jekyll 4.3.1, `reader.rb`, `entry_filter.rb`, `collection.rb`, `drafts_reader.rb`.

use super::config::Config;
use super::entries::Place;
use crate::files::file_name;
use crate::generators::fate::Fate;
use crate::syntax::dates::read_file_date;

/// What keeps a file out of the site, by its path from the sources on; `None` where that is not known.
pub(super) fn of(config: &Config, shows_drafts: bool, path: &str) -> Option<Fate> {
    if let Some(place) = config.places(path).into_iter().next() {
        return match place {
            Place::Draft => (!shows_drafts).then_some(Fate::Draft),
            Place::Document(index) => {
                let collection = &config.collections[index];
                (!collection.is_written).then(|| Fate::Collection(collection.label.clone()))
            }
            Place::Post { .. } => read_file_date(path).is_none().then_some(Fate::NoDay),
            Place::Page => None,
        };
    }
    let mut at = 0;
    for end in path.match_indices('/').map(|(slash, _)| slash).chain([path.len()]) {
        let (above, name) = (&path[..at], &path[at..end]);
        let is_last = end == path.len();
        if !is_last && config.special(above, name).is_some() {
            let rest = &path[end + 1..];
            return (!config.takes(&path[..=end], rest)).then(|| refused(file_name(rest)));
        }
        if matches!(name, "_posts" | "_drafts") && !is_last {
            return Some(Fate::Outside(config.collections_dir.clone()));
        }
        if !config.takes(above, name) {
            return Some(refused(name));
        }
        at = end + 1;
    }
    None
}

/// Why an entry of a folder does not get through.
fn refused(name: &str) -> Fate {
    match name.starts_with(['.', '_', '#', '~']) || name.ends_with(['~', '.']) {
        true => Fate::Special(name.to_owned()),
        false => Fate::Excluded,
    }
}

#[cfg(test)]
mod tests {
    use super::super::config::Collection;
    use super::*;

    #[test]
    fn what_keeps_files_out() {
        let collection = |label: &str, is_written| Collection { label: label.to_owned(), is_written, permalink: None };
        let config = Config {
            exclude: vec!["docs".to_owned(), "*.txt".to_owned()],
            collections: vec![collection("notes", false), collection("pages", true)],
            ..Config::default()
        };
        for (path, fate) in [
            ("_drafts/c.md", Some(Fate::Draft)),
            ("til/_drafts/java/c.md", Some(Fate::Draft)),
            ("_notes/x.md", Some(Fate::Collection("notes".to_owned()))),
            ("_pages/x.md", None),
            ("_pages/_x.md", Some(Fate::Special("_x.md".to_owned()))),
            ("_posts/about.md", Some(Fate::NoDay)),
            ("_posts/2022-10-09-a.md", None),
            ("docs/a.md", Some(Fate::Excluded)),
            ("a.txt", Some(Fate::Excluded)),
            ("_old/a.md", Some(Fate::Special("_old".to_owned()))),
            ("a/.hidden/b.md", Some(Fate::Special(".hidden".to_owned()))),
            ("a.md~", Some(Fate::Special("a.md~".to_owned()))),
            ("about.md", None),
        ] {
            assert_eq!(of(&config, false, path), fate, "{path}");
        }
        assert_eq!(of(&config, true, "_drafts/c.md"), None);
        let below = Config { collections_dir: "blog/".to_owned(), ..Config::default() };
        assert_eq!(of(&below, false, "_posts/2022-10-09-a.md"), Some(Fate::Outside("blog/".to_owned())));
    }
}
