//! How a file is read: into a buffer that a thread keeps, so that only its text takes new memory.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::{Reading, Text, Unreadable};

/// So much of a file, in bytes, is read to see whether it has front matter.
pub(super) const HEAD: usize = 16 << 10;

/// A thread keeps no more than so many bytes.
const MOST_KEPT: usize = 1 << 20;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Reads a file whole.
///
/// # Errors
/// When it cannot be opened or read, when it is no plain file, and when it is not UTF-8.
pub(crate) fn read_file(path: &Path) -> Text {
    whole(path, false)
}

/// The same of a file that is perhaps known to be a plain one.
pub(super) fn whole(path: &Path, is_plain: bool) -> Text {
    with_buffer(|buffer| {
        let (mut file, size) = open(path, is_plain)?;
        let length = fill(&mut file, buffer, 0, size)?;
        text(&buffer[..length])
    })
}

/// Reads the beginning of a file: all of it where it begins like front matter, is short, or is wanted whole.
pub(super) fn head(path: &Path, is_plain: bool, is_wanted: bool) -> Reading {
    let read = with_buffer(|buffer| {
        let (mut file, size) = open(path, is_plain)?;
        let mut length = 0;
        if !is_wanted && size > HEAD {
            length = fill_up_to(&mut file, buffer, 0, HEAD)?;
            let begins = buffer[..length].strip_prefix("\u{feff}".as_bytes()).unwrap_or(&buffer[..length]);
            if ![&b"---"[..], b"+++", b"{"].iter().any(|fence| begins.starts_with(fence)) {
                return Ok(Reading::Head(valid(&buffer[..length]).into()));
            }
        }
        length = fill(&mut file, buffer, length, size)?;
        Ok(Reading::Whole(text(&buffer[..length])))
    });
    read.unwrap_or_else(|why| Reading::Whole(Err(why)))
}

fn with_buffer<T>(read: impl FnOnce(&mut Vec<u8>) -> Result<T, Unreadable>) -> Result<T, Unreadable> {
    BUFFER.with_borrow_mut(|buffer| {
        let read = read(buffer);
        buffer.truncate(MOST_KEPT);
        buffer.shrink_to(MOST_KEPT);
        read
    })
}

/// Opens a plain file, and tells its size in bytes. A pipe would never end, so it is looked at before, unless it is
/// known for one.
fn open(path: &Path, is_plain: bool) -> io::Result<(File, usize)> {
    if !is_plain && !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no plain file"));
    }
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    Ok((file, usize::try_from(size).unwrap_or_default()))
}

/// Reads all of a file that goes on behind the first bytes, and is about so long; tells how long it is with these.
fn fill(file: &mut File, buffer: &mut Vec<u8>, from: usize, size: usize) -> io::Result<usize> {
    // A byte more than there should be: that shows the end.
    let (mut length, mut most) = (from, size + 1);
    loop {
        length = fill_up_to(file, buffer, length, most)?;
        if length < most {
            return Ok(length);
        }
        most *= 2;
    }
}

/// Reads until there are so many bytes, or no more; tells how many there are.
fn fill_up_to(file: &mut File, buffer: &mut Vec<u8>, from: usize, most: usize) -> io::Result<usize> {
    if buffer.len() < most {
        buffer.resize(most, 0);
    }
    let mut length = from;
    while length < most {
        match file.read(&mut buffer[length..most]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

fn text(bytes: &[u8]) -> Text {
    std::str::from_utf8(bytes).map(Arc::from).map_err(|_| Unreadable::NotUtf8(bytes.into()))
}

/// The first bytes of some that are UTF-8.
pub(super) fn valid(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}
