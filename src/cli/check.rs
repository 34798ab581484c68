//! `postlint check`

use std::borrow::Cow;
use std::io;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;

use super::changed::Past;
use super::forms::Form;
use super::known::Books;
use super::progress::Progress;
use super::target::{self, Target, Targets};
use super::{CheckArgs, Outcome, calendar, complain, external, stream};
use crate::blog::links::{Left, PendingAnchor};
use crate::config::{self, Selection};
use crate::engine::{Unjudged, Verdict};
use crate::files::{Text, Unreadable};
use crate::finding::{Finding, NotChecked, RuleId, Severity};
use crate::parallel::of_each;
use crate::report::{Checked, Folders, Format, Rendered, Style, Summary, Untold};
use crate::rules::invalid_encoding;
use crate::text::{Lines, Span};

/// What came of one file: its findings, or why it could not be read.
pub(super) type Result = std::result::Result<Vec<Rendered>, String>;

/// How bad a finding is that makes the run fail.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FailOn {
    /// Errors, and warnings too
    Warning,
    /// Errors alone
    Error,
}

/// Checks what the arguments name and prints what is found.
pub(crate) fn run(args: &CheckArgs) -> io::Result<Outcome> {
    if args.stream {
        return stream::run(args);
    }
    let here = std::env::current_dir()?;
    let mut targets = args.paths.targets(args.selection(), args.posts_only)?;
    if let Err(why) = args.ask_other_sites(&mut targets) {
        complain(&why);
        return Ok(Outcome::Failed);
    }
    let opened = || {
        let forms = args.forms()?;
        match forms.iter().find_map(|form| form.refusal(&targets)) {
            Some(why) => Err(why),
            None => Ok((forms, Books::open(args, &targets, &here)?, Past::of(args, &targets)?)),
        }
    };
    let (forms, books, past) = match opened() {
        Ok(opened) => opened,
        Err(why) => {
            complain(&why);
            return Ok(Outcome::Failed);
        }
    };
    let styles = forms.iter().map(|form| form.style).collect();
    let run = Run { books: books.as_ref(), past: past.as_ref(), ..Run::new(styles, &here) };
    let count = targets.count();
    let results = run.progress.show("checked", count, args.quiet, || run.all(&targets));
    let mut outcome = targets.outcome;
    let mut summary = Summary::default();
    let series = forms
        .iter()
        .any(Form::shows_series)
        .then(|| targets.list.iter().map(|target| calendar::picture(target, &here)).collect::<String>());
    for message in results.iter().filter_map(|result| result.as_ref().err()) {
        complain(message);
        outcome = Outcome::Failed;
    }
    let untold = books.as_ref().map(Books::gone).unwrap_or_default();
    for (index, form) in forms.iter().enumerate() {
        let rendered = results.iter().flatten().map(|rendered| &rendered[index]);
        match form.print(count, rendered, series.as_deref().unwrap_or_default(), untold) {
            Ok(printed) => summary = printed,
            // It stands in the log as well.
            Err(error) if form.comes_by_itself() => complain(&error.to_string()),
            Err(error) => return Err(error),
        }
    }
    if let Some(books) = &books {
        outcome = outcome.max(books.keep());
    }
    let found = args.found(&summary);
    // The process ends, which gives all of it back at once.
    std::mem::forget((targets, results));
    Ok(outcome.max(found))
}

/// Which look at a post it is.
#[derive(Clone, Copy)]
enum Pass {
    /// Links to places on pages that nobody has read yet are left pending.
    First,
    /// One of these leads nowhere.
    Second,
}

/// What was found in a file.
pub(super) struct Found<'t> {
    pub target: &'t Target,
    /// Its path from the blog's folder on.
    pub file: Cow<'t, str>,
    pub text: Arc<str>,
    /// The name of its kind, if somebody asks for it; `None` where it is no post.
    kind: Option<String>,
    pub verdict: Verdict,
    /// What is not told of it.
    pub untold: Untold,
    /// So many of its findings, the first ones, were there before the change that is asked about.
    pub old: usize,
}

/// What came of one file.
enum Piece<'t> {
    /// It is as it is printed.
    Ready(Vec<Rendered>),
    /// Something of it may be known.
    Held(Found<'t>),
}

/// A look at all posts.
pub(super) struct Run<'a> {
    styles: Vec<Style>,
    here: &'a Path,
    progress: Progress,
    /// Where somebody wants to hear of new findings only.
    books: Option<&'a Books<'a>>,
    /// Where somebody wants to hear of a change only.
    past: Option<&'a Past>,
}

impl<'a> Run<'a> {
    /// A run that prints in these forms; `here`: the folder that paths are shown from.
    pub(super) fn new(styles: Vec<Style>, here: &'a Path) -> Self {
        Run { styles, here, progress: Progress::default(), books: None, past: None }
    }

