//! Rules of options that need the options of all elements: features belong to editions, an option may say what it can
//! be set on, and some options are on their way out.

use hashbrown::HashMap;

use super::at::{FileAt, Load};
use super::editions::has_features;
use super::report::Report;
use super::walk::{self, Found, Target, Walker};
use super::{Check, Rule, error, warning};
use crate::diagnostics::codes;
use crate::load::descriptor::FieldProto;
use crate::load::link::Linked;
use crate::load::paths::to_u32;
use crate::load::tag;
use crate::wire::{self, Reader, Value};

pub(super) static RULES: &[Rule] = &[
    error(&codes::FEATURES, Check::File(features_in_editions)),
    error(&codes::OPTION_TARGET, Check::Load(on_targets)),
    warning(&codes::GENERIC_SERVICES, Check::File(generic_services)),
];

fn features_in_editions(file: FileAt<'_>, report: &mut Report<'_>) {
    if has_features(file.file.edition) {
        return;
    }
    walk::each(file.proto(), &mut |target, options, path| {
        if wire::last_bytes(options.bytes(), target.features()).is_none() {
            return;
        }
        report.push(
            report
                .about(
                    file,
                    format!(
                        "{} sets features in a file without an edition",
                        target.noun()
                    ),
                )
                .at(file.option_span(&path(), "features"), "needs an edition")
                .note("proto2 and proto3 have their features by definition")
                .help("remove the option, or write the file in edition 2023 or later"),
        );
    });
}

/// The number of `targets` in `FieldOptions`.
const TARGETS: u32 = 19;

/// The targets of a field as a set of bits, by their numbers; 0 if it may be set on everything.
fn targets(field: &FieldProto) -> u32 {
    let options = field.options.bytes();
    if options.is_empty() {
        return 0;
    }
    let bit = |number: u64| {
        u32::try_from(number).map_or(0, |number| 1_u32.checked_shl(number).unwrap_or(0))
    };
    let mut bits = 0;
    let mut reader = Reader::new(options);
    while let Ok(Some((number, value))) = reader.next() {
        match value {
            Value::Varint(value) if number == TARGETS => bits |= bit(value),
            Value::Bytes(mut packed) if number == TARGETS => {
                while let Some(value) = Some(&mut packed)
                    .filter(|packed| !packed.rest().is_empty())
                    .and_then(|packed| packed.varint().ok())
                {
                    bits |= bit(value);
                }
            }
            Value::Varint(_)
            | Value::Fixed64(_)
            | Value::Bytes(_)
            | Value::Group(_)
            | Value::Fixed32(_) => {}
        }
    }
    bits
}

/// The fields that may not be set everywhere, by their address, with their targets and full names. Those of
/// `google.protobuf` are left out: they are features, which protoc and buf have checked.
fn targeted(linked: &Linked) -> HashMap<*const FieldProto, (u32, String)> {
    let mut found = HashMap::new();
    for file in linked
        .files
        .iter()
        .filter(|file| file.proto.package != "google.protobuf")
    {
        for message in &file.proto.messages {
            for field in &message.fields {
                let targets = targets(field);
                if targets != 0 {
                    let message = linked.symbols.name(message.symbol);
                    found.insert(
                        std::ptr::from_ref(field),
                        (targets, format!("{message}.{}", field.name)),
                    );
                }
            }
        }
        for extension in &file.proto.extensions {
            let targets = targets(&extension.field);
            if targets != 0 {
                let name = linked.symbols.name(extension.symbol).to_owned();
                found.insert(std::ptr::from_ref(&extension.field), (targets, name));
            }
        }
    }
    found
}

fn on_targets(load: Load<'_>, report: &mut Report<'_>) {
    let targeted = targeted(load.linked);
    if targeted.is_empty() {
        return;
    }
    let walker = Walker::new(load.linked);
    for index in 0..load.linked.files.len() {
        let file = load.file(to_u32(index));
        walk::each(file.proto(), &mut |target, options, path| {
            walker.options(target, options, &mut |found| {
                let (Found::Field(field) | Found::Extension(_, field)) = found else {
                    return;
                };
                let Some((targets, name)) = targeted.get(&std::ptr::from_ref(field)) else {
                    return;
                };
                if targets & (1 << target.number()) == 0 {
                    let allowed: Vec<&str> = Target::ALL
                        .iter()
                        .filter(|target| targets & (1 << target.number()) != 0)
                        .map(|target| target.noun())
                        .collect();
                    report.push(
                        report
                            .about(
                                file,
                                format!("the option `{name}` is set on {}", target.noun()),
                            )
                            .at(file.span(&path()), "set here")
                            .note(format!("it may be set on {}", allowed.join(", ")))
                            .help("remove the option here, or add the target where it is defined"),
                    );
                }
            });
        });
    }
}

/// `cc_generic_services`, `java_generic_services` and `py_generic_services` in `FileOptions`.
const GENERIC_SERVICES: [(u32, &str); 3] = [
    (16, "cc_generic_services"),
    (17, "java_generic_services"),
    (18, "py_generic_services"),
];

fn generic_services(file: FileAt<'_>, report: &mut Report<'_>) {
    let options = file.proto().options.bytes();
    if options.is_empty() {
        return;
    }
    for (number, name) in GENERIC_SERVICES {
        if wire::last_varint(options, number).is_some_and(|value| value != 0) {
            report.push(
                report
                    .about(file, format!("the option `{name}` is on its way out"))
                    .at(file.option_span(&[tag::file::OPTIONS], name), "deprecated")
                    .note("protobuf replaced generic services by generators of code for each RPC system")
                    .help("remove the option"),
            );
        }
    }
}
