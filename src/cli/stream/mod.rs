//! `postlint check --stream`: a fleet of blogs, each a line of JSON on standard input, and a line for each on standard
//! output, in the same order.
//!
//! One thread reads, and no further ahead than [`AHEAD`] and [`MOST_AHEAD`] allow, so that memory does not grow with the
//! input. Each blog is checked by one thread alone; as many are under way as there are cores. A line that is broken, and a
//! fault of postlint, cost the answer to that line.

mod request;
#[cfg(test)]
mod tests;

use std::io::{self, BufRead, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use jiff::Timestamp;

use self::request::{Asked, Request};
use super::check::Run;
use super::target::{Target, Targets, why};
use super::{CheckArgs, Outcome, complain};
use crate::blog::root::{CONFIG, Root};
use crate::blog::{self, Blog};
use crate::config::{Config, Selection};
use crate::files::read_file;
use crate::report::json::{of_blog, readable};
use crate::report::{Format, Output, Style};

/// So many blogs a core are read ahead of the answers,
const AHEAD: usize = 4;

/// and so many bytes of them, or else one line.
const MOST_AHEAD: usize = 64 << 20;

/// A line can have so many bytes.
const LONGEST: usize = 512 << 20;

/// A line of the output, and what it says of the run.
struct Answer {
    line: String,
    outcome: Outcome,
}

/// Checks blog after blog.
pub(super) fn run(args: &CheckArgs) -> io::Result<Outcome> {
    let Some(checker) = Checker::of(args)? else { return Ok(Outcome::Failed) };
    let pool = rayon::ThreadPoolBuilder::new().build().map_err(io::Error::other)?;
    let (asked, answers) = sync_channel(AHEAD * pool.current_num_threads());
    thread::spawn(move || {
        let mut reader = Reader { pool, checker: Arc::new(checker), asked, room: Arc::default() };
        if let Err(error) = reader.read(io::stdin().lock()) {
            let (sender, answer) = sync_channel(1);
            let line = failure("null", None, &format!("cannot read standard input: {error}"));
            let _ = sender.send(Answer { line, outcome: Outcome::Failed });
            let _ = reader.asked.send(answer);
        }
    });
    write(&answers, io::stdout().lock())
}

/// Writes the answers in the order of the questions, each as soon as it is there.
fn write(answers: &Receiver<Receiver<Answer>>, out: impl Write) -> io::Result<Outcome> {
    let (mut out, mut outcome) = (io::BufWriter::new(out), Outcome::Clean);
    while let Some(answer) = next(answers, &mut out)? {
        let Some(answer) = next(&answer, &mut out)? else { continue };
        out.write_all(answer.line.as_bytes())?;
        outcome = outcome.max(answer.outcome);
    }
    out.flush()?;
    Ok(outcome)
}

/// What comes next of a channel; nobody waits for it with a line in hand that could be written.
fn next<T>(channel: &Receiver<T>, out: &mut impl Write) -> io::Result<Option<T>> {
    match channel.try_recv() {
        Ok(next) => Ok(Some(next)),
        Err(TryRecvError::Disconnected) => Ok(None),
        Err(TryRecvError::Empty) => {
            out.flush()?;
            Ok(channel.recv().ok())
        }
    }
}

/// Reads lines, and hands them to the threads.
struct Reader {
    pool: rayon::ThreadPool,
    checker: Arc<Checker>,
    /// Where the answers will come from, in order.
    asked: SyncSender<Receiver<Answer>>,
    room: Arc<Room>,
}

impl Reader {
    fn read(&mut self, mut input: impl BufRead) -> io::Result<()> {
        for number in 1.. {
            let mut line = Vec::new();
            if input.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            let is_whole = line.len() <= LONGEST || line.ends_with(b"\n");
            if !is_whole {
                line = Vec::new();
                skip_line(&mut input)?;
            } else if line.trim_ascii().is_empty() {
                continue;
            }
            let (sender, answer) = sync_channel(1);
            if self.asked.send(answer).is_err() {
                // Nobody reads the answers any more.
                break;
            }
            let (checker, room, size) = (self.checker.clone(), self.room.clone(), line.len());
            room.take(size);
            self.pool.spawn(move || {
                let answer = checker.answer(number, is_whole.then_some(&line));
                drop(line);
                room.give_back(size);
                let _ = sender.send(answer);
            });
        }
        Ok(())
    }
}

/// Passes over what is left of a line.
fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let (length, is_end) = match memchr::memchr(b'\n', buffer) {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(length);
        if is_end {
            return Ok(());
        }
    }
}

/// How many bytes of the input lie in memory.
#[derive(Default)]
struct Room {
    taken: Mutex<usize>,
    is_freed: Condvar,
}

impl Room {
    /// Waits until there is room for so many more.
    fn take(&self, bytes: usize) {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |taken: &mut usize| *taken > 0 && *taken + bytes > MOST_AHEAD;
        *self.is_freed.wait_while(taken, is_full).unwrap_or_else(PoisonError::into_inner) += bytes;
    }

