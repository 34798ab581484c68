//! What a generator does on every site.

use std::collections::BTreeSet;

use jiff::Zoned;

use super::publishing::{Switch, by_type};
use crate::liquid::javascript::Given;
use crate::text::Span;

/// What reads a post before the Markdown engine does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Templates {
    /// Nothing.
    None,
    /// Liquid.
    Liquid,
    /// Shortcodes or tags of the generator's own.
    Shortcodes,
    /// A language of which no more is known than where its tags stand.
    Unread,
    /// What the post or what lies beside it says, or the config; see [`Templating`].
    ByPost,
}

/// What reads one post before the Markdown engine does.
#[derive(Debug, Clone)]
pub(crate) enum Templating {
    /// Nothing.
    None,
    /// liquidjs, and what it is given.
    Liquid(Given),
    /// Nunjucks, and the names that have values; `None` where others may have some.
    Nunjucks(Option<BTreeSet<String>>),
    /// A language of which no more is known than where its tags stand.
    Unread,
}

/// Whether posts without front matter are usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoFrontMatter {
    /// A post without it is one that lacks it.
    Lacking,
    /// Its keys can come from elsewhere: Hexo takes keys without an opening fence, Quarto those of a whole folder from one
    /// file.
    Elsewhere,
    /// The posts beside it tell.
    AsBeside,
}

/// What a generator does on every site.
#[derive(Debug)]
pub(crate) struct Features {
    /// Its name, as its makers write it; of none, what stands for it in a sentence.
    pub name: &'static str,
    /// The file that the blogger tells it things in, for help.
    pub config: &'static str,
    /// What reads a post before the Markdown engine does.
    pub templates: Templates,
    /// The folders with the templates of pages.
    pub layout_folders: &'static [&'static str],
    /// The folders with scripts that pages load, in the site and in a theme.
    pub script_folders: &'static [&'static str],
    /// Whether a theme in `themes` brings templates of pages.
    pub has_themes: bool,
    /// Whether a post names its layout, and without one is no whole page.
    pub names_layouts: bool,
    /// Keys whose text is cut into several names at white space.
    pub splits: &'static [&'static str],
    /// Keys whose text is one name, whatever stands in it.
    pub names_whole: &'static [&'static str],
    /// Whether `Title` and `title` are the same key.
    pub ignores_case: bool,
    /// Of a key that stands twice, the last counts.
    pub last_key_counts: bool,
    /// Tabs in front matter are read as spaces, as Hexo does before it reads YAML.
    pub reads_tabs: bool,
    /// Tabs on lines of nothing but white space are read over, as js-yaml 3.14 does.
    pub skips_blank_tabs: bool,
    /// A file that is not UTF-8 is left out, with a line in the log (Jekyll 4.3.1, `post_reader.rb`).
    pub skips_other_encodings: bool,
    /// Posts without front matter.
    pub no_front_matter: NoFrontMatter,
    /// The key and its value by which a post says that it is not published.
    pub withheld_by: Option<(&'static str, bool)>,
    /// How its value is read.
    pub reads_switch: Switch,
    /// The versions that took `yes` and `on` for `true`, where later ones do not.
    pub reads_words: Option<&'static str>,
    /// The same of other generators: here it does nothing.
    pub foreign_switches: &'static [(&'static str, bool)],
    /// What to write in the config so that posts of a day to come are published.
    pub publishes_future: &'static str,
    /// The port of the preview on the author's own machine.
    pub port: Option<&'static str>,
    /// The keys that an address comes from.
    pub address_keys: &'static [&'static str],
    /// How to give a post another address.
    pub other_address: &'static str,
    /// What stops the build at a key that stands twice in the front matter.
    pub stops_at_twins: Option<&'static str>,
    /// Two sources with one address stop the build, or one of them is lost.
    pub stops_at_clash: bool,
    /// Whether the file name of a post says its day, which is part of its address.
    pub dates_file_names: bool,
}

impl Features {
    /// Whether a text under this key is one name.
    pub(crate) fn is_one_name(&self, key: &str) -> bool {
        self.names_whole.iter().any(|own| *own == key || self.ignores_case && own.eq_ignore_ascii_case(key))
    }

    /// Those of a folder of Markdown files.
    pub(crate) const PLAIN: Features = Features {
        name: "the site",
        config: "the config of the site",
        templates: Templates::None,
        layout_folders: &[],
        script_folders: &[],
        has_themes: false,
        names_layouts: false,
        splits: &[],
        names_whole: &[],
        ignores_case: false,
        last_key_counts: false,
        reads_tabs: false,
        skips_blank_tabs: false,
        skips_other_encodings: false,
        no_front_matter: NoFrontMatter::AsBeside,
        withheld_by: None,
        reads_switch: by_type,
        reads_words: None,
        foreign_switches: &[],
        publishes_future: "",
        port: None,
        address_keys: &["permalink", "slug"],
        other_address: "give one of them another file name, or a `permalink` of its own",
        stops_at_twins: None,
        stops_at_clash: false,
        dates_file_names: false,
    };
}

impl Default for &Features {
    fn default() -> Self {
        &Features::PLAIN
    }
}

/// What a file that becomes a page of its own is to its generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A post.
    Post,
    /// A file of another collection, whose name needs no day, and which is no page without front matter.
    Document,
}

/// Why a generator leaves a post out that does not say so itself.
#[derive(Debug)]
pub(crate) struct Absence {
    /// Bytes of the post that say so, or its first line.
    pub span: Span,
    /// Why.
    pub why: Why,
}

/// What keeps a post out of the site.
#[derive(Debug)]
pub(crate) enum Why {
    /// Its file name has a day in a shape that is not read.
    OddDay(Rename),
    /// Its file name has no day; it may be no post.
    NoDay(Rename),
    /// Nothing follows the day in its file name, so that its page has no name.
    NoTitle(Rename),
    /// Its moment is still to come.
    ToCome {
        /// The moment.
        due: Zoned,
        /// It is written without an offset, so that the zone of the site makes it.
        is_local: bool,
    },
    /// It says so in another way than by its switch, or what is above it does: a clause.
    Said(&'static str),
    /// Its time is over.
    Over(Zoned),
    /// It lies below this `index.md`, which makes its folder one page.
    Swallowed(String),
    /// It is such an `index.md`, and keeps these posts out.
    Swallows(Vec<String>),
    /// It has no value for this key, which each post needs.
    Lacks(&'static str),
    /// This page of its section keeps it out: it is a draft (`draft`), or sorts posts by a key that this one lacks.
    OfSection {
        /// The page of the section, from the blog's folder on.
        index: String,
        /// The key.
        key: &'static str,
    },
    /// It lies where no posts are read from: they are all in this folder.
    Elsewhere(String),
}

/// The name that a file should have.
#[derive(Debug)]
pub(crate) struct Rename {
    /// The name.
    pub to: String,
    /// A part of it stands for a title that the author is to find.
    pub needs_title: bool,
}
