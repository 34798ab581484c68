//! Which engine sets the formulas of a page, and with what at hand.

use std::fmt;

/// A math engine, as far as they differ in what they accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// KaTeX 0.19; what earlier versions lack is told apart.
    Katex,
    /// MathJax 2.7, taken for MathJax 3 where nothing else is documented.
    MathJax2,
    /// MathJax 3, with what `tex-mml-chtml.js` brings and fetches by itself.
    MathJax3,
    /// MathJax 4, which reads text boxes as TeX and minds how equations are nested.
    MathJax4,
}

impl Engine {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [Engine; 4] = [Engine::Katex, Engine::MathJax2, Engine::MathJax3, Engine::MathJax4];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Katex => "KaTeX",
            Engine::MathJax2 => "MathJax 2",
            Engine::MathJax3 => "MathJax 3",
            Engine::MathJax4 => "MathJax 4",
        }
    }

    /// Whether it is KaTeX, and not a MathJax.
    pub(crate) fn is_katex(self) -> bool {
        self == Engine::Katex
    }
}

/// A version of KaTeX: 16 and 9 of 0.16.9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KatexVersion {
    minor: u32,
    patch: u32,
}

impl KatexVersion {
    /// That of `0.16.9`; of `0.16` or `^0.16.9` the last that it can mean. What is no such thing, or none of 0.x, is not known.
    pub fn read(written: &str) -> Option<Self> {
        let exact = written.trim().trim_start_matches('=');
        let numbers = exact.trim_start_matches(['^', '~', 'v']).strip_prefix("0.")?;
        let mut numbers = numbers.split('.');
        let minor = numbers.next()?.parse().ok()?;
        let patch = numbers.next().and_then(|patch| patch.parse().ok()).filter(|_| !exact.starts_with(['^', '~']));
        Some(KatexVersion { minor, patch: patch.unwrap_or(u32::MAX) })
    }
}

impl fmt::Display for KatexVersion {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.patch {
            u32::MAX => write!(f, "0.{}", self.minor),
            patch => write!(f, "0.{}.{patch}", self.minor),
        }
    }
}

/// An engine, and what the site gave it besides what it always has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// The engine.
    pub engine: Engine,
    /// KaTeX only: its version, if it is known; else as new as the tables.
    pub version: Option<KatexVersion>,
    /// KaTeX only: `contrib/mhchem` is loaded; MathJax fetches it by itself.
    pub mhchem: bool,
    /// Text boxes are read as TeX: always so in KaTeX and MathJax 4, with a package in MathJax 3.
    pub textmacros: bool,
    /// MathJax only: the package `physics` is loaded.
    pub physics: bool,
    /// MathJax only: further packages that the site loads.
    pub packages: Packages,
    /// KaTeX only: what a formula defines, the later ones see, too (`globalGroup`, KaTeX 0.16, `src/Settings.js`).
    pub keeps_definitions: bool,
}

impl Dialect {
    /// An engine as it comes.
    pub fn of(engine: Engine) -> Self {
        let textmacros = matches!(engine, Engine::Katex | Engine::MathJax4);
        Dialect {
            engine,
            version: None,
            mhchem: false,
            textmacros,
            physics: false,
            packages: Packages::default(),
            keeps_definitions: false,
        }
    }

    /// The packages of MathJax that the site loads.
    pub(super) fn loaded(&self) -> Packages {
        let physics = if self.physics { "physics" } else { "" };
        self.packages.and(Packages::named(physics))
    }
}

/// Packages of MathJax that a page has to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Packages(u32);

/// The packages that `tables/commands.txt` knows to be asked for.
const ASKED_FOR: [&str; 13] = [
    "mathtools", "physics", "upgreek", "gensymb", "textcomp", "centernot", "cases", "empheq", "colortbl", "units",
    "bbm", "bboldx", "dsfont",
];

/// What `tex-mml-chtml.js` of MathJax 3.2.2 and 4.1.3 has or fetches by itself, and what changes no command.
const AT_HAND: [&str; 27] = [
    "action", "ams", "AMSmath", "AMSsymbols", "amscd", "AMScd", "autoload", "base", "bbox", "boldsymbol", "braket",
    "bussproofs", "cancel", "color", "configmacros", "enclose", "extpfeil", "html", "HTML", "mhchem", "newcommand",
    "noerrors", "noundefined", "require", "tagformat", "unicode", "verb",
];

impl Packages {
    /// Adds a package, by the name it has in `\require`; false for one that is not known, which can bring anything.
    pub(crate) fn load(&mut self, name: &str) -> bool {
        let loaded = Self::named(name);
        self.0 |= loaded.0;
        loaded != Self::default() || AT_HAND.contains(&name)
    }

    /// The set with one package that has to be asked for, or with none.
    pub(super) fn named(name: &str) -> Self {
        Packages(ASKED_FOR.iter().position(|known| *known == name).map_or(0, |at| 1 << at))
    }

    /// The name of the only package, if there is one.
    pub(super) fn name(self) -> Option<&'static str> {
        ASKED_FOR.iter().copied().find(|name| self == Self::named(name))
    }

    /// The packages of both sets.
    pub(super) fn and(self, others: Self) -> Self {
        Packages(self.0 | others.0)
    }

    /// Whether all packages of the other set are in this one.
    pub(super) fn has(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }
}
