//! The rules of names, which JSON and `Any` carry, and the list of what hurts nobody.

use super::{BACKWARD, BOTH, Rule, on};
use crate::compat::delta::{
    EnumChange, FieldChange, FileChange, Kind, MessageChange, MethodChange, OneofChange,
    PackageChange, ServiceChange, ValueChange,
};
use crate::compat::surface::Harm::{Error, Hygiene};
use crate::diagnostics::Code;

pub(super) static RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "field-renamed",
            summary: "A field kept its number and has another name.",
        },
        kinds: &[Kind::Field(FieldChange::Renamed)],
        on: &[on("json", BOTH, Error)],
        why: "On the wire a name is nothing. In JSON it is the key, and a reader refuses a key that it does not know. \
              Readers take a field's own name and its JSON name, so pinning the old JSON name keeps both directions.",
        fix: "pin the old name in JSON: `[json_name = \"oldName\"]`; for Avro, `baseline` in `[target.avro]` carries it on",
    },
    Rule {
        code: Code {
            name: "field-json-name",
            summary: "A field has another name in JSON.",
        },
        kinds: &[Kind::Field(FieldChange::JsonName)],
        on: &[on("json", BOTH, Error)],
        why: "Readers take a field's own name and its JSON name, and no third one: a document with the other JSON name is \
              refused, unless that is the field's own name.",
        fix: "keep the `json_name`",
    },
    Rule {
        code: Code {
            name: "json-format",
            summary: "Whether the JSON form of a type is guaranteed has changed.",
        },
        kinds: &[
            Kind::Message(MessageChange::JsonFormat),
            Kind::Enum(EnumChange::JsonFormat),
        ],
        on: &[on("json", BACKWARD, Hygiene)],
        why: "Documents read as before. But with `LEGACY_BEST_EFFORT` the compiler no longer refuses names that are the \
              same in JSON, and some runtimes write none at all. Going from proto2 to proto3 is this change the other \
              way round.",
        fix: "keep `features.json_format`",
    },
    Rule {
        code: Code {
            name: "message-renamed",
            summary: "A message has another full name.",
        },
        kinds: &[Kind::Message(MessageChange::Renamed)],
        on: &[on("json", BOTH, Error)],
        why: "Payloads do not have the name of their type, so nothing in them changes. An `Any` does: in JSON a reader \
              refuses one of a type that it does not know. What changed inside is told beside this.",
        fix: "keep the name, or keep the old message for those who read `Any`",
    },
    Rule {
        code: Code {
            name: "enum-renamed",
            summary: "An enum has another full name.",
        },
        kinds: &[Kind::Enum(EnumChange::Renamed)],
        on: &[],
        why: "No payload on the wire or in JSON has an enum's name. What is made of the enum has it: an Avro reader that knows \
              another name refuses the data, and code that names the old type finds none.",
        fix: "keep the name; for Avro, a `baseline` in `[target.avro]` carries the old one on as an alias",
    },
    Rule {
        code: Code {
            name: "field-type",
            summary: "A field holds another message or enum.",
        },
        kinds: &[Kind::Field(FieldChange::Type)],
        on: &[],
        why: "No payload on the wire or in JSON has the name of a field's type; what differs inside is told beside this. An \
              Avro reader that expects a record or enum of another name refuses the data, and code gets another type.",
        fix: "keep the type and change its inside, or add a field with a new number",
    },
    Rule {
        code: Code {
            name: "message-removed",
            summary: "A message is gone.",
        },
        kinds: &[Kind::Message(MessageChange::Removed)],
        on: &[on("json", BACKWARD, Error)],
        why: "Nobody who has the new version reads it any more. Where the contract knows `Any`, documents with one of this \
              type are refused.",
        fix: "keep the message for as long as documents have it",
    },
    Rule {
        code: Code {
            name: "package-renamed",
            summary: "A package has another name.",
        },
        kinds: &[Kind::Package(PackageChange::Renamed)],
        on: &[on("json", BOTH, Error), on("rpc", BOTH, Error)],
        why: "Payloads do not have it. The paths of calls do, and so does an `Any`. What changed inside is told beside this.",
        fix: "serve the old package beside the new one until nobody calls it",
    },
];

const IN_CODE: &str = "payloads and calls are the same: it says how code is generated";
const IN_FILES: &str = "no payload and no call has the path of a file";

/// Kinds of change that hurt no surface there is, and why not.
pub static HARMLESS: &[(Kind, &str)] = &[
    (Kind::File(FileChange::Added), "what is in it is told"),
    (
        Kind::File(FileChange::Package),
        "what it does to the names of types is told of them and of the package",
    ),
    (
        Kind::File(FileChange::Edition),
        "what it means for an element is told of the element",
    ),
    (Kind::File(FileChange::CcEnableArenas), IN_CODE),
    (Kind::File(FileChange::CcGenericServices), IN_CODE),
    (Kind::File(FileChange::JavaGenericServices), IN_CODE),
    (Kind::File(FileChange::JavaMultipleFiles), IN_CODE),
    (Kind::File(FileChange::JavaOuterClassname), IN_CODE),
    (Kind::File(FileChange::JavaPackage), IN_CODE),
    (Kind::File(FileChange::ObjcClassPrefix), IN_CODE),
    (Kind::File(FileChange::OptimizeFor), IN_CODE),
    (Kind::File(FileChange::PhpClassPrefix), IN_CODE),
    (Kind::File(FileChange::PhpMetadataNamespace), IN_CODE),
    (Kind::File(FileChange::PhpNamespace), IN_CODE),
    (Kind::File(FileChange::PyGenericServices), IN_CODE),
    (Kind::File(FileChange::RubyPackage), IN_CODE),
    (Kind::File(FileChange::SwiftPrefix), IN_CODE),
    (
        Kind::Package(PackageChange::Removed),
        "what was in it is told",
    ),
    (Kind::Message(MessageChange::DescriptorAccessor), IN_CODE),
    (Kind::Field(FieldChange::Jstype), IN_CODE),
    (Kind::Field(FieldChange::CppString), IN_CODE),
    (
        Kind::Field(FieldChange::JavaUtf8),
        "only Java looks at it: what the contract itself says of UTF-8 is told",
    ),
    (Kind::Service(ServiceChange::Moved), IN_FILES),
    (
        Kind::Message(MessageChange::Added),
        "nobody reads or writes it yet",
    ),
    (
        Kind::Enum(EnumChange::Added),
        "nobody reads or writes it yet",
    ),
    (
        Kind::Value(ValueChange::AliasAdded),
        "nobody writes a second name",
    ),
    (
        Kind::Field(FieldChange::Packing),
        "every reader takes packed and unpacked values",
    ),
    (
        Kind::Oneof(OneofChange::Added),
        "what becomes of its members is told of them",
    ),
    (
        Kind::Method(MethodChange::Request),
        "a call has no name of its request; what differs inside is told",
    ),
    (
        Kind::Method(MethodChange::Response),
        "a call has no name of its response; what differs inside is told",
    ),
];
