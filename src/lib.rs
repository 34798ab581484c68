//! postlint: a linter for blog posts that knows what the blog's own engines do to them.
//!
//! # A run
//!
//! The command line leads to folders and files ([`cli`]). Each belongs to a [`blog`], which is found once, from the file
//! upwards: a snapshot of a folder ([`files`]) and what its generator makes of it ([`generators`]). Its `postlint.yaml`
//! ([`config`]) becomes an [`engine`]: the rules that run, how bad each finding is, and the [`kinds`] of posts. A file is
//! parsed once, by the Markdown engine of its blog ([`markdown`]), into a [`post`] with a byte span for everything a rule
//! may point at. Each of the [`rules`] looks at the post and hands out [`finding`]s; the engine takes away those that the author has answered to; a [`report`] prints the
//! rest, and [`fix`] makes the repairs that they carry. With `--external`, all posts are read once before: their URLs of
//! other sites go to lychee, and its answers into the blog, where a rule finds them ([`blog::external`]).
//!
//! # Code map
//!
//! Imports run one way; what stands between the same arrows does not know each other:
//!
//! text <- parallel <- html, files, finding <- syntax <- markdown, tex <- liquid, nunjucks, shortcodes, mdx <- post <- generators <- blog <- kinds <- rules <- engine <- baseline <- config, report, fix <- cli
//!
//! | where | what |
//! |---|---|
//! | `text.rs` | source text: spans, lines and columns, names that are near to each other |
//! | `parallel.rs` | work on all cores, for whoever asks |
//! | `html.rs` | tags and comments of HTML that engines hand on as it is |
//! | `files/` | the folder of a blog: each folder listed and each text read once, patterns of paths, files that are written whole |
//! | `finding.rs` | what a rule says, and where |
//! | `syntax/` | what an author wrote, whatever engine reads it: front matter, and dates as people write them |
//! | `markdown/` | what each Markdown engine makes of a text: the page, with its heading ids, and the document that it shows |
//! | `liquid/` | templates of Liquid, Jekyll's and that of Eleventy: what is wrong with them, what expressions and conditions come to, what is left of a text |
//! | `nunjucks/` | what Nunjucks reads of a post of Hexo or Eleventy: its tags, what of them stops the build, what is left of a text |
//! | `mdx/` | what MDX reads of a post besides Markdown: tags, expressions and modules, what of them stops the build, what is left of a text |
//! | `shortcodes/` | shortcodes of Hugo: the tags in a text, and what of them stops the build |
//! | `post/` | text to `Post`: its head, the document, sections, formulas and the TeX that arrives, and which lines mean no more than they say |
//! | `tex/` | what KaTeX and each MathJax make of TeX: tables asked from the engines, and a validator that reads them |
//! | `generators/` | one folder a generator: how it is told from the files, what stands at the head of each, what its own config says, what it takes for a post, where it writes what |
//! | `blog/` | where the blog is, what posts are used to, every address of the site (`blog/urls/`), where links lead (`blog/links/`), and what other sites answer (`blog/external/`) |
//! | `kinds/` | what a class of posts must look like, as data, how a post is held against it, what the next one is (`kinds/next/`), and what is learned of kinds from posts that are there (`kinds/learned/`) |
//! | `rules/` | one file a rule; `rules/mod.rs` is the list |
//! | `engine.rs`, `engine/` | runs the rules: levels by rule, path and day, suppressions |
//! | `baseline/` | what a finding is known by while a post is worked on, and findings that are known |
//! | `fix/` | makes the repairs of findings together, in rounds, and proves that the page stays or changes as they say |
//! | `config.rs` | `postlint.yaml` to typed data and an engine; its faults are findings |
//! | `report/` | one file an output format |
//! | `cli/` | one file a command; `cli/known.rs` keeps baselines, `cli/changed/` asks Git what changed |
//!
//! What a rule claims stands in a page of its own beside the code, `rules/missing-section.md`; what it does, in a file
//! of the same name, `src/rules/missing_section.rs`. A new rule is these two and a line in `src/rules/mod.rs`. The
//! page is what `postlint explain` shows, and its examples are tests. A kind is a schema and a model post,
//! `rules/kinds/weekly.yaml` and `rules/kinds/weekly.md`.
//!
//! # What always holds
//!
//! What an engine says is on record in `tests/data`; `tests/record/` asks the engine again.
//!
//! | invariant | held by |
//! |---|---|
//! | imports run one way | `tests/tidy.rs`, `imports_run_one_way` |
//! | only `files/` and `cli/` touch files, only `cli/` talks to the terminal and the environment | `.clippy.toml` |
//! | the front matter of a post is read once, whoever asks | `tests/tidy.rs`, `front_matter_is_read_once` |
//! | a place is a span of bytes; lines and columns are known to `text.rs` and shown by `report/` | `tests/tidy.rs`, `only_reports_ask_for_lines_and_columns` |
//! | the format of a rule's page is documented in `rules/README.md` | `tests/tidy.rs`, `the_format_of_pages_is_documented` |
//! | every rule has a page that agrees with the code and shows it at work | `tests/tidy.rs`, `pages_agree_with_the_code` |
//! | a page's examples are reported as it says, with LF and CRLF, with a byte order mark or without | `tests/rules.rs` |
//! | spans of the model and of findings lie inside the text, on characters; those of findings end before the line break | `tests/rules.rs` |
//! | a fix does what the page of its rule shows, leaves nothing of the finding, and passes the proof | `tests/rules.rs` |
//! | safe fixes leave the page as it is, and made twice they change nothing more | `tests/fix.rs`, `every_example_keeps_its_page` |
//! | an example keeps all this under every Markdown engine, the one it is written for or another | `tests/rules.rs` |
//! | an editor that hands a post to `fix -` or `format -` gets a post back, or nothing | `tests/stdin.rs`, `standard_output_is_the_post` |
//! | `git apply` makes of a diff what would have been written | `tests/diff.rs` |
//! | of blogs that are made up, with slips in their posts, none makes it panic, and all this holds | `tests/generated.rs`, `made_up_blogs` |
//! | a run that is killed leaves each file whole, old or new | `tests/fix.rs`, `a_kill_leaves_files_whole` |
//! | the events of a page nest and come from bytes of the post, whatever engine makes it | `tests/rules.rs` |
//! | a suppression in the file takes away the findings of its rule, and no other | `tests/rules.rs` |
//! | Liquid is read as Liquid 5.4.0 reads it: what fails, and in which line | `tests/liquid.rs`, `verdicts_of_liquid` |
//! | TeX is read as KaTeX 0.19, MathJax 3.2.2 and MathJax 4.1.3 read it: what fails | `tests/math.rs`, `verdicts_of_mathjax` |
//! | one slip in a formula is told once, where it is | `src/tex/tests.rs` |
//! | the files of a Jekyll site and the links on it are those that Jekyll 4.3.1 makes | `tests/paths.rs`, `jekyll_says_the_same` |
//! | what a page says of Jekyll 4.3.1, Hugo 0.168, Hexo 8.1.2, Eleventy 3.1.8, Astro 6, MDX 3.1.1, cmark-gfm, MathJax 3.2.2 and KaTeX 0.19 is what they do with its examples, and what postlint takes those for | `tests/engines.rs` |
//! | a page that names an engine shows what that made of an example, or is listed with the reason | `tests/tidy/claims.rs`, `claims_are_confirmed` |
//! | with `--external`, nothing that lies in a blog runs, and no URL with a private address is asked for | `tests/external.rs`, `nothing_of_the_blog_runs_or_leads_into_a_private_network` |
//! | what lychee 0.24.2 says of other sites is read as it is meant | `tests/external.rs`, `lychee_says_what_was_recorded` |
//! | the model post of a kind is clean, and what breaks it is reported | `tests/kinds.rs` |
//! | one slip in a series of posts is told once, at the right one | `tests/series.rs` |
//! | a blog that is sent is told the same as one in a folder | `tests/stream.rs` |
//! | a command prints what the documentation shows, and writes no file that it was not told to | `tests/cli.rs` |
//! | no name or text of a post steers the terminal, or is markup or a command in a report | `src/report/tests.rs` |
//! | no text of a post in a report for people or a diff is obeyed in the log of a job of GitHub Actions | `tests/cli/formats.md` |
//! | reports for other programs keep to the schemas of those, and point at the same bytes as the JSON | `tests/formats.py` |
//! | the page for a browser loads nothing, fails in no script, and is there at once | `tests/html.rs` |
//! | a valid config is read as serde_yaml reads it, and what is broken in one is told at its place | `src/config/mutations.rs` |
//! | the schema for editors is the config's own type | `src/config/tests.rs` |

#![cfg_attr(
    not(test),
    warn(unreachable_pub, clippy::disallowed_methods, clippy::print_stderr, clippy::print_stdout, clippy::unwrap_used)
)]

mod baseline;
pub mod blog;
pub mod cli;
pub mod config;
pub mod engine;
pub mod files;
pub mod finding;
pub mod fix;
pub mod generators;
mod html;
pub mod kinds;
pub mod liquid;
pub mod markdown;
mod mdx;
mod nunjucks;
mod parallel;
pub mod post;
pub mod report;
pub mod rules;
mod shortcodes;
pub mod syntax;
pub mod tex;
pub mod text;
