//! Where Hexo 8.1.2 writes what (`processor/post.ts`, `processor/asset.ts`, `filter/post_permalink.ts`, `models/post.ts`).

use super::Settings;
use super::besides::{assets, is_hidden, rendered};
use super::moments::{When, Zone, carried, written};
use super::names::{NamePattern, PARAMETER};
use crate::files::{file_name, join};
use crate::generators::{Build, Kind, Plan, Site, Standing, Target, Territory, config, relative};
use crate::markdown::ids::{Case, hexo_slug};
use crate::parallel::of_each;
use crate::post::Head;
use crate::syntax::front_matter::{Node, Tree};
use jiff::civil::DateTime;

/// What the config says of addresses.
#[derive(Debug)]
pub(super) struct Addresses {
    permalink: String,
    /// Of the names of new posts, without the ending.
    name: NamePattern,
    has_asset_folders: bool,
    /// Some files are not read, by patterns that are not.
    pub(super) skips: bool,
    /// Files that are hidden may be taken, or others left.
    pub(super) includes: bool,
    zone: Zone,
    tree: Tree,
}

/// Where a post goes, as far as is known.
enum Place {
    /// To this path.
    At(String),
    /// To one of these.
    Among(Vec<String>),
    /// To one of which this is known.
    Unknown(Territory),
}

impl Addresses {
    pub(super) fn of(tree: &Tree) -> Addresses {
        let text = |key: &str| config::text(tree, &[key]);
        let has = |key: &str| config::get(tree, &[key]).is_some_and(|value| !value.is_null() && !value.is_empty());
        Addresses {
            permalink: text("permalink").unwrap_or(":year/:month/:day/:title/").to_owned(),
            name: NamePattern::of(text("new_post_name").unwrap_or(":title.md")),
            has_asset_folders: config::flag(tree, &["post_asset_folder"]) == Some(true),
            skips: has("skip_render") || has("ignore"),
            includes: has("include") || has("exclude"),
            zone: match text("timezone") {
                None => Zone::Local,
                Some(name) => jiff::tz::TimeZone::get(name).map_or(Zone::Unknown, Zone::Named),
            },
            tree: tree.clone(),
        }
    }

