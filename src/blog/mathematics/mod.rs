//! What sets the formulas of a site: MathJax or KaTeX, what they look for in a page, and what they are told.
//!
//! `postlint.yaml` goes before what the layouts say. Themes that lie outside of the repository are not seen; then
//! nothing is known, and rules that need to know are silent.

mod bounds;
mod detection;
mod faults;
mod folders;
mod layouts;
mod literal;
mod scan;
mod switches;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use self::detection::MathDetection;
use super::root;
use crate::files::Files;
use crate::generators::{self, Reason, SetsMath, Site, npm};
use crate::liquid::Condition;
use crate::markdown::MarkdownEngine;
use crate::markdown::commonmark::{Delimiter, Math};
use crate::tex;

pub(crate) use detection::arity;
pub(crate) use faults::Fault;
pub(crate) use scan::Pair;

/// What sets formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// KaTeX.
    Katex,
    /// MathJax by its major version: 2, 3 or 4.
    MathJax(u8),
    /// Nothing.
    Absent,
}

/// The mathematics of a site, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Mathematics {
    /// The engine; `None`: not known.
    pub engine: Option<Engine>,
    /// The version of KaTeX, and the file that says so, if one does.
    pub katex: Option<(tex::KatexVersion, &'static str)>,
    /// Why it is that, or why it is not known.
    pub why: Option<Reason>,
    /// What the engine is told is no plain value, so that it is not read.
    pub is_garbled: bool,
    /// What the engine looks for in the text of a page: `\(`, `$$`, and `\begin{` for environments. `None`: not known.
    pub delimiters: Option<Vec<Delimiter>>,
    /// What is loaded beside the usual, in lower case: `mhchem`, `physics`, `textmacros`.
    pub extensions: BTreeSet<String>,
    /// The macros of the site without their backslash, and how many arguments they take.
    pub macros: BTreeMap<String, u8>,
    /// KaTeX is told that what a formula defines, the later ones see, too.
    pub keeps_definitions: bool,
    /// What was seen tells the engine what to look for between formulas in running text, and a single `$` is none of it.
    lacks_dollar: bool,
    /// The engine is told to look for brackets alone, which are left of `\[` behind Markdown.
    pub takes_brackets: bool,
    /// All that the site tells its engine was seen, so that what is not here is not there.
    pub is_whole: bool,
    /// Nothing of the site sets code that is marked as math, as far as the Markdown engine does not: all of it was seen,
    /// or `postlint.yaml` names the engine.
    pub leaves_code: bool,
    /// All that the engine is told of macros was seen: it was all that the site tells it, or `postlint.yaml` says it.
    knows_macros: bool,
    /// A formula that it cannot read stops the build.
    pub stops: bool,
    /// It is told of macros that were not seen.
    hides_macros: bool,
    /// For each layout, when a page that has it loads the engine.
    loading: HashMap<String, Condition>,
    /// The keys of the front matter of which one has to be on for any page to load the engine, if that is so.
    switches: Vec<String>,
}

/// What `postlint.yaml` says of it.
#[derive(Debug, Clone, Default)]
pub struct MathOverrides {
    /// The engine.
    pub engine: Option<Engine>,
    /// The opening delimiters.
    pub delimiters: Option<Vec<String>>,
    /// Macros and the number of their arguments.
    pub macros: BTreeMap<String, u8>,
}

