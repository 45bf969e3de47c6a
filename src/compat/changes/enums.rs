//! What differs between paired enums and their values.

use super::{drops, is_moved, is_own_rename, is_reserved};
use crate::compat::delta::{Both, Delta, Ends, EnumChange, ValueChange};
use crate::compat::pair::{How, Pairs, is_asked};
use crate::contract::{Enum, EnumValue};

pub(super) fn enums<'a>(pairs: &Pairs<'a>, deltas: &mut Vec<Delta<'a>>) {
    let Both { old, new } = pairs.contracts;
    for (ids, how) in pairs.enums.iter() {
        let enums = Both {
            old: old.enumeration(ids.old),
            new: new.enumeration(ids.new),
        };
        enumeration(pairs, enums, how, deltas);
        values(enums, deltas);
    }
    for it in old.enums() {
        let parent = it
            .parent
            .is_none_or(|id| pairs.messages.new_of(id).is_some());
        if pairs.enums.new_of(it.id).is_none() && is_asked(old, it.file) && parent {
            deltas.push(Delta::Enum(EnumChange::Removed, Ends::Old(it)));
        }
    }
    for it in new.enums() {
        let parent = it
            .parent
            .is_none_or(|id| pairs.messages.old_of(id).is_some());
        if pairs.enums.old_of(it.id).is_none() && is_asked(new, it.file) && parent {
            deltas.push(Delta::Enum(EnumChange::Added, Ends::New(it)));
        }
    }
}

fn enumeration<'a>(
    pairs: &Pairs<'a>,
    enums: Both<&'a Enum>,
    how: How,
    deltas: &mut Vec<Delta<'a>>,
) {
    let Both { old, new } = enums;
    let mut push = |change| deltas.push(Delta::Enum(change, Ends::Both(enums)));
    if is_own_rename(how) {
        push(EnumChange::Renamed);
    }
    if is_moved(pairs, how, old.parent.is_some(), enums.map(|it| it.file)) {
        push(EnumChange::Moved);
    }
    if old.closed != new.closed {
        push(EnumChange::Openness);
    }
    if old.default_number() != new.default_number() {
        push(EnumChange::Default);
    }
    if old.json_format != new.json_format {
        push(EnumChange::JsonFormat);
    }
    let number_used = |number: i32| new.value(number).is_some();
    let name_used = |name: &str| new.values.iter().any(|it| it.name == name);
    if how != How::Use && drops(&old.reserved, &new.reserved, number_used, name_used) {
        push(EnumChange::ReservedDropped);
    }
}

fn values<'a>(enums: Both<&'a Enum>, deltas: &mut Vec<Delta<'a>>) {
    let Both { old, new } = enums;
    let mut push =
        |change, ends: Ends<&'a EnumValue>| deltas.push(Delta::Value(change, enums, ends));
    let named = |side: &'a Enum, name: &str| side.values.iter().find(|it| it.name == name);
    // Numbers whose first name is another one now are told once, as that.
    let renamed = |number: i32| {
        let pair = Both {
            old: old.value(number)?,
            new: new.value(number)?,
        };
        let moved = named(new, &pair.old.name).is_some_and(|it| it.number != number)
            || named(old, &pair.new.name).is_some_and(|it| it.number != number);
        (pair.old.name != pair.new.name && !moved).then_some(pair)
    };
    for was in &old.values {
        let is_first = old.value(was.number).is_some_and(|it| it.name == was.name);
        match (named(new, &was.name), new.value(was.number)) {
            (Some(is), _) if is.number != was.number => {
                push(
                    ValueChange::Renumbered,
                    Ends::Both(Both { old: was, new: is }),
                );
            }
            (Some(_), _) | (None, Some(_)) if is_first && renamed(was.number).is_some() => {
                if let Some(pair) = renamed(was.number) {
                    push(ValueChange::Renamed, Ends::Both(pair));
                }
            }
            (Some(_), _) => {}
            (None, Some(_)) => push(ValueChange::AliasRemoved, Ends::Old(was)),
            (None, None) if !is_first => push(ValueChange::AliasRemoved, Ends::Old(was)),
            (None, None) => {
                push(ValueChange::Removed, Ends::Old(was));
                let kept = is_reserved(&new.reserved, was.number)
                    && new.reserved.names.contains(&was.name);
                if !kept {
                    push(ValueChange::Unreserved, Ends::Old(was));
                }
            }
        }
    }
    for is in &new.values {
        if named(old, &is.name).is_some() {
            continue;
        }
        let is_first = new.value(is.number).is_some_and(|it| it.name == is.name);
        match old.value(is.number) {
            Some(_) if is_first && renamed(is.number).is_some() => {}
            Some(_) => push(ValueChange::AliasAdded, Ends::New(is)),
            None if !is_first => push(ValueChange::AliasAdded, Ends::New(is)),
            None => {
                push(ValueChange::Added, Ends::New(is));
                let reused =
                    is_reserved(&old.reserved, is.number) || old.reserved.names.contains(&is.name);
                if reused {
                    push(ValueChange::NumberReused, Ends::New(is));
                }
            }
        }
    }
}