    /// Configs at fault first, those of generators too, then the posts in order.
    pub(super) fn all(&self, targets: &Targets) -> Vec<Result> {
        let mut results = Vec::new();
        for (path, text, faults) in &targets.faulty {
            results.push(Ok(Piece::Ready(self.config(path, text, faults))));
        }
        let first_of_site = results.len();
        for target in targets.list.iter().filter(|target| target.is_asked_for) {
            for (file, verdict) in target.engine.of_site(&target.blog) {
                let text = target.blog.files.text(&file).unwrap_or_else(|| "".into());
                results.push(Ok(self.piece(Found::new(target, file.into(), text, None, verdict))));
            }
        }
        let first = targets.for_each(|target, file, text| {
            let (result, pending) = self.post(target, file, &text, Pass::First);
            self.progress.step();
            (result, target, file, pending)
        });
        // All posts are read by now, and with them the places that links lead to and the days of series.
        targets.list.iter().for_each(|target| target.engine.kinds.put_in_order(&target.blog));
        let unmet: Vec<_> = targets.list.iter().filter_map(|target| self.unmet(target)).map(Ok).collect();
        results.splice(first_of_site..first_of_site, unmet);
        let again = of_each(&first, |(_, target, file, pending)| {
            let leads_nowhere = |link| !target.blog.has_place(link);
            let is_open = pending.iter().any(leads_nowhere) || target.engine.kinds.is_out_of_order(&target.blog, file);
            is_open.then(|| self.post(target, file, &target.blog.files.read(file), Pass::Second).0)
        });
        results.extend(first.into_iter().zip(again).map(|((result, ..), again)| again.unwrap_or(result)));
        self.printed(targets, results)
    }

