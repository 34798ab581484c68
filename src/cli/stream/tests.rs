use std::io::Cursor;
use std::time::Duration;

use serde_json::{Value, json};

use super::*;

const POST: &str = "---\nlayout: post\ntitle: a\n---\n\n[b](#nowhere)\n";

fn checker() -> Checker {
    let now = "2022-11-01T00:00:00Z".parse().expect("a moment");
    Checker { selection: Selection::default(), config: None, now: Some(now) }
}

fn answers(lines: &[u8], checker: Checker) -> (Vec<Value>, Outcome) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().expect("threads");
    let (asked, answers) = sync_channel(4);
    let lines = Cursor::new(lines.to_vec());
    let reader = thread::spawn(move || {
        Reader { pool, checker: Arc::new(checker), asked, room: Arc::default() }.read(lines).expect("it can be read");
    });
    let mut out = Vec::new();
    let outcome = write(&answers, &mut out).expect("it can be written");
    reader.join().expect("it ends");
    let lines = String::from_utf8(out).expect("text");
    (lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect(), outcome)
}

fn answer(line: &Value) -> Value {
    let (mut answers, _) = answers(line.to_string().as_bytes(), checker());
    assert_eq!(answers.len(), 1, "{line}");
    answers.remove(0)
}

fn rules(answer: &Value) -> Vec<&str> {
    let findings = answer["findings"].as_array().unwrap_or_else(|| panic!("{answer}"));
    findings.iter().map(|finding| finding["rule"].as_str().expect("a rule")).collect()
}

#[test]
fn the_answers_come_in_order() {
    let blog = |number: usize| {
        let posts = (1..=number * 7 % 20).map(|day| (format!("_posts/2022-10-{day:02}-a.md"), json!(POST)));
        let files: serde_json::Map<String, Value> = posts.chain([("_config.yml".to_owned(), json!(""))]).collect();
        json!({"blog": number, "files": files}).to_string()
    };
    let lines: Vec<String> = (0..60).map(blog).collect();
    let (answers, outcome) = answers(lines.join("\n").as_bytes(), checker());
    assert_eq!(outcome, Outcome::Found);
    for (number, answer) in answers.iter().enumerate() {
        assert_eq!((&answer["blog"], &answer["version"]), (&json!(number), &json!(1)));
        assert_eq!(answer["posts"], json!(number * 7 % 20), "{answer}");
        assert_eq!(rules(answer).len(), number * 7 % 20, "{answer}");
    }
    assert_eq!(answers.len(), 60);
}

