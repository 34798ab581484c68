//! A line of the input: a blog in memory.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::files::{Files, Text, Unreadable};
use crate::report::json::readable;
use crate::text::beginning;

/// A blog that was asked about.
#[derive(Debug)]
pub(super) struct Request {
    /// Its id, as JSON.
    pub blog: String,
    /// What is asked, or why nothing can be said of the blog.
    pub asked: Result<Asked, String>,
}

/// What is asked of a blog.
#[derive(Debug)]
pub(super) struct Asked {
    /// Its files.
    pub files: Files,
    /// The config to use in place of its own.
    pub config: Option<String>,
}

/// The keys of a line; others say nothing.
#[derive(Deserialize)]
struct Line<'l> {
    #[serde(borrow, default)]
    blog: Option<&'l RawValue>,
    #[serde(borrow, default)]
    files: Option<&'l RawValue>,
    #[serde(borrow, default)]
    config: Option<&'l RawValue>,
}

impl Request {
    /// Reads a line.
    ///
    /// # Errors
    /// Why it names no blog.
    pub(super) fn read(line: &[u8]) -> Result<Request, String> {
        // A list of the values would do for serde.
        if line.trim_ascii_start().first() == Some(&b'[') {
            return Err(
                "a line is an object such as `{\"blog\": 1, \"files\": {\"_posts/a.md\": \"text\"}}`".to_owned()
            );
        }
        let line: Line = serde_json::from_slice(line.trim_ascii_end())
            .map_err(|error| format!("{}, in column {}", why(&error), error.column().max(1)))?;
        let blog = id(line.blog)?;
        let asked = || {
            let Some(files) = line.files else { return Err("`files` is missing".to_owned()) };
            let Named(files) = read(files, "files")?;
            let config = line.config.map(|config| read(config, "config")).transpose()?;
            Ok(Asked { files: Files::of_texts(files), config })
        };
        Ok(Request { blog, asked: asked() })
    }
}

/// What serde_json says of a text, without the place, which it counts from the start of the value.
fn why(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.split_once(" at line ").map_or(&*said, |(why, _)| why).to_owned()
}

fn read<'l, T: Deserialize<'l>>(value: &'l RawValue, key: &str) -> Result<T, String> {
    serde_json::from_str(value.get()).map_err(|error| format!("`{key}`: {}", why(&error)))
}

/// A text or a number, which goes back as it came.
fn id(value: Option<&RawValue>) -> Result<String, String> {
    let Some(value) = value else { return Err("`blog` is missing".to_owned()) };
    match value.get().as_bytes().first() {
        Some(b'"') => Ok(readable(&read::<String>(value, "blog")?)),
        Some(b'-' | b'0'..=b'9') => Ok(value.get().to_owned()),
        _ => Err("`blog` is neither a text nor a number".to_owned()),
    }
}

/// Files by their paths.
struct Named(BTreeMap<String, Text>);

/// What a file holds.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a file is a text, `null` where its text does not matter, or `{\"base64\": \"...\"}`")]
enum Content {
    Text(Arc<str>),
    Bytes { base64: String },
    Untold(()),
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Named;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of paths with their texts")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Named, M::Error> {
        let mut files = BTreeMap::new();
        while let Some((path, content)) = map.next_entry::<String, Content>()? {
            let wrong = |why: &str| M::Error::custom(format!("`{}` {why}", beginning(&path, SHOWN)));
            if let Some(why) = fault(&path) {
                return Err(wrong(why));
            }
            let text = match content {
                Content::Text(text) => Ok(text),
                Content::Untold(()) => Err(Unreadable::Untold),
                Content::Bytes { base64 } => {
                    let bytes = bytes_of(&base64).ok_or_else(|| wrong("is no base64"))?;
                    String::from_utf8(bytes)
                        .map(Arc::from)
                        .map_err(|error| Unreadable::NotUtf8(error.into_bytes().into()))
                }
            };
            if files.insert(path.clone(), text).is_some() {
                return Err(wrong("stands there twice"));
            }
        }
        let folder =
            |path: &String| path.match_indices('/').map(|(slash, _)| path[..slash].to_owned()).collect::<Vec<_>>();
        match files.keys().flat_map(folder).find(|folder| files.contains_key(folder)) {
            Some(folder) => Err(M::Error::custom(format!("`{}` is a file and a folder", beginning(&folder, SHOWN)))),
            None => Ok(Named(files)),
        }
    }
}

/// So much of a path is shown in a message, in characters.
const SHOWN: usize = 60;

/// Why a path leads to no file of the blog.
fn fault(path: &str) -> Option<&'static str> {
    let is_drive = |path: &str| path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    if path.contains('\\') {
        return Some("has a back slash: write paths with `/`");
    }
    if path.starts_with('/') || is_drive(path) {
        return Some("is absolute: paths start at the top of the blog");
    }
    if path.split('/').any(|part| part == "..") {
        return Some("leads out of the blog: a path has no `..`");
    }
    let is_odd = path.contains('\0') || path.split('/').any(|part| matches!(part, "" | "."));
    is_odd.then_some("is no path: write it like `_posts/2022-10-09-a.md`")
}

/// The bytes of base64 in its usual alphabet (RFC 4648, 4).
fn bytes_of(base64: &str) -> Option<Vec<u8>> {
    let digits = base64.trim_end_matches('=');
    let (mut bytes, mut bits, mut count) = (Vec::with_capacity(digits.len() / 4 * 3), 0u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    (digits.len() % 4 != 1 && base64.len() - digits.len() <= 2).then_some(bytes)
}
