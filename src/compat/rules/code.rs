//! The rules of names that payloads do not have and generated code does. They hurt nobody on the wire; the surfaces of
//! generated code say themselves in which languages they do.

use super::Rule;
use crate::compat::delta::{
    EnumChange, FieldChange, FileChange, Kind, MessageChange, OneofChange, ValueChange,
};
use crate::diagnostics::Code;

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "file-removed",
            summary: "A file is gone, or has another path.",
        },
        kinds: &[Kind::File(FileChange::Removed)],
        on: &[],
        why: "Payloads and calls have no paths. Generated code does: the module, the library or the class that is made \
              for a file is gone with it, though its types may be generated elsewhere.",
        fix: "keep the path; or keep the old file and let it `import public` the new one",
    },
    Rule {
        code: Code {
            name: "file-namespace",
            summary: "An option that says where generated code goes has changed.",
        },
        kinds: &[
            Kind::File(FileChange::CsharpNamespace),
            Kind::File(FileChange::GoPackage),
        ],
        on: &[],
        why: "Only the language that the option is for takes notice: its types are in another namespace or package, \
              and programs that import the old one do not compile.",
        fix: "keep the option; a new namespace is a new contract for its users",
    },
    Rule {
        code: Code {
            name: "type-moved",
            summary: "A type or an extension is declared in another file of the same package.",
        },
        kinds: &[
            Kind::Message(MessageChange::Moved),
            Kind::Enum(EnumChange::Moved),
            Kind::Field(FieldChange::Moved),
        ],
        on: &[],
        why: "Its full name is the same, so no payload notices. In languages that make a module of a file it is in \
              another module now.",
        fix: "leave it where it is, or move it with the next release that breaks anyway",
    },
    Rule {
        code: Code {
            name: "oneof-renamed",
            summary: "A oneof has another name.",
        },
        kinds: &[Kind::Oneof(OneofChange::Renamed)],
        on: &[],
        why: "No payload has a oneof's name. Generated code has it in a member, and mostly in the names of types.",
        fix: "keep the name",
    },
    Rule {
        code: Code {
            name: "oneof-removed",
            summary: "A oneof is gone.",
        },
        kinds: &[Kind::Oneof(OneofChange::Removed)],
        on: &[],
        why: "What becomes of its members on the wire is told of them. In generated code the member of the oneof and \
              the types of what it held are gone.",
        fix: "keep the oneof, even if one member alone is left",
    },
    Rule {
        code: Code {
            name: "enum-removed",
            summary: "An enum is gone.",
        },
        kinds: &[Kind::Enum(EnumChange::Removed)],
        on: &[],
        why: "No payload has an enum's name; what a field holds instead is told of the field. Programs that name the \
              enum do not compile.",
        fix: "mark the enum `deprecated` and keep it until nobody uses it",
    },
    Rule {
        code: Code {
            name: "enum-value-alias-removed",
            summary: "A number of an enum has one name less.",
        },
        kinds: &[Kind::Value(ValueChange::AliasRemoved)],
        on: &[],
        why: "Payloads have the other name or the number. Programs that use the name that is gone do not compile.",
        fix: "mark the name `deprecated` and keep it",
    },
];
