//! Repairs of the text where the parser refuses what protoc accepts: the text is changed so that the parser takes it,
//! and the change is undone in the descriptor. A repair is made only where the parser complained, so files without
//! such places cost nothing. One is made beforehand, as the parser does not complain: blank lines in block comments.
//!
//! | source | is parsed as |
//! |---|---|
//! | `extensions 5 [..];` | `extensions 5 to 5 [..];` |
//! | `option (x) = -inf;`, `-nan` | `-1e999`, `nan` |
//! | `reserved "not-a-name";` | a name, then put back |
//! | an integer of more than 64 bits | a number with a fraction, which only a `float` or `double` takes |
//! | a number beyond 536870911 (MessageSet) | 1, then put back; a later rule refuses it elsewhere |

use std::ops::Range;

use hashbrown::HashMap;

use super::comment;
use super::position::Lines;
use super::problem::Problem;
use crate::load::descriptor::FileProto;

/// A change of the text.
#[derive(Debug, Clone)]
struct Repair {
    /// The bytes of the original text that are replaced.
    range: Range<usize>,
    with: String,
    undo: Undo,
    /// Where it starts in the repaired text.
    start: usize,
}

/// What is put back into the descriptor, found by where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Undo {
    Nothing,
    ReservedName(String),
    Number(i32),
}

/// All repairs of a file, in the order of their places.
#[derive(Debug, Default)]
pub(super) struct Repairs(Vec<Repair>);

