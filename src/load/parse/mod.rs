//! From one file's text to its descriptor: protox-parse, its errors as diagnostics, and repairs where it refuses what
//! protoc accepts. Decides nothing that needs a second file.

mod comment;
mod edition;
mod position;
mod problem;
mod repair;

use std::borrow::Cow;
use std::sync::Arc;

use super::convert;
use super::descriptor::FileProto;
use crate::diagnostics::{Diagnostic, codes};
use crate::source::{SourceId, Span};

use position::Lines;
use repair::Repairs;

/// The largest file that is read, in bytes. Offsets of spans are 32 bits wide.
const MAX_LENGTH: usize = i32::MAX as usize;

/// How often a file is parsed anew after repairs. One round repairs every statement, but only the first thing in each.
const MAX_ROUNDS: usize = 8;

/// Parses the text of the file that is imported as `path`.
pub(crate) fn parse(
    path: &str,
    text: &Arc<str>,
    source: SourceId,
) -> Result<FileProto, Vec<Diagnostic>> {
    if text.len() > MAX_LENGTH {
        return Err(vec![
            Diagnostic::error(&codes::SYNTAX, format!("`{path}` is larger than 2 GiB"))
                .in_file(path)
                .help("split the file"),
        ]);
    }
    if let Some(range) = edition::find(text) {
        let span = Lines::new(text).span(source, range);
        return Err(vec![edition::refuse(path, span)]);
    }
    let mut repairs = Repairs::default();
    repairs.keep_blank_lines(text);
    let mut patched = if repairs.is_empty() {
        Cow::Borrowed(&**text)
    } else {
        Cow::Owned(repairs.apply(text))
    };
    for _ in 0..MAX_ROUNDS {
        let error = match protox_parse::parse(path, &patched) {
            Ok(parsed) => return Ok(finish(text, &patched, &repairs, convert::file(parsed))),
            Err(error) => error,
        };
        if let Err(problems) = repairs.add(&patched, problem::of(&error)) {
            let lines = Lines::new(text);
            return Err(problems
                .into_iter()
                .map(|problem| problem.tell(&lines, &repairs, path, source))
                .collect());
        }
        patched = Cow::Owned(repairs.apply(text));
    }
    Err(vec![
        Diagnostic::error(&codes::SYNTAX, format!("`{path}` cannot be read"))
            .in_file(path)
            .help("put each range of `extensions` into a statement of its own"),
    ])
}

/// Undoes the repairs in the descriptor, and turns the parser's columns (bytes of the repaired text) into those of
/// `SourceCodeInfo` (of the original text, tabs expanded).
fn finish(text: &str, patched: &str, repairs: &Repairs, mut proto: FileProto) -> FileProto {
    if repairs.is_empty() && !text.contains('\t') {
        return proto;
    }
    let repaired = Lines::new(patched);
    repairs.restore(&repaired, &mut proto);
    let lines = Lines::new(text);
    for position in 0..proto.locations.len() {
        let span = proto.locations.span_mut(position);
        position::adjust(span, &repaired, &lines, repairs);
    }
    proto
}

/// The span of a byte range of a text.
pub(crate) fn span(text: &str, source: SourceId, range: std::ops::Range<usize>) -> Span {
    Lines::new(text).span(source, range)
}