    /// What the config of a blog says in vain: of a kind without posts, and the like. Only all posts can tell.
    fn unmet<'t>(&self, target: &'t Target) -> Option<Piece<'t>> {
        let (path, text) = target.config.as_ref()?;
        let is_asked = target.is_whole && !target.files.is_empty();
        if !is_asked || target.engine.severity(RuleId::INVALID_CONFIG).is_none() {
            return None;
        }
        let unmet = config::unmet(text, &target.engine, &target.blog);
        let below = path.strip_prefix(target.blog.files.root()).ok().and_then(Path::to_str);
        let verdict = || Verdict::of(unmet.iter().map(|fault| (Severity::Warn, fault.clone())));
        match below {
            _ if unmet.is_empty() => None,
            Some(file) => Some(self.piece(Found::new(target, file.into(), text.clone(), None, verdict()))),
            // One that the command line names lies anywhere.
            None => Some(Piece::Ready(self.shown(path, text, &verdict()))),
        }
    }

    /// A config that nothing is checked with.
    fn config(&self, path: &Path, text: &str, faults: &[Finding]) -> Vec<Rendered> {
        self.shown(path, text, &Verdict::of(faults.iter().map(|fault| (Severity::Error, fault.clone()))))
    }

    fn shown(&self, path: &Path, text: &str, verdict: &Verdict) -> Vec<Rendered> {
        let folder = path.parent().unwrap_or(path);
        let place = || (target::shown(path, self.here), target::folders(folder, self.here));
        self.render(place, text, None, verdict)
    }

    /// A fault of postlint itself is told as such, and the other files are still checked.
    fn post<'t>(
        &self,
        target: &'t Target,
        file: &'t str,
        text: &Text,
        pass: Pass,
    ) -> (std::result::Result<Piece<'t>, String>, Vec<PendingAnchor>) {
        let shown = || target.shown(file, self.here);
        let nothing = Vec::new();
        match text {
            Ok(text) => {
                let check = || {
                    let post = target.blog.post(file, text);
                    let (mut verdict, mut left) = match pass {
                        Pass::First => target.engine.first_verdict(&post, &target.blog),
                        Pass::Second => (target.engine.verdict(&post, &target.blog), Left::default()),
                    };
                    target.engine.kinds.keep(&post, &target.blog);
                    target.blog.let_go(&post, &mut left);
                    let labels = verdict.findings.iter_mut().flat_map(|(_, finding)| &mut finding.labels);
                    for file in labels.filter_map(|label| label.file.as_mut()) {
                        file.path = target.shown(&file.path, self.here);
                    }
                    let kind = self.asks_for_kinds().then(|| target.engine.kinds.of(&post)).flatten();
                    let kind = kind.map_or(String::new(), |kind| kind.name.clone());
                    let found = Found::new(target, file.into(), text.clone(), Some(kind), verdict);
                    (Ok(self.piece(found)), left.pending)
                };
                std::panic::catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|_| {
                    let why =
                        format!("this is a fault of postlint, not of your post: it could not check `{}`", shown());
                    (Err(why), nothing)
                })
            }
            Err(Unreadable::NotUtf8(bytes)) => {
                let severity = target.engine.severity_in(RuleId::INVALID_ENCODING, file, &target.blog);
                let finding =
                    severity.map(|severity| (severity, invalid_encoding::finding(bytes, target.blog.site().features)));
                let verdict = Verdict { unjudged: Unjudged::ALL, ..Verdict::of(finding) };
                let text = String::from_utf8_lossy(bytes).into();
                let found = Found::new(target, file.into(), text, Some(String::new()), verdict);
                (Ok(self.piece(found)), nothing)
            }
            Err(Unreadable::Untold) => {
                let open = NotChecked { span: Span::default(), why: "the text of this post was not sent".to_owned() };
                let verdict = Verdict { not_checked: vec![open], unjudged: Unjudged::ALL, ..Verdict::default() };
                (Ok(self.piece(Found::new(target, file.into(), "".into(), Some(String::new()), verdict))), nothing)
            }
            Err(error) => (Err(format!("cannot read `{}`: {}", shown(), target::why(error))), nothing),
        }
    }

    /// What is printed of a file at once, unless something of it may be known.
    fn piece<'t>(&self, found: Found<'t>) -> Piece<'t> {
        let may_be_old = self.past.is_some() && !found.verdict.findings.is_empty();
        match may_be_old || self.books.is_some_and(|books| books.may_know(&found)) {
            true => Piece::Held(found),
            false => Piece::Ready(self.print(&found)),
        }
    }

    /// What is printed of all files, without what is known.
    fn printed(&self, targets: &Targets, mut pieces: Vec<std::result::Result<Piece, String>>) -> Vec<Result> {
        let held = |piece| match piece {
            &mut Ok(Piece::Held(ref mut found)) => Some(found),
            _ => None,
        };
        let mut held: Vec<&mut Found> = pieces.iter_mut().filter_map(held).collect();
        if let Some(past) = self.past {
            past.set_apart(targets, &mut held);
        }
        if let Some(books) = self.books {
            books.take_away(held);
        }
        let printed = |piece| match piece {
            Piece::Ready(rendered) => rendered,
            Piece::Held(mut found) => {
                found.verdict.findings.drain(..found.old);
                self.print(&found)
            }
        };
        pieces.into_iter().map(|piece| piece.map(printed)).collect()
    }

    fn print(&self, found: &Found) -> Vec<Rendered> {
        let place = || self.place(found.target, &found.file);
        let mut rendered = self.render(place, &found.text, found.kind.as_deref(), &found.verdict);
        rendered.iter_mut().for_each(|rendered| rendered.untold = found.untold);
        rendered
    }

    fn asks_for_kinds(&self) -> bool {
        self.styles.iter().any(|style| style.format == Format::Summary)
    }

    fn place(&self, target: &Target, file: &str) -> (String, Folders) {
        (target.shown(file, self.here), target.folders(self.here).clone())
    }

    fn render(
        &self,
        place: impl FnOnce() -> (String, Folders),
        text: &str,
        kind: Option<&str>,
        verdict: &Verdict,
    ) -> Vec<Rendered> {
        let Verdict { findings, not_checked, .. } = verdict;
        // Of most files there is nothing to tell.
        let is_silent = findings.is_empty() && not_checked.is_empty();
        let is_silent = is_silent && !self.styles.iter().any(|style| style.names_clean_posts());
        let (path, folders) = if is_silent { Default::default() } else { place() };
        let checked = Checked { path: &path, folders: &folders, lines: &Lines::new(text), kind, findings, not_checked };
        self.styles.iter().map(|style| style.render(&checked)).collect()
    }
}

impl<'t> Found<'t> {
    fn new(target: &'t Target, file: Cow<'t, str>, text: Arc<str>, kind: Option<String>, verdict: Verdict) -> Self {
        let untold = Untold { suppressed: verdict.suppressed, ..Untold::default() };
        Found { target, file, text, kind, verdict, untold, old: 0 }
    }
}

impl CheckArgs {
    pub(super) fn selection(&self) -> Selection {
        Selection { suppressed: self.no_inline_config, ..self.rules.selection(false) }
    }

    fn ask_other_sites(&self, targets: &mut Targets) -> std::result::Result<(), String> {
        match self.external {
            true => external::ask(targets, self.lychee_config.as_deref(), self.quiet),
            false if self.rules.selects(RuleId::DEAD_URL) => {
                Err(format!("`{}` asks other sites, which only `--external` allows", RuleId::DEAD_URL))
            }
            false => Ok(()),
        }
    }

    /// What the findings make of the run.
    fn found(&self, summary: &Summary) -> Outcome {
        let most = if self.fail_on == FailOn::Warning { Some(0) } else { self.max_warnings };
        let fails = summary.errors > 0 || most.is_some_and(|most| summary.warnings > most);
        if fails && !self.exit_zero { Outcome::Found } else { Outcome::Clean }
    }
}
