//! Lines, columns and byte offsets of a text.

use super::repair::Repairs;
use crate::load::paths::to_u32;
use crate::source::{SourceId, Span};

/// A text with the offsets of its lines and tabs.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// The offset of each tab, and how much further right than its byte the column after it is.
    tabs: Vec<(usize, usize)>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut lines = Self {
            text,
            starts: vec![0],
            tabs: Vec::new(),
        };
        let (mut start, mut shift) = (0, 0);
        for (offset, byte) in text.bytes().enumerate() {
            match byte {
                b'\n' => {
                    (start, shift) = (offset + 1, 0);
                    lines.starts.push(start);
                }
                b'\t' => {
                    let column = offset - start + shift;
                    shift += 7 - column % 8;
                    lines.tabs.push((offset, shift));
                }
                _ => {}
            }
        }
        lines
    }

    /// The line of an offset and the byte in the line, both from 0.
    pub(super) fn line_byte(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        (line, offset - self.starts[line])
    }

    /// The offset of a byte in a line.
    pub(super) fn offset(&self, line: usize, byte: usize) -> usize {
        let start = self.starts.get(line).copied().unwrap_or(self.text.len());
        start.saturating_add(byte)
    }

    /// The column of an offset, from 0, with tabs expanded to multiples of 8.
    pub(super) fn column(&self, offset: usize) -> u32 {
        let (line, byte) = self.line_byte(offset);
        let before = self.tabs.partition_point(|&(tab, _)| tab < offset);
        let shift = match before.checked_sub(1).map(|last| self.tabs[last]) {
            Some((tab, shift)) if tab >= self.starts[line] => shift,
            Some(_) | None => 0,
        };
        to_u32(byte + shift)
    }

    /// The span of a byte range.
    pub(super) fn span(&self, source: SourceId, range: std::ops::Range<usize>) -> Span {
        let start = range.start.min(self.text.len());
        let end = range.end.clamp(start, self.text.len());
        Span {
            source,
            start_line: to_u32(self.line_byte(start).0),
            start_column: self.column(start),
            end_line: to_u32(self.line_byte(end).0),
            end_column: self.column(end),
        }
    }

    /// The offset at which the text ends, without white space at its end.
    pub(super) fn end(&self) -> usize {
        self.text.trim_end().len()
    }
}

/// Turns a location's span from bytes of the repaired text to columns of the original one.
pub(super) fn adjust(span: &mut [i32], repaired: &Lines<'_>, lines: &Lines<'_>, repairs: &Repairs) {
    let places: &[(usize, usize)] = match span.len() {
        3 => &[(0, 1), (0, 2)],
        4 => &[(0, 1), (2, 3)],
        _ => return,
    };
    for &(line, byte) in places {
        let (Ok(at), Ok(position)) = (usize::try_from(span[line]), usize::try_from(span[byte]))
        else {
            continue;
        };
        let column = lines.column(repairs.original(repaired.offset(at, position)));
        span[byte] = i32::try_from(column).unwrap_or(i32::MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn tabs_advance_to_multiples_of_eight() {
        let lines = Lines::new("a\n\tb\t\tc\nd");
        let columns: Vec<u32> = (0..9).map(|offset| lines.column(offset)).collect();
        assert_eq!(columns, [0, 1, 0, 8, 9, 16, 24, 25, 0]);
    }
}
