use std::fs;

use super::read::HEAD;
use super::replace::Unwritten;
use super::*;

#[test]
fn a_folder_in_memory() {
    let files = Files::in_memory([("a.md", "\u{feff}one"), ("_posts/b/c.md", "two"), ("_posts/d.md", "")]);
    assert!(files.is_file("_posts/b/c.md") && files.is_folder("_posts/b") && files.is_folder(""));
    assert!(!files.is_file("_posts") && !files.is_folder("a.md") && !files.is_file("A.md") && !files.is_file("a.md/b"));
    assert_eq!(files.below("", |_| true), ["_posts/b/c.md", "_posts/d.md", "a.md"]);
    assert_eq!(files.below("_posts", |folder| folder != "b"), ["d.md"]);
    assert_eq!(files.below("nothing", |_| true), [""; 0]);
    assert_eq!(files.read("a.md").ok().as_deref(), Some("\u{feff}one"));
    assert_eq!(files.text("a.md").as_deref(), Some("one"));
    assert!(files.read("b.md").is_err() && files.text("b.md").is_none() && files.head("b.md").is_none());
}

#[test]
fn what_git_ignores() {
    let files = Files::in_memory([
        (".gitignore", "/drafts\n*.tmp.md\n"),
        ("_posts/.gitignore", "!b.tmp.md\nold/\n"),
        // Of no concern to Git.
        ("_posts/.ignore", "a.md\n"),
        ("_posts/a.md", ""),
        ("_posts/a.tmp.md", ""),
        ("_posts/b.tmp.md", ""),
        ("_posts/old/c.md", ""),
        ("_posts/.d.md", ""),
        ("_posts/e.png", ""),
        ("drafts/f.md", ""),
        ("vendor/g.md", ""),
    ]);
    let kept = |folder: &str| {
        files.kept_by_git(folder, |name| name != "vendor", |path| path.ends_with(".md"), |_| false).files.join(" ")
    };
    assert_eq!(kept(""), "_posts/a.md _posts/b.tmp.md");
    assert_eq!(kept("_posts"), "_posts/a.md _posts/b.tmp.md");
    assert_eq!(kept("nothing"), "");
}

#[test]
fn a_text_laid_over_the_disk() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("a.md"), "saved").expect("a file");
    let mut files = Files::on_disk(folder.path());
    files.lay("a.md", Ok("typed".into()));
    files.lay("new/b.md", Ok("new".into()));
    assert_eq!(files.below("", |_| true), ["a.md", "new/b.md"]);
    assert_eq!(files.text("a.md").as_deref(), Some("typed"));
    assert_eq!(files.head("new/b.md").as_deref(), Some("new"));
}

#[test]
fn heads_are_read_as_far_as_they_are_needed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let long = "가".repeat(HEAD);
    for (name, text) in [("plain", long.clone()), ("page", format!("---\n{long}")), ("short", "a".to_owned())] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    fs::write(folder.path().join("bytes"), b"a\xff").expect("a file");
    let files = Files::on_disk(folder.path());
    let length = |name| files.head(name).map(|head| head.len());
    assert_eq!(length("plain"), Some(HEAD / 3 * 3));
    assert_eq!(length("page"), Some(4 + long.len()));
    assert_eq!((length("short"), length("bytes"), length("none")), (Some(1), Some(1), None));
    assert_eq!(files.read("plain").ok().map(|text| text.len()), Some(long.len()));
    assert!(matches!(files.read("bytes"), Err(Unreadable::NotUtf8(bytes)) if *bytes == *b"a\xff"));
    assert_eq!(files.text("bytes").as_deref(), Some("a\u{fffd}"));
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_end() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["a", "b"] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
        fs::write(folder.path().join(name).join("x.md"), "").expect("a file");
    }
    symlink("../b", folder.path().join("a/to-b")).expect("a link");
    symlink("../a", folder.path().join("b/to-a")).expect("a link");
    symlink("..", folder.path().join("a/up")).expect("a link");
    let files = Files::on_disk(folder.path());
    let found = files.below("", |_| true);
    assert!(found.contains(&"a/to-b/x.md".to_owned()) && found.contains(&"b/x.md".to_owned()), "{found:?}");
    assert!(found.len() < 12, "{found:?}");
    let kept = files.kept_by_git("", |_| true, |_| true, |_| false);
    assert_eq!(kept.files, ["a/x.md", "b/x.md"]);
    symlink(std::env::temp_dir(), folder.path().join("outside")).expect("a link");
    symlink("a", folder.path().join("inside")).expect("a link");
    symlink("a/x.md", folder.path().join("file.md")).expect("a link");
    let files = Files::on_disk(folder.path());
    let kept = files.kept_by_git("", |_| true, |_| true, |path| !path.contains('/'));
    assert_eq!(kept.files, ["a/x.md", "b/x.md", "inside/x.md"]);
    let kept = files.kept_by_git("", |_| true, |_| true, |path| path == "a/up" || path == "outside");
    assert_eq!(kept.files, ["a/x.md", "b/x.md"]);
}

#[test]
fn paths_are_joined() {
    for (folder, path, joined) in
        [("", "a", "a"), ("a/", "./b", "a/b"), ("a", "../b/", "b"), ("a", "../../b", "../b"), ("", "", "")]
    {
        assert_eq!(join(folder, path), joined, "{folder} {path}");
    }
}

#[test]
fn a_new_file_is_whole_and_in_its_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("blog");
    fs::create_dir(&root).expect("a folder");
    create_file(&root, "a/b/index.md", "new\n").expect("a file");
    assert_eq!(fs::read_to_string(root.join("a/b/index.md")).expect("a text"), "new\n");
    let names = fs::read_dir(root.join("a/b")).expect("a folder").count();
    assert_eq!(names, 1, "nothing else is left");
    let again = create_file(&root, "a/b/index.md", "other\n");
    assert!(matches!(again, Err(Unwritten::Exists)), "{again:?}");
    assert_eq!(fs::read_to_string(root.join("a/b/index.md")).expect("a text"), "new\n");
    let outside = create_file(&root, "../c.md", "new\n");
    assert!(matches!(outside, Err(Unwritten::Outside)), "{outside:?}");
    assert!(!folder.path().join("c.md").exists());
}
