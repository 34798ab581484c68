//! Where Jekyll writes what: Jekyll 4.3.1, `document.rb`, `page.rb`, `static_file.rb`.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Zoned;

use super::config::Config;
use super::document::Document;
use super::entries::Place;
use super::keys::Keys;
use super::permalink::{extension, of_document, of_page, stem};
use super::{dates, plugins, presets};
use crate::files::file_name;
use crate::generators::address::decoded;
use crate::generators::dates::Dated;
use crate::generators::{Build, Kind, Plan, Site, Standing, Target, relative};
use crate::parallel::of_each;
use crate::post::{Head, Post};
use crate::syntax::dates::read_file_date;
use crate::syntax::front_matter::{Format, Found, Node, Style};

/// Where Jekyll writes what.
pub(crate) fn plan(site: &Site, config: &Config, build: &Build) -> Plan {
    let pages = Pages { site, config, build };
    let files = build.files.below(&config.source, |folder| config.enters(folder));
    let mut targets: Vec<Target> = of_each(&files, |file| pages.targets(file)).into_iter().flatten().collect();
    if site.plugins.iter().any(|gem| gem == "jekyll-postfiles") {
        let beside = pages.beside_posts(&targets);
        targets.extend(beside);
    }
    Plan {
        targets,
        territories: plugins::territories(site, config, build.files),
        is_guessed: config.is_made,
        sources: config.source.clone(),
        collections: config.collections_dir.clone(),
        ..Plan::default()
    }
}

/// Where a post goes, by its own text: it may not be on disk.
pub(crate) fn target_of(site: &Site, config: &Config, build: &Build, post: &Post) -> Option<Target> {
    let jekyll = Pages { site, config, build };
    let path = post.path.strip_prefix(&config.source)?;
    let head = Opening::of(post.text, || Some(post.head.clone()));
    config.places(path).into_iter().find_map(|place| match place {
        Place::Page if !head.has_front_matter => None,
        place => jekyll.written(path, place, &head).into_iter().next(),
    })
}

struct Pages<'b> {
    site: &'b Site,
    config: &'b Config,
    build: &'b Build<'b>,
}

/// The beginning of a file.
#[derive(Debug, Default)]
struct Opening {
    /// `has_yaml_header?` in `utils.rb`
    has_front_matter: bool,
    keys: Keys,
}

impl Opening {
    fn of(text: &str, head: impl FnOnce() -> Option<Arc<Head>>) -> Opening {
        let fence = text.strip_prefix("---").and_then(|rest| rest.split_once('\n'));
        let has_front_matter = fence.is_some_and(|(line, _)| line.trim_ascii().is_empty());
        // A byte order mark hides the front matter of pages only.
        if !text.trim_start_matches('\u{feff}').starts_with("---") {
            return Opening { has_front_matter, keys: Keys::default() };
        }
        let keys = match head().as_ref().map(|head| &head.found) {
            Some(Found::Whole(front)) if front.format == Format::Yaml => {
                let keys = Keys::of(&front.tree.entries);
                // Psych refuses symbols (`:80`), and Jekyll goes on without all of the front matter.
                let is_symbol = |node: &Node| node.style == Style::Plain && node.text().is_some_and(is_symbol);
                let refused =
                    !front.tree.faults.is_empty() || front.tree.scalars().iter().any(|(_, node)| is_symbol(node));
                Keys { is_unsure: keys.is_unsure || refused, ..keys }
            }
            Some(Found::Whole(_) | Found::Unclosed { .. }) => Keys { is_unsure: true, ..Keys::default() },
            _ => Keys::default(),
        };
        Opening { has_front_matter, keys }
    }
}

