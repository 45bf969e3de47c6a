//! What buf says of enums of one full name, and of their values, which it knows by their numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::messages::dropped;
use super::view::View;
use super::{BufRule, Remarks, rules};
use crate::compat::changes::is_reserved;
use crate::compat::delta::{Both, Delta, Ends, EnumChange, ValueChange};
use crate::contract::{Enum, JsonFormat};

pub(super) fn enums<'a>(views: &Both<View<'a>>, remarks: &mut Remarks<'a>) {
    for (name, old) in &views.old.enums {
        if let Some(new) = views.new.enums.get(name) {
            let enums = Both { old: *old, new };
            let path = views.new.path(new.file);
            enumeration(enums, path, remarks);
            values(enums, path, remarks);
        }
    }
}

fn enumeration<'a>(enums: Both<&'a Enum>, path: &str, remarks: &mut Remarks<'a>) {
    let Both { old, new } = enums;
    let mut say = |rule: &'static BufRule, change: EnumChange, suffix: &str| {
        let delta = Delta::Enum(change, Ends::Both(enums));
        remarks.say(rule, delta, path, format!("{}{suffix}", new.name));
    };
    if old.closed != new.closed {
        say(&rules::ENUM_SAME_TYPE, EnumChange::Openness, "");
    }
    let allowed = [old.json_format, new.json_format].map(|it| it == JsonFormat::Allow);
    if allowed == [true, false] {
        say(&rules::ENUM_SAME_JSON_FORMAT, EnumChange::JsonFormat, "");
    }
    for dropped in dropped(&old.reserved, &new.reserved, i32::MAX) {
        say(
            &rules::RESERVED_ENUM_NO_DELETE,
            EnumChange::ReservedDropped,
            &dropped,
        );
    }
}

fn values<'a>(enums: Both<&'a Enum>, path: &str, remarks: &mut Remarks<'a>) {
    let Both { old, new } = enums;
    let names = enums.map(names);
    for (&number, was) in &names.old {
        let mut say = |rule: &'static BufRule, change, ends| {
            let delta = Delta::Value(change, enums, ends);
            remarks.say(rule, delta, path, format!("{}#{number}", new.name));
        };
        let Some(first) = old.value(number) else {
            continue;
        };
        if let Some(is) = names.new.get(&number) {
            if let Some(&lost) = was.difference(is).next() {
                let kept = is.contains(first.name.as_str());
                let (change, ends) = match new.value(number).filter(|_| !kept) {
                    Some(new) => (ValueChange::Renamed, Ends::Both(Both { old: first, new })),
                    None => {
                        let alias = old.values.iter().find(|it| it.name == lost);
                        (ValueChange::AliasRemoved, Ends::Old(alias.unwrap_or(first)))
                    }
                };
                say(&rules::ENUM_VALUE_SAME_NAME, change, ends);
            }
            continue;
        }
        let moved = new.values.iter().find(|it| it.name == first.name);
        let told = |change| match moved {
            Some(new) => (
                ValueChange::Renumbered,
                Ends::Both(Both { old: first, new }),
            ),
            None => (change, Ends::Old(first)),
        };
        let (change, ends) = told(ValueChange::Removed);
        say(&rules::ENUM_VALUE_NO_DELETE, change, ends);
        let (change, ends) = told(ValueChange::Unreserved);
        let reserved: BTreeSet<&str> = new.reserved.names.iter().map(String::as_str).collect();
        if !was.is_subset(&reserved) {
            let rule = &rules::ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED;
            say(rule, change, ends);
        }
        if !is_reserved(&new.reserved, number) {
            let rule = &rules::ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED;
            say(rule, change, ends);
        }
    }
}

/// All names of each number.
fn names(it: &Enum) -> BTreeMap<i32, BTreeSet<&str>> {
    let mut names: BTreeMap<i32, BTreeSet<&str>> = BTreeMap::new();
    for value in &it.values {
        names.entry(value.number).or_default().insert(&value.name);
    }
    names
}
