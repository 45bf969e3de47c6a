//! Rules of fields by their type: which options fit which types, and what can have a default at all.

use super::at::FieldAt;
use super::report::Report;
use super::{Check, Rule, error};
use crate::contract::Scalar;
use crate::diagnostics::codes;
use crate::load::descriptor::{Kind, Label};
use crate::load::tag;
use crate::wire;

pub(super) static RULES: &[Rule] = &[
    error(&codes::PACKED, Check::Field(packed)),
    error(&codes::LAZY, Check::Field(lazy)),
    error(&codes::JSTYPE, Check::Field(jstype)),
    error(&codes::DEFAULT_VALUE, Check::Field(default_of_repeated)),
];

/// The numbers of `FieldOptions` that these rules look at.
mod number {
    pub(super) const PACKED: u32 = 2;
    pub(super) const LAZY: u32 = 5;
    pub(super) const JSTYPE: u32 = 6;
    pub(super) const UNVERIFIED_LAZY: u32 = 15;
}

/// Whether a flag is set among the field's options.
fn is_set(at: FieldAt<'_>, number: u32) -> bool {
    let options = at.field.options.bytes();
    !options.is_empty() && wire::last_varint(options, number).is_some_and(|value| value != 0)
}

fn packed(at: FieldAt<'_>, report: &mut Report<'_>) {
    if !is_set(at, number::PACKED) {
        return;
    }
    let reason = match at.field.kind {
        Some(Kind::Message | Kind::Group) => "messages cannot be packed",
        Some(Kind::Scalar(Scalar::String | Scalar::Bytes)) => "strings and bytes cannot be packed",
        Some(Kind::Scalar(_) | Kind::Enum) if at.field.label == Label::Repeated => return,
        Some(Kind::Scalar(_) | Kind::Enum) => "it is not repeated",
        None => return,
    };
    report.push(
        report
            .about(at.file, format!("{} cannot be packed", at.title()))
            .at(at.type_span(), reason)
            .and(at.option_span("packed"), "asked for here")
            .note("only repeated numbers, booleans and enums are packed")
            .help("remove `packed = true`"),
    );
}

fn lazy(at: FieldAt<'_>, report: &mut Report<'_>) {
    if at.field.kind == Some(Kind::Message) {
        return;
    }
    for (number, name) in [
        (number::LAZY, "lazy"),
        (number::UNVERIFIED_LAZY, "unverified_lazy"),
    ] {
        if is_set(at, number) {
            report.push(
                report
                    .about(at.file, format!("{} cannot be `{name}`", at.title()))
                    .at(at.type_span(), "not a message")
                    .and(at.option_span(name), "asked for here")
                    .note("only a field that holds a message can be parsed later")
                    .help(format!("remove `{name} = true`")),
            );
        }
    }
}

fn jstype(at: FieldAt<'_>, report: &mut Report<'_>) {
    if !is_set(at, number::JSTYPE) {
        return;
    }
    if let Some(Kind::Scalar(
        Scalar::Int64 | Scalar::Uint64 | Scalar::Sint64 | Scalar::Fixed64 | Scalar::Sfixed64,
    )) = at.field.kind
    {
        return;
    }
    report.push(
        report
            .about(at.file, format!("{} cannot have a `jstype`", at.title()))
            .at(at.type_span(), "not an integer of 64 bits")
            .and(at.option_span("jstype"), "asked for here")
            .note("`jstype` says how JavaScript keeps integers that its numbers cannot hold")
            .help("remove `jstype`"),
    );
}

/// Whether a default fits its type is checked where names are resolved.
fn default_of_repeated(at: FieldAt<'_>, report: &mut Report<'_>) {
    if at.field.default_value.is_none() || at.field.label != Label::Repeated {
        return;
    }
    report.push(
        report
            .about(
                at.file,
                format!("{} is repeated and cannot have a default", at.title()),
            )
            .at(at.span(tag::field::DEFAULT_VALUE), "this default")
            .help("remove the default: a repeated field without values is empty"),
    );
}
