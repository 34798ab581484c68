//! Categories and tags that are one name in several words.

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
