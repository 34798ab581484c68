//! What a blog may tell lychee. Its files come from whoever sends a pull request, and lychee's own config runs programs
//! (`preprocess`), reads and writes files (`files_from`, `cookie_jar`, `cache`) and sends what it is told to where it is told
//! to (`header`, `remap`): of that nothing counts.

use crate::files::Files;
use crate::syntax::front_matter::{self, Entry, Node};
use crate::text::Span;

/// The config of lychee in a blog.
const CONFIG: &str = "lychee.toml";

/// Patterns of URLs that nobody is to ask for, one a line.
const IGNORE: &str = ".lycheeignore";

/// Options for lychee, and the keys of the blog's config that do not count.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Allowed {
    pub options: Vec<String>,
    pub unheeded: Vec<String>,
}

/// Reads the config and the patterns that lie in the folder of a blog, as lychee 0.24.2 does.
pub(super) fn read(files: &Files) -> Allowed {
    let mut allowed = Allowed::default();
    let config = files.text(CONFIG).unwrap_or_else(|| "".into());
    for Entry { key, value, .. } in &front_matter::toml(&config, Span::new(0, config.len())).entries {
        match options(key, value) {
            Some(options) => allowed.options.extend(options),
            None => allowed.unheeded.push(key.clone()),
        }
    }
    let patterns = files.text(IGNORE).unwrap_or_else(|| "".into());
    let patterns = patterns.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    allowed.options.extend(patterns.map(|pattern| format!("--exclude={pattern}")));
    allowed
}

/// What a key of the config is on the command line; `None` where it does not count.
fn options(key: &str, value: &Node) -> Option<Vec<String>> {
    let texts = || value.items().iter().chain([value]).filter_map(Node::text);
    let one = |option: &str| Some(texts().map(|text| format!("{option}={text}")).collect());
    match key {
        "exclude" => one("--exclude"),
        "accept" => Some(vec![format!("--accept={}", texts().collect::<Vec<_>>().join(","))]),
        "timeout" => one("--timeout"),
        "max_retries" => one("--max-retries"),
        "retry_wait_time" => one("--retry-wait-time"),
        "include_fragments" => Some(match value.text() {
            Some("true") => vec!["--include-fragments".to_owned()],
            Some("false") | None => Vec::new(),
            Some(which) => vec![format!("--include-fragments={which}")],
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_blog_may_say() {
        let config = "exclude = ['a', \"b'c\"]\naccept = [200, '429']\ntimeout = 5\npreprocess.command = './x'\n\
                      files_from = '/etc/passwd'\ninclude_fragments = 'full'\nheader = ['a=b']\n[hosts.'a.b']\nheaders = {}\n";
        let files = Files::in_memory([(CONFIG, config), (IGNORE, "# c\n\n/lost$\r\n--config=x\n")]);
        let Allowed { options, unheeded } = read(&files);
        let expected = [
            "--exclude=a", "--exclude=b'c", "--accept=200,429", "--timeout=5", "--include-fragments=full",
            "--exclude=/lost$", "--exclude=--config=x",
        ];
        assert_eq!(options, expected);
        assert_eq!(unheeded, ["preprocess", "files_from", "header", "hosts"]);
        assert_eq!(read(&Files::in_memory([])), Allowed::default());
    }
}
