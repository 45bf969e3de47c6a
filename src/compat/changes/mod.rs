//! What differs between paired elements, as typed deltas with both places. Each fact is compared once, here;
//! whether a difference hurts anybody is for the surfaces.

mod enums;
mod fields;
mod files;
mod services;

pub(super) use fields::differences;

use super::delta::{Both, Delta, Ends, FieldAt, MessageChange, OneofChange, PackageChange};
use super::options::hides_descriptor;
use super::pair::{Cause, Fields, How, Pairs, is_asked};
use crate::contract::{FileId, Message, NumberRange, OneofId, Reserved};

/// All deltas, in the order of the pairs; then what is only in the old version, then what is only in the new one.
#[must_use]
pub(super) fn changes<'a>(pairs: &Pairs<'a>) -> Vec<Delta<'a>> {
    let Both { old, new } = pairs.contracts;
    let mut deltas = Vec::new();
    for files in &pairs.packages {
        let files = Both {
            old: old.file(files.old),
            new: new.file(files.new),
        };
        deltas.push(Delta::Package(PackageChange::Renamed, Ends::Both(files)));
    }
    files::files(pairs, &mut deltas);
    for (ids, how) in pairs.messages.iter() {
        let messages = Both {
            old: old.message(ids.old),
            new: new.message(ids.new),
        };
        message(pairs, messages, how, &mut deltas);
        if let Some(fields) = pairs.fields(ids) {
            fields::fields(pairs, messages, fields, &mut deltas);
            oneofs(messages, fields, &mut deltas);
        }
    }
    enums::enums(pairs, &mut deltas);
    services::services(pairs, &mut deltas);
    alone(pairs, &mut deltas);
    deltas
}

/// Messages that are in one version alone. What is inside one that is gone or new goes without saying.
fn alone<'a>(pairs: &Pairs<'a>, deltas: &mut Vec<Delta<'a>>) {
    let Both { old, new } = pairs.contracts;
    let is_gone = |message: &Message| {
        pairs.messages.new_of(message.id).is_none()
            && is_asked(old, message.file)
            && !is_google(&old.file(message.file).package)
    };
    for message in old.messages() {
        let outer = message.parent.is_some_and(|it| is_gone(old.message(it)));
        if is_gone(message) && !outer {
            deltas.push(Delta::Message(MessageChange::Removed, Ends::Old(message)));
        }
    }
    let is_fresh = |message: &Message| {
        pairs.messages.old_of(message.id).is_none() && is_asked(new, message.file)
    };
    for message in new.messages() {
        let outer = message.parent.is_some_and(|it| is_fresh(new.message(it)));
        if is_fresh(message) && !outer {
            deltas.push(Delta::Message(MessageChange::Added, Ends::New(message)));
        }
    }
}

/// Types that come with every implementation are never gone.
fn is_google(package: &str) -> bool {
    package == "google.protobuf"
}

/// Whether a pair is a rename to be told of: what its package or the message around it explains is not.
fn is_own_rename(how: How) -> bool {
    match how {
        How::Renamed(Cause::Own) => true,
        How::Renamed(Cause::Parent | Cause::Package) | How::Name | How::Use => false,
    }
}

/// Whether an element of its own is in another file.
fn is_moved(pairs: &Pairs<'_>, how: How, nested: bool, files: Both<FileId>) -> bool {
    let paths = Both {
        old: &pairs.contracts.old.file(files.old).path,
        new: &pairs.contracts.new.file(files.new).path,
    };
    how != How::Use && !nested && paths.old != paths.new
}

