//! Rules of JSON names: what `json_name` may be, and that no two fields of a message have one name in JSON.

use std::hash::{DefaultHasher, Hasher};

use super::at::{FieldAt, MessageAt};
use super::report::Report;
use super::{Check, Rule, error, warning};
use crate::contract::{JsonFormat, JsonName};
use crate::diagnostics::codes;
use crate::load::descriptor::FieldProto;
use crate::load::paths::to_u32;
use crate::load::tag;
use crate::wire;

pub(super) static RULES: &[Rule] = &[
    error(&codes::JSON_NAME, Check::Field(usable)),
    error(&codes::JSON_NAME_CONFLICT, Check::Message(conflicts)),
    warning(&codes::JSON_NAME_CONFLICT, Check::Message(legacy_conflicts)),
];

/// The number of `deprecated_legacy_json_field_conflicts` in `MessageOptions`.
const LEGACY_CONFLICTS: u32 = 11;

/// The `json_name` of a field, if it is another than the one that follows from its name.
fn custom(field: &FieldProto) -> Option<&str> {
    let json_name = field.json_name.as_deref()?;
    (!json_name.bytes().eq(derived(&field.name))).then_some(json_name)
}

/// The JSON name that follows from a field's name, as in [`JsonName::of_field`], without an allocation.
fn derived(name: &str) -> impl Iterator<Item = u8> + use<'_> {
    let mut upper = false;
    name.bytes().filter_map(move |byte| {
        if byte == b'_' {
            upper = true;
            None
        } else if std::mem::take(&mut upper) {
            Some(byte.to_ascii_uppercase())
        } else {
            Some(byte)
        }
    })
}

fn usable(at: FieldAt<'_>, report: &mut Report<'_>) {
    if at.field.json_name.is_none() {
        return;
    }
    let Some(json_name) = custom(at.field) else {
        return;
    };
    let shown = json_name.escape_debug();
    let (message, label, help) = if at.is_extension() {
        (
            format!("{} has a `json_name`", at.title()),
            "not allowed on an extension",
            "remove it: in JSON an extension is called by its full name in brackets",
        )
    } else if json_name.contains('\0') {
        (
            format!("the `json_name` of {} holds a NUL character", at.title()),
            "NUL is not allowed",
            "remove the NUL character",
        )
    } else if json_name.starts_with('[') && json_name.ends_with(']') {
        (
            format!(
                "the `json_name` `{shown}` of {} looks like that of an extension",
                at.title()
            ),
            "in brackets",
            "choose a name without the brackets",
        )
    } else {
        return;
    };
    report.push(
        report
            .about(at.file, message)
            .at(at.span(tag::field::JSON_NAME), label)
            .help(help),
    );
}

/// How bad a conflict is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gravity {
    Error,
    Warning,
}

fn conflicts(at: MessageAt<'_>, report: &mut Report<'_>) {
    find(at, Gravity::Error, report);
}

fn legacy_conflicts(at: MessageAt<'_>, report: &mut Report<'_>) {
    if at.message.features.json_format == JsonFormat::LegacyBestEffort {
        find(at, Gravity::Warning, report);
    }
}

/// Tells the conflicts of one gravity. Names are compared twice, as protoc does: once without `json_name`, because field
/// masks do not know it, and once with it.
fn find(at: MessageAt<'_>, gravity: Gravity, report: &mut Report<'_>) {
    let fields = &at.message.fields;
    if fields.len() < 2 || at.message.map_entry {
        return;
    }
    let is_custom = fields.iter().any(|field| field.json_name.is_some());
    let mut pairs = std::mem::take(&mut report.pairs);
    search(at, gravity, false, &mut pairs, report);
    if is_custom && fields.iter().any(|field| custom(field).is_some()) {
        search(at, gravity, true, &mut pairs, report);
    }
    report.pairs = pairs;
}

fn search(
    at: MessageAt<'_>,
    gravity: Gravity,
    with_custom: bool,
    pairs: &mut Vec<(u64, u32)>,
    report: &mut Report<'_>,
) {
    let fields = &at.message.fields;
    let custom = |field| if with_custom { custom(field) } else { None };
    pairs.clear();
    pairs.extend(fields.iter().enumerate().map(|(position, field)| {
        let mut hasher = DefaultHasher::new();
        match custom(field) {
            Some(name) => name.bytes().for_each(|byte| hasher.write_u8(byte)),
            None => derived(&field.name).for_each(|byte| hasher.write_u8(byte)),
        }
        (hasher.finish(), to_u32(position))
    }));
    pairs.sort_unstable();
    let mut first = 0;
    for next in 1..pairs.len() {
        if pairs[first].0 != pairs[next].0 {
            first = next;
            continue;
        }
        let (a, b) = (pairs[first].1 as usize, pairs[next].1 as usize);
        let (of_a, of_b) = (custom(&fields[a]), custom(&fields[b]));
        if with_custom && of_a.is_none() && of_b.is_none() {
            continue;
        }
        let name = |field: &FieldProto, custom: Option<&str>| {
            custom.map_or_else(
                || JsonName::of_field(&field.name).as_str().to_owned(),
                str::to_owned,
            )
        };
        let (name_a, name_b) = (name(&fields[a], of_a), name(&fields[b], of_b));
        if name_a == name_b
            && fields[a].name != fields[b].name
            && gravity_of(at, of_a, of_b) == Some(gravity)
        {
            tell(
                at,
                (a, of_a.is_some()),
                (b, of_b.is_some()),
                &name_b,
                report,
            );
        }
    }
}

/// How bad it is that two fields have one name, given their custom names; `None` if the message asks not to be told.
fn gravity_of(at: MessageAt<'_>, a: Option<&str>, b: Option<&str>) -> Option<Gravity> {
    if wire::last_varint(at.message.options.bytes(), LEGACY_CONFLICTS)
        .is_some_and(|value| value != 0)
    {
        return None;
    }
    let both_custom = a.is_some() && b.is_some();
    Some(match at.message.features.json_format {
        JsonFormat::LegacyBestEffort if !both_custom => Gravity::Warning,
        JsonFormat::LegacyBestEffort | JsonFormat::Allow => Gravity::Error,
    })
}

fn tell(
    at: MessageAt<'_>,
    first: (usize, bool),
    second: (usize, bool),
    name: &str,
    report: &mut Report<'_>,
) {
    let fields = &at.message.fields;
    let label = |custom| {
        if custom {
            "by its `json_name`"
        } else {
            "by its own name"
        }
    };
    report.push(
        report
            .about(
                at.file,
                format!(
                    "the fields `{}` and `{}` of `{}` are both `{}` in JSON",
                    fields[first.0].name,
                    fields[second.0].name,
                    at.name(),
                    name.escape_debug()
                ),
            )
            .at(at.field_span(second.0, tag::field::NAME), label(second.1))
            .and(at.field_span(first.0, tag::field::NAME), label(first.1))
            .help(if first.1 || second.1 {
                "choose another `json_name` for one of them"
            } else {
                "rename one of them: field masks know no `json_name`, so that alone does not help"
            }),
    );
}

#[cfg(test)]
mod tests {
    use super::derived;
    use crate::contract::JsonName;

    #[test]
    fn the_two_derivations_agree() {
        for name in [
            "a",
            "foo_bar",
            "_x",
            "__x",
            "FieldName8",
            "a_1",
            "x_",
            "a__b",
            "_",
        ] {
            let derived: Vec<u8> = derived(name).collect();
            assert_eq!(
                derived,
                JsonName::of_field(name).as_str().as_bytes(),
                "{name}"
            );
        }
    }
}