impl Repairs {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a repair for every problem. If some have none, no repair is added and those problems are given back.
    pub(super) fn add(
        &mut self,
        patched: &str,
        problems: Vec<Problem>,
    ) -> Result<(), Vec<Problem>> {
        let mut repairs = Vec::new();
        let mut errors = Vec::new();
        for problem in problems {
            match self.repair(patched, &problem) {
                Some(repair) => repairs.push(repair),
                None => errors.push(problem),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        self.insert(repairs);
        Ok(())
    }

    /// Keeps the blank lines in block comments, see [`comment`].
    pub(super) fn keep_blank_lines(&mut self, text: &str) {
        let blank = comment::blank_lines(text);
        self.insert(blank.into_iter().map(|at| Repair {
            range: at..at,
            with: "*".to_owned(),
            undo: Undo::Nothing,
            start: 0,
        }));
    }

    fn insert(&mut self, repairs: impl IntoIterator<Item = Repair>) {
        self.0.extend(repairs);
        self.0.sort_by_key(|repair| repair.range.start);
        self.0.dedup_by_key(|repair| repair.range.clone());
        let mut shift = 0isize;
        for repair in &mut self.0 {
            repair.start = repair.range.start.saturating_add_signed(shift);
            shift += repair.with.len() as isize - repair.range.len() as isize;
        }
    }

    fn repair(&self, patched: &str, problem: &Problem) -> Option<Repair> {
        let range = problem.range()?;
        let found = patched.get(range.clone())?;
        let (at, with, undo) =
            if problem.message.starts_with("expected 'to', ',' or ';'") && found == "[" {
                let head = patched[..range.start].trim_end();
                let digits = head.len()
                    - head
                        .trim_end_matches(|c: char| c.is_ascii_alphanumeric())
                        .len();
                let number = &head[head.len() - digits..];
                number
                    .starts_with(|c: char| c.is_ascii_digit())
                    .then_some(())?;
                (
                    head.len()..head.len(),
                    format!(" to {number}"),
                    Undo::Nothing,
                )
            } else if problem
                .message
                .starts_with("identifiers may not be negative")
            {
                let identifier = found.strip_prefix('-')?.trim_start();
                let start = range.end - identifier.len();
                match identifier {
                    "inf" => (start..range.end, "1e999".to_owned(), Undo::Nothing),
                    // The sign of a NaN says nothing.
                    "nan" => (range.start..range.start + 1, " ".to_owned(), Undo::Nothing),
                    _ => return None,
                }
            } else if problem.message.starts_with("invalid identifier") {
                let quote = found
                    .chars()
                    .next()
                    .filter(|quote| matches!(quote, '"' | '\''))?;
                let name = found.strip_prefix(quote)?.strip_suffix(quote)?;
                (!name.contains(['\\', '"', '\''])).then_some(())?;
                (
                    range,
                    "\"x\"".to_owned(),
                    Undo::ReservedName(name.to_owned()),
                )
            } else if problem.message.starts_with("integer is too large") {
                let decimal =
                    found.bytes().all(|byte| byte.is_ascii_digit()) && !found.starts_with('0');
                decimal.then_some(())?;
                (range.end..range.end, ".0".to_owned(), Undo::Nothing)
            } else if problem.message.starts_with("message numbers must be") {
                let number: i32 = found.parse().ok().filter(|number| *number > 536_870_911)?;
                (range, "1".to_owned(), Undo::Number(number))
            } else {
                return None;
            };
        Some(Repair {
            range: self.original(at.start)..self.original(at.end),
            with,
            undo,
            start: 0,
        })
    }

    /// The text with all repairs.
    pub(super) fn apply(&self, text: &str) -> String {
        let mut patched = String::with_capacity(text.len() + 16 * self.0.len());
        let mut from = 0;
        for repair in &self.0 {
            patched.push_str(text.get(from..repair.range.start).unwrap_or_default());
            patched.push_str(&repair.with);
            from = repair.range.end;
        }
        patched.push_str(text.get(from..).unwrap_or_default());
        patched
    }

    /// The offset in the original text of an offset in the repaired one.
    pub(super) fn original(&self, offset: usize) -> usize {
        let before = self.0.partition_point(|repair| repair.start < offset);
        let Some(repair) = before.checked_sub(1).map(|last| &self.0[last]) else {
            return offset;
        };
        let end = repair.start + repair.with.len();
        if offset < end {
            return repair.range.end;
        }
        repair.range.end + (offset - end)
    }

    /// Puts back what the text could not say. The descriptor's locations are those of the repaired text.
    pub(super) fn restore(&self, repaired: &Lines<'_>, proto: &mut FileProto) {
        let undos: HashMap<usize, &Undo> = (self.0.iter())
            .filter(|repair| repair.undo != Undo::Nothing)
            .map(|repair| (repair.start, &repair.undo))
            .collect();
        if undos.is_empty() {
            return;
        }
        let mut found = Vec::new();
        for position in 0..proto.locations.len() {
            if let [line, byte, ..] = proto.locations.span(position)
                && let (Ok(line), Ok(byte)) = (usize::try_from(*line), usize::try_from(*byte))
                && let Some(undo) = undos.get(&repaired.offset(line, byte))
            {
                found.push((proto.locations.path(position).to_vec(), *undo));
            }
        }
        for (path, undo) in found {
            put_back(proto, &path, undo);
        }
    }
}

fn put_back(proto: &mut FileProto, path: &[i32], undo: &Undo) {
    use crate::load::descriptor::tag::{enumeration, field, file, message, range};
    let at = |list: &[u32], index: i32| list.get(usize::try_from(index).ok()?).copied();
    let (mut outer, mut rest) = (None, path);
    loop {
        outer = match (outer, rest) {
            (None, [file::MESSAGE_TYPE, index, ..]) => at(&proto.top_messages, *index),
            (Some(outer), [message::NESTED_TYPE, index, ..]) => {
                at(&proto.messages[outer as usize].messages, *index)
            }
            _ => break,
        };
        if outer.is_none() {
            return;
        }
        rest = &rest[2..];
    }
    match (undo, outer, rest) {
        (Undo::ReservedName(name), Some(outer), [message::RESERVED_NAME, index]) => {
            let names = &mut proto.messages[outer as usize].reserved_names;
            put(names, *index, name.clone());
        }
        (Undo::ReservedName(name), outer, [_, index, enumeration::RESERVED_NAME, position]) => {
            let list = outer.map_or(&proto.top_enums, |outer| {
                &proto.messages[outer as usize].enums
            });
            if let Some(index) = at(list, *index) {
                put(
                    &mut proto.enums[index as usize].reserved_names,
                    *position,
                    name.clone(),
                );
            }
        }
        (Undo::Number(number), Some(outer), [message::FIELD, index, field::NUMBER]) => {
            let fields = &mut proto.messages[outer as usize].fields;
            if let Some(field) = usize::try_from(*index)
                .ok()
                .and_then(|index| fields.get_mut(index))
            {
                field.number = *number;
            }
        }
        (
            Undo::Number(number),
            Some(outer),
            [
                list @ (message::EXTENSION_RANGE | message::RESERVED_RANGE),
                index,
                part,
            ],
        ) => {
            let message = &mut proto.messages[outer as usize];
            let index = usize::try_from(*index).ok();
            let range = if *list == message::EXTENSION_RANGE {
                let ranges = &mut message.extension_ranges;
                index.and_then(|index| ranges.get_mut(index).map(|range| &mut range.range))
            } else {
                let ranges = &mut message.reserved_ranges;
                index.and_then(|index| ranges.get_mut(index))
            };
            match (range, *part) {
                (Some(range), range::START) => range.start = *number,
                // What is written is in the range, and its descriptor's end is not.
                (Some(range), range::END) => range.end = number.saturating_add(1),
                (Some(_) | None, _) => {}
            }
        }
        (Undo::Number(number), outer, [_, index, field::NUMBER]) => {
            let list = outer.map_or(&proto.top_extensions, |outer| {
                &proto.messages[outer as usize].extensions
            });
            if let Some(index) = at(list, *index) {
                proto.extensions[index as usize].field.number = *number;
            }
        }
        (Undo::Nothing | Undo::ReservedName(_) | Undo::Number(_), _, _) => {}
    }
}

fn put(names: &mut [String], index: i32, name: String) {
    if let Some(slot) = usize::try_from(index)
        .ok()
        .and_then(|index| names.get_mut(index))
    {
        *slot = name;
    }
}
