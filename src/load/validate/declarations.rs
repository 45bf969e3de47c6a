//! Rules of extension declarations: an extension range may say which extensions there are, and then no other may be.
//! Source: `ExtensionRangeOptions` in descriptor.proto and the behaviour of protoc 36.

use std::borrow::Cow;

use hashbrown::HashSet;

use super::at::{FieldAt, MessageAt};
use super::names::is_identifier;
use super::report::Report;
use super::{Check, Rule, error};
use crate::contract::Scalar;
use crate::diagnostics::{Diagnostic, codes};
use crate::load::descriptor::{ExtensionRangeProto, Kind, Label, TypeRef};
use crate::load::paths::to_i32;
use crate::load::tag;
use crate::wire::{self, Reader, Value};

pub(super) static RULES: &[Rule] = &[
    error(&codes::EXTENSION_DECLARATION, Check::Message(declarations)),
    error(&codes::EXTENSION_UNDECLARED, Check::Field(as_declared)),
];

/// The numbers of `ExtensionRangeOptions`, and the values of `verification`.
const DECLARATION: u32 = 2;
const VERIFICATION: u32 = 3;
const VERIFY: u64 = 0;
const UNVERIFIED: u64 = 1;

/// `ExtensionRangeOptions.Declaration`.
#[derive(Debug, Clone, Copy, Default)]
struct Declaration<'a> {
    number: i32,
    full_name: Option<&'a str>,
    type_name: Option<&'a str>,
    reserved: bool,
    repeated: bool,
}

/// The declarations of a range.
fn of_range(range: &ExtensionRangeProto) -> impl Iterator<Item = Declaration<'_>> {
    let mut options = Reader::new(range.options.bytes());
    std::iter::from_fn(move || {
        while let Ok(Some((number, value))) = options.next() {
            if let Value::Bytes(declaration) = value
                && number == DECLARATION
            {
                return Some(read(declaration));
            }
        }
        None
    })
}

fn read(mut reader: Reader<'_>) -> Declaration<'_> {
    let mut declaration = Declaration::default();
    while let Ok(Some((number, value))) = reader.next() {
        match (number, value) {
            (1, Value::Varint(value)) => declaration.number = value as i32,
            (2, Value::Bytes(value)) => {
                declaration.full_name = std::str::from_utf8(value.rest()).ok();
            }
            (3, Value::Bytes(value)) => {
                declaration.type_name = std::str::from_utf8(value.rest()).ok();
            }
            (5, Value::Varint(value)) => declaration.reserved = value != 0,
            (6, Value::Varint(value)) => declaration.repeated = value != 0,
            _ => {}
        }
    }
    declaration
}

fn declarations(at: MessageAt<'_>, report: &mut Report<'_>) {
    let ranges = &at.message.extension_ranges;
    if ranges.iter().all(|range| range.options.bytes().is_empty()) {
        return;
    }
    let mut names = HashSet::new();
    for (position, range) in ranges.iter().enumerate() {
        let mut numbers = HashSet::new();
        let verification = wire::last_varint(range.options.bytes(), VERIFICATION);
        for declaration in of_range(range) {
            let problem = if verification == Some(UNVERIFIED) {
                Some((
                    format!(
                        "an extension range of `{}` is unverified and has declarations",
                        at.name()
                    ),
                    "remove the declarations, or `verification = UNVERIFIED`",
                ))
            } else {
                problem_of(at, range, declaration, &mut numbers, &mut names)
            };
            if let Some((message, help)) = problem {
                let span = at.span(&[
                    tag::message::EXTENSION_RANGE,
                    to_i32(position),
                    tag::extension_range::OPTIONS,
                ]);
                report.push(
                    report
                        .about(at.file, message)
                        .at(span, "declared here")
                        .help(help),
                );
                if verification == Some(UNVERIFIED) {
                    break;
                }
            }
        }
    }
}

/// What is wrong with a declaration, and what to do.
fn problem_of<'a>(
    at: MessageAt<'_>,
    range: &ExtensionRangeProto,
    declaration: Declaration<'a>,
    numbers: &mut HashSet<i32>,
    names: &mut HashSet<&'a str>,
) -> Option<(String, &'static str)> {
    let Declaration {
        number,
        full_name,
        type_name,
        reserved,
        ..
    } = declaration;
    let owner = at.name();
    if !(range.range.start..range.range.end).contains(&number) {
        return Some((
            format!("`{owner}` declares the extension {number} in a range that does not hold it"),
            "move the declaration to the range with its number",
        ));
    }
    if !numbers.insert(number) {
        return Some((
            format!("`{owner}` declares the extension {number} twice"),
            "remove one of the two declarations",
        ));
    }
    let (Some(full_name), Some(type_name)) = (full_name, type_name) else {
        let complete = reserved && full_name.is_none() && type_name.is_none();
        return (!complete).then(|| {
            (
                format!(
                    "the declaration of extension {number} of `{owner}` lacks `full_name` or `type`"
                ),
                "give both, or neither if the number is reserved",
            )
        });
    };
    if !names.insert(full_name) {
        return Some((
            format!(
                "`{owner}` declares the extension `{}` twice",
                full_name.escape_debug()
            ),
            "give each extension its own name",
        ));
    }
    [(full_name, false), (type_name, true)]
        .into_iter()
        .find_map(|(name, is_type)| problem_of_name(name, is_type))
}

