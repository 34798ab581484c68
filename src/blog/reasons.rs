//! Why a blog is taken for what it is.

use super::{Blog, root};
use crate::files::PathPattern;
use crate::generators::{Generator, Reason, Unclear};
use crate::post::Head;

impl Blog {
    /// What tells the generator.
    pub(crate) fn generator_reason(&self) -> Reason {
        match self.settings.generator {
            Some(_) => Reason::key(root::CONFIG, "generator"),
            None => Generator::told(&self.files).1,
        }
    }

    /// Why it is the Markdown engine, or why that is not known.
    pub(crate) fn markdown_reason(&self) -> Reason {
        match self.settings.markdown {
            Some(_) => Reason::key(root::CONFIG, "markdown"),
            None => self.site().conventions.markdown_reason(self.site(), &self.files),
        }
    }

    /// Why days are counted in its time zone.
    pub(crate) fn zone_reason(&self) -> Reason {
        let usual = || match self.site().is_faulty {
            true => Reason::because("what the config of the site says is not known"),
            false => Reason::because("no config names one, and servers that build sites have this one"),
        };
        match self.settings.timezone {
            Some(_) => Reason::key(root::CONFIG, "timezone"),
            None => self.site().conventions.zone_reason(self.site(), &self.files).unwrap_or_else(usual),
        }
    }

    /// What of the site is not understood.
    pub(crate) fn unclear(&self) -> Vec<Unclear> {
        let mut all = self.site().conventions.unclear(self.site(), &self.files);
        if self.engine().is_none() {
            let so = "formulas are looked at as they are written, for what every math engine refuses";
            all.push(Unclear::new("what the Markdown engine makes of posts", so));
        }
        if self.math().is_garbled {
            let what = format!("what {} is told", self.math().name());
            all.push(Unclear::new(what, "it is no plain value where it stands, so its delimiters are not known"));
        }
        all
    }

    /// The patterns of `postlint.yaml` that say which files are posts, where it has any.
    pub(crate) fn post_patterns(&self) -> Option<&[PathPattern]> {
        self.settings.posts.as_deref()
    }

    /// Whether a post says itself that it is not published, and the build leaves it out for that.
    pub(crate) fn is_held_back(&self, head: &Head) -> bool {
        let site = self.site();
        !site.unpublished && head.front_matter().is_some_and(|front| site.features.keeps_out(front))
    }
}