    /// Where a post goes that has this head, by its path below `_posts`.
    fn place(&self, path: &str, head: &Head) -> Place {
        let nothing = Tree::default();
        let front = head.front_matter();
        let tree = front.map_or(&nothing, |front| &front.tree);
        let own = |key: &str| tree.find(&[key]).map(|entry| &entry.value);
        let said = self.name.read(path);
        let part = |name: &str| said.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str());
        if let Some(address) = own("permalink").filter(|value| !value.is_null()) {
            return match address.text() {
                Some(address) => Place::At(self.finished(address)),
                None => Place::Unknown(Territory::Pages),
            };
        }
        let when = match own("date").filter(|value| !value.is_null() && !value.is_empty()) {
            Some(date) => written(date, &self.zone),
            None => {
                let number = |names: [&str; 2]| names.iter().find_map(|name| part(name)?.parse().ok());
                let day = (number(["year", "year"]), number(["month", "i_month"]), number(["day", "i_day"]));
                match day {
                    (Some(year), Some(month), Some(day)) => {
                        let at = carried([year, month, day, 0, 0, 0]);
                        at.map_or(When::Unknown, |at| self.zone.put_off(at))
                    }
                    _ => When::Unknown,
                }
            }
        };
        let value = |name: &str, at: Option<DateTime>| self.value(name, at, &|name| part(name), &own);
        let address = |at: Option<DateTime>| self.written(&|name| value(name, at));
        match when {
            When::Sure(at) => match address(Some(at)) {
                Some(address) => Place::At(self.finished(&address)),
                None => self.unknown(&|name| value(name, Some(at))),
            },
            When::Near(days) => {
                let all: Option<Vec<String>> =
                    days.iter().map(|&at| Some(self.finished(&address(Some(at))?))).collect();
                let Some(mut all) = all else { return self.unknown(&|name| value(name, None)) };
                all.dedup();
                match &all[..] {
                    [one] => Place::At(one.clone()),
                    _ => Place::Among(all),
                }
            }
            When::Unknown => match address(None) {
                Some(address) => Place::At(self.finished(&address)),
                None => self.unknown(&|name| value(name, None)),
            },
        }
    }

    /// The value of a part of the pattern.
    fn value<'n>(
        &self,
        name: &str,
        at: Option<DateTime>,
        part: &dyn Fn(&str) -> Option<&'n str>,
        own: &dyn Fn(&str) -> Option<&'n Node>,
    ) -> Option<String> {
        let slug = part("title").unwrap_or_default();
        let padded = |number: i64, width: usize| Some(format!("{number:0width$}"));
        let scalar = |node: &Node| node.text().filter(|_| !node.is_null()).map(str::to_owned);
        match (name, at) {
            ("title", _) => Some(slug.to_owned()),
            ("name", _) => Some(file_name(slug).to_owned()),
            ("post_title", _) => {
                let title = own("title").map_or(Some(String::new()), scalar)?;
                Some(hexo_slug(&title, Case::Lower))
            }
            ("year", Some(at)) => padded(at.year().into(), 4),
            ("month", Some(at)) => padded(at.month().into(), 2),
            ("day", Some(at)) => padded(at.day().into(), 2),
            ("hour", Some(at)) => padded(at.hour().into(), 2),
            ("minute", Some(at)) => padded(at.minute().into(), 2),
            ("second", Some(at)) => padded(at.second().into(), 2),
            ("i_month", Some(at)) => padded(at.month().into(), 1),
            ("i_day", Some(at)) => padded(at.day().into(), 1),
            ("category", _) => self.category(own("categories").or_else(|| own("category"))),
            (
                "year" | "month" | "day" | "hour" | "minute" | "second" | "i_month" | "i_day" | "timestamp" | "hash",
                _,
            ) => None,
            // Hexo makes these itself.
            ("layout" | "slug" | "source" | "path" | "raw" | "content" | "date" | "updated" | "tags", _) => None,
            ("id" | "_id", _) => own("id").and_then(scalar),
            (name, _) => {
                let told = part(name).map(str::to_owned).or_else(|| own(name).and_then(scalar));
                told.or_else(|| config::text(&self.tree, &["permalink_defaults", name]).map(str::to_owned))
            }
        }
    }

    /// The slug of the last category of a post, where only one can be the last.
    fn category(&self, told: Option<&Node>) -> Option<String> {
        let usual = || config::text(&self.tree, &["default_category"]).unwrap_or("uncategorized").to_owned();
        let Some(told) = told.filter(|told| !told.is_null() && !told.is_empty()) else { return Some(usual()) };
        let nested = told.items().iter().filter(|item| item.text().is_none()).collect::<Vec<_>>();
        let names: Vec<&str> = match (told.text(), &nested[..]) {
            (Some(one), _) => vec![one],
            (None, []) => told.items().iter().filter_map(Node::text).collect(),
            (None, [one]) if told.items().len() == 1 => one.items().iter().filter_map(Node::text).collect(),
            _ => return None,
        };
        let case = match config::text(&self.tree, &["filename_case"]) {
            Some("1") => Case::Lower,
            Some("2") => Case::Upper,
            _ => Case::Kept,
        };
        let slug = |name: &&str| {
            let named = config::text(&self.tree, &["category_map", name]).unwrap_or(name);
            hexo_slug(named, case)
        };
        let slugs: Vec<String> = names.iter().filter(|name| !name.is_empty()).map(slug).collect();
        Some(if slugs.is_empty() { usual() } else { slugs.join("/") })
    }

    /// The pattern with the values in it.
    fn written(&self, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let mut address = String::new();
        let mut from = 0;
        for found in PARAMETER.captures_iter(&self.permalink) {
            let whole = found.get(0).map_or(0..0, |whole| whole.range());
            address += &self.permalink[from..whole.start];
            address += &value(&found[1])?;
            from = whole.end;
        }
        Some(address + &self.permalink[from..])
    }

    /// What is known of an address that is not known as a whole: its end, or its beginning.
    fn unknown(&self, value: &dyn Fn(&str) -> Option<String>) -> Place {
        let is_unknown = |found: &regex::Captures| value(&found[1]).is_none();
        let holes: Vec<_> = PARAMETER
            .captures_iter(&self.permalink)
            .filter(is_unknown)
            .filter_map(|found| Some(found.get(0)?.range()))
            .collect();
        let (Some(first), Some(last)) = (holes.first(), holes.last()) else { return Place::Unknown(Territory::Pages) };
        let filled = |text: &str| {
            PARAMETER.replace_all(text, |found: &regex::Captures| value(&found[1]).unwrap_or_default()).into_owned()
        };
        let tail = self.permalink[last.end..].find('/').map(|slash| &self.permalink[last.end + slash..]);
        if let Some(tail) = tail.map(filled).filter(|tail| tail.trim_matches('/').len() > 2) {
            return Place::Unknown(Territory::Ending(tail));
        }
        let head = self.permalink[..first.start].rfind('/').map(|slash| &self.permalink[..=slash]);
        match head.map(filled).map(|head| head.trim_start_matches('/').to_owned()) {
            Some(head) if !head.is_empty() => Place::Unknown(Territory::Below(format!("/{head}"))),
            _ => Place::Unknown(Territory::Pages),
        }
    }

    /// An address as the router takes it.
    fn finished(&self, address: &str) -> String {
        let is_open = self.has_asset_folders && !address.ends_with('/') && !address.ends_with(".html");
        let address = format!("{address}{}", if is_open { "/" } else { "" });
        let address = address.split('?').next().unwrap_or_default();
        address.trim_start_matches(['/', '\\']).to_owned()
    }

    fn standing(&self, site: &Site, build: &Build, head: &Head) -> Standing {
        let Some(front) = head.front_matter() else {
            return if head.may_have_front_matter() { Standing::Doubtful } else { Standing::Written };
        };
        if !front.tree.faults.is_empty() {
            return Standing::Doubtful;
        }
        if !site.unpublished && site.features.keeps_out(front) {
            return Standing::Unpublished;
        }
        let day = match front.get("date").map(|date| written(&date.value, &Zone::Local)) {
            Some(When::Sure(at)) => Some(at),
            _ => None,
        };
        let now = build.now.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        match day {
            Some(at) if !site.future && at.date() > now.date() => Standing::Future,
            Some(at) if !site.future && at.date() == now.date() => Standing::Doubtful,
            _ => Standing::Written,
        }
    }

    /// What a post becomes, with what is known of its address otherwise.
    fn post(
        &self,
        site: &Site,
        build: &Build,
        source: &str,
        path: &str,
        head: &Head,
    ) -> (Vec<Target>, Option<Territory>) {
        let standing = self.standing(site, build, head);
        match self.place(path, head) {
            Place::At(address) => (vec![page(&address, source, Kind::Post, standing)], None),
            Place::Among(all) => {
                let pages = all.iter().map(|address| page(address, source, Kind::Post, Standing::Doubtful));
                (pages.collect(), None)
            }
            Place::Unknown(territory) => (Vec::new(), Some(territory)),
        }
    }
}

