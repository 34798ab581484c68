//! Formulas between dollar signs as remark-math takes them out of running text (micromark-extension-math 3.1, `math-text.js`).

use super::{Finder, Kind, Mark, Place};
use crate::markdown::commonmark::fences::between_runs;
use crate::text::Span;

impl Finder<'_> {
    /// The end of a formula of remark-math, or of code that the first reading did not see, or of signs that open neither.
    pub(super) fn fenced(&mut self, place: &Place, single: bool) -> Option<usize> {
        let sign = place.text.as_bytes()[place.at];
        if !matches!(sign, b'$' | b'`') {
            return None;
        }
        let (length, between) = between_runs(place.text, place.at);
        let Some(tex) = between.filter(|_| sign == b'`' || single || length > 1) else {
            return Some(place.at + length);
        };
        let end = tex.end + length;
        if sign == b'$' {
            let breaks = || place.lines.iter().filter(|&&line| tex.start < line && line < tex.end);
            let kind = match breaks().next() {
                None if place.is_cell && self.options.unescapes_pipes_in_math && self.text[tex].contains("\\|") => {
                    Kind::Lines(self.text[tex].replace("\\|", "|"))
                }
                None => Kind::Formula { tex, display: false },
                Some(_) => {
                    let (mut lines, mut from) = (String::new(), tex.start);
                    for &line in breaks() {
                        lines.push_str(self.text[from..line].split_inclusive('\n').next().unwrap_or_default());
                        from = line;
                    }
                    Kind::Lines(lines + &self.text[from..tex.end])
                }
            };
            self.marks.push(Mark { span: Span::new(place.at, end), kind });
        }
        Some(end)
    }
}
