//! Date ranges that every Markdown engine takes for a numbered list.

use super::range::DateRange;
use super::read::read_range;
use super::scan::Scan;
use crate::text::Span;

/// A date range at the start of a line whose first number and dot open a list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NumberedList {
    /// The range in the line, from its first digit to its last number or dot.
    pub span: Span,
    /// The range as Markdown leaves it alone: `2022.10.3 ~ 2022.10.9`.
    pub safe: String,
}

/// Recognises a line such as `2022. 10. 3. ~ 2022. 10. 9.` or `10. 3 ~ 10. 9`.
///
/// Digits, a dot and a space at the start of a line are a list item in CommonMark (5.2) and in kramdown; the dates
/// come out as lists within lists. Spans count from the start of the line.
pub(crate) fn reads_as_list(line: &str) -> Option<NumberedList> {
    let mut scan = Scan::new(line, 0);
    let indent = scan.eat_while(|c| c == ' ').len();
    let number = scan.number(4)?;
    if indent > 3 || !scan.eat(". ") {
        return None;
    }
    let range = read_range(line, 0, None).filter(|range| range.span.start == indent)?;
    let first = indent + number.digits;
    let safe = if scan.peek().is_some_and(|c| c.is_ascii_digit()) {
        without_dot_spaces(line, &range)
    } else {
        format!("{}\\{}", &line[indent..first], &line[first..range.span.end])
    };
    Some(NumberedList { span: range.span, safe })
}

/// `2022. 10. 3.(월) ~ 10. 9.` becomes `2022.10.3(월) ~ 10.9`.
fn without_dot_spaces(line: &str, range: &DateRange) -> String {
    let end = range.end.as_ref().map_or(range.start.span.end, |end| end.span.start);
    let between = &line[range.start.span.end..end];
    let last = range.end.as_ref().map_or("", |end| &line[end.span]);
    let compact = |date: &str| {
        let joined = date.replace(". ", ".");
        joined.trim_end_matches('.').replace(".(", "(")
    };
    format!("{}{between}{}", compact(&line[range.start.span]), compact(last))
}
