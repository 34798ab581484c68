//! Runs the rules on a post: which of them, how bad, and what the author has answered to.

mod intrusive;
mod levels;
mod suppressions;

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use self::levels::{Level, Levels};
use crate::blog::Blog;
use crate::blog::links::Left;
use crate::finding::{Finding, Findings, Label, NotChecked, RuleId, Severity};
use crate::kinds::Kinds;
use crate::post::Post;
use crate::rules::{Check, Named, RULES, Rule, RuleContext, is_premature, leave_out_consequences};

pub(crate) use self::levels::{Change, Override};

/// The rules that run, with how bad each is: made once, used on every post.
pub struct Engine {
    checks: Vec<Running>,
    /// How bad findings are, as far as nothing else is said of their post.
    levels: HashMap<RuleId, Level>,
    /// What else is said of posts by their paths.
    overrides: Vec<Override>,
    /// Whether some rule leaves posts before a day alone.
    has_days: bool,
    /// Rules that do not run now, and do another time.
    elsewhere: HashSet<RuleId>,
    /// Whether findings are told that a post suppresses.
    pub(crate) overrules_posts: bool,
    /// The kinds of the blog.
    pub(crate) kinds: Kinds,
}

/// What the rules say of a post.
#[derive(Default)]
pub(crate) struct Verdict {
    /// What is wrong, in the order of the text.
    pub findings: Vec<(Severity, Finding)>,
    /// What was left open.
    pub not_checked: Vec<NotChecked>,
    /// The rules whose silence says nothing of this post.
    pub unjudged: Unjudged,
    /// How many findings the author has answered to.
    pub suppressed: usize,
}

impl Verdict {
    /// Findings of what is no post, or cannot be read as one.
    pub(crate) fn of(findings: impl IntoIterator<Item = (Severity, Finding)>) -> Self {
        Verdict { findings: findings.into_iter().collect(), ..Verdict::default() }
    }
}

/// Which rules could not look at a whole post, so that a fault they do not find may be there all the same.
#[derive(Debug, Default)]
pub(crate) struct Unjudged {
    /// Nearly all of them: its front matter does not load, or its Markdown engine is not known.
    pub all: bool,
    /// Those that left a place open, or are off for this post.
    pub rules: Vec<RuleId>,
}

impl Unjudged {
    /// Nearly all.
    pub(crate) const ALL: Unjudged = Unjudged { all: true, rules: Vec::new() };
}

/// A rule that runs.
struct Running {
    id: RuleId,
    level: Level,
    check: Check,
}

/// What the config and the command line say of one rule.
#[derive(Default)]
pub(crate) struct Setting {
    /// How bad it is; `None`: off.
    pub severity: Option<Severity>,
    /// Whether that is the config's word, not the default.
    pub chosen: bool,
    /// Posts before this day are left alone.
    pub since: Option<Date>,
    /// The check, where it has options of its own.
    pub check: Option<Check>,
    /// Whether it is off because the command line leaves it out.
    pub left_out: bool,
}

impl Engine {
    /// An engine for all rules; `setting` is asked for each, the default holds where it says nothing.
    pub(crate) fn new(
        kinds: Kinds,
        overrides: Vec<Override>,
        mut setting: impl FnMut(&Rule) -> Option<Setting>,
    ) -> Engine {
        let (mut checks, mut levels, mut elsewhere) = (Vec::new(), HashMap::new(), HashSet::new());
        for rule in RULES {
            let set = setting(rule).unwrap_or(Setting { severity: rule.default, ..Setting::default() });
            let level = Level { severity: set.severity, chosen: set.chosen, since: set.since };
            let is_off = set.severity.is_none();
            if is_off && (set.left_out || rule.is_format && !set.chosen) {
                elsewhere.insert(rule.id);
            }
            let mut changes = overrides.iter().filter_map(|one| one.rules.get(&rule.id));
            if is_off && !changes.any(Change::turns_on) {
                continue;
            }
            levels.insert(rule.id, level);
            if let Some(build) = rule.build {
                let usual = || build(None).expect("no options are valid options");
                let check = set.check.unwrap_or_else(usual);
                checks.push(Running { id: rule.id, level, check });
            }
        }
        let has_days = levels.values().any(|level| level.since.is_some());
        Engine { checks, levels, overrides, has_days, elsewhere, overrules_posts: false, kinds }
    }

