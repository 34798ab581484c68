//! What is taken back of a kind where too many of its posts do not keep to it.

use regex::Regex;

use super::draft::{Draft, DraftSection, DraftSections};
use crate::text::nearest;

impl Draft {
    /// Takes back what a finding of a rule comes from; false where that is not known.
    pub(crate) fn relax(&mut self, rule: &str, message: &str) -> bool {
        let name = message.split('`').nth(1).unwrap_or_default();
        match rule {
            "missing-key" => {
                let before = self.keys.len();
                self.keys.retain(|key| key.name != name);
                self.keys.len() < before
            }
            "invalid-value" => {
                let key = self.keys.iter_mut().find(|key| key.name == name);
                let asked = key.filter(|key| key.pattern.is_some() || !key.one_of.is_empty());
                asked.map(|key| (key.pattern, key.one_of) = (None, Vec::new())).is_some()
            }
            "title-mismatch" => self.title_heading.take().is_some(),
            "missing-date-range" => self.range.take().is_some(),
            "irregular-date-range" | "date-mismatch" => self.relax_range(message),
            "series-number" => self.drop_number(),
            "missing-section" if message.starts_with("none of ") => {
                let sections = self.sections.as_mut().map(|sections| &mut sections.list);
                let required = sections.into_iter().flatten().filter(|section| section.required);
                required.map(|section| section.required = false).count() > 0
            }
            "unknown-section" => self.sections.as_mut().is_some_and(|sections| {
                let unknown = message.split('`').nth(3).unwrap_or_default();
                sections.open() || sections.leave_near(unknown)
            }),
            _ => {
                let Some(sections) = &mut self.sections else { return false };
                // Of two that stand now so, now so, the rarer one goes.
                let other = message.split('`').nth(3).filter(|_| rule == "misplaced-section");
                let seen = |sections: &DraftSections, name: &str| sections.seen(name).unwrap_or(usize::MAX);
                let rarer = other.filter(|other| seen(sections, other) < seen(sections, name)).unwrap_or(name);
                let relaxed = sections.relax(rule, rarer);
                self.sections.take_if(|sections| sections.list.is_empty());
                relaxed
            }
        }
    }

    fn relax_range(&mut self, message: &str) -> bool {
        if message.starts_with("the number is") {
            return self.drop_number();
        }
        let Some(range) = &mut self.range else { return false };
        if message.contains("is not written as") || message.contains("does not say on which days") {
            range.format.take().is_some()
        } else if message.starts_with("the range begins on") {
            range.starts_on.take().is_some()
        } else if message.starts_with("the range has") {
            !std::mem::take(&mut range.days).is_empty()
        } else if message.contains("but the range") {
            range.file_date.take().is_some()
        } else {
            self.range.take().is_some()
        }
    }

    /// Takes back that one post follows the other, where many do not: `gaps` of them.
    pub(crate) fn relax_series(&mut self, gaps: usize, wrong_numbers: usize) -> bool {
        let (few_gaps, few_numbers) = ((self.posts.len() / 20).max(4), (self.posts.len() / 50).max(2));
        let Some(series) = &mut self.series else { return false };
        if wrong_numbers > few_numbers {
            return self.drop_number();
        }
        let breaks = gaps > few_gaps && series.contiguous;
        series.contiguous &= !breaks;
        let says_nothing = series.number.is_none() && !series.contiguous;
        self.series.take_if(|_| says_nothing);
        breaks
    }

    fn drop_number(&mut self) -> bool {
        let Some(series) = &mut self.series else { return false };
        let had = series.number.take().is_some();
        let follows = series.contiguous && self.range.is_some();
        self.series.take_if(|_| !follows);
        had
    }
}

impl DraftSections {
    /// Lets other sections stand beside these, wherever that was not so.
    fn open(&mut self) -> bool {
        let mut was_closed = std::mem::take(&mut self.forbids_others);
        for inner in self.list.iter_mut().filter_map(|section| section.sections.as_mut()) {
            was_closed |= inner.open();
        }
        was_closed
    }

