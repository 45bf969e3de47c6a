//! Rules of enums: a value at least, zero first where unknown numbers are kept, aliases only where they are declared,
//! and names that stay apart without the enum's own name in front.

use std::hash::{DefaultHasher, Hasher};

use super::at::EnumAt;
use super::report::Report;
use super::{Check, Rule, error, warning};
use crate::contract::Edition;
use crate::diagnostics::{Diagnostic, codes};
use crate::load::descriptor::EnumValueProto;
use crate::load::facts::option;
use crate::load::paths::to_u32;
use crate::load::tag;
use crate::wire;

pub(super) static RULES: &[Rule] = &[
    error(&codes::ENUM_EMPTY, Check::Enum(has_values)),
    error(&codes::ENUM_FIRST_VALUE, Check::Enum(zero_first)),
    error(&codes::ENUM_ALIAS, Check::Enum(numbers_once)),
    error(&codes::ENUM_ALIAS_OPTION, Check::Enum(alias_option_needed)),
    error(&codes::ENUM_NAMES_ALIKE, Check::Enum(names_apart)),
    warning(&codes::ENUM_NAMES_ALIKE, Check::Enum(legacy_names_apart)),
];

/// The number of `deprecated_legacy_json_field_conflicts` in `EnumOptions`.
const LEGACY_CONFLICTS: u32 = 6;

fn has_values(at: EnumAt<'_>, report: &mut Report<'_>) {
    if at.enumeration.values.is_empty() {
        report.push(
            report
                .about(at.file, format!("enum `{}` has no value", at.name()))
                .at(at.span(&[tag::enumeration::NAME]), "empty")
                .help("give it a value for the number 0, such as `UNSPECIFIED` with the enum's name before it"),
        );
    }
}

fn zero_first(at: EnumAt<'_>, report: &mut Report<'_>) {
    let Some(first) = at.enumeration.values.first() else {
        return;
    };
    if first.number != 0 && !at.enumeration.features.closed_enum {
        report.push(
            report
                .about(
                    at.file,
                    format!("the first value of the open enum `{}` is not zero", at.name()),
                )
                .at(
                    at.value_span(0, tag::enum_value::NUMBER),
                    format!("`{}` is {}", first.name, first.number),
                )
                .note("zero is what a field that was never set reads as, so the first value stands for it")
                .help("put a value with the number 0 first"),
        );
    }
}

/// `allow_alias`, if it is set.
fn allow_alias(at: EnumAt<'_>) -> Option<bool> {
    wire::last_varint(at.enumeration.options.bytes(), option::ENUM_ALLOW_ALIAS)
        .map(|value| value != 0)
}

/// Whether each value has a number that is larger than the one before it: then none has an alias.
fn ascending(values: &[EnumValueProto]) -> bool {
    values.is_sorted_by(|a, b| a.number < b.number)
}

/// Calls `found` with the positions of the first and the later value of each number that is used again.
fn aliases(
    values: &[EnumValueProto],
    pairs: &mut Vec<(u64, u32)>,
    mut found: impl FnMut(usize, usize),
) {
    if ascending(values) {
        return;
    }
    pairs.clear();
    pairs.extend(
        values
            .iter()
            .enumerate()
            .map(|(position, value)| (value.number as u64, to_u32(position))),
    );
    pairs.sort_unstable();
    let mut first = 0;
    for next in 1..pairs.len() {
        if pairs[first].0 == pairs[next].0 {
            found(pairs[first].1 as usize, pairs[next].1 as usize);
        } else {
            first = next;
        }
    }
}

fn numbers_once(at: EnumAt<'_>, report: &mut Report<'_>) {
    let values = &at.enumeration.values;
    if allow_alias(at) == Some(true) || ascending(values) {
        return;
    }
    let mut pairs = std::mem::take(&mut report.pairs);
    aliases(values, &mut pairs, |first, again| {
        let largest = values.iter().map(|value| value.number).max().unwrap_or(0);
        report.push(
            report
                .about(
                    at.file,
                    format!("enum `{}` uses the number {} twice", at.name(), values[again].number),
                )
                .at(
                    at.value_span(again, tag::enum_value::NUMBER),
                    format!("used again for `{}`", values[again].name),
                )
                .and(
                    at.value_span(first, tag::enum_value::NUMBER),
                    format!("first used for `{}`", values[first].name),
                )
                .help(format!(
                    "the next free number is {}; if one value is to have two names, say `option allow_alias = true;`",
                    largest.saturating_add(1)
                )),
        );
    });
    report.pairs = pairs;
}