impl Mathematics {
    /// Reads what the site says, and what `postlint.yaml` says instead.
    pub(super) fn read(files: &Files, site: &Site, told: &MathOverrides) -> Mathematics {
        let mut found = match (site.features.layout_folders, &site.sets_math) {
            (_, Some(sets)) => {
                let katex = npm::katex_of(files, &sets.package).filter(|_| sets.engine == Some(tex::Engine::Katex));
                Mathematics { katex, ..Mathematics::native(sets, site) }
            }
            ([], None) => Mathematics { leaves_code: true, ..Mathematics::default() },
            _ if site.features.names_layouts => of_layouts(files, site),
            (folders, None) => folders::read(files, site, folders),
        };
        found.switches.extend(site.math_switch.filter(|_| found.switches.is_empty()).map(str::to_owned));
        if let Some(engine) = told.engine {
            let keeps = found.engine == Some(engine);
            found.delimiters = found.delimiters.filter(|_| keeps);
            // Who names the engine says that pages load it.
            (found.engine, found.loading, found.switches) = (Some(engine), HashMap::new(), Vec::new());
            found.why = Some(Reason::key(root::CONFIG, "math.engine"));
            found.is_garbled &= keeps;
            found.katex = None;
        }
        if let Some(openers) = &told.delimiters {
            // MathJax takes environments whatever the delimiters are.
            let environments = (found.engine != Some(Engine::Katex)).then_some("\\begin{");
            found.lacks_dollar = false;
            found.is_garbled = false;
            found.delimiters = Some(openers.iter().map(String::as_str).chain(environments).map(pair).collect());
        }
        found.knows_macros = found.is_whole || told.engine.is_some();
        found.leaves_code &= found.knows_macros;
        found.macros.extend(told.macros.clone());
        found
    }

    /// Whether the engine looks for what is between an opening delimiter and its end, as it stands in the page.
    /// `None`: not known.
    pub(crate) fn looks_for(&self, open: &str) -> Option<bool> {
        if self.engine == Some(Engine::Absent) {
            return Some(false);
        }
        let delimiters = self.delimiters.as_ref()?;
        let fits = |pair: &Delimiter| match pair.open.starts_with("\\begin") {
            true => open.starts_with(&pair.open),
            false => pair.open == open,
        };
        Some(delimiters.iter().any(fits))
    }

    /// Whether what stands between single dollar signs is surely no formula: the engine is told of others, as far as was
    /// seen, and refuses this.
    pub(crate) fn is_no_formula(&self, tex: &str) -> bool {
        self.lacks_dollar && self.refuses(tex, false)
    }

    /// What the engine is called, for messages.
    pub(crate) fn name(&self) -> &'static str {
        match self.engine {
            Some(Engine::Katex) => "KaTeX",
            Some(Engine::MathJax(_)) => "MathJax",
            _ => "the math engine",
        }
    }

    /// Whether `\$` on the page is a sign of text: so in MathJax 3 and 4 as they come (`FindTeX.ts`, `processEscapes`).
    pub(crate) fn reads_escapes(&self) -> bool {
        matches!(self.engine, Some(Engine::MathJax(3..)))
    }

    /// When a page loads the engine, by the name of its layout.
    pub(crate) fn loading(&self, layout: &str) -> &Condition {
        self.loading.get(layout).unwrap_or(&Condition::Unknown)
    }

    /// The keys of the front matter of which one has to be on, where posts name no layouts; else none.
    pub(crate) fn switches(&self) -> &[String] {
        &self.switches
    }

    /// What sets the formulas that the Markdown engine takes out.
    fn native(sets: &SetsMath, site: &Site) -> Mathematics {
        // A script may find more on a page than the Markdown engine takes out, where no more than that is known of it.
        let may_find_more = |engine: &MarkdownEngine| match engine.math() {
            Math::Arithmatex | Math::Pelican => true,
            Math::Browser => !engine.makes_pages(),
            _ => false,
        };
        let is_taken = !site.markdown.as_ref().is_some_and(may_find_more);
        let engine = sets.engine.map(|engine| match engine {
            tex::Engine::Katex => Engine::Katex,
            tex::Engine::MathJax2 => Engine::MathJax(2),
            tex::Engine::MathJax3 => Engine::MathJax(3),
            tex::Engine::MathJax4 => Engine::MathJax(4),
        });
        Mathematics {
            engine,
            why: engine.map(|_| Reason::key(sets.file.clone(), sets.package.clone())),
            delimiters: engine.filter(|_| is_taken).map(|_| ["$", "$$"].map(pair).into()),
            extensions: sets.extensions.iter().map(|&name| name.to_owned()).collect(),
            macros: sets.macros.iter().map(|(name, meaning)| (name.clone(), arity(meaning))).collect(),
            is_whole: sets.is_whole && !sets.theme_is_unseen,
            stops: sets.stops,
            hides_macros: engine.is_some() && !sets.is_whole,
            ..Mathematics::default()
        }
    }

    /// What all that was detected comes to.
    fn of(detection: MathDetection, is_whole: bool) -> Mathematics {
        let engine = detection.engine().or(is_whole.then_some(Engine::Absent).filter(|_| !detection.names));
        let delimiters =
            engine.filter(|_| is_whole && !detection.garbled).and_then(|engine| detection.delimiters(engine));
        let lacks_dollar = engine.is_some() && detection.lacks_dollar();
        let takes_brackets = detection.takes_brackets();
        let why = match (engine, &detection.told_by) {
            (Some(Engine::Absent), _) => Some(Reason::because("no template loads one")),
            (Some(_), Some(file)) => Some(Reason::Loaded(file.clone())),
            (None, Some(_)) => Some(Reason::because("templates load more than one: KaTeX and MathJax")),
            (None, None) if detection.names => {
                Some(Reason::because("templates speak of one in a way that is not understood"))
            }
            _ => None,
        };
        let is_garbled = engine.is_some() && detection.garbled;
        let MathDetection { extensions, macros, keeps_definitions, sets_code, .. } = detection;
        let leaves_code = !sets_code;
        Mathematics {
            engine,
            why,
            is_garbled,
            delimiters,
            extensions,
            macros,
            keeps_definitions,
            leaves_code,
            lacks_dollar,
            takes_brackets,
            is_whole,
            ..Mathematics::default()
        }
    }
}

