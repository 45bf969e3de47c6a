//! What bytes of an unknown field are likely to be: text, a message, packed numbers, or just bytes.

use super::Reading;
use crate::wire::Reader;

/// As many packed numbers are told.
const SOME: usize = 8;

/// A guess. Messages may nest to this depth.
pub(super) fn guess(bytes: &[u8], depth: usize) -> Reading<'_> {
    if bytes.is_empty() {
        return Reading::Bytes(bytes);
    }
    let message = depth > 0 && is_message(bytes, depth);
    if let Ok(text) = std::str::from_utf8(bytes)
        && is_text(text)
        // A message whose first field is number 1 or 2 begins with what looks like a tab or a line break.
        && !(message && text.starts_with(['\t', '\n', '\r']))
    {
        return Reading::Text(text);
    }
    if message {
        return Reading::Message;
    }
    match varints(bytes) {
        Some(numbers) => Reading::Packed(bytes, numbers),
        None => Reading::Bytes(bytes),
    }
}

/// Whether somebody may have written it.
fn is_text(text: &str) -> bool {
    text.chars()
        .all(|c| matches!(c, '\t' | '\n' | '\r') || !c.is_control())
}

/// Whether the bytes are fields up to the end.
fn is_message(bytes: &[u8], depth: usize) -> bool {
    let mut reader = Reader::new(bytes);
    while !reader.is_empty() {
        let field = reader.tag();
        if !field.is_ok_and(|(number, wire_type)| reader.skip(number, wire_type, depth).is_ok()) {
            return false;
        }
    }
    true
}

/// The first numbers, if the bytes are varints up to the end, all in as few bytes as they need.
fn varints(bytes: &[u8]) -> Option<Vec<u64>> {
    let mut reader = Reader::new(bytes);
    let mut numbers = Vec::new();
    while !reader.is_empty() {
        let start = reader.position();
        let number = reader.varint().ok()?;
        let read = reader.since(start);
        if read.len() > 1 && read.last() == Some(&0) {
            return None;
        }
        if numbers.len() < SOME {
            numbers.push(number);
        }
    }
    Some(numbers)
}
