//! What reads posts of Eleventy (3.1.8) before Markdown does, and what its config adds to that: filters, shortcodes, tags and
//! data, as far as they stand in it with their names (`src/UserConfig.js`, `src/defaultConfig.js`).

use std::collections::BTreeSet;

use crate::generators::javascript::{Script, Value};
use crate::generators::markdown_it::Config;
use crate::liquid::javascript::{Custom, Known};
use crate::nunjucks;

/// What reads posts before Markdown does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// Nothing.
    None,
    /// liquidjs.
    Liquid,
    /// Nunjucks.
    Nunjucks,
    /// Another, or nobody knows.
    Unread,
}

impl Language {
    /// By its name in the config, or in `templateEngineOverride`.
    pub(super) fn named(name: &str) -> Language {
        match name {
            "liquid" => Language::Liquid,
            "njk" | "nunjucks" => Language::Nunjucks,
            _ => Language::Unread,
        }
    }
}

/// What the config says of templates.
#[derive(Debug)]
pub(super) struct Templates {
    pub language: Language,
    /// liquidjs is none but the usual one.
    pub reads_liquid: bool,
    /// The same of Nunjucks.
    pub reads_nunjucks: bool,
    pub liquid: Known,
    pub nunjucks: nunjucks::Known,
    /// The names of data that it gives values; `None` where others may have some.
    pub data: Option<BTreeSet<String>>,
}

/// What Eleventy itself gives filters for.
const FILTERS: &[&str] = &[
    "getCollectionItem", "getCollectionItemIndex", "getNextCollectionItem", "getPreviousCollectionItem",
    "inputPathToUrl", "log", "renderTransforms", "serverlessUrl", "slug", "slugify", "url",
];

/// Methods of the config that add a filter, by the languages that get it: Liquid and Nunjucks.
const ADD_FILTER: &[(&str, bool, bool)] = &[
    ("addFilter", true, true),
    ("addAsyncFilter", true, true),
    ("addLiquidFilter", true, false),
    ("addNunjucksFilter", false, true),
    ("addNunjucksAsyncFilter", false, true),
];

/// The same of tags, with what they are.
const ADD_TAG: &[(&str, Custom, bool, bool)] = &[
    ("addShortcode", Custom::Shortcode, true, true),
    ("addAsyncShortcode", Custom::Shortcode, true, true),
    ("addLiquidShortcode", Custom::Shortcode, true, false),
    ("addNunjucksShortcode", Custom::Shortcode, false, true),
    ("addNunjucksAsyncShortcode", Custom::Shortcode, false, true),
    ("addPairedShortcode", Custom::Paired, true, true),
    ("addPairedAsyncShortcode", Custom::Paired, true, true),
    ("addPairedLiquidShortcode", Custom::Paired, true, false),
    ("addPairedNunjucksShortcode", Custom::Paired, false, true),
    ("addPairedNunjucksAsyncShortcode", Custom::Paired, false, true),
    ("addBundle", Custom::Paired, true, true),
];

/// What plugins bring: filters, shortcodes, and blocks.
struct Plugin {
    /// The module, or what of `@11ty/eleventy` it is.
    name: &'static str,
    filters: &'static [&'static str],
    shortcodes: &'static [&'static str],
    blocks: &'static [&'static str],
}

const fn plugin(name: &'static str) -> Plugin {
    Plugin { name, filters: &[], shortcodes: &[], blocks: &[] }
}

/// Those of which is known what they bring.
const PLUGINS: &[Plugin] = &[
    Plugin {
        filters: &[
            "absoluteUrl", "convertHtmlToAbsoluteUrls", "dateToRfc3339", "dateToRfc822", "getNewestCollectionItemDate",
            "htmlToAbsoluteUrls",
        ],
        ..plugin("@11ty/eleventy-plugin-rss")
    },
    Plugin { blocks: &["highlight"], ..plugin("@11ty/eleventy-plugin-syntaxhighlight") },
    Plugin {
        filters: &[
            "eleventyNavigation", "eleventyNavigationBreadcrumb", "eleventyNavigationToHtml",
            "eleventyNavigationToMarkdown",
        ],
        ..plugin("@11ty/eleventy-navigation")
    },
    Plugin { shortcodes: &["image"], ..plugin("@11ty/eleventy-img") },
    Plugin {
        shortcodes: &["getBundle", "getBundleFileUrl"],
        blocks: &["css", "html", "js"],
        ..plugin("@11ty/eleventy-plugin-bundle")
    },
    plugin("@11ty/eleventy-plugin-directory-output"),
    plugin("@11ty/eleventy-plugin-inclusive-language"),
    plugin("@11ty/eleventy-plugin-vite"),
    plugin("@11ty/eleventy-plugin-webc"),
    plugin("@11ty/eleventy-upgrade-help"),
    Plugin { filters: &["addPathPrefixToFullUrl", "htmlBaseUrl", "transformWithHtmlBase"], ..plugin("HtmlBasePlugin") },
    plugin("IdAttributePlugin"),
    plugin("InputPathToUrlTransformPlugin"),
    plugin("feedPlugin"),
    Plugin {
        filters: &["renderContent"],
        shortcodes: &["renderFile"],
        blocks: &["renderTemplate"],
        ..plugin("RenderPlugin")
    },
    Plugin { filters: &["locale_links", "locale_page", "locale_url"], ..plugin("I18nPlugin") },
    Plugin { shortcodes: &["getBundle", "getBundleFileUrl"], blocks: &["css", "html", "js"], ..plugin("BundlePlugin") },
];

