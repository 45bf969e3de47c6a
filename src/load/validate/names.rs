//! Rules of names as such: how long and deep a package may be, and that the names of a descriptor set are identifiers.
//! The parser sees to the latter in source text.

use super::at::{EnumAt, FieldAt, FileAt, MessageAt};
use super::report::Report;
use super::{Check, Rule, error};
use crate::diagnostics::codes;
use crate::load::tag;

pub(super) static RULES: &[Rule] = &[
    error(&codes::PACKAGE_LIMIT, Check::File(package_limits)),
    error(&codes::IDENTIFIER, Check::File(names_of_file)),
    error(&codes::IDENTIFIER, Check::Message(names_of_message)),
    error(&codes::IDENTIFIER, Check::Field(name_of_extension)),
    error(&codes::IDENTIFIER, Check::Enum(names_of_enum)),
];

/// The most characters and the most segments of a package in protoc.
const PACKAGE_LENGTH: usize = 511;
const PACKAGE_DEPTH: usize = 101;

fn package_limits(file: FileAt<'_>, report: &mut Report<'_>) {
    let package = &file.proto().package;
    if package.len() <= PACKAGE_DEPTH {
        return;
    }
    let place = || file.span(&[tag::file::PACKAGE]);
    if package.len() > PACKAGE_LENGTH {
        report.push(
            report
                .about(
                    file,
                    format!("the package name has {} characters", package.len()),
                )
                .at(place(), "too long")
                .note(format!("protobuf allows {PACKAGE_LENGTH} characters"))
                .help("shorten its segments or leave some out"),
        );
    }
    let depth = package.split('.').count();
    if depth > PACKAGE_DEPTH {
        report.push(
            report
                .about(file, format!("the package name has {depth} segments"))
                .at(place(), "too deep")
                .note(format!("protobuf allows {PACKAGE_DEPTH} segments"))
                .help("leave some of its segments out"),
        );
    }
}

/// Whether a name can be written in source text.
pub(super) fn is_identifier(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Tells a name that is no identifier, in a file that was not parsed.
fn check(file: FileAt<'_>, name: &str, noun: &str, scope: &str, report: &mut Report<'_>) {
    if file.file.from_source || is_identifier(name) {
        return;
    }
    let of = if scope.is_empty() {
        String::new()
    } else {
        format!(" in `{}`", scope.escape_debug())
    };
    report.push(
        report
            .about(
                file,
                format!("`{}` is no name for {noun}{of}", name.escape_debug()),
            )
            .note(
                "a name is made of ASCII letters, digits and underscores, and starts with no digit",
            )
            .help("make the descriptor set from .proto sources with protoc or buf"),
    );
}

fn names_of_file(file: FileAt<'_>, report: &mut Report<'_>) {
    let proto = file.proto();
    if !proto.package.is_empty() {
        for segment in proto.package.split('.') {
            check(file, segment, "a part of a package", &proto.package, report);
        }
    }
    for service in &proto.services {
        check(file, &service.name, "a service", &proto.package, report);
        for method in &service.methods {
            check(file, &method.name, "a method", &service.name, report);
        }
    }
}

fn names_of_message(at: MessageAt<'_>, report: &mut Report<'_>) {
    let message = at.message;
    check(at.file, &message.name, "a message", "", report);
    for field in &message.fields {
        check(at.file, &field.name, "a field", &message.name, report);
    }
    for oneof in &message.oneofs {
        check(at.file, &oneof.name, "a oneof", &message.name, report);
    }
}

fn name_of_extension(at: FieldAt<'_>, report: &mut Report<'_>) {
    if at.is_extension() {
        check(at.file, &at.field.name, "an extension", "", report);
    }
}

fn names_of_enum(at: EnumAt<'_>, report: &mut Report<'_>) {
    check(at.file, &at.enumeration.name, "an enum", "", report);
    for value in &at.enumeration.values {
        check(
            at.file,
            &value.name,
            "an enum value",
            &at.enumeration.name,
            report,
        );
    }
}