fn message<'a>(
    pairs: &Pairs<'a>,
    messages: Both<&'a Message>,
    how: How,
    deltas: &mut Vec<Delta<'a>>,
) {
    let Both { old, new } = messages;
    let mut push = |change| deltas.push(Delta::Message(change, Ends::Both(messages)));
    if is_own_rename(how) {
        push(MessageChange::Renamed);
    }
    if is_moved(pairs, how, old.parent.is_some(), messages.map(|it| it.file)) {
        push(MessageChange::Moved);
    }
    if hides_descriptor(old) != hides_descriptor(new) {
        push(MessageChange::DescriptorAccessor);
    }
    if old.message_set != new.message_set {
        push(MessageChange::MessageSet);
    }
    if old.json_format != new.json_format {
        push(MessageChange::JsonFormat);
    }
    // Of two messages of which one took the other's place in a field, neither promises what the other did.
    if how == How::Use {
        return;
    }
    let in_use = |number: i32| new.fields.iter().any(|it| it.number == number);
    let named = |name: &str| new.fields.iter().any(|it| it.name == name);
    if drops(&old.reserved, &new.reserved, in_use, named) {
        push(MessageChange::ReservedDropped);
    }
    let ranges: Vec<NumberRange> = new.extension_ranges.iter().map(|it| it.range).collect();
    let shrinks = |range: &NumberRange| !covers(&ranges, *range);
    if old.extension_ranges.iter().any(|it| shrinks(&it.range)) {
        push(MessageChange::ExtensionRange);
    }
}

/// Whether something is reserved no longer without being in use: what is used again is told of its user.
fn drops(
    old: &Reserved,
    new: &Reserved,
    number_used: impl Fn(i32) -> bool,
    name_used: impl Fn(&str) -> bool,
) -> bool {
    let number = |range: &NumberRange| {
        uncovered(&new.ranges, *range).is_some_and(|number| !number_used(number))
    };
    let name = |name: &String| !new.names.contains(name) && !name_used(name);
    old.ranges.iter().any(number) || old.names.iter().any(name)
}

/// Whether ranges hold all numbers of another one.
fn covers(ranges: &[NumberRange], range: NumberRange) -> bool {
    uncovered(ranges, range).is_none()
}

/// The first number of a range that is in none of the others.
pub(in crate::compat) fn uncovered(ranges: &[NumberRange], range: NumberRange) -> Option<i32> {
    let mut next = range.first;
    loop {
        let around = ranges
            .iter()
            .filter(|it| it.first <= next && next <= it.last);
        let Some(last) = around.map(|it| it.last).max() else {
            return Some(next);
        };
        if last >= range.last {
            return None;
        }
        next = last + 1;
    }
}

/// Whether a number is reserved.
pub(in crate::compat) fn is_reserved(reserved: &Reserved, number: i32) -> bool {
    let holds = |range: &NumberRange| range.first <= number && number <= range.last;
    reserved.ranges.iter().any(holds)
}

/// The oneofs as names; which fields exclude one another is told of the fields.
fn oneofs<'a>(messages: Both<&'a Message>, fields: &Fields<'a>, deltas: &mut Vec<Delta<'a>>) {
    let Both { old, new } = messages;
    let mut kept = vec![false; new.oneofs.len()];
    for (index, was) in old.oneofs.iter().enumerate() {
        let named = new.oneofs.iter().position(|it| it.name == was.name);
        let followed = || {
            let of = |at: FieldAt<'_>| at.field.oneof == Some(OneofId::new(index));
            let member = fields.both.iter().find(|pair| of(pair.old))?;
            let is = member.new.field.oneof?.index();
            let name = &new.oneofs.get(is)?.name;
            (!old.oneofs.iter().any(|it| it.name == *name)).then_some(is)
        };
        match named.or_else(followed) {
            Some(at) => {
                kept[at] = true;
                let is = &new.oneofs[at];
                if is.name != was.name {
                    let ends = Ends::Both(Both { old: was, new: is });
                    deltas.push(Delta::Oneof(OneofChange::Renamed, messages, ends));
                }
            }
            None => deltas.push(Delta::Oneof(OneofChange::Removed, messages, Ends::Old(was))),
        }
    }
    for (is, kept) in new.oneofs.iter().zip(kept) {
        if !kept {
            deltas.push(Delta::Oneof(OneofChange::Added, messages, Ends::New(is)));
        }
    }
}