    /// How bad a finding of a rule is for posts of which nothing else is said; `None` when the rule is off.
    pub fn severity(&self, rule: RuleId) -> Option<Severity> {
        self.levels.get(&rule).and_then(|level| level.severity)
    }

    /// Whether a rule runs for some posts at least.
    pub(crate) fn may_run(&self, rule: RuleId) -> bool {
        self.levels.contains_key(&rule)
    }

    /// How bad a finding of a rule is in a file that may be no post: what it says of itself is asked only where it counts.
    pub(crate) fn severity_in(&self, rule: RuleId, path: &str, blog: &Blog) -> Option<Severity> {
        let day = || blog.source(path).and_then(|source| source.head.date());
        self.levels_of(path, day).level(rule, *self.levels.get(&rule)?).severity
    }

    fn levels_of<D: Fn() -> Option<Date>>(&self, path: &str, day: D) -> Levels<'_, D> {
        Levels::of(&self.overrides, path, day)
    }

    /// Patterns of overrides that fit none of these posts.
    pub(crate) fn idle_overrides(&self, posts: &[String]) -> Vec<(usize, usize)> {
        levels::idle_files(&self.overrides, posts)
    }

    /// Whether a rule is about format and the config says nothing of it.
    pub(crate) fn formats_unasked(&self, rule: RuleId) -> bool {
        let is_chosen = self.levels.get(&rule).is_some_and(|level| level.chosen);
        !is_chosen && Rule::of(&rule).is_some_and(|rule| rule.is_format)
    }

    /// Whether rules about format run.
    pub(crate) fn formats(&self) -> bool {
        self.checks.iter().any(|running| Rule::of(&running.id).is_some_and(|rule| rule.is_format))
    }

    /// All findings of a post, in the order of its text.
    pub fn check(&self, post: &Post, blog: &Blog) -> Vec<(Severity, Finding)> {
        self.verdict(post, blog).findings
    }

    /// What a post owes its kind: the findings that it has with the kind and would not have without.
    pub(crate) fn owed(&self, post: &Post, blog: &Blog) -> Vec<Finding> {
        let found = |context: RuleContext| self.judge(&context).findings.into_iter().map(|(_, finding)| finding);
        let context = self.context(post, blog);
        if context.kind.is_none() {
            return Vec::new();
        }
        let without: Vec<Finding> = found(RuleContext::new(post, None, &self.kinds, blog)).collect();
        found(context).filter(|finding| !without.contains(finding)).collect()
    }

    /// All that is to say of a post.
    pub(crate) fn verdict(&self, post: &Post, blog: &Blog) -> Verdict {
        self.judge(&self.context(post, blog))
    }

    /// The same without a look at posts that nobody has read yet: all that is to say if the links lead where they seem to.
    pub(crate) fn first_verdict(&self, post: &Post, blog: &Blog) -> (Verdict, Left) {
        let context = self.context(post, blog).deferring();
        (self.judge(&context), context.into_left())
    }

    /// What is wrong with the config of the generator itself, one file after the other.
    pub(crate) fn of_site(&self, blog: &Blog) -> Vec<(String, Verdict)> {
        let Some(&usual) = self.levels.get(&RuleId::INVALID_SITE_CONFIG) else { return Vec::new() };
        let mut verdicts: Vec<(String, Verdict)> = Vec::new();
        for fault in blog.config_faults() {
            let level = self.levels_of(&fault.file, || None).level(RuleId::INVALID_SITE_CONFIG, usual);
            let Some(severity) = level.severity else { continue };
            let severity = if fault.is_fatal && !level.chosen { Severity::Error } else { severity };
            let mut finding = Finding::new(RuleId::INVALID_SITE_CONFIG, fault.span, fault.message);
            finding.help = fault.help;
            if let Some((span, message)) = fault.label {
                finding.label(span, message);
            }
            match verdicts.last_mut().filter(|(file, _)| *file == fault.file) {
                Some((_, verdict)) => verdict.findings.push((severity, finding)),
                None => verdicts.push((fault.file, Verdict::of([(severity, finding)]))),
            }
        }
        verdicts
    }

    fn context<'a>(&'a self, post: &'a Post<'a>, blog: &'a Blog) -> RuleContext<'a> {
        let kind = self.kinds.of(post).filter(|kind| kind.holds(post));
        RuleContext::new(post, kind, &self.kinds, blog)
    }

    fn judge(&self, context: &RuleContext) -> Verdict {
        let post = context.post;
        if context.blog.is_excluded(post.path) {
            return Verdict { unjudged: Unjudged::ALL, ..Verdict::default() };
        }
        if context.blog.is_template(post) {
            let why = "what posts are copied from is no post: its file name has no day, so there is no page of it";
            let open = NotChecked { span: post.first_line(), why: why.to_owned() };
            return Verdict { not_checked: vec![open], unjudged: Unjudged::ALL, ..Verdict::default() };
        }
        let (mut found, mut not_checked, mut open) = (Vec::new(), Vec::new(), Vec::new());
        let is_plain = self.overrides.is_empty() && !self.has_days;
        let levels = (!is_plain).then(|| self.levels_of(post.path, || post.date()));
        let draft = context.blog.draft(post);
        let mut unjudged = Unjudged::default();
        for rule in &self.checks {
            let level = levels.as_ref().map_or(rule.level, |levels| levels.level(rule.id, rule.level));
            let Some(usual) = level.severity.filter(|_| !is_premature(rule.id, draft)) else {
                unjudged.rules.push(rule.id);
                continue;
            };
            let own = levels.as_ref().and_then(|levels| levels.check(rule.id));
            let mut findings = Findings::of(rule.id, post.text);
            findings.is_chosen = level.chosen;
            own.unwrap_or(&rule.check)(context, &mut findings);
            if findings.is_silent() {
                continue;
            }
            open.extend(findings.not_checked.iter().map(|place| (rule.id, place.span.start)));
            not_checked.append(&mut findings.not_checked);
            let severity = |finding: &Finding| match finding.demanded && !level.chosen {
                true => Severity::Error,
                false => usual,
            };
            found.extend(findings.into_vec().into_iter().map(|finding| (severity(&finding), finding)));
        }
        leave_out_consequences(context, &mut found);
        let without_engine = context.open_without_engine();
        unjudged.all = without_engine.is_some() || !post.loads();
        not_checked.extend(without_engine.or_else(|| context.left_by_format()));
        let severity = |rule: RuleId| {
            let usual = *self.levels.get(&rule)?;
            levels.as_ref().map_or(usual, |levels| levels.level(rule, usual)).severity
        };
        let before = found.len();
        let has_spoken = |named| self.has_spoken(named, context, severity);
        let idle = match self.overrules_posts {
            true => Vec::new(),
            false => suppressions::apply(post, &mut found, &open, has_spoken),
        };
        let suppressed = before - found.len();
        if let Some(severity) = severity(RuleId::UNUSED_SUPPRESSION) {
            let mut intrusive = Findings::of(RuleId::UNUSED_SUPPRESSION, post.text);
            intrusive::report(post, context.blog, &suppressions::comments(post), &mut intrusive);
            let intrusive = intrusive.into_vec();
            // What becomes of the block below is told by the comment that does it.
            found.retain(|(_, finding)| {
                let is_at = |label: &Label| intrusive.iter().any(|comment| comment.span == label.span);
                finding.rule != RuleId::LITERAL_MARKUP || !finding.labels.iter().any(is_at)
            });
            found.extend(idle.into_iter().chain(intrusive).map(|finding| (severity, finding)));
        }
        found.sort_by_key(|(_, finding)| (finding.span.start, finding.rule));
        // What a rule has two reasons for is told once.
        found.dedup_by(|(_, one), (_, other)| one == other);
        unjudged.rules.extend(open.into_iter().map(|(rule, _)| rule));
        Verdict { findings: found, not_checked, unjudged, suppressed }
    }

    /// Whether all has been said of a post that rules of this name ever say: only then a suppression can be idle.
    fn has_spoken(&self, named: Named, context: &RuleContext, severity: impl Fn(RuleId) -> Option<Severity>) -> bool {
        let is_later = |rule: &Rule| match (rule.id, named) {
            // A site that does not answer today does tomorrow: what is suppressed of it is never idle.
            (RuleId::DEAD_URL, Named::Rule(_)) => true,
            (RuleId::DEAD_URL, Named::Group(_)) => !context.blog.external_urls(context.post).is_empty(),
            (id, _) => self.elsewhere.contains(&id) || is_premature(id, context.blog.draft(context.post)),
        };
        named.rules().any(|rule| severity(rule.id).is_some()) && !named.rules().any(is_later)
    }
}
