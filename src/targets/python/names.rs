//! What Python forbids as a name, and what generated Python uses itself. Knows no contract.

use crate::names::{Case, NamePolicy, Role};

/// The names of the Python target: fields as in the contract, types in PascalCase.
pub(super) const POLICY: NamePolicy = NamePolicy {
    case,
    is_reserved,
    escape,
};

/// Keywords of Python 3.10 and later; soft keywords are legal names.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Public members of the runtime's message classes.
const MESSAGE_MEMBERS: &[&str] = &[
    "clear",
    "copy",
    "extensions",
    "from_bytes",
    "from_dict",
    "from_json",
    "from_text",
    "merge_from",
    "merge_from_bytes",
    "replace",
    "to_bytes",
    "to_dict",
    "to_json",
    "to_text",
    "unknown_fields",
    // of the well-known types
    "from_datetime",
    "to_datetime",
    "from_timedelta",
    "to_timedelta",
    "from_paths",
    "from_python",
    "to_python",
    "pack",
    "unpack",
    "type_name",
];

/// Private members of the runtime's message classes, and the names that a generated module imports.
const PRIVATE: &[&str] = &[
    "_extensions",
    "_fields",
    "_from_dict",
    "_full_name",
    "_get_extension",
    "_held",
    "_json",
    "_json_value",
    "_merge",
    "_merge_extensions",
    "_missing",
    "_missing_extension",
    "_put_extensions",
    "_read",
    "_redacted",
    "_same_unknown",
    "_take",
    "_text",
    "_to_json",
    "_unknown",
    "_write",
    "_write_extensions",
    "_write_held",
    "_write_unknown",
    "_builtins",
    "_enum",
    "_f",
    "_j",
    "_k",
    "_p",
    "_q",
    "_t",
    "_w",
    "_x",
    "_Self",
    "_ZERO",
    "_number",
    "_class",
    "_members",
];

/// Members of `int` and `IntEnum`, which enum values must not hide.
const ENUM_MEMBERS: &[&str] = &[
    "as_integer_ratio",
    "bit_count",
    "bit_length",
    "conjugate",
    "denominator",
    "from_bytes",
    "imag",
    "is_integer",
    "mro",
    "name",
    "numerator",
    "real",
    "to_bytes",
    "value",
];

/// Longer names of variables in generated functions.
const LOCALS: &[&str] = &[
    "cls", "depth", "fault", "get", "members", "name", "other", "places", "self", "value",
];

/// Builtins that generated code calls or spells in types.
const BUILTINS: &[&str] = &[
    "bool",
    "bytes",
    "classmethod",
    "dict",
    "enumerate",
    "float",
    "frozenset",
    "int",
    "isinstance",
    "len",
    "list",
    "object",
    "property",
    "set",
    "sorted",
    "str",
    "tuple",
];

/// More builtin types. A class that is called like one can be used before its definition, where type checkers still take
/// the name for the builtin.
const BUILTIN_TYPES: &[&str] = &[
    "bytearray",
    "complex",
    "filter",
    "map",
    "memoryview",
    "range",
    "reversed",
    "slice",
    "staticmethod",
    "super",
    "type",
    "zip",
];

fn case(role: Role) -> Case {
    match role {
        // A type keeps its name where that is a class name already; see `type_case`.
        Role::Message | Role::Enum | Role::Service | Role::EnumValue | Role::Field => {
            Case::Verbatim
        }
        Role::OneofMember => Case::Pascal,
        Role::Extension | Role::Method | Role::Module => Case::Verbatim,
    }
}

fn is_reserved(role: Role, word: &str) -> bool {
    let everywhere =
        KEYWORDS.contains(&word) || word.starts_with("__") || word.starts_with("_self_");
    everywhere
        || match role {
            Role::Message | Role::Enum | Role::OneofMember | Role::Service => {
                is_local(word)
                    || BUILTINS.contains(&word)
                    || BUILTIN_TYPES.contains(&word)
                    || MESSAGE_MEMBERS.contains(&word)
                    || PRIVATE.contains(&word)
            }
            Role::EnumValue => ENUM_MEMBERS.contains(&word) || is_sunder(word),
            Role::Field => {
                word == "self" || MESSAGE_MEMBERS.contains(&word) || PRIVATE.contains(&word)
            }
            // One that is declared in a message is a member of its class.
            Role::Extension => {
                BUILTINS.contains(&word)
                    || MESSAGE_MEMBERS.contains(&word)
                    || PRIVATE.contains(&word)
            }
            // What modules are called by in one another.
            Role::Method => word == "self" || PRIVATE.contains(&word) || is_head(word),
            Role::Module => word == "_xlc",
        }
}

/// Whether generated functions have a variable of this name, which would hide a class.
fn is_local(word: &str) -> bool {
    let short = word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().skip(1).all(|c| c.is_ascii_digit());
    short || LOCALS.contains(&word)
}

/// `_H10`: a table of short heads in a generated module.
fn is_head(word: &str) -> bool {
    let digits = word.strip_prefix("_H");
    digits.is_some_and(|it| !it.is_empty() && it.chars().all(|c| c.is_ascii_digit()))
}

/// `_name_`, which `enum` keeps for itself.
fn is_sunder(word: &str) -> bool {
    word.len() > 2 && word.starts_with('_') && word.ends_with('_')
}

/// Makes a legal name: a name with two leading underscores is mangled inside classes, and one between underscores
/// belongs to `enum`, and `_self_` begins names of ours, so these get a letter in front; all others an underscore behind.
fn escape(word: &str) -> String {
    if word.starts_with("__") || word.starts_with("_self_") || is_sunder(word) {
        format!("x{word}")
    } else {
        NamePolicy::underscore(word)
    }
}

/// A part of a file's path as a module name: every character that a name cannot have becomes an underscore.
pub(super) fn module_part(part: &str) -> String {
    part.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}

/// Whether a builtin type is hidden in annotations by a member of the class with this name.
pub(super) fn is_builtin(word: &str) -> bool {
    BUILTINS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::POLICY;
    use crate::names::{Candidate, Role, Scope};

    #[test]
    fn names_that_python_treats_specially_are_escaped() {
        for (role, name, ident) in [
            (Role::Field, "class", "class_"),
            (Role::Field, "self", "self_"),
            (Role::Field, "int", "int"),
            (Role::Field, "__x", "x__x"),
            (Role::Field, "_self_x", "x_self_x"),
            (Role::Field, "_x", "_x_"),
            (Role::Message, "k2", "k2_"),
            (Role::Field, "to_bytes", "to_bytes_"),
            (Role::Extension, "to_bytes", "to_bytes_"),
            (Role::EnumValue, "None", "None_"),
            (Role::EnumValue, "name", "name_"),
            (Role::EnumValue, "_a_", "x_a_"),
            (Role::Message, "int", "int_"),
            (Role::Message, "memoryview", "memoryview_"),
            (Role::Message, "List", "List"),
            (Role::Method, "_t", "_t_"),
            (Role::Method, "_H10", "_H10_"),
            (Role::Method, "_study", "_study"),
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