/// Options of liquidjs that change nothing of what is read.
const HARMLESS: &[&str] = &[
    "cache", "dateFormat", "dynamicPartials", "extname", "jekyllInclude", "jsTruthy", "lenientIf", "ownPropertyOnly",
    "partials", "preserveTimezones", "root", "strictFilters", "timezoneOffset",
];

impl Templates {
    /// Those of a site without a config.
    pub(super) fn usual() -> Templates {
        let filters = || FILTERS.iter().map(|name| (*name).to_owned()).collect();
        let mut nunjucks = nunjucks::Known { is_plain: true, filters: filters(), ..nunjucks::Known::default() };
        nunjucks.tags.insert("setAsync".to_owned(), Some(true));
        Templates {
            language: Language::Liquid,
            reads_liquid: true,
            reads_nunjucks: true,
            liquid: Known { filters: filters(), ..Known::default() },
            nunjucks,
            data: Some(BTreeSet::new()),
        }
    }

    /// What a config says.
    pub(super) fn of(config: &Config, engine: Option<&Value>) -> Templates {
        let mut templates = Templates::usual();
        templates.language = match engine {
            Some(Value::Flag(false)) => Language::None,
            Some(Value::Text(name)) => Language::named(name),
            None if !config.has_word("markdownTemplateEngine") => Language::Liquid,
            _ => Language::Unread,
        };
        for (method, in_liquid, in_nunjucks) in ADD_FILTER {
            for name in templates.names(config, method) {
                templates.add_filter(&name, *in_liquid, *in_nunjucks);
            }
        }
        for (method, custom, in_liquid, in_nunjucks) in ADD_TAG {
            for name in templates.names(config, method) {
                templates.add_tag(&name, *custom, *in_liquid, *in_nunjucks);
            }
            if *method == "addBundle" && config.has_word(method) {
                for name in ["getBundle", "getBundleFileUrl"] {
                    templates.add_tag(name, Custom::Shortcode, true, true);
                }
            }
        }
        // Whether such a tag is a block, its own code says.
        for name in templates.names(config, "addLiquidTag") {
            templates.liquid.opaque.insert(name);
        }
        for name in templates.names(config, "addNunjucksTag") {
            templates.nunjucks.tags.insert(name, None);
        }
        for name in templates.names(config, "addNunjucksGlobal") {
            templates.add_data(Some(name));
        }
        for name in templates.names(config, "addGlobalData") {
            // A period goes into what the name stands for.
            templates.add_data(name.split('.').next().map(str::to_owned));
        }
        // One that is handed on as a function is called elsewhere.
        if config.has_word("addPlugin") && config.calls("addPlugin").is_empty() {
            templates.lacks("a plugin");
        }
        for (script, call) in config.calls("addPlugin") {
            templates.add_plugin(script, call.first(), call.get(1).is_some());
        }
        templates.look_around(config);
        templates.options(config);
        templates
    }

    /// The names that calls of a method are told; another is noted.
    fn names(&mut self, config: &Config, method: &str) -> Vec<String> {
        let mut names = Vec::new();
        for (_, call) in config.calls(method) {
            match call.first().and_then(Value::text) {
                Some(name) => names.push(name.to_owned()),
                None => self.lacks(&format!("what `{method}` is told")),
            }
        }
        names
    }

    fn add_filter(&mut self, name: &str, in_liquid: bool, in_nunjucks: bool) {
        if in_liquid {
            self.liquid.filters.insert(name.to_owned());
        }
        if in_nunjucks {
            self.nunjucks.filters.insert(name.to_owned());
        }
    }

