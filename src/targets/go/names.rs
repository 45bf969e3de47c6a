//! Go's words: how identifiers are written there, and which ones generated code needs for itself.

use crate::names::{Case, NamePolicy, Role};

/// Go's policy. Everything generated is exported, so that names begin with a capital and no keyword is in the way.
pub(super) const POLICY: NamePolicy = NamePolicy {
    case: |role| match role {
        Role::Message
        | Role::Enum
        | Role::EnumValue
        | Role::Field
        | Role::OneofMember
        | Role::Extension
        | Role::Service
        | Role::Method => Case::PascalAcronyms,
        Role::Module => Case::Snake,
    },
    is_reserved,
    escape,
};

/// The methods of generated messages, which a field cannot be called by.
const METHODS: &[&str] = &[
    "AppendBinary",
    "AppendJSON",
    "Clone",
    "Equal",
    "Hash",
    "MarshalBinary",
    "MarshalJSON",
    "MarshalPrototext",
    "Merge",
    "MergeBinary",
    "MessageName",
    "Reset",
    "SetUnknownFields",
    "Size",
    "String",
    "UnknownFields",
    "UnmarshalBinary",
    "UnmarshalJSON",
    "UnmarshalPrototext",
    // Of well-known types.
    "AsTime",
    "AsDuration",
    "AsMap",
    "AsSlice",
    "AsAny",
    "Is",
    "UnmarshalTo",
];

/// What the file for a whole package declares.
const PACKAGE: &[&str] = &["Types"];

/// What cannot name a package, because generated functions use it: keywords, predeclared names that occur there,
/// the packages that are always imported, and local variables.
const IMPORTS: &[&str] = &[
    "any",
    "append",
    "b",
    "bool",
    "break",
    "byte",
    "bytes",
    "cap",
    "case",
    "chan",
    "const",
    "continue",
    "copy",
    "count",
    "default",
    "defer",
    "depth",
    "else",
    "end",
    "entry",
    "err",
    "error",
    "fallthrough",
    "false",
    "float32",
    "float64",
    "for",
    "from",
    "func",
    "go",
    "goto",
    "h",
    "i",
    "if",
    "import",
    "init",
    "int",
    "int32",
    "int64",
    "interface",
    "k",
    "key",
    "len",
    "list",
    "m",
    "main",
    "make",
    "map",
    "maphash",
    "math",
    "n",
    "name",
    "new",
    "nil",
    "o",
    "ok",
    "p",
    "own",
    "package",
    "pair",
    "q",
    "r",
    "range",
    "return",
    "room",
    "s",
    "seen",
    "select",
    "slices",
    "spare",
    "start",
    "strconv",
    "string",
    "struct",
    "switch",
    "tag",
    "time",
    "true",
    "twice",
    "type",
    "u",
    "uint32",
    "uint64",
    "uint8",
    "utf8",
    "v",
    "value",
    "var",
    "w",
    "x",
    "xlc",
    "xlcrt",
    "strings",
];

fn is_reserved(role: Role, ident: &str) -> bool {
    match role {
        Role::Field => {
            ident.starts_with('_') || METHODS.contains(&ident) || ident.starts_with("XLC")
        }
        Role::Message | Role::Enum | Role::EnumValue | Role::Extension | Role::OneofMember => {
            ident.starts_with('_') || PACKAGE.contains(&ident)
        }
        Role::Service | Role::Method => ident.starts_with('_'),
        Role::Module => IMPORTS.contains(&ident),
    }
}

/// A leading underscore would hide the name, and what begins with `XLC` is ours; any other word gets an underscore
/// behind it.
fn escape(word: &str) -> String {
    if word.starts_with('_') {
        format!("X{word}")
    } else if let Some(rest) = word.strip_prefix("XLC") {
        format!("Xlc{rest}")
    } else {
        NamePolicy::underscore(word)
    }
}

#[cfg(test)]
mod tests {
    use super::POLICY;
    use crate::names::{Candidate, Role, Scope};

    #[test]
    fn fields_are_exported_and_leave_room_for_methods() {
        let names = [
            "id", "size", "_x", "_1", "X", "xlc_size", "type", "XLC", "XLCSize",
        ];
        let candidates: Vec<_> = names
            .iter()
            .zip(1..)
            .map(|(name, number)| Candidate {
                role: Role::Field,
                name,
                number: Some(number),
            })
            .collect();
        let idents: Vec<String> = Scope::new(POLICY)
            .assign(&candidates)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            idents,
            [
                "ID",
                "Size_",
                "X",
                "X_1",
                "X_5",
                "XlcSize",
                "Type",
                "Xlc",
                "XlcSize_9"
            ]
        );
    }
}
