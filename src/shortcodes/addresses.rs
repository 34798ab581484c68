//! What shortcodes print as an address: the parameters of a tag, and what its template makes of them.

use std::sync::LazyLock;

use regex::Regex;

use super::{Call, Kind};
use crate::text::Span;

/// A parameter that a template prints as the address of an image or a link, without doing more to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShownParameter {
    /// Its name, or its number among those without names.
    pub name: String,
    /// It is read from the root of the site on, whatever it begins with.
    pub is_rooted: bool,
}

/// How the templates of a generator write a parameter; the name is the first group that is there.
pub(crate) struct Forms {
    /// Wherever one is named.
    pub mark: Regex,
    /// As an attribute, printed as it is.
    pub plain: Regex,
    /// The same, made an address from the root on.
    pub rooted: Regex,
    /// Where somebody only asks whether there is one.
    pub asked: Regex,
}

/// The parameters that a template prints as addresses, each in one way only; all that it does stands in its actions.
pub(crate) fn shown(text: &str, actions: &str, forms: &Forms) -> Vec<ShownParameter> {
    let names = |pattern: &Regex| -> Vec<String> {
        let text = if std::ptr::eq(pattern, &forms.mark) { actions } else { text };
        let found = pattern.captures_iter(text);
        found.filter_map(|found| Some(found.iter().skip(1).flatten().next()?.as_str().to_owned())).collect()
    };
    let [all, plain, rooted, asked] = [&forms.mark, &forms.plain, &forms.rooted, &forms.asked].map(names);
    let mut shown: Vec<ShownParameter> = Vec::new();
    for name in plain.iter().chain(&rooted) {
        let times = |of: &[String]| of.iter().filter(|other| *other == name).count();
        let is_one_way = (times(&plain) == 0) != (times(&rooted) == 0);
        let is_all = times(&all) == times(&plain) + times(&rooted) + times(&asked);
        if is_one_way && is_all && !shown.iter().any(|known| known.name == *name) {
            shown.push(ShownParameter { name: name.clone(), is_rooted: times(&rooted) > 0 });
        }
    }
    shown
}

/// A parameter of a tag: its name, or its number among those without names, and its value without quotes.
static PARAMETER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:([A-Za-z_][\w-]*)\s*=\s*)?(?:"([^"\n]*)"|'([^'\n]*)'|`([^`\n]*)`|([^\s"'`{}()<>%,=]+))"#)
        .expect("a pattern")
});

impl Call<'_> {
    /// The parameters of its first tag.
    pub(crate) fn parameters(&self, text: &str) -> Vec<(String, Span)> {
        let end = self.content.map_or(self.span.end, |content| content.start);
        let tag = &text[self.name.end..end.max(self.name.end)];
        let found = PARAMETER.captures_iter(tag).enumerate().filter_map(|(number, found)| {
            let name = found.get(1).map_or_else(|| number.to_string(), |name| name.as_str().to_owned());
            let value = (2..found.len()).find_map(|group| found.get(group))?;
            Some((name, Span::new(self.name.end + value.start(), self.name.end + value.end())))
        });
        found.collect()
    }

    /// It, and all within it, without what is only shown.
    pub(crate) fn visit<'c>(&'c self, each: &mut impl FnMut(&'c Self)) {
        if self.kind != Kind::Shown {
            each(self);
            self.inner.iter().for_each(|inner| inner.visit(each));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::shortcodes::{Dialect, Expansion, Known};

    #[test]
    fn parameters_of_tags() {
        for (dialect, text, expected) in [
            (Dialect::Angled, "{{< a \"b.png\" c >}}", vec![("0", "b.png"), ("1", "c")]),
            (Dialect::Angled, "{{% a src='b.png' w=3 %}}x{{% /a %}}", vec![("src", "b.png"), ("w", "3")]),
            (Dialect::Called, "{{ a(src=\"/b.png\", w=3) }}", vec![("src", "/b.png"), ("w", "3")]),
        ] {
            let known = Known { dialect, ..Known::default() };
            let expansion = Expansion::of(text, 0, &known).expect("a shortcode");
            let found = expansion.calls()[0].parameters(text);
            let found: Vec<(&str, &str)> = found.iter().map(|(name, value)| (&**name, &text[*value])).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