/// What layouts say that posts name, and the config that they ask.
fn of_layouts(files: &Files, site: &Site) -> Mathematics {
    let tree = &site.tree;
    let layouts = layouts::read(files, site);
    let meddles = |gem: &String| ["katex", "math", "spaceship", "tex"].iter().any(|name| gem.contains(name));
    let native = generators::text(tree, &["kramdown", "math_engine"]).unwrap_or("mathjax");
    let is_seen = !site.is_faulty && !site.own_plugins && !site.plugins.iter().any(meddles) && native == "mathjax";
    let has_layouts = !layouts.loading.is_empty();
    let found = Mathematics::of(layouts.detection, is_seen && has_layouts && layouts.is_whole);
    let is_on =
        |key: &str| generators::flag(tree, &[key]).or_else(|| generators::flag(tree, &[key, "enable"])) == Some(true);
    let named = || match native {
        "katex" => Some((Engine::Katex, "kramdown.math_engine")),
        _ if is_on("katex") => Some((Engine::Katex, "katex")),
        _ if is_on("mathjax") => Some((Engine::MathJax(3), "mathjax")),
        _ if is_on("use_math") => Some((Engine::MathJax(3), "use_math")),
        _ => None,
    };
    let named = if found.engine.is_none() { named() } else { None };
    let why = named.map(|(_, key)| Reason::key(site.config_name(), key));
    let mut loading = layouts.loading;
    if !is_seen {
        loading.retain(|_, when| *when == Condition::Always);
    }
    Mathematics { engine: found.engine.or(named.map(|(engine, _)| engine)), why: why.or(found.why), loading, ..found }
}

/// What a delimiter is closed with.
fn pair(open: &str) -> Delimiter {
    let open =
        open.strip_prefix('\\').filter(|rest| rest.starts_with("\\(") || rest.starts_with("\\[")).unwrap_or(open);
    let (close, display) = match open {
        "\\(" => ("\\)", false),
        "\\[" => ("\\]", true),
        "$$" => ("$$", true),
        "$`" => ("`$", false),
        open if open.starts_with("\\begin") => ("\\end{", true),
        open if open.starts_with("```") => ("```", true),
        open => (open, false),
    };
    Delimiter { open: open.to_owned(), close: close.to_owned(), display }
}