    /// Leaves out the section that a heading is taken for, which is another one.
    fn leave_near(&mut self, heading: &str) -> bool {
        let inner = self.list.iter_mut().filter_map(|section| section.sections.as_mut());
        if inner.into_iter().any(|inner| inner.leave_near(heading)) {
            return true;
        }
        let names = self.list.iter().filter(|section| !section.is_called(heading));
        let near = nearest(heading, names.map(|section| section.name.as_str())).map(str::to_owned);
        near.is_some_and(|near| {
            self.list.retain(|section| section.name != near);
            true
        })
    }

    /// How many posts have a section of this name.
    fn seen(&self, name: &str) -> Option<usize> {
        let own = self.list.iter().find(|section| section.is_called(name)).map(|section| section.seen.of);
        own.or_else(|| self.list.iter().find_map(|section| section.sections.as_ref()?.seen(name)))
    }

    /// Takes back what is asked of a section of this name, here or further in.
    fn relax(&mut self, rule: &str, name: &str) -> bool {
        if let Some(at) = self.list.iter().position(|section| section.is_called(name)) {
            let section = &mut self.list[at];
            match rule {
                "missing-section" if section.required => section.required = false,
                "duplicate-section" if !section.repeat => section.repeat = true,
                "missing-section" => return self.relax_inner(rule, name),
                _ => drop(self.list.remove(at)),
            }
            return true;
        }
        self.relax_inner(rule, name)
    }

    fn relax_inner(&mut self, rule: &str, name: &str) -> bool {
        self.list.iter_mut().any(|section| {
            let relaxed = section.sections.as_mut().is_some_and(|inner| inner.relax(rule, name));
            section.sections.take_if(|inner| inner.list.is_empty());
            relaxed
        })
    }
}

impl DraftSection {
    fn is_called(&self, name: &str) -> bool {
        let fits = |pattern: &String| Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(name));
        self.name == name || self.also.iter().any(|other| other == name) || self.pattern.as_ref().is_some_and(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::learned::draft::{DraftKey, DraftRange, DraftSeries};

    #[test]
    fn what_fails_is_taken_back() {
        let section = |name: &str| DraftSection { name: name.to_owned(), required: true, ..DraftSection::default() };
        let inner = DraftSections { level: 3, forbids_others: true, list: vec![section("links")] };
        let list = vec![section("learned"), DraftSection { sections: Some(inner), ..section("feeling") }];
        let mut draft = Draft {
            keys: vec![DraftKey { name: "title".to_owned(), pattern: Some("a".to_owned()), ..DraftKey::default() }],
            range: Some(DraftRange { days: vec![7], ..DraftRange::default() }),
            sections: Some(DraftSections { level: 2, forbids_others: false, list }),
            series: Some(DraftSeries { number: Some("a".to_owned()), contiguous: false, open: Vec::new() }),
            ..Draft::default()
        };
        for (rule, message) in [
            ("invalid-value", "`title` is `b`, which does not match `a`"),
            ("missing-key", "the key `title` is missing"),
            ("irregular-date-range", "the range has 8 days, not 7"),
            ("missing-section", "the section `links` is missing in `feeling`"),
            ("missing-section", "the section `learned` is missing"),
            ("unknown-section", "`feeling` has no section `thanks`"),
            ("duplicate-section", "the section `learned` stands here a second time"),
            ("misplaced-section", "`links` belongs after `feeling`"),
            ("date-mismatch", "the number is 3 in the title, but 4 in the file name"),
        ] {
            assert!(draft.relax(rule, message), "{rule}: {message}");
        }
        let sections = draft.sections.as_ref().expect("sections");
        let flags: Vec<_> = sections.list.iter().map(|section| (section.required, section.repeat)).collect();
        assert_eq!(flags, [(false, true), (true, false)]);
        assert!(sections.list[1].sections.is_none() && draft.keys.is_empty() && draft.series.is_none());
        assert!(!draft.relax("missing-section", "the section `nobody` is missing"));
    }
}
