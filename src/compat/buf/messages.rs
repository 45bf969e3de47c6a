//! What buf says of messages of one full name: what is no longer in them, and what they no longer promise.

use super::view::{Holder, Slot, View};
use super::{BufRule, Remarks, rules};
use crate::compat::changes::{is_reserved, uncovered};
use crate::compat::delta::{Both, Delta, Ends, FieldChange, MessageChange, OneofChange};
use crate::compat::options::hides_descriptor;
use crate::contract::{JsonFormat, NumberRange, Reserved};

pub(super) fn messages<'a>(views: &Both<View<'a>>, remarks: &mut Remarks<'a>) {
    for (name, old) in &views.old.messages {
        if let Some(new) = views.new.messages.get(name) {
            let mut pair = Pair {
                old,
                new,
                path: views.new.path(new.message.file),
                remarks,
            };
            pair.message();
            pair.fields();
            pair.required();
        }
    }
}

/// A message in both versions.
struct Pair<'v, 'r, 'a> {
    old: &'v Holder<'a>,
    new: &'v Holder<'a>,
    path: &'v str,
    remarks: &'r mut Remarks<'a>,
}

impl<'a> Pair<'_, '_, 'a> {
    fn say(&mut self, rule: &'static BufRule, change: MessageChange, element: String) {
        let ends = Ends::Both(Both {
            old: self.old.message,
            new: self.new.message,
        });
        (self.remarks).say(rule, Delta::Message(change, ends), self.path, element);
    }

    fn message(&mut self) {
        let (old, new) = (self.old, self.new);
        let name = &new.name;
        let allowed = [old.json_format(), new.json_format()].map(|it| it == JsonFormat::Allow);
        if allowed == [true, false] {
            self.say(
                &rules::MESSAGE_SAME_JSON_FORMAT,
                MessageChange::JsonFormat,
                name.clone(),
            );
        }
        if old.map.is_some() || new.map.is_some() {
            return;
        }
        if !hides_descriptor(old.message) && hides_descriptor(new.message) {
            self.say(
                &rules::MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR,
                MessageChange::DescriptorAccessor,
                String::new(),
            );
        }
        let last = match new.message.message_set {
            true => i32::MAX - 1,
            false => 536_870_911,
        };
        let ranges = [old, new].map(|it| extension_ranges(it));
        for missing in missing(&ranges[0], &ranges[1]) {
            self.say(
                &rules::EXTENSION_MESSAGE_NO_DELETE,
                MessageChange::ExtensionRange,
                format!("{name}{}", range(missing, last)),
            );
        }
        for dropped in dropped(&old.message.reserved, &new.message.reserved, last) {
            self.say(
                &rules::RESERVED_MESSAGE_NO_DELETE,
                MessageChange::ReservedDropped,
                format!("{name}{dropped}"),
            );
        }
        let holders = Both {
            old: old.message,
            new: new.message,
        };
        for oneof in &old.message.oneofs {
            if !new.message.oneofs.iter().any(|it| it.name == oneof.name) {
                let delta = Delta::Oneof(OneofChange::Removed, holders, Ends::Old(oneof));
                let element = format!("{name}.{}", oneof.name);
                (self.remarks).say(&rules::ONEOF_NO_DELETE, delta, self.path, element);
            }
        }
    }

    /// Fields whose number is gone.
    fn fields(&mut self) {
        let nothing = Reserved::default();
        let reserved = self.new.reserved().unwrap_or(&nothing);
        for slot in self.old.fields.values() {
            if self.new.fields.contains_key(&slot.number) {
                continue;
            }
            let named = (self.new.fields.values()).find(|it| it.name == slot.name);
            let holders = Both {
                old: slot.at.holder,
                new: self.new.message,
            };
            let delta = |change: FieldChange| match named {
                Some(is) => {
                    let both = Both {
                        old: slot.at,
                        new: is.at,
                    };
                    Delta::Field(FieldChange::Renumbered, holders, Ends::Both(both))
                }
                None => Delta::Field(change, holders, Ends::Old(slot.at)),
            };
            let element = format!("{}#{}", self.new.name, slot.number);
            let mut say = |rule, change| {
                (self.remarks).say(rule, delta(change), self.path, element.as_str());
            };
            say(&rules::FIELD_NO_DELETE, FieldChange::Removed);
            if !reserved.names.contains(&slot.name) {
                say(
                    &rules::FIELD_NO_DELETE_UNLESS_NAME_RESERVED,
                    FieldChange::Unreserved,
                );
            }
            if !is_reserved(reserved, slot.number) {
                say(
                    &rules::FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED,
                    FieldChange::Unreserved,
                );
            }
        }
    }

    /// Numbers that are required in one version only.
    fn required(&mut self) {
        let is_required = |holder: &Holder<'a>, number: i32| {
            let slot = holder.fields.get(&number);
            slot.is_some_and(|it| it.says_required)
        };
        let olds = self.old.fields.values().map(|it| (it, true));
        let news = self.new.fields.values().map(|it| (it, false));
        let found: Vec<(&Slot<'a>, bool)> = olds.chain(news).collect();
        for (slot, is_old) in found {
            let (here, there) = match is_old {
                true => (self.old, self.new),
                false => (self.new, self.old),
            };
            if !is_required(here, slot.number) || is_required(there, slot.number) {
                continue;
            }
            let holders = Both {
                old: self.old.message,
                new: self.new.message,
            };
            let ends = match (there.fields.get(&slot.number), is_old) {
                (Some(other), true) => Ends::Both(Both {
                    old: slot.at,
                    new: other.at,
                }),
                (Some(other), false) => Ends::Both(Both {
                    old: other.at,
                    new: slot.at,
                }),
                (None, true) => Ends::Old(slot.at),
                (None, false) => Ends::New(slot.at),
            };
            let delta = Delta::Field(FieldChange::Required, holders, ends);
            let element = format!("{}#{}", here.name, slot.number);
            let rule = &rules::MESSAGE_SAME_REQUIRED_FIELDS;
            self.remarks.say(rule, delta, self.path, element);
        }
    }
}

fn extension_ranges(holder: &Holder<'_>) -> Vec<NumberRange> {
    let ranges = holder.message.extension_ranges.iter();
    ranges.map(|it| it.range).collect()
}

/// The old ranges of which some number is in no new one.
fn missing(old: &[NumberRange], new: &[NumberRange]) -> Vec<NumberRange> {
    let gone = |it: &&NumberRange| uncovered(new, **it).is_some();
    old.iter().filter(gone).copied().collect()
}

/// What is reserved no longer: ranges as buf writes them, and names.
pub(super) fn dropped(old: &Reserved, new: &Reserved, last: i32) -> Vec<String> {
    let ranges = missing(&old.ranges, &new.ranges).into_iter();
    let names = old.names.iter().filter(|it| !new.names.contains(it));
    ranges
        .map(|it| range(it, last))
        .chain(names.map(|it| format!(".{it}")))
        .collect()
}

/// A range as buf writes it.
fn range(range: NumberRange, last: i32) -> String {
    match range {
        NumberRange { first, last } if first == last => format!("[{first}]"),
        NumberRange { first, last: end } if end == last => format!("[{first},max]"),
        NumberRange { first, last } => format!("[{first},{last}]"),
    }
}
