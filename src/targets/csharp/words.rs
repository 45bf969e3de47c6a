//! The words of C#: how its identifiers look and which of them generated code needs itself.

use crate::names::{Case, NamePolicy, Role};

pub(super) const POLICY: NamePolicy = NamePolicy {
    case,
    is_reserved,
    escape,
};

fn case(role: Role) -> Case {
    match role {
        // Types keep the name that the contract gives them, as people search for it.
        Role::Message | Role::Enum | Role::Service => Case::Verbatim,
        Role::EnumValue
        | Role::Field
        | Role::OneofMember
        | Role::Extension
        | Role::Method
        | Role::Module => Case::Pascal,
    }
}

/// A word of C# is in lower case, and so is no identifier of ours: types that begin with a small letter are reserved,
/// which also keeps the compiler from warning that they may become keywords (CS8981).
fn is_reserved(role: Role, word: &str) -> bool {
    // A discard.
    if word == "_" {
        return true;
    }
    match role {
        Role::Message | Role::Enum | Role::Service => {
            word.starts_with(|c: char| c.is_ascii_lowercase())
                || RUNTIME.contains(&word)
                || MEMBERS.contains(&word)
                || is_backing(word)
        }
        Role::Field => MEMBERS.contains(&word) || RUNTIME.contains(&word),
        Role::OneofMember => OBJECT.contains(&word) || word == "Value" || word == "MergedInto",
        Role::Extension => OBJECT.contains(&word) || RUNTIME.contains(&word),
        Role::EnumValue | Role::Method | Role::Module => false,
    }
}

/// Whether a class of this name could have a private field that is called the same: `_name` is behind `Name`.
fn is_backing(word: &str) -> bool {
    let rest = word.strip_prefix('_').unwrap_or_default();
    rest.starts_with(|c: char| c.is_ascii_lowercase()) && !rest.ends_with('_')
}

fn escape(word: &str) -> String {
    if word.starts_with(|c: char| c.is_ascii_lowercase()) {
        Case::Pascal.apply(word)
    } else {
        NamePolicy::underscore(word)
    }
}

/// Members of every class.
const OBJECT: &[&str] = &[
    "Equals",
    "Finalize",
    "GetHashCode",
    "GetType",
    "MemberwiseClone",
    "ReferenceEquals",
    "ToString",
];

/// What every message has, declared or inherited.
const MEMBERS: &[&str] = &[
    "ClearExtension",
    "ClearUnknownFields",
    "Clone",
    "ContractFields",
    "ContractName",
    "DescribeElement",
    "DescribeField",
    "DescribeUnknown",
    "Equals",
    "Extensions",
    "Finalize",
    "FindMissing",
    "FindMissingInExtensions",
    "GetExtension",
    "GetHashCode",
    "GetType",
    "GetUnknownFields",
    "HasExtension",
    "HasOwnJson",
    "HashExtensions",
    "HashUnknown",
    "IsMessageSet",
    "MemberwiseClone",
    "MergeExtensions",
    "MergeFrom",
    "MergeUnknown",
    "Parse",
    "ParseJson",
    "ParseText",
    "ProtoName",
    "ReadExtension",
    "ReadFields",
    "ReadFrom",
    "ReadJson",
    "ReadText",
    "ReadWire",
    "ReferenceEquals",
    "SameExtensions",
    "SameUnknown",
    "SetExtension",
    "ToByteArray",
    "ToJson",
    "ToString",
    "ToText",
    "Types",
    "UnknownData",
    "WriteExtensions",
    "WriteFields",
    "WriteJson",
    "WriteJsonTo",
    "WriteTo",
    "WriteWire",
];

/// Types of the runtime that generated code uses by their short names.
const RUNTIME: &[&str] = &[
    "Codecs",
    "DecodeOptions",
    "EnumCodec",
    "EnumTable",
    "JsonFields",
    "JsonNames",
    "JsonReadOptions",
    "JsonReader",
    "JsonWriter",
    "MessageCodec",
    "MessageValues",
    "TextCodec",
    "TextNames",
    "TextReadOptions",
    "TypeRegistry",
    "WireReader",
    "WireWriter",
];
