//! What is one name: several words of a category, and the paths of a post in several languages.

use super::Blog;

impl Blog {
    /// Whether a word is a name on this blog, or several are one: here or everywhere.
    pub(crate) fn is_one_name(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        SUBJECTS.contains(&words.as_str()) || self.habits().names.contains(&words)
    }
}

/// Subjects that nobody means as two categories.
const SUBJECTS: &[&str] = &[
    "artificial intelligence", "big data", "book review", "competitive programming", "computer architecture",
    "computer graphics", "computer science", "computer vision", "data analysis", "data engineering", "data science",
    "data structure", "data structures", "deep learning", "design pattern", "design patterns", "game development",
    "image processing", "information theory", "linear algebra", "machine learning", "neural networks",
    "object detection", "operating system", "operating systems", "problem solving", "reinforcement learning",
    "signal processing", "software engineering", "system design", "time series", "web development", "딥 러닝",
    "머신 러닝", "운영 체제", "자료 구조",
];

/// Whether two paths are those of one post in two languages.
pub(crate) fn is_translation(one: &str, other: &str) -> bool {
    untranslated(one) == untranslated(other)
}

/// The parts of a path but for those that name a language.
pub(crate) fn untranslated(path: &str) -> Vec<&str> {
    let is_language = |part: &str| {
        let (name, region) = part.split_once(['-', '_']).unwrap_or((part, ""));
        let is_region =
            region.is_empty() || matches!(region.len(), 2 | 4) && region.bytes().all(|b| b.is_ascii_alphabetic());
        is_region && LANGUAGES.contains(&&*name.to_lowercase())
    };
    let without_end = |part| match str::rsplit_once(part, ['_', '-']) {
        Some((name, end)) if LANGUAGES.contains(&&*end.to_lowercase()) => name,
        _ => part,
    };
    path.split(['/', '.']).filter(|part| !is_language(part)).map(without_end).collect()
}

/// Names of languages in paths, and of countries for their languages.
const LANGUAGES: [&str; 52] = [
    "ar", "bg", "bn", "ca", "cn", "cs", "da", "de", "el", "en", "eng", "es", "et", "fa", "fi", "fil", "fr", "he", "hi",
    "hr", "hu", "id", "it", "ja", "jp", "ko", "kr", "lt", "lv", "ms", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk",
    "sl", "sr", "sv", "th", "tr", "tw", "uk", "ur", "uz", "vi", "zh", "hk", "kor", "jpn",
];
