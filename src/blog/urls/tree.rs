//! The files of a blog, as a generator walks over them.

use std::fs;
use std::path::Path;
use std::sync::mpsc;

use ignore::{WalkBuilder, WalkState};

/// So many files of a blog are looked at.
const MOST: usize = 500_000;

/// The files below a folder, with forward slashes, sorted. Links are followed, as generators do, and nothing that Git
/// ignores is left out: generators do not ask Git. `enters` is asked of folders.
pub fn files_below(folder: &Path, enters: impl Fn(&str) -> bool + Sync) -> Vec<String> {
    let walk = WalkBuilder::new(folder).standard_filters(false).follow_links(true).build_parallel();
    let (send, found) = mpsc::channel();
    let enters = &enters;
    walk.run(|| {
        let send = send.clone();
        Box::new(move |entry| {
            let Ok(entry) = entry else { return WalkState::Continue };
            let Some(path) = entry.path().strip_prefix(folder).ok().and_then(with_slashes) else {
                return WalkState::Skip;
            };
            match entry.file_type() {
                Some(kind) if kind.is_dir() && !path.is_empty() && !enters(&path) => WalkState::Skip,
                Some(kind) if kind.is_file() && send.send(path).is_err() => WalkState::Quit,
                _ => WalkState::Continue,
            }
        })
    });
    drop(send);
    let mut files: Vec<String> = found.into_iter().take(MOST).collect();
    files.sort_unstable();
    files
}

fn with_slashes(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

/// The text of a file; `None` if there is none, or if it is no text.
pub fn read_text(path: &Path) -> Option<String> {
    path.is_file().then(|| fs::read_to_string(path).ok()).flatten()
}

/// Whether a file surely has no front matter, so that nobody need look.
pub fn is_binary(path: &str) -> bool {
    const EXTENSIONS: &[&str] = &[
        "avif", "bmp", "doc", "docx", "eot", "gif", "gz", "ico", "ipynb", "jpeg", "jpg", "mov", "mp3", "mp4", "ogg",
        "otf", "pdf", "png", "ppt", "pptx", "psd", "tif", "tiff", "ttf", "wav", "webm", "webp", "woff", "woff2", "xls",
        "xlsx", "zip",
    ];
    let extension = path.rsplit('.').next().unwrap_or_default();
    EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}
