//! What Dart forbids as a name, and what generated Dart uses itself. Knows no contract.

use crate::names::{Case, NamePolicy, Role};

/// The names of the Dart target: types in PascalCase, all else in camelCase.
pub(super) const POLICY: NamePolicy = NamePolicy {
    case,
    is_reserved,
    escape,
};

/// Reserved words, and built-in identifiers that read badly or are forbidden somewhere.
const KEYWORDS: &[&str] = &[
    "abstract",
    "as",
    "assert",
    "async",
    "await",
    "base",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "covariant",
    "default",
    "deferred",
    "do",
    "dynamic",
    "else",
    "enum",
    "export",
    "extends",
    "extension",
    "external",
    "factory",
    "false",
    "final",
    "finally",
    "for",
    "get",
    "if",
    "implements",
    "import",
    "in",
    "interface",
    "is",
    "late",
    "library",
    "mixin",
    "new",
    "null",
    "operator",
    "part",
    "required",
    "rethrow",
    "return",
    "sealed",
    "set",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typedef",
    "var",
    "void",
    "when",
    "while",
    "with",
    "yield",
];

/// Contextual words that are legal names of members.
const CONTEXTUAL: &[&str] = &["base", "sealed", "when", "async"];

/// Names of `dart:core` in lower case that generated code uses, and the prefixes of its imports.
const USED: &[&str] = &[
    "bool",
    "core",
    "double",
    "identical",
    "int",
    "num",
    "override",
    "xlc",
];

/// Members of messages.
const MESSAGE_MEMBERS: &[&str] = &[
    "copyWith",
    "extensions",
    "fromBytes",
    "fromJson",
    "fromJsonString",
    "fromText",
    "getExtension",
    "hasExtension",
    "hashCode",
    "mergedWith",
    "mergedWithBytes",
    "noSuchMethod",
    "runtimeType",
    "toBytes",
    "toJson",
    "toJsonString",
    "toString",
    "toText",
    "unknownFields",
    "withExtension",
];

/// Members of enums.
const ENUM_MEMBERS: &[&str] = &[
    "fromNumber",
    "fromProtoName",
    "hashCode",
    "index",
    "name",
    "noSuchMethod",
    "number",
    "protoName",
    "runtimeType",
    "toString",
    "values",
];

fn case(role: Role) -> Case {
    match role {
        Role::Message | Role::Enum | Role::OneofMember | Role::Service => Case::Pascal,
        Role::EnumValue | Role::Field | Role::Extension | Role::Method => Case::Camel,
        // Names that are made of identifiers already.
        Role::Module => Case::Verbatim,
    }
}

fn is_reserved(role: Role, word: &str) -> bool {
    if role == Role::Module {
        return KEYWORDS.contains(&word);
    }
    // What begins with an underscore is private, and no name of a parameter.
    if word.starts_with('_') || USED.contains(&word) {
        return true;
    }
    let keyword = KEYWORDS.contains(&word) && !CONTEXTUAL.contains(&word);
    keyword
        || match role {
            Role::Field => MESSAGE_MEMBERS.contains(&word),
            Role::EnumValue => ENUM_MEMBERS.contains(&word),
            // A member may be called `n_`, if the contract calls it `_`, and its class not then.
            Role::Message | Role::Enum | Role::OneofMember | Role::Service => {
                word == "Function"
                    || (word.starts_with(|c: char| c.is_ascii_lowercase()) && !word.ends_with("__"))
            }
            Role::Extension | Role::Method | Role::Module => false,
        }
}

/// Makes a legal name: no underscore in front, one behind. What would begin with a digit gets a letter.
fn escape(word: &str) -> String {
    match word.strip_prefix('_') {
        None => NamePolicy::underscore(word),
        Some(rest) => {
            let rest = rest.trim_start_matches('_');
            if rest.starts_with(|c: char| c.is_alphabetic()) {
                format!("{rest}_")
            } else {
                format!("n{rest}_")
            }
        }
    }
}

/// Whether a type of this name hides one that generated code needs from `dart:core` or `dart:typed_data`.
pub(super) fn hides_core(word: &str) -> bool {
    matches!(
        word,
        "BigInt"
            | "Deprecated"
            | "Iterable"
            | "List"
            | "Map"
            | "Object"
            | "String"
            | "Uint8List"
            | "DateTime"
            | "Duration"
    )
}

#[cfg(test)]
mod tests {
    use super::POLICY;
    use crate::names::{Candidate, Role, Scope};

    #[test]
    fn names_that_dart_treats_specially_are_escaped() {
        for (role, name, ident) in [
            (Role::Field, "class", "class_"),
            (Role::Field, "accession_number", "accessionNumber"),
            (Role::Field, "_x", "x_"),
            (Role::Field, "__x", "x_"),
            (Role::Field, "_", "n_"),
            (Role::Field, "_1", "n1_"),
            (Role::Field, "to_bytes", "toBytes_"),
            (Role::Field, "int", "int_"),
            (Role::Field, "when", "when"),
            (Role::EnumValue, "LAYOUT_2D", "layout2D"),
            (Role::EnumValue, "VALUES", "values_"),
            (Role::Message, "Function", "Function_"),
            (Role::Message, "List", "List"),
            (Role::Message, "foo_bar", "FooBar"),
        ] {
            let found = Scope::new(POLICY).take(Candidate {
                role,
                name,
                number: None,
            });
            assert_eq!(found.as_str(), ident, "{role:?} {name}");
        }
    }
}
