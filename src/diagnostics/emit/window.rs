//! Which part of a source is shown: the lines that carry marks, unless they are too long to be worth it.
//! A file may be one line of megabytes, and a span may lie beyond the text; neither may cost time or a panic.

use std::ops::Range;

use crate::source::{Sources, Span};

/// What is to be marked in the source.
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) text: String,
    pub(super) primary: bool,
}

/// A piece of a source, with the marks as byte ranges of the piece.
pub(super) struct Window {
    /// The number of its first line, from 1.
    pub(super) first_line: usize,
    pub(super) text: String,
    /// Range in `text`, what is said of it, whether it is the place at fault.
    pub(super) marks: Vec<(Range<usize>, String, bool)>,
}

/// A piece longer than this many bytes is not shown: its position is enough, and laying out a long line takes time that
/// a thousand diagnostics of one line do not have. (What is shown of a line below that is trimmed around its mark by the renderer.)
const MOST: usize = 4 * 1024;
/// A mark over more lines than this is shown by its first line alone.
const TALL: u32 = 12;

/// The piece of the source that shows all marks. They are of one source and close together.
/// `None` if the source has no text, a mark lies beyond it, or the piece would be too long.
pub(super) fn cut(marks: Vec<Mark>, sources: &Sources) -> Option<Window> {
    let source = marks.first()?.span.source;
    let text = sources.get(source).text()?;
    let first_line = marks.iter().map(|mark| mark.span.start_line).min()? as usize + 1;
    let mut ranges = Vec::with_capacity(marks.len());
    for mark in marks {
        ranges.push((range(mark.span, sources)?, mark.text, mark.primary));
    }
    let start = ranges.iter().map(|(range, ..)| range.start).min()?;
    let end = ranges.iter().map(|(range, ..)| range.end).max()?;
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let piece = &text[from..to];
    (piece.len() <= MOST).then(|| Window {
        first_line,
        text: piece.to_owned(),
        marks: ranges
            .into_iter()
            .map(|(range, text, primary)| (range.start - from..range.end - from, text, primary))
            .collect(),
    })
}

/// The byte range of a span, clamped to the text and to a few lines.
fn range(span: Span, sources: &Sources) -> Option<Range<usize>> {
    let point = Span {
        end_line: span.start_line,
        end_column: span.start_column,
        ..span
    };
    let start = sources.byte_range(point)?.start;
    if span.end_line.saturating_sub(span.start_line) > TALL {
        let line_end = Span {
            end_column: u32::MAX,
            ..point
        };
        return sources.byte_range(line_end);
    }
    Some(sources.byte_range(span).unwrap_or(start..start))
}
