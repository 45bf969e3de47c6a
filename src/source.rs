//! Where things stand in the input: source files, spans in them, and lines of text to show.
//! Decides how a position is stored and turned into a place that a person can open; knows nothing of contracts.

use std::sync::{Arc, OnceLock};

use serde::Serialize;

/// A source file of one [`Sources`] collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct SourceId(u32);

/// A range in a source file, in the convention of `google.protobuf.SourceCodeInfo.Location.span`:
/// lines and columns count from 0, a column counts bytes, and a tab advances to the next multiple of 8.
///
/// It is kept as it arrives, because nearly no span is ever shown; [`Sources::place`] converts one for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file it lies in.
    pub source: SourceId,
    /// First line, from 0.
    pub start_line: u32,
    /// First column, from 0, tabs expanded.
    pub start_column: u32,
    /// Last line, from 0.
    pub end_line: u32,
    /// Column after the last character, from 0, tabs expanded.
    pub end_column: u32,
}

/// A position as editors count: line and column from 1, the column in characters (a tab is one).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// One input file: the name to show and, where it was read as text, its text.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: String,
    text: Option<Arc<str>>,
    /// Where its lines start; made when the first line is asked for, as of most files nothing is ever shown.
    starts: OnceLock<Vec<usize>>,
}

impl SourceFile {
    /// The path as it is shown to people (the path on disk where there is one).
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file's text; `None` for a file that came in a descriptor set.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The byte offsets at which the lines start.
    fn starts(&self) -> &[usize] {
        self.starts.get_or_init(|| {
            let text = self.text().unwrap_or_default();
            let ends = text.match_indices('\n').map(|(end, _)| end + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }

    /// The offset at which line `number` (from 0) starts, and its text without its line end.
    fn line(&self, number: u32) -> Option<(usize, &str)> {
        let number = number as usize;
        let starts = self.starts();
        let start = *starts.get(number)?;
        let line = match starts.get(number + 1) {
            Some(next) => self.text()?.get(start..next - 1)?,
            None => self.text()?.get(start..)?,
        };
        Some((start, line.strip_suffix('\r').unwrap_or(line)))
    }

    /// The byte offset of a line and a tab-expanded column.
    fn offset(&self, number: u32, column: u32) -> Option<usize> {
        let (start, line) = self.line(number)?;
        Some(start + byte_column(line, column))
    }

    /// The line and the tab-expanded column of a byte offset.
    fn point(&self, at: usize) -> Option<(u32, u32)> {
        self.text()?.get(..at)?;
        let line = self.starts().partition_point(|start| *start <= at) - 1;
        let head = self.text()?.get(self.starts()[line]..at)?;
        let column = head.bytes().fold(0u32, |column, byte| {
            column.saturating_add(if byte == b'\t' { 8 - column % 8 } else { 1 })
        });
        Some((u32::try_from(line).ok()?, column))
    }
}

/// The source files of one run, in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and gives its id.
    pub fn add(&mut self, name: impl Into<String>, text: Option<Arc<str>>) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile {
            name: name.into(),
            text,
            starts: OnceLock::new(),
        });
        id
    }

