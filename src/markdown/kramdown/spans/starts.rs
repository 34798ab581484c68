//! Where something may start.

use super::{Frame, Reader, Stop};

/// The bytes that make it worth to look closer.
static STARTS: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"*_`<>[]!\"'${&-.\\~\n";
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
};

impl Reader<'_, '_> {
    /// The next place where something may start or the element may stop.
    pub(super) fn next_start(&self, frame: &Frame, stop: &Stop) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if frame.html_only {
            return memchr::memchr(b'<', &bytes[self.at..]).map(|at| self.at + at);
        }
        let mut from = self.at;
        loop {
            let found = from + bytes[from..].iter().position(|&byte| STARTS[byte as usize])?;
            if let Some(start) = self.start_at(found, stop) {
                return Some(start);
            }
            from = found + 1;
        }
    }

    /// Where what shows itself at a byte starts, if it does. Signs take the character before them along.
    fn start_at(&self, at: usize, stop: &Stop) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let before = &bytes[self.at..at];
        let rest = &bytes[at..];
        let starts = match rest[0] {
            b'"' | b'\'' => {
                return Some(self.text[..at].char_indices().next_back().map_or(at, |(at, _)| at).max(self.at));
            }
            b'\n' if before.ends_with(b"  ") && self.breaks_lines() => return Some(at - 2),
            b'>' if rest.starts_with(b">>") => return Some(at - usize::from(before.ends_with(b" "))),
            b'>' | b'\n' => false,
            b'.' => rest.starts_with(b"..."),
            b'-' => rest.starts_with(b"--"),
            b'!' => rest.starts_with(b"!["),
            b'{' => rest.starts_with(b"{:"),
            b'$' => rest.starts_with(b"$$"),
            b'~' => rest.starts_with(b"~~"),
            b']' => matches!(stop, Stop::Bracket { .. }),
            _ => true,
        };
        // A quote takes the character before it along.
        (starts || matches!(rest.get(1), Some(b'"' | b'\''))).then_some(at)
    }
}
