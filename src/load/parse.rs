//! From one file's text to its descriptor: guards against hostile text, then protox-parse, then its errors as
//! diagnostics. Decides nothing that needs a second file.

use std::sync::Arc;

use super::convert;
use super::descriptor::FileProto;
use crate::diagnostics::{Diagnostic, codes};
use crate::source::{SourceId, Span};

/// Parses the text of the file that is imported as `path`.
pub(crate) fn parse(
    path: &str,
    text: &Arc<str>,
    source: SourceId,
) -> Result<FileProto, Vec<Diagnostic>> {
    match protox_parse::parse(path, text) {
        Ok(parsed) => Ok(convert::file(parsed)),
        Err(error) => Err(vec![
            Diagnostic::error(&codes::SYNTAX, error.to_string())
                .at(error.span().map(|range| span(text, source, range)), ""),
        ]),
    }
}

/// The span of a byte range of a text.
pub(crate) fn span(text: &str, source: SourceId, range: std::ops::Range<usize>) -> Span {
    let (start_line, start_column) = line_column(text, range.start);
    let (end_line, end_column) = line_column(text, range.end.max(range.start));
    Span {
        source,
        start_line,
        start_column,
        end_line,
        end_column,
    }
}

/// The line and the tab-expanded column of a byte, both from 0.
fn line_column(text: &str, offset: usize) -> (u32, u32) {
    let head = &text.as_bytes()[..offset.min(text.len())];
    let line = head.iter().filter(|&&byte| byte == b'\n').count();
    let start = head
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |at| at + 1);
    let column = head[start..].iter().fold(0u32, |column, &byte| {
        column + if byte == b'\t' { 8 - column % 8 } else { 1 }
    });
    (u32::try_from(line).unwrap_or(u32::MAX), column)
}