/// Whether a file surely has no front matter, so that nobody need look.
fn is_binary(path: &str) -> bool {
    const EXTENSIONS: &[&str] = &[
        "avif", "bmp", "doc", "docx", "eot", "gif", "gz", "ico", "ipynb", "jpeg", "jpg", "mov", "mp3", "mp4", "ogg",
        "otf", "pdf", "png", "ppt", "pptx", "psd", "tif", "tiff", "ttf", "wav", "webm", "webp", "woff", "woff2", "xls",
        "xlsx", "zip",
    ];
    let extension = path.rsplit('.').next().unwrap_or_default();
    EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// `ScalarScanner#tokenize` of Psych 4: a colon with anything behind it.
fn is_symbol(text: &str) -> bool {
    text.len() > 1 && text.starts_with(':')
}

impl Pages<'_> {
    /// What jekyll-postfiles 3.1.0 copies to the folders of pages: all that lies in the folder of a post and below, unless
    /// that is `_posts` itself or its name begins with a day.
    fn beside_posts(&self, targets: &[Target]) -> Vec<Target> {
        let top = [format!("{}_posts", self.config.source), format!("{}_drafts", self.config.source)];
        let mut listed: HashMap<&str, Vec<String>> = HashMap::new();
        let mut copies = Vec::new();
        for post in targets.iter().filter(|target| target.kind == Kind::Post) {
            let Some((folder, _)) =
                post.source.rsplit_once('/').filter(|(folder, _)| !top.iter().any(|top| top == folder))
            else {
                continue;
            };
            let files = listed.entry(folder).or_insert_with(|| self.build.files.below(folder, |_| true));
            let page = post.file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("/{folder}"));
            for file in files.iter().filter(|file| read_file_date(file).is_none()) {
                copies.push(Target::copy(format!("{page}/{file}"), format!("{folder}/{file}"), post.standing));
            }
        }
        copies
    }

    /// What becomes of a file, by its path from the sources on.
    fn targets(&self, path: &str) -> Vec<Target> {
        let places = self.config.places(path);
        if places.is_empty() {
            return Vec::new();
        }
        let is_binary = is_binary(path);
        let source = format!("{}{path}", self.config.source);
        let text = if is_binary { None } else { self.build.files.head(&source) };
        let head = || Some(self.build.source(&source)?.head);
        let head = text.map(|text| Opening::of(&text, head)).unwrap_or_default();
        places.into_iter().flat_map(|place| self.written(path, place, &head)).collect()
    }

    fn written(&self, path: &str, place: Place, head: &Opening) -> Vec<Target> {
        match place {
            Place::Post { above } => self.post(path, above, head),
            // The date of a draft is that of its file.
            Place::Draft => Vec::new(),
            Place::Document(index) => self.collected(path, index, head),
            Place::Page if head.has_front_matter => self.page(path, head),
            Place::Page => self.file(path),
        }
    }

    fn target(&self, path: &str, url: String, file: String, kind: Kind, standing: Standing) -> Target {
        let source = format!("{}{path}", self.config.source);
        Target { url, file: relative(&file), source, kind, standing }
    }

    /// `read_publishable` in `readers/post_reader.rb`: a post needs a date in its name, and no front matter.
    fn post(&self, path: &str, above: &str, head: &Opening) -> Vec<Target> {
        let Some(date) = read_file_date(path).filter(|_| !is_binary(path)) else { return Vec::new() };
        let above = above.strip_prefix(&self.config.collections_dir).unwrap_or(above);
        let document = Document {
            path: path.strip_prefix(&self.config.collections_dir).unwrap_or(path),
            folder: "_posts",
            label: "posts",
            above,
            slug: &path[date.slug],
            dated: Some(dates::read_name(&date)),
        };
        self.document(path, &document, &self.config.posts, head)
    }

    /// `Collection#read` in `collection.rb`
    fn collected(&self, path: &str, index: usize, head: &Opening) -> Vec<Target> {
        let collection = &self.config.collections[index];
        if !collection.is_written {
            return Vec::new();
        }
        let own = path.strip_prefix(&self.config.collections_dir).unwrap_or(path);
        let folder = format!("_{}", collection.label);
        let usual = || format!("/:collection/:path{}", self.config.suffix());
        let pattern = collection.permalink.clone().unwrap_or_else(usual);
        if !head.has_front_matter {
            let bare = stem(own).replacen(&folder, "", 1);
            let name = stem(file_name(own));
            let values = [
                (":collection", &*collection.label),
                (":path", &bare),
                (":output_ext", ""),
                (":name", name),
                (":title", ""),
            ];
            let url = of_page(&pattern, &values);
            let url = format!("{}{}", url.strip_suffix('/').unwrap_or(&url), extension(own));
            return vec![self.target(path, url.clone(), url, Kind::File, Standing::Written)];
        }
        let date = read_file_date(path);
        let name = file_name(own);
        let document = Document {
            path: own,
            folder: &folder,
            label: &collection.label,
            above: "",
            slug: date.as_ref().map_or_else(|| stem(name), |date| &path[date.slug]),
            dated: date.as_ref().map(dates::read_name),
        };
        self.document(path, &document, &pattern, head)
    }

    fn document(&self, path: &str, document: &Document, pattern: &str, head: &Opening) -> Vec<Target> {
        let keys = head.keys.clone().over(presets::keys(&self.config.presets, document.path, document.label));
        let own = keys.permalink.as_deref();
        let output = self.output(own, document.path);
        let (moment, standing) = self.moment(document, &keys);
        let value = |name: &str| document.value(name, &keys, moment.as_ref(), &output);
        let Some(url) = of_document(own.unwrap_or(pattern), value) else { return Vec::new() };
        let file = file(&url, ".html", &output);
        let mut targets = self.redirects(path, &keys, standing);
        let kind = if document.label == "posts" { Kind::Post } else { Kind::Document };
        targets.insert(0, self.target(path, url, file, kind, standing));
        targets
    }

    /// When a document is dated, as far as that is known, and what becomes of it.
    fn moment(&self, document: &Document, keys: &Keys) -> (Option<Zoned>, Standing) {
        let dated = keys.date.or(document.dated);
        let zone = self.build.zone;
        let moment = match (dated, zone) {
            (Some(Dated::Moment(moment)), Some(zone)) => {
                moment.timestamp(zone).map(|timestamp| timestamp.to_zoned(zone.clone()))
            }
            // What has no date has that of the build.
            (None, Some(zone)) => Some(self.build.now.to_zoned(zone.clone())),
            _ => None,
        };
        let standing = match &moment {
            _ if keys.published == Some(false) && !self.site.unpublished => Standing::Unpublished,
            None => Standing::Doubtful,
            _ if keys.is_unsure => Standing::Doubtful,
            Some(moment) if moment.timestamp() > self.build.now && !self.site.future => Standing::Future,
            _ => Standing::Written,
        };
        (moment, standing)
    }

    fn page(&self, path: &str, head: &Opening) -> Vec<Target> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let dir = if folder.is_empty() { String::new() } else { format!("/{folder}") };
        let keys = head.keys.clone().over(presets::keys(&self.config.presets, path, "pages"));
        let own = keys.permalink.as_deref();
        let output = self.output(own, name);
        let base = stem(name);
        let pattern = match own {
            Some(own) => own.to_owned(),
            None if !matches!(&*output, ".html" | ".xhtml" | ".htm") => "/:path/:basename:output_ext".to_owned(),
            None if base == "index" => "/:path/".to_owned(),
            None => format!("/:path/:basename{}", self.config.suffix()),
        };
        let url = of_page(&pattern, &[(":path", &dir), (":basename", base), (":output_ext", &output)]);
        let file = file(&url, &output, &output);
        let standing = match keys.published {
            Some(false) if !self.site.unpublished => Standing::Unpublished,
            _ if keys.is_unsure => Standing::Doubtful,
            _ => Standing::Written,
        };
        let mut targets = self.redirects(path, &keys, standing);
        targets.insert(0, self.target(path, url, file, Kind::Page, standing));
        targets
    }

    /// A file that is copied; and what the plugins of GitHub Pages, jekyll-optional-front-matter and
    /// jekyll-readme-index, may make of it.
    fn file(&self, path: &str) -> Vec<Target> {
        let url = decoded(&format!("/{}{}", stem(path), extension(path))).into_owned();
        let mut targets = vec![self.target(path, url.clone(), url, Kind::File, Standing::Written)];
        if self.is_markdown(path) {
            let bare = format!("/{}", stem(path));
            let (folder, name) = bare.rsplit_once('/').unwrap_or(("", &bare));
            if name.eq_ignore_ascii_case("readme") {
                let url = format!("{folder}/");
                let file = format!("{url}index.html");
                targets.push(self.target(path, url, file, Kind::Page, Standing::Doubtful));
            }
            let file = format!("{bare}.html");
            targets.push(self.target(path, file.clone(), file, Kind::Page, Standing::Doubtful));
        }
        targets
    }

    /// The pages of jekyll-redirect-from 0.16.0, `redirect_page.rb`.
    fn redirects(&self, path: &str, keys: &Keys, standing: Standing) -> Vec<Target> {
        let plugins = &self.site.plugins;
        if !plugins.iter().any(|gem| matches!(&**gem, "jekyll-redirect-from" | "github-pages")) {
            return Vec::new();
        }
        let redirect = |from: &String| {
            let url = of_page(from, &[]);
            let file = match extension(&url) {
                _ if url.ends_with('/') => format!("{url}index.html"),
                "" => format!("{url}.html"),
                _ => url.clone(),
            };
            self.target(path, url, file, Kind::Redirect, standing)
        };
        keys.redirects.iter().map(redirect).collect()
    }

    fn is_markdown(&self, path: &str) -> bool {
        let extension = extension(path).to_lowercase();
        self.config.markdown.iter().any(|known| extension.strip_prefix('.') == Some(known))
    }

    /// The extension of what is written: that of the permalink, or what `Renderer#output_ext`, the converters of Jekyll,
    /// of its SCSS and of GitHub Pages make of the source's.
    fn output(&self, permalink: Option<&str>, path: &str) -> String {
        let own = permalink.filter(|own| !own.ends_with('/')).map(extension).filter(|own| !own.is_empty());
        match own.unwrap_or_else(|| extension(path)) {
            written if own.is_some() => written,
            _ if self.is_markdown(path) => ".html",
            written if written.eq_ignore_ascii_case(".scss") || written.eq_ignore_ascii_case(".sass") => ".css",
            ".coffee" => ".js",
            written => written,
        }
        .to_owned()
    }
}

/// The file of an address: `destination` in `document.rb` and `page.rb`.
fn file(url: &str, index: &str, output: &str) -> String {
    match url {
        url if url.ends_with('/') => format!("{url}index{index}"),
        url if url.ends_with(output) => url.to_owned(),
        url => format!("{url}{output}"),
    }
}
