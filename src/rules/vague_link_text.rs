//! `rules/vague-link-text.md`

use std::collections::HashSet;

use super::{Check, RuleContext};
use crate::finding::Findings;

/// The rule's options.
#[derive(Debug, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Options {
    /// Texts that say nothing of where a link leads.
    words: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        let words = ["click here", "here", "link", "read more", "this", "링크", "여기", "여기를 클릭", "이곳", "클릭"];
        Options { words: words.map(str::to_owned).to_vec() }
    }
}

/// Links whose whole text is one of the words.
pub(crate) fn with(options: Options) -> Check {
    let words: HashSet<String> = options.words.iter().map(|word| word.to_lowercase()).collect();
    Box::new(move |context, findings| check(context, &words, findings))
}

fn check(context: &RuleContext, words: &HashSet<String>, findings: &mut Findings) {
    let post = context.post;
    for link in post.body.links.iter().filter(|link| !link.image) {
        let text = post.text[link.text].trim_matches(|sign: char| !sign.is_alphanumeric());
        if words.contains(&text.to_lowercase()) {
            findings
                .at(link.text, format!("`{text}` does not say where the link leads"))
                .help("make the name of what is there the text of the link");
        }
    }
}