fn alias_option_needed(at: EnumAt<'_>, report: &mut Report<'_>) {
    let Some(allowed) = allow_alias(at) else {
        return;
    };
    let mut any = false;
    aliases(&at.enumeration.values, &mut report.pairs, |_, _| any = true);
    let message = match (allowed, any) {
        (true, true) => return,
        (true, false) => format!("enum `{}` allows aliases and has none", at.name()),
        (false, _) => format!(
            "enum `{}` sets `allow_alias` to what it is anyway",
            at.name()
        ),
    };
    report.push(
        report
            .about(at.file, message)
            .at(at.option_span("allow_alias"), "needless")
            .help("remove the option `allow_alias`"),
    );
}

/// The characters that a value's name has in languages where the enum's name qualifies it: without the enum's name in
/// front, in PascalCase. Source: protoc, which compares exactly these.
fn bare<'a>(enumeration: &'a str, value: &'a str) -> impl Iterator<Item = u8> + use<'a> {
    let mut upper = true;
    without_prefix(enumeration, value)
        .bytes()
        .filter_map(move |byte| {
            if byte == b'_' {
                upper = true;
                None
            } else if std::mem::take(&mut upper) {
                Some(byte.to_ascii_uppercase())
            } else {
                Some(byte.to_ascii_lowercase())
            }
        })
}

/// A value's name without the enum's name in front, where letters' case and underscores do not count. What would be
/// empty stays as it is.
fn without_prefix<'a>(enumeration: &str, value: &'a str) -> &'a str {
    let mut prefix = enumeration.bytes().filter(|&byte| byte != b'_').peekable();
    let bytes = value.as_bytes();
    let mut at = 0;
    while let Some(&wanted) = prefix.peek() {
        match bytes.get(at) {
            Some(b'_') => at += 1,
            Some(byte) if byte.eq_ignore_ascii_case(&wanted) => {
                prefix.next();
                at += 1;
            }
            Some(_) | None => return value,
        }
    }
    let rest = value.get(at..).unwrap_or(value).trim_start_matches('_');
    if rest.is_empty() { value } else { rest }
}

/// The first two values whose bare names are the same and whose numbers are not, for each such name.
fn alike(at: EnumAt<'_>, report: &mut Report<'_>) {
    let values = &at.enumeration.values;
    let enumeration = &at.enumeration.name;
    let mut pairs = std::mem::take(&mut report.pairs);
    pairs.clear();
    pairs.extend(values.iter().enumerate().map(|(position, value)| {
        let mut hasher = DefaultHasher::new();
        bare(enumeration, &value.name).for_each(|byte| hasher.write_u8(byte));
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
        if values[a].number != values[b].number
            && values[a].name != values[b].name
            && bare(enumeration, &values[a].name).eq(bare(enumeration, &values[b].name))
        {
            report.push(tell_alike(at, a, b, report));
        }
    }
    report.pairs = pairs;
}

fn tell_alike(at: EnumAt<'_>, first: usize, second: usize, report: &Report<'_>) -> Diagnostic {
    let values = &at.enumeration.values;
    let bare = bare(&at.enumeration.name, &values[second].name).map(char::from);
    report
        .about(
            at.file,
            format!(
                "the values `{}` and `{}` of `{}` have one name in many languages",
                values[first].name,
                values[second].name,
                at.name()
            ),
        )
        .at(at.value_span(second, tag::enum_value::NAME), "the same as")
        .and(at.value_span(first, tag::enum_value::NAME), "this one")
        .note(format!(
            "without the enum's name and in one case both are `{}`",
            bare.collect::<String>()
        ))
        .help("rename one of them, or give both the same number if they mean the same")
}

/// Whether an enum may break the rule on names, because it asks for it and protobuf lets proto2 do so.
fn is_legacy(at: EnumAt<'_>) -> bool {
    at.file.file.edition == Edition::Proto2
        && wire::last_varint(at.enumeration.options.bytes(), LEGACY_CONFLICTS)
            .is_some_and(|value| value != 0)
}

fn names_apart(at: EnumAt<'_>, report: &mut Report<'_>) {
    if !is_legacy(at) {
        alike(at, report);
    }
}

fn legacy_names_apart(at: EnumAt<'_>, report: &mut Report<'_>) {
    if is_legacy(at) {
        alike(at, report);
    }
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn bare_names_are_those_of_protoc() {
        for (enumeration, value, expected) in [
            ("Color", "COLOR_RED", "Red"),
            ("Color", "RED", "Red"),
            ("MyColor", "MY_COLOR_DARK_RED", "DarkRed"),
            ("Color", "COLOR", "Color"),
            ("Color", "COLOR_", "Color"),
            ("Color", "COLORED", "Ed"),
            ("Color", "dark_red", "DarkRed"),
            ("Color", "darkred", "Darkred"),
        ] {
            let bare: String = bare(enumeration, value).map(char::from).collect();
            assert_eq!(bare, expected, "{value} of {enumeration}");
        }
    }
}