    fn give_back(&self, bytes: usize) {
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner) -= bytes;
        self.is_freed.notify_one();
    }
}

/// How blogs are checked.
struct Checker {
    selection: Selection,
    /// The config of the command line, for all blogs that come without one of their own.
    config: Option<Arc<str>>,
    now: Option<Timestamp>,
}

impl Checker {
    /// `None` where an error has been told.
    fn of(args: &CheckArgs) -> io::Result<Option<Checker>> {
        if args.format.iter().any(|asked| !asked.is_to_print(Format::Json)) {
            complain("`--stream` writes JSON, a line a blog; leave `--format` out");
            return Ok(None);
        }
        let Ok(now) = args.paths.home.now() else { return Ok(None) };
        let mut checker = Checker { selection: args.selection(), config: None, now };
        if let Some(path) = &args.paths.home.config {
            let text = match read_file(path) {
                Ok(text) => text,
                Err(error) => {
                    complain(&format!("cannot read `{}`: {}", path.display(), why(&error)));
                    return Ok(None);
                }
            };
            // What is wrong with it is told once, not for each blog.
            let (_, _, faults) = Config::read(&text).engine(&checker.selection);
            if let Some(fault) = faults.first() {
                complain(&format!(
                    "`{}` is at fault: {}; `postlint check --config` says where",
                    path.display(),
                    fault.message
                ));
                return Ok(None);
            }
            checker.config = Some(text);
        }
        Ok(Some(checker))
    }

    /// The answer to a line, which may be too long to be held.
    fn answer(&self, number: usize, line: Option<&Vec<u8>>) -> Answer {
        let Some(line) = line else {
            return Answer::failed("null", number, &format!("this line is longer than {} MiB", LONGEST >> 20));
        };
        match Request::read(line) {
            Ok(Request { blog, asked }) => {
                let check = || self.check(&blog, asked?);
                match guarded(check) {
                    Ok(answer) => answer,
                    Err(why) => Answer::failed(&blog, number, &why),
                }
            }
            Err(why) => Answer::failed("null", number, &why),
        }
    }

    fn check(&self, blog: &str, asked: Asked) -> Result<Answer, String> {
        let targets = self.targets(asked)?;
        let style = Style::plain(Format::Json);
        let mut report = Vec::new();
        let results = Run::new(vec![style], Path::new("")).all(&targets);
        let rendered = results.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect::<Vec<_>>();
        let mut output = Output::new(&mut report, style, targets.count());
        rendered.iter().for_each(|rendered| output.add(rendered));
        let summary = output.finish().map_err(|error| error.to_string())?;
        let outcome = if summary.errors > 0 { Outcome::Found } else { Outcome::Clean };
        Ok(Answer { line: of_blog(blog, &String::from_utf8_lossy(&report)), outcome })
    }

    /// The whole blog.
    fn targets(&self, Asked { files, config }: Asked) -> Result<Targets, String> {
        let Root { files, config: own, why: root_why, .. } = Root::of_files(files);
        let mut targets = Targets::default();
        let place = own.unwrap_or_else(|| PathBuf::from(CONFIG));
        let text = match (config, &self.config) {
            (Some(given), _) => given.into(),
            (None, Some(usual)) => usual.clone(),
            (None, None) if files.is_file(CONFIG) => {
                files.read(CONFIG).map_err(|error| format!("cannot read `{CONFIG}`: {}", why(&error)))?
            }
            (None, None) => "".into(),
        };
        let (engine, settings, faults) = Config::read(&text).engine(&self.selection);
        if !faults.is_empty() {
            targets.faulty.push((place, text.to_string(), faults));
            return Ok(targets);
        }
        let blog = Blog::new(files, blog::Settings { now: self.now, ..settings.into_blog() });
        let mut target = Target::new(blog, engine, root_why, Some((place, text)));
        (target.is_asked_for, target.is_whole) = (true, true);
        target.files = target.blog.posts_and_drafts().cloned().collect();
        target.files.sort_unstable();
        if target.files.is_empty() {
            targets.faulty.extend(target.idle());
        }
        targets.list.push(target);
        Ok(targets)
    }
}

impl Answer {
    fn failed(blog: &str, number: usize, why: &str) -> Answer {
        Answer { line: failure(blog, Some(number), why), outcome: Outcome::Failed }
    }
}

/// The line of a blog that nothing can be said of.
fn failure(blog: &str, number: Option<usize>, why: &str) -> String {
    let number = number.map_or_else(|| "null".to_owned(), |number| number.to_string());
    format!("{{\"blog\":{blog},\"line\":{number},\"error\":{}}}\n", readable(&why))
}

/// A fault of postlint itself is told as such.
fn guarded<T>(check: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let fault = |_| Err("this is a fault of postlint, not of the blog: it could not check it".to_owned());
    catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(fault)
}