    /// The file with this id.
    ///
    /// # Panics
    /// If the id comes from another `Sources`.
    #[must_use]
    pub fn get(&self, id: SourceId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files, in the order in which they were added.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// Adds all files of another collection; spans of that one are moved over by [`Moved::span`].
    pub fn absorb(&mut self, other: Self) -> Moved {
        let by = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.extend(other.files);
        Moved { by }
    }

    /// The file's name and the span's first position, as an editor counts.
    #[must_use]
    pub fn place(&self, span: Span) -> (&str, Position) {
        let file = self.get(span.source);
        let column = match file.line(span.start_line) {
            Some((_, line)) => {
                let byte = byte_column(line, span.start_column);
                line.get(..byte).map_or(span.start_column, |head| {
                    u32::try_from(head.chars().count()).unwrap_or(u32::MAX)
                })
            }
            None => span.start_column,
        };
        (
            file.name(),
            Position {
                line: span.start_line.saturating_add(1),
                column: column.saturating_add(1),
            },
        )
    }

    /// The span of a byte range of the file's text; `None` where there is no text or the range lies outside it.
    #[must_use]
    pub fn span(&self, source: SourceId, range: std::ops::Range<usize>) -> Option<Span> {
        let file = self.get(source);
        let (start_line, start_column) = file.point(range.start)?;
        let (end_line, end_column) = file.point(range.end)?;
        Some(Span {
            source,
            start_line,
            start_column,
            end_line,
            end_column,
        })
    }

    /// The text in a span; `None` where there is no text.
    #[must_use]
    pub fn text(&self, span: Span) -> Option<&str> {
        self.get(span.source).text()?.get(self.byte_range(span)?)
    }

    /// The span as a byte range of the file's text; `None` where there is no text.
    #[must_use]
    pub fn byte_range(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let file = self.get(span.source);
        let start = file.offset(span.start_line, span.start_column)?;
        let end = file.offset(span.end_line, span.end_column)?;
        Some(start..end.max(start))
    }
}

/// Where the files of a collection are after another one has absorbed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    by: u32,
}

impl Moved {
    /// The span in the collection that absorbed its file.
    #[must_use]
    pub fn span(self, span: Span) -> Span {
        Span {
            source: SourceId(span.source.0.saturating_add(self.by)),
            ..span
        }
    }
}

/// The byte in `line` that a tab-expanded column points at, moved back to a character boundary.
fn byte_column(line: &str, column: u32) -> usize {
    let mut expanded = 0u32;
    let mut byte = line.len();
    for (index, value) in line.bytes().enumerate() {
        if expanded >= column {
            byte = index;
            break;
        }
        expanded += if value == b'\t' { 8 - expanded % 8 } else { 1 };
    }
    while !line.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_is_one_character_for_people_and_up_to_eight_columns_in_a_span() {
        let mut sources = Sources::default();
        let source = sources.add("a.proto", Some("one\n\tüx = 1;\n".into()));
        let span = Span {
            source,
            start_line: 1,
            start_column: 10,
            end_line: 1,
            end_column: 11,
        };
        assert_eq!(
            sources.place(span),
            ("a.proto", Position { line: 2, column: 3 })
        );
        assert_eq!(sources.byte_range(span), Some(7..8));
    }

    #[test]
    fn a_byte_range_and_its_span_are_the_same_place() {
        let mut sources = Sources::default();
        let source = sources.add("a.proto", Some("one\n\tüx = 1;\n".into()));
        let span = sources.span(source, 7..8).unwrap();
        assert_eq!((span.start_line, span.start_column), (1, 10));
        assert_eq!(sources.byte_range(span), Some(7..8));
        assert_eq!(sources.span(source, 7..80), None);
    }

    #[test]
    fn spans_of_absorbed_files_are_in_the_same_files() {
        let mut one = Sources::default();
        one.add("a.proto", None);
        let mut two = Sources::default();
        let source = two.add("b.proto", Some("one two".into()));
        let span = two.span(source, 4..7).unwrap();
        let moved = one.absorb(two).span(span);
        assert_eq!(one.place(moved).0, "b.proto");
        assert_eq!(one.text(moved), Some("two"));
    }

    #[test]
    fn a_span_beyond_the_text_is_clamped() {
        let mut sources = Sources::default();
        let source = sources.add("a.proto", Some("one".into()));
        let span = Span {
            source,
            start_line: 0,
            start_column: 90,
            end_line: 0,
            end_column: 99,
        };
        assert_eq!(sources.byte_range(span), Some(3..3));
        assert_eq!(
            sources.byte_range(Span {
                end_line: 7,
                ..span
            }),
            None
        );
    }
}
