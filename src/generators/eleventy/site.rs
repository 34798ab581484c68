//! A site of Eleventy (3.1.8): what it takes for posts, and what reads them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::data::Data;
use super::ignored::Ignored;
use super::templates::{Language, Templates};
use crate::files::Files;
use crate::generators::features::Templating;
use crate::generators::unified::UnifiedSite;
use crate::generators::{Build, Conventions, Plan, Reason, Site, Unclear};
use crate::liquid::javascript::{Given, Known};
use crate::nunjucks;
use crate::post::Head;

/// What is known of one.
#[derive(Debug)]
pub(super) struct EleventySite {
    site: UnifiedSite,
    language: Language,
    liquid: Option<Arc<Known>>,
    nunjucks: Option<nunjucks::Known>,
    data: Data,
    ignored: Ignored,
}

impl EleventySite {
    pub(super) fn new(site: UnifiedSite, templates: Templates, place: Data, ignored: Ignored) -> EleventySite {
        let Templates { language, reads_liquid, reads_nunjucks, liquid, nunjucks, data } = templates;
        EleventySite {
            site,
            language,
            liquid: reads_liquid.then(|| Arc::new(liquid)),
            nunjucks: reads_nunjucks.then_some(nunjucks),
            data: Data { of_config: data, ..place },
            ignored,
        }
    }

    /// By `templateEngineOverride` of a post, which names Markdown last (`src/TemplateRender.js`).
    fn language_of(&self, head: &Head) -> Language {
        let Some(front) = head.front_matter() else {
            return if head.may_have_front_matter() { Language::Unread } else { self.language };
        };
        let Some(told) = front.get("templateEngineOverride") else {
            return if front.tree.complete { self.language } else { Language::Unread };
        };
        let names: Vec<&str> = told.value.text().unwrap_or_default().split(',').map(str::trim).collect();
        match names[..] {
            ["md"] => Language::None,
            [name, "md"] => Language::named(name),
            _ => Language::Unread,
        }
    }
}

impl Conventions for EleventySite {
    fn folders(&self) -> Vec<String> {
        self.site.folders()
    }

    fn is_post(&self, path: &str) -> bool {
        self.site.is_post(path) && !self.ignored.holds(path) && !self.data.is_apart(path)
    }

    fn markdown_reason(&self, site: &Site, files: &Files) -> Reason {
        self.site.markdown_reason(site, files)
    }

    fn zone_reason(&self, site: &Site, files: &Files) -> Option<Reason> {
        self.site.zone_reason(site, files)
    }

    fn unclear(&self, site: &Site, files: &Files) -> Vec<Unclear> {
        let mut all = self.site.unclear(site, files);
        let missing = self.liquid.as_ref().and_then(|known| known.missing.as_deref());
        all.extend(
            missing.map(|missing| Unclear::new(missing, "it may bring filters, shortcodes and data of its own")),
        );
        all
    }

    fn plan(&self, site: &Site, build: &Build) -> Plan {
        self.site.plan(site, build)
    }

    fn tags(&self, _: &Site, _: &Files) -> Option<nunjucks::Known> {
        self.nunjucks.clone()
    }

    fn templating(&self, build: &Build, path: &str, head: &Head) -> Templating {
        let names = self.data.names(build, path, head);
        let is_told = |names: &BTreeSet<String>| names.contains("templateEngineOverride");
        let own = head.front_matter().is_some_and(|front| front.get("templateEngineOverride").is_some());
        if !own && names.as_ref().is_some_and(is_told) {
            return Templating::Unread;
        }
        match (self.language_of(head), &self.liquid, &self.nunjucks) {
            (Language::None, ..) => Templating::None,
            (Language::Liquid, Some(known), _) => Templating::Liquid(Given { known: known.clone(), names }),
            (Language::Nunjucks, _, Some(_)) => Templating::Nunjucks(names),
            _ => Templating::Unread,
        }
    }
}
