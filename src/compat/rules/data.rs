//! The rules of fields and of what is in messages.

use super::{BACKWARD, BOTH, FORWARD, Rule, on};
use crate::compat::delta::{FieldChange, Kind, MessageChange};
use crate::compat::surface::Harm::{Error, Hygiene, Lossy, Presence};
use crate::diagnostics::Code;

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "field-renumbered",
            summary: "A field kept its name and has another number.",
        },
        kinds: &[Kind::Field(FieldChange::Renumbered)],
        on: &[on("wire", BOTH, Error), on("rpc", BOTH, Error)],
        why: "On the wire a field is its number. A reader looks for the value under the number that it knows: it finds \
              nothing there, or the value of another field. Reserving the old number does not help, it only keeps the \
              next field from making it worse.",
        fix: "give the field its old number back; for a field that is to be something else, add one with a new name and \
              a new number",
    },
    Rule {
        code: Code {
            name: "field-kind",
            summary: "The values of a field are of another kind.",
        },
        kinds: &[Kind::Field(FieldChange::Kind)],
        on: &[
            on("wire", BOTH, Error),
            on("json", BOTH, Error),
            on("rpc", BOTH, Error),
        ],
        why: "Kinds that share an encoding read each other's bytes, but not always as the same value: a wider integer is \
              cut, a negative one becomes huge, text that is no UTF-8 is refused. Kinds that do not share one drop the \
              value as an unknown field. Some changes are safe in one direction: `int32` to `int64` for new readers, \
              for example.",
        fix: "keep the old kind; add a field with the new kind and a new number, and write both until all readers know \
              the new one",
    },
    Rule {
        code: Code {
            name: "field-cardinality",
            summary: "A field holds many values instead of one, one instead of many, or a map.",
        },
        kinds: &[Kind::Field(FieldChange::Cardinality)],
        on: &[
            on("wire", BOTH, Error),
            on("json", BOTH, Error),
            on("rpc", BOTH, Error),
        ],
        why: "A reader of one value takes the last of many, or merges them if they are messages, and drops packed numbers \
              altogether. A reader of many takes one value as a list of one. In JSON a list and a value are never read \
              as one another.",
        fix: "add a repeated field with a new number beside the old one",
    },
    Rule {
        code: Code {
            name: "field-required",
            summary: "A field is required now, or a required field no longer is.",
        },
        kinds: &[Kind::Field(FieldChange::Required)],
        on: &[
            on("wire", BOTH, Error),
            on("json", BOTH, Error),
            on("rpc", BOTH, Error),
        ],
        why: "A reader that requires a field refuses a whole message without it. New readers refuse what was written \
              before the field was required; old readers refuse what is written after it no longer is.",
        fix: "leave the field as it was; let the program check what it needs",
    },
    Rule {
        code: Code {
            name: "field-presence",
            summary: "It can be told now whether a field was set, or no longer.",
        },
        kinds: &[Kind::Field(FieldChange::Presence)],
        on: &[
            on("wire", BOTH, Presence),
            on("json", BOTH, Presence),
            on("rpc", BOTH, Presence),
        ],
        why: "The value that is read is the same. Only a program that asks whether the field was set gets another answer \
              for zeros.",
        fix: "nothing, unless a program asks whether the field is set",
    },
    Rule {
        code: Code {
            name: "field-oneof",
            summary: "A field excludes others that it did not exclude, or no longer does.",
        },
        kinds: &[Kind::Field(FieldChange::Oneof)],
        on: &[
            on("wire", BOTH, Lossy),
            on("json", BOTH, Error),
            on("rpc", BOTH, Lossy),
        ],
        why: "Where the writer may set two fields and the reader has room for one of them, the last one wins and the \
              other is lost; in JSON the document is refused. A field alone in a new oneof is safe.",
        fix: "put the field into a oneof of its own, or add a new field to the oneof and stop writing the old one",
    },
    Rule {
        code: Code {
            name: "field-utf8",
            summary: "The text of a field is verified to be UTF-8 now, or no longer.",
        },
        kinds: &[Kind::Field(FieldChange::Utf8)],
        on: &[on("wire", BOTH, Error), on("rpc", BOTH, Error)],
        why: "A reader that verifies refuses a whole message with text that is no UTF-8, and a writer that does not \
              verify writes such text. Going from proto2 to proto3 turns verification on.",
        fix: "keep the verification as it was (`features.utf8_validation`), or use `bytes` for what need not be text",
    },
    Rule {
        code: Code {
            name: "field-default",
            summary: "A field that is not set reads as another value.",
        },
        kinds: &[Kind::Field(FieldChange::Default)],
        on: &[
            on("wire", BOTH, Lossy),
            on("json", BOTH, Lossy),
            on("rpc", BOTH, Lossy),
        ],
        why: "A default is not sent: each side takes its own. Once they differ, what the writer left at its default is \
              another value for the reader.",
        fix: "keep the default; set the value where a new one is meant",
    },
    Rule {
        code: Code {
            name: "field-added",
            summary: "A field is new.",
        },
        kinds: &[Kind::Field(FieldChange::Added)],
        on: &[on("json", FORWARD, Error)],
        why: "On the wire an old reader keeps what it does not know. In JSON it refuses a document with a name that it \
              does not know, unless it was told to ignore such names.",
        fix: "let readers know the field before anybody writes it, or let them ignore unknown names",
    },
    Rule {
        code: Code {
            name: "field-removed",
            summary: "A field is gone.",
        },
        kinds: &[Kind::Field(FieldChange::Removed)],
        on: &[on("json", BACKWARD, Error)],
        why: "On the wire a new reader keeps what it does not know. In JSON it refuses a document with a name that it does \
              not know; reserving the name does not change that.",
        fix: "mark the field `deprecated` and keep it until no document has it, or let readers ignore unknown names",
    },
    Rule {
        code: Code {
            name: "field-unreserved",
            summary: "A field is gone and its number or name is free for anybody.",
        },
        kinds: &[Kind::Field(FieldChange::Unreserved)],
        on: &[on("wire", BACKWARD, Hygiene)],
        why: "Whoever takes the number next reads old data as something else. `reserved` makes the compiler refuse that.",
        fix: "reserve the number and the name",
    },
    Rule {
        code: Code {
            name: "field-number-reused",
            summary: "A new field has a number or a name that was reserved.",
        },
        kinds: &[Kind::Field(FieldChange::NumberReused)],
        on: &[on("wire", BACKWARD, Hygiene)],
        why: "Somebody reserved it because data exists in which it means something else. What it meant is not in these two \
              versions, so there is no payload to show.",
        fix: "take a number and a name that were never used",
    },
    Rule {
        code: Code {
            name: "message-set-format",
            summary: "A message got the MessageSet wire format, or lost it.",
        },
        kinds: &[Kind::Message(MessageChange::MessageSet)],
        on: &[on("wire", BOTH, Lossy), on("rpc", BOTH, Lossy)],
        why: "Extensions of a MessageSet are written as groups of a type and a message; other readers take that for an \
              unknown field.",
        fix: "keep `message_set_wire_format` as it was",
    },
    Rule {
        code: Code {
            name: "message-reserved",
            summary: "A message no longer reserves a number or a name.",
        },
        kinds: &[Kind::Message(MessageChange::ReservedDropped)],
        on: &[on("wire", BACKWARD, Hygiene)],
        why: "Nothing reads differently yet. But nothing keeps the next field from taking the number, and then old data is \
              read as that field.",
        fix: "keep what is reserved for as long as data lives",
    },
    Rule {
        code: Code {
            name: "message-extension-range",
            summary: "Numbers are no longer left to extensions.",
        },
        kinds: &[Kind::Message(MessageChange::ExtensionRange)],
        on: &[on("wire", BACKWARD, Hygiene)],
        why: "Extensions with these numbers, in contracts that are not seen here, no longer compile, and a field may take \
              their numbers.",
        fix: "keep the range; reserve what is not to be extended any more only when nobody does",
    },
];
