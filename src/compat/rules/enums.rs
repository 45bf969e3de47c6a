//! The rules of enums and their values.

use super::{BACKWARD, BOTH, FORWARD, Rule, on};
use crate::compat::delta::{EnumChange, Kind, ValueChange};
use crate::compat::surface::Harm::{Error, Hygiene, Lossy};
use crate::diagnostics::Code;

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "enum-value-renumbered",
            summary: "A value of an enum kept its name and has another number.",
        },
        kinds: &[Kind::Value(ValueChange::Renumbered)],
        on: &[on("wire", BOTH, Lossy), on("rpc", BOTH, Lossy)],
        why: "On the wire a value is its number. A reader takes the number for whatever it calls so: another value, or one \
              without a name.",
        fix: "give the value its old number back",
    },
    Rule {
        code: Code {
            name: "enum-value-renamed",
            summary: "A number of an enum has another name.",
        },
        kinds: &[Kind::Value(ValueChange::Renamed)],
        on: &[on("json", BOTH, Error)],
        why: "JSON has the name of a value, and a reader refuses a name that it does not know.",
        fix: "keep the old name first and add the new one as an alias (`option allow_alias = true`)",
    },
    Rule {
        code: Code {
            name: "enum-value-added",
            summary: "An enum has a new value.",
        },
        kinds: &[Kind::Value(ValueChange::Added)],
        on: &[
            on("wire", FORWARD, Lossy),
            on("json", FORWARD, Error),
            on("rpc", BOTH, Lossy),
        ],
        why: "An open enum keeps a number that it has no name for. A closed one does not take it: the field reads as unset, \
              and an entry of a map is gone as a whole. In JSON an unknown name is refused.",
        fix: "let readers know the value before anybody writes it",
    },
    Rule {
        code: Code {
            name: "enum-value-removed",
            summary: "A value of an enum is gone.",
        },
        kinds: &[Kind::Value(ValueChange::Removed)],
        on: &[
            on("wire", BACKWARD, Lossy),
            on("json", BACKWARD, Error),
            on("rpc", BOTH, Lossy),
        ],
        why: "Old data has it. An open enum keeps the number without a name; a closed one drops it; JSON has the name, \
              which is refused. Reserving the name does not change that.",
        fix: "mark the value `deprecated` and keep it",
    },
    Rule {
        code: Code {
            name: "enum-value-unreserved",
            summary: "A value of an enum is gone and its number or name is free for anybody.",
        },
        kinds: &[Kind::Value(ValueChange::Unreserved)],
        on: &[on("wire", BACKWARD, Hygiene)],
        why: "Whoever takes the number next reads old data as something else. `reserved` makes the compiler refuse that.",
        fix: "reserve the number and the name",
    },
    Rule {
        code: Code {
            name: "enum-value-number-reused",
            summary: "A new value of an enum has a number or a name that was reserved.",
        },
        kinds: &[Kind::Value(ValueChange::NumberReused)],
        on: &[on("wire", BACKWARD, Hygiene)],
        why: "Somebody reserved it because data exists in which it means something else. What it meant is not in these two \
              versions, so there is no payload to show.",
        fix: "take a number and a name that were never used",
    },
    Rule {
        code: Code {
            name: "enum-openness",
            summary: "An enum is closed now, or open.",
        },
        kinds: &[Kind::Enum(EnumChange::Openness)],
        on: &[
            on("wire", BOTH, Lossy),
            on("json", BOTH, Error),
            on("rpc", BOTH, Lossy),
        ],
        why: "Who writes an open enum may write numbers without a name; a reader for whom the enum is closed drops them. \
              Going from proto2 to proto3 opens an enum.",
        fix: "keep it as it was (`features.enum_type`)",
    },
    Rule {
        code: Code {
            name: "enum-default",
            summary: "Another value of an enum comes first.",
        },
        kinds: &[Kind::Enum(EnumChange::Default)],
        on: &[
            on("wire", BOTH, Lossy),
            on("json", BOTH, Lossy),
            on("rpc", BOTH, Lossy),
        ],
        why: "The first value is what a field that is not set reads as, and nothing is sent for it: each side takes its own.",
        fix: "keep the first value first",
    },
    Rule {
        code: Code {
            name: "enum-reserved",
            summary: "An enum no longer reserves a number or a name.",
        },
        kinds: &[Kind::Enum(EnumChange::ReservedDropped)],
        on: &[on("wire", BACKWARD, Hygiene)],
        why: "Nothing reads differently yet. But nothing keeps the next value from taking the number, and then old data is \
              read as that value.",
        fix: "keep what is reserved for as long as data lives",
    },
];
