//! Reading a scalar from left to right.

use jiff::tz::Offset;

/// What is left of a scalar to be read.
pub(super) struct Scan<'t>(pub &'t str);

impl<'t> Scan<'t> {
    pub(crate) fn take(&mut self, wanted: impl Fn(u8) -> bool) -> &'t str {
        let end = self.0.bytes().position(|b| !wanted(b)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        taken
    }

    pub(crate) fn byte(&mut self, wanted: &[u8]) -> Option<u8> {
        let first = self.0.bytes().next().filter(|b| wanted.contains(b))?;
        self.0 = &self.0[1..];
        Some(first)
    }

    pub(crate) fn digits(&mut self, least: usize, most: usize) -> Option<u64> {
        let count = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        (count >= least).then(|| digits.parse().ok())?
    }

    pub(crate) fn spaces(&mut self) -> Option<usize> {
        Some(self.take(|b| b.is_ascii_whitespace()).len())
    }

    /// Takes a sign and says whether it is a minus.
    pub(crate) fn sign(&mut self) -> bool {
        self.byte(b"+-") == Some(b'-')
    }

    pub(crate) fn base60(&mut self) -> Option<u64> {
        self.digits(1, 2).filter(|&part| part < 60)
    }

    /// Nanoseconds; further digits are dropped.
    pub(crate) fn fraction(&mut self) -> u64 {
        if self.byte(b".").is_none() {
            return 0;
        }
        let digits = self.take(|b| b.is_ascii_digit());
        format!("{digits:0<9}")[..9].parse().unwrap_or(0)
    }

    /// `Z`, `+09`, `+0900` or `+09:00`; the outer `None` is an offset no clock has.
    pub(crate) fn offset(&mut self) -> Option<Option<Offset>> {
        if self.0.is_empty() {
            return Some(None);
        }
        self.spaces();
        if self.byte(b"Zz").is_some() {
            return Some(Some(Offset::UTC));
        }
        let negative = self.byte(b"+-")? == b'-';
        let hours = self.digits(1, 2)? as i32;
        self.byte(b":");
        let minutes = self.digits(0, 2).unwrap_or(0) as i32;
        let seconds = (hours * 60 + minutes) * 60;
        let day = 24 * 60 * 60;
        let offset = Offset::from_seconds(if negative { -seconds } else { seconds }).ok()?;
        (seconds <= day).then_some(Some(offset))
    }
}