#[test]
fn ids_go_back_as_they_came() {
    for id in ["1", "-1.50", "12345678901234567890123", r#""a \" b""#, r#""블로그""#, r#""a\nb""#, r#""""#] {
        let line = format!(r#"{{"files": {{}}, "blog": {id}}}"#);
        let checker = checker();
        let answer = checker.answer(1, Some(&line.clone().into_bytes()));
        assert_eq!(
            answer.line,
            format!("{{\"blog\":{id},\"version\":1,\"posts\":0,\"findings\":[],\"not_checked\":[]}}\n")
        );
    }
}

#[test]
fn a_broken_line_costs_one_line() {
    let good = json!({"blog": "good", "files": {"_config.yml": "", "_posts/2022-10-09-a.md": POST}}).to_string();
    for (line, blog, says) in [
        ("{", json!(null), "in column 1"),
        ("[]", json!(null), "an object such as"),
        ("nothing", json!(null), "in column"),
        (r#"{"blog": 1, "files": {"a.md": "x"}"#, json!(null), "in column 34"),
        (r#"{"files": {}}"#, json!(null), "`blog` is missing"),
        (r#"{"blog": null, "files": {}}"#, json!(null), "`blog` is missing"),
        (r#"{"blog": [1], "files": {}}"#, json!(null), "neither a text nor a number"),
        (r#"{"blog": 1}"#, json!(1), "`files` is missing"),
        (r#"{"blog": "a", "files": ["a.md"]}"#, json!("a"), "an object of paths"),
        (r#"{"blog": "a", "files": {"a.md": 1}}"#, json!("a"), "a file is a text"),
        (r#"{"blog": "a", "files": {"a.md": {"base64": "*"}}}"#, json!("a"), "`a.md` is no base64"),
        (r#"{"blog": "a", "files": {"a.md": "", "a.md": ""}}"#, json!("a"), "twice"),
        (r#"{"blog": "a", "files": {"a": "", "a/b.md": ""}}"#, json!("a"), "a file and a folder"),
        (r#"{"blog": "a", "files": {"/etc/a.md": ""}}"#, json!("a"), "absolute"),
        (r#"{"blog": "a", "files": {"C:/a.md": ""}}"#, json!("a"), "absolute"),
        (r#"{"blog": "a", "files": {"a/../../b.md": ""}}"#, json!("a"), "leads out"),
        (r#"{"blog": "a", "files": {"a\\b.md": ""}}"#, json!("a"), "back slash"),
        (r#"{"blog": "a", "files": {"a//b.md": ""}}"#, json!("a"), "is no path"),
        (r#"{"blog": "a", "files": {"": ""}}"#, json!("a"), "is no path"),
        (r#"{"blog": "a", "files": {}, "config": 1}"#, json!("a"), "`config`"),
        (r#"{"blog": "a", "files": {"postlint.yaml": null}}"#, json!("a"), "its text was not sent"),
    ] {
        let lines = format!("{good}\n\n{line}\r\n{good}");
        let (answers, outcome) = answers(lines.as_bytes(), checker());
        assert_eq!((answers.len(), outcome), (3, Outcome::Failed), "{line}");
        let (keys, error) = (answers[1].as_object().expect("an object"), answers[1]["error"].as_str());
        assert_eq!(keys.keys().map(String::as_str).collect::<Vec<_>>(), ["blog", "error", "line"]);
        assert_eq!((&answers[1]["blog"], &answers[1]["line"]), (&blog, &json!(3)), "{line}");
        assert!(error.is_some_and(|error| error.contains(says) && !error.contains("at line")), "{line}: {error:?}");
        assert!([0, 2].iter().all(|&at| rules(&answers[at]) == ["dead-anchor"]), "{line}");
    }
    let (answers, _) = answers(b"{\"blog\": \"\xff\", \"files\": {}}\n", checker());
    assert_eq!(answers[0]["blog"], json!(null));
}

#[test]
fn a_fault_of_postlint_costs_one_answer() {
    let told: Result<(), String> = guarded(|| panic!("a fault"));
    assert!(told.is_err_and(|why| why.contains("a fault of postlint")));
}

#[test]
fn files_that_are_there_without_text() {
    let files = json!({
        "_config.yml": "",
        "a.png": null,
        "_posts/2022-10-09-a.md": "---\nlayout: post\n---\n\n![a](/a.png) ![b](/b.png)\n",
        "_posts/2022-10-10-b.md": null,
        "_posts/2022-10-11-c.md": {"base64": "/w=="},
    });
    let answer = answer(&json!({"blog": 1, "files": files}));
    assert_eq!(rules(&answer), ["dead-link", "invalid-encoding"], "{answer}");
    assert!(answer["findings"][0]["message"].as_str().is_some_and(|message| message.contains("/b.png")), "{answer}");
    assert_eq!(answer["not_checked"][0]["path"], json!("_posts/2022-10-10-b.md"));
    assert_eq!(answer["not_checked"][0]["why"], json!("the text of this post was not sent"));
}

#[test]
fn a_config_of_the_line_goes_before_the_others() {
    let post = "---\nlayout: post\n---\n\nTODO: b\n";
    let files =
        json!({"_config.yml": "", "_posts/2022-10-09-a.md": post, "postlint.yaml": "rules: {placeholder: off}"});
    let own = json!({"blog": 1, "files": files});
    assert_eq!(rules(&answer(&own)), [""; 0]);
    let config = "rules: {placeholder: error}";
    let told = json!({"blog": 1, "files": files, "config": config, "another": []});
    assert_eq!(answer(&told)["findings"][0]["severity"], json!("error"));
    let of_all = Checker { config: Some("rules: {placeholder: warn}".into()), ..checker() };
    let (answers, _) = answers(own.to_string().as_bytes(), of_all);
    assert_eq!(answers[0]["findings"][0]["severity"], json!("warning"));
    let faulty = answer(&json!({"blog": 1, "files": files, "config": "rule: {}"}));
    assert_eq!((rules(&faulty), &faulty["posts"]), (vec!["invalid-config"], &json!(0)));
}

#[test]
fn the_site_may_lie_below_the_top() {
    let files = json!({"README.md": "", "docs/_config.yml": "", "docs/_posts/2022-10-09-a.md": POST});
    let below = answer(&json!({"blog": 1, "files": files}));
    assert_eq!(below["findings"][0]["path"], json!("docs/_posts/2022-10-09-a.md"), "{below}");
}

/// Somebody who asks one question after another gets each answer before the next question.
#[test]
fn nobody_waits_for_a_full_batch() {
    let (asked, answers) = sync_channel(4);
    let (questions, input) = std::sync::mpsc::channel::<Vec<u8>>();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    thread::spawn(move || {
        let input = io::BufReader::new(Talk { input, rest: Vec::new() });
        Reader { pool, checker: Arc::new(checker()), asked, room: Arc::default() }.read(input)
    });
    let (told, heard) = std::sync::mpsc::channel();
    thread::spawn(move || write(&answers, Speaker(told)));
    for _ in 0..3 {
        questions.send(b"{\"blog\": 1, \"files\": {}}\n".to_vec()).expect("it listens");
        let answer: Vec<u8> = heard.recv_timeout(Duration::from_secs(60)).expect("an answer");
        assert!(answer.starts_with(b"{\"blog\":1,") && answer.ends_with(b"}\n"));
    }
}

struct Talk {
    input: Receiver<Vec<u8>>,
    rest: Vec<u8>,
}

impl Read for Talk {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            self.rest = self.input.recv().unwrap_or_default();
        }
        let read = self.rest.as_slice().read(buffer)?;
        self.rest.drain(..read);
        Ok(read)
    }
}

struct Speaker(std::sync::mpsc::Sender<Vec<u8>>);

impl Write for Speaker {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(bytes.to_vec()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn so_much_is_read_ahead() {
    let room = Arc::new(Room::default());
    room.take(MOST_AHEAD + 1);
    let (sender, done) = sync_channel(1);
    let other = room.clone();
    thread::spawn(move || {
        other.take(1);
        sender.send(()).expect("it is heard");
    });
    assert!(done.recv_timeout(Duration::from_millis(50)).is_err());
    room.give_back(MOST_AHEAD + 1);
    done.recv_timeout(Duration::from_secs(60)).expect("there is room");
}
