//! The views of equality, hashes and descriptions: what makes two messages the same, and what a log may show.

use super::class::{Class, Member, Storage};
use super::text;

/// The conditions under which two messages differ.
pub(super) fn differences(class: &Class<'_>, members: &[Member<'_>]) -> Vec<String> {
    let mut lines: Vec<String> = members
        .iter()
        .map(|member| match member {
            Member::Oneof(_, name, _) => format!("{name} != $other.{name}"),
            Member::Field(part) => {
                let name = part.stored();
                let other = format!("$other.{name}");
                match part.storage() {
                    Storage::List => format!("!xlc.sameList({name}, {other})"),
                    Storage::Map => format!("!xlc.sameMap({name}, {other})"),
                    Storage::Boxed => part
                        .element
                        .differs(part.name, &format!("$other.{}", part.name)),
                    Storage::Plain | Storage::Nullable | Storage::Required => {
                        part.element.differs(&name, &other)
                    }
                }
            }
        })
        .collect();
    if class.is_extendable() {
        lines.push("extensions != $other.extensions".to_owned());
    }
    lines
}

/// The expressions of the hashes of all members.
pub(super) fn hashes(class: &Class<'_>, members: &[Member<'_>]) -> Vec<String> {
    let mut hashes: Vec<String> = members
        .iter()
        .map(|member| match member {
            Member::Oneof(_, name, _) => format!("{name}.hashCode"),
            Member::Field(part) => match part.storage() {
                Storage::List => format!("xlc.hashList({})", part.name),
                Storage::Map => format!("xlc.hashMap({})", part.name),
                Storage::Boxed => part.element.hash(part.name),
                Storage::Plain | Storage::Nullable | Storage::Required => {
                    part.element.hash(&part.stored())
                }
            },
        })
        .collect();
    if class.is_extendable() {
        hashes.push("extensions.hashCode".to_owned());
    }
    hashes
}

/// Statements that tell the fields for a log.
pub(super) fn describe(class: &Class<'_>, members: &[Member<'_>]) -> Vec<String> {
    let parts = class.parts();
    let add = |redact: bool, name: &str, value: &str| {
        let call = if redact { "redacted" } else { "add" };
        format!("$d.{call}({}, {value});", text::string(name))
    };
    let mut lines = Vec::new();
    for member in members {
        match member {
            Member::Field(part) => {
                let optional = part.storage() == Storage::Nullable && !part.holds_messages();
                let line = add(part.field.redact, part.name, &part.stored());
                // What has presence is told even if it is empty.
                lines.push(if optional {
                    line.replacen("$d.add", "$d.addPresent", 1)
                } else {
                    line
                });
            }
            Member::Oneof(oneof, name, _) => {
                for part in parts.iter().filter(|part| part.field.oneof == Some(*oneof)) {
                    let arm = part.arm.unwrap_or("");
                    lines.push(format!("if ({name} case final {arm} $m) {{"));
                    let line = add(part.field.redact, part.name, &format!("$m.{}", part.name));
                    lines.push(line.replacen("$d.add", "$d.addPresent", 1));
                    lines.push("}".to_owned());
                }
            }
        }
    }
    if class.is_extendable() {
        lines.push("extensions.describe($d);".to_owned());
    }
    lines
}
