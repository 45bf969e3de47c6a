//! Rules of MessageSets, the proto1 way to hold extensions: no fields, and every extension a message.

use super::at::{FieldAt, MessageAt};
use super::numbers::is_message_set;
use super::report::Report;
use super::{Check, Rule, error};
use crate::contract::Edition;
use crate::diagnostics::codes;
use crate::load::descriptor::{Kind, Label};
use crate::load::tag;

pub(super) static RULES: &[Rule] = &[
    error(&codes::MESSAGE_SET, Check::Message(not_in_proto3)),
    error(&codes::MESSAGE_SET, Check::Field(holds_messages)),
];

fn not_in_proto3(at: MessageAt<'_>, report: &mut Report<'_>) {
    if at.file.file.edition == Edition::Proto3 && is_message_set(at.message) {
        report.push(
            report
                .about(
                    at.file,
                    format!("`{}` is a MessageSet in a proto3 file", at.name()),
                )
                .at(at.span(&[tag::message::NAME]), "not in proto3")
                .help("remove `message_set_wire_format`, or use `google.protobuf.Any`"),
        );
    }
}

fn holds_messages(at: FieldAt<'_>, report: &mut Report<'_>) {
    let Some(container) = at
        .container()
        .filter(|container| is_message_set(container.message))
    else {
        return;
    };
    let (message, help) = if !at.is_extension() {
        (
            format!(
                "MessageSet `{}` has the field `{}`",
                container.name(),
                at.field.name
            ),
            "a MessageSet has extensions only: make the field an extension",
        )
    } else if at.field.kind != Some(Kind::Message) || at.field.label != Label::Optional {
        (
            format!("{} of a MessageSet is no optional message", at.title()),
            "give it a message as its type, and the label `optional`",
        )
    } else {
        return;
    };
    report.push(
        report
            .about(at.file, message)
            .at(at.type_span(), "not allowed here")
            .and(
                Some(container)
                    .filter(|_| at.is_extension())
                    .and_then(|container| container.span(&[tag::message::NAME])),
                "the MessageSet",
            )
            .help(help),
    );
}
