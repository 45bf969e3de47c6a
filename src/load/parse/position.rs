//! Lines, columns and byte offsets of a text.

use super::repair::Repairs;
use crate::load::paths::to_u32;
use crate::source::{SourceId, Span};

/// A text with the offsets of its lines.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            text,
            starts: std::iter::once(0)
                .chain(breaks.map(|(at, _)| at + 1))
                .collect(),
        }
    }

    /// The line of an offset and the byte in the line, both from 0.
    pub(super) fn line_byte(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        (line, offset - self.starts[line])
    }

    /// The column of a byte in a line with tabs expanded to multiples of 8.
    pub(super) fn column(&self, line: usize, byte: usize) -> u32 {
        let start = self.starts.get(line).copied().unwrap_or(self.text.len());
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
        let head = &bytes[..byte.min(bytes.len())];
        if !head.contains(&b'\t') {
            return to_u32(byte);
        }
        head.iter().fold(0u32, |column, &byte| {
            column.saturating_add(if byte == b'\t' { 8 - column % 8 } else { 1 })
        })
    }

    /// The span of a byte range.
    pub(super) fn span(&self, source: SourceId, range: std::ops::Range<usize>) -> Span {
        let (start_line, start) = self.line_byte(range.start.min(self.text.len()));
        let (end_line, end) = self.line_byte(
            range
                .end
                .clamp(range.start, self.text.len().max(range.start)),
        );
        Span {
            source,
            start_line: to_u32(start_line),
            start_column: self.column(start_line, start),
            end_line: to_u32(end_line),
            end_column: self.column(end_line, end),
        }
    }

    /// The offset at which the text ends, without white space at its end.
    pub(super) fn end(&self) -> usize {
        self.text.trim_end().len()
    }
}

/// Turns a location's span from bytes of the repaired text to columns of the original one.
pub(super) fn adjust(span: &mut [i32], lines: &Lines<'_>, repairs: &Repairs) {
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
        let column = lines.column(at, repairs.original_byte(lines, at, position));
        span[byte] = i32::try_from(column).unwrap_or(i32::MAX);
    }
}