/// Where a post goes.
pub(super) fn target_of(settings: &Settings, site: &Site, build: &Build, path: &str, head: &Head) -> Option<Target> {
    let below = path.strip_prefix(&*join(&settings.source, "_posts"))?.strip_prefix('/')?;
    let (targets, _) = settings.addresses.post(site, build, path, below, head);
    match &targets[..] {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// Where everything goes.
pub(super) fn plan(settings: &Settings, site: &Site, build: &Build) -> Plan {
    let addresses = &settings.addresses;
    let folder = &settings.source;
    let files = build.files.below(folder, |_| true);
    let source_of = |path: &String| join(folder, path);
    let (posts, others): (Vec<&String>, Vec<&String>) =
        files.iter().partition(|path| settings.is_in(&source_of(path), "_posts"));
    let read = |path: &&String| {
        let source = source_of(path);
        let head = build.source(&source).map(|source| source.head);
        let below = path.strip_prefix("_posts/").unwrap_or(path);
        match head {
            Some(head) => addresses.post(site, build, &source, below, &head),
            None => (Vec::new(), Some(Territory::Pages)),
        }
    };
    let mut plan = Plan { sources: format!("{folder}/"), ..Plan::default() };
    let made = of_each(&posts, read);
    for (path, (targets, territory)) in posts.iter().zip(&made) {
        if addresses.has_asset_folders {
            plan.targets.extend(assets(folder, path, targets, &others));
        }
        plan.targets.extend(targets.iter().cloned());
        plan.territories.extend(territory.clone());
    }
    plan.targets.extend(others.into_iter().filter_map(|path| addresses.other(folder, path, build)));
    for theme in site.theme.iter() {
        let home = format!("themes/{theme}/source");
        let copied = build.files.below(&home, |_| true);
        plan.targets.extend(
            copied
                .iter()
                .filter(|path| !is_hidden(path))
                .map(|path| Target::copy(format!("/{}", rendered(path)), join(&home, path), Standing::Written)),
        );
        if !build.files.is_folder(&format!("themes/{theme}/layout")) {
            plan.territories.push(Territory::Theme("/".to_owned()));
        }
    }
    plan.territories.dedup();
    plan.territories.extend(settings.territories(&site.tree, build));
    plan
}

/// A page at a path.
pub(super) fn page(address: &str, source: &str, kind: Kind, standing: Standing) -> Target {
    let is_folder = address.is_empty() || address.ends_with('/');
    let file = relative(&format!("{address}{}", if is_folder { "index.html" } else { "" }));
    let url = match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{file}"),
    };
    Target { url, file, source: source.to_owned(), kind, standing }
}