/// What is wrong with the name of an extension or of its type.
fn problem_of_name(name: &str, is_type: bool) -> Option<(String, &'static str)> {
    if is_type && Scalar::ALL.iter().any(|scalar| scalar.name() == name) {
        return None;
    }
    let shown = name.escape_debug();
    match name.strip_prefix('.') {
        None => Some((
            format!("`{shown}` in a declaration is no full name"),
            "start it with a dot, as in `.package.Name`",
        )),
        Some(path) if path.split('.').all(is_identifier) => None,
        Some(_) => Some((
            format!("`{shown}` in a declaration is no name"),
            "write identifiers with dots before each, as in `.package.Name`",
        )),
    }
}

fn as_declared(at: FieldAt<'_>, report: &mut Report<'_>) {
    // protobuf's own registry of options is declared too, and protoc does not hold anyone to it.
    let Some(extendee) = at
        .container()
        .filter(|extendee| at.is_extension() && !extendee.name().starts_with("google.protobuf."))
    else {
        return;
    };
    let number = at.field.number;
    let Some((position, range)) = extendee
        .message
        .extension_ranges
        .iter()
        .enumerate()
        .find(|(_, range)| (range.range.start..range.range.end).contains(&number))
        .filter(|(_, range)| !range.options.bytes().is_empty())
    else {
        return;
    };
    let place = || {
        extendee.span(&[
            tag::message::EXTENSION_RANGE,
            to_i32(position),
            tag::extension_range::OPTIONS,
        ])
    };
    let tell = |message: String, label: &str, report: &Report<'_>| -> Diagnostic {
        report
            .about(at.file, message)
            .at(at.span(tag::field::EXTENDEE), label)
            .and(place(), "declared here")
    };
    let mut any = false;
    for declaration in of_range(range) {
        any = true;
        if declaration.number == number {
            for (message, label) in differences(at, declaration) {
                report.push(tell(message, label, report).help(
                    "make the extension what its declaration says, or change the declaration",
                ));
            }
            return;
        }
    }
    if any || wire::last_varint(range.options.bytes(), VERIFICATION) == Some(VERIFY) {
        report.push(
            tell(
                format!(
                    "{} has the number {number}, which `{}` does not declare",
                    at.title(),
                    extendee.name()
                ),
                "not declared",
                report,
            )
            .note("a range with one declaration must declare all its extensions")
            .help("add a `declaration` to the range, or choose a number in another range"),
        );
    }
}

/// How an extension differs from its declaration.
fn differences(at: FieldAt<'_>, declared: Declaration<'_>) -> Vec<(String, &'static str)> {
    let mut differences = Vec::new();
    let title = at.title();
    if declared.reserved {
        let number = declared.number;
        return vec![(
            format!("{title} has the number {number}, which its declaration reserves"),
            "reserved",
        )];
    }
    let full_name = format!(".{}", at.full_name());
    if let Some(name) = declared.full_name.filter(|&name| name != full_name) {
        let name = name.escape_debug();
        differences.push((
            format!("{title} is declared with the name `{name}`"),
            "another name",
        ));
    }
    let own = type_name(at);
    if let Some(name) = declared.type_name.filter(|&name| name != own) {
        let name = name.escape_debug();
        differences.push((
            format!("{title} is of type `{own}` and declared as `{name}`"),
            "another type",
        ));
    }
    let repeated = at.field.label == Label::Repeated;
    if declared.repeated && !repeated {
        differences.push((format!("{title} is declared as repeated"), "not repeated"));
    } else if repeated && !declared.repeated {
        differences.push((format!("{title} is not declared as repeated"), "repeated"));
    }
    differences
}

/// The type of a field as declarations write it.
fn type_name(at: FieldAt<'_>) -> Cow<'static, str> {
    let linked = at.file.linked;
    match (at.field.resolved, at.field.kind) {
        (TypeRef::Message(message), _) => format!(".{}", linked.message_name(message)).into(),
        (TypeRef::Enum(enumeration), _) => format!(".{}", linked.enum_name(enumeration)).into(),
        (TypeRef::None, Some(Kind::Scalar(scalar))) => scalar.name().into(),
        (TypeRef::None, Some(Kind::Message | Kind::Group | Kind::Enum) | None) => "".into(),
    }
}