    fn add_tag(&mut self, name: &str, custom: Custom, in_liquid: bool, in_nunjucks: bool) {
        if in_liquid {
            self.liquid.tags.insert(name.to_owned(), custom);
        }
        if in_nunjucks {
            let is_block = matches!(custom, Custom::Paired | Custom::Block);
            self.nunjucks.tags.insert(name.to_owned(), Some(is_block));
        }
    }

    fn add_data(&mut self, name: Option<String>) {
        match (&mut self.data, name) {
            (Some(data), Some(name)) => _ = data.insert(name),
            _ => self.data = None,
        }
    }

    /// Something that may bring filters, tags and data.
    fn lacks(&mut self, what: &str) {
        self.liquid.missing.get_or_insert_with(|| what.to_owned());
        self.nunjucks.missing.get_or_insert_with(|| what.to_owned());
        self.data = None;
    }

    fn add_plugin(&mut self, script: &Script, value: Option<&Value>, has_options: bool) {
        let module = value.and_then(|value| script.plugin(value));
        let name = match (value, module) {
            (Some(Value::Name(name) | Value::Call(name, _)), Some("@11ty/eleventy")) => {
                let last = name.rsplit('.').next().unwrap_or(name);
                last.strip_prefix("Eleventy").unwrap_or(last)
            }
            // Its own words stand in the config.
            (Some(Value::Function(_)), _) => return,
            (_, Some(module)) if module.starts_with('.') => return,
            (_, Some(module)) => module,
            (_, None) => return self.lacks("a plugin"),
        };
        match PLUGINS.iter().find(|plugin| plugin.name == name) {
            Some(Plugin { filters, shortcodes, blocks, .. }) => {
                filters.iter().for_each(|name| self.add_filter(name, true, true));
                shortcodes.iter().for_each(|name| self.add_tag(name, Custom::Shortcode, true, true));
                blocks.iter().for_each(|name| self.add_tag(name, Custom::Block, true, true));
                // They can be given other names.
                if has_options && !blocks.is_empty() && name != "@11ty/eleventy-plugin-syntaxhighlight" {
                    self.lacks(&format!("the plugin `{name}`"));
                }
            }
            None => self.lacks(&format!("the plugin `{name}`")),
        }
    }

    /// Modules that cannot be followed.
    fn look_around(&mut self, config: &Config) {
        if let Some(missing) = &config.missing {
            self.lacks(&format!("`{missing}`"));
        }
        if config.is_cut {
            self.lacks("the files of the config");
        }
        for (_, script) in &config.scripts {
            let is_open = |call: &Vec<Value>| call.first().is_some_and(|module| module.text().is_none());
            if ["require", "import"].iter().any(|word| script.calls(word).iter().any(is_open)) {
                self.lacks("a module of the config");
            }
            // Whoever is handed the config can add what it likes.
            for (local, module) in script.imports().iter().filter(|(_, module)| !module.starts_with('.')) {
                const CONFIG: &[&str] = &["cfg", "conf", "config", "eleventyConfig"];
                let is_handed = |told: &Value| matches!(told, Value::Name(name) if CONFIG.contains(&&**name));
                if script.calls(local).iter().any(|call| call.first().is_some_and(is_handed)) {
                    self.lacks(&format!("`{module}`"));
                }
            }
        }
    }

    /// What the engines are told.
    fn options(&mut self, config: &Config) {
        let is_of =
            |call: &[Value], names: &[&str]| call.first().and_then(Value::text).is_none_or(|own| names.contains(&own));
        let sets = |names: &[&str]| config.calls("setLibrary").iter().any(|(_, call)| is_of(call, names));
        self.reads_liquid = !sets(&["liquid"]);
        // Its options may stop at values that are not there, and change the signs.
        self.reads_nunjucks =
            !sets(&["njk"]) && !config.has_word("setNunjucksEnvironmentOptions") && !config.has_word("addExtension");
        self.liquid.reads_values = config.has_word("setLiquidParameterParsing");
        for (script, call) in config.calls("setLiquidOptions") {
            let options = call.into_iter().next().map(|options| script.unwrapped(options));
            let Some(Value::Object(told)) = options.as_ref().filter(|options| options.is_whole()) else {
                self.reads_liquid = false;
                continue;
            };
            self.reads_liquid &= told.entries().iter().all(|(key, _)| HARMLESS.contains(&&**key));
            self.liquid.is_lax |= told.get("strictFilters").is_some_and(|value| *value != Value::Flag(true));
        }
    }
}
