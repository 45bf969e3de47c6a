//! The options of `[target.json_schema]`: their names, defaults and which of them go together.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostics::{Diagnostic, codes};

/// Options of the target `json_schema`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "JsonSchemaOptions")]
pub struct Options {
    /// Which documents the schemas describe: what a ProtoJSON serializer writes (`canonical`) or what a parser reads
    /// (`accept`).
    pub dialect: DialectName,
    /// What becomes of properties that the contract does not know: refused (`closed`) or let through (`open`). In
    /// `accept`, `open` also lets unknown names of enum values through.
    pub unknown: Unknown,
    /// How properties are named: as in ProtoJSON (`json`) or as in the contract (`proto`). `canonical` only; `accept`
    /// knows both names.
    pub names: Names,
    /// Whether fields without presence may be left out (`optional`) or are always written (`always`). `canonical` only.
    pub presence: PresenceRule,
    /// How enum values are written: by `name` or as `integer`. `canonical` only; `accept` knows both forms.
    pub enums: EnumForm,
    /// One self-contained file per root message (`root`), or one file per message, which refers to the others by their
    /// `$id` (`message`).
    pub bundle: Bundle,
    /// What the `$id` of a schema starts with: an absolute URI such as `https://schemas.example.com/`, to which the
    /// file's path is added. Without it, ids are URNs that hold the message's full name.
    pub id_prefix: Option<String>,
    /// Full names of the messages to write schemas for. Without it, all top-level messages of the contract.
    pub roots: Option<Vec<String>>,
}

/// Which documents the schemas describe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DialectName {
    /// What a ProtoJSON serializer writes.
    #[default]
    Canonical,
    /// What a ProtoJSON parser reads.
    Accept,
}

/// What becomes of properties that the contract does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unknown {
    /// They are refused.
    #[default]
    Closed,
    /// They are let through.
    Open,
}

/// How properties are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Names {
    /// As in ProtoJSON: lowerCamelCase, or what `json_name` says.
    #[default]
    Json,
    /// As in the contract.
    Proto,
}

/// Whether fields without presence may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PresenceRule {
    /// They may.
    #[default]
    Optional,
    /// They are always written.
    Always,
}

/// How enum values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EnumForm {
    /// By name; an unknown number of an open enum as an integer.
    #[default]
    Name,
    /// As an integer.
    Integer,
}

/// What goes into one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Bundle {
    /// A root message and all that it reaches.
    #[default]
    Root,
    /// One message.
    Message,
}

impl Options {
    /// Checks what the types cannot say.
    ///
    /// # Errors
    /// If two options contradict each other or `id_prefix` is no absolute URI.
    pub(super) fn check(&self) -> Result<(), Vec<Diagnostic>> {
        let mut errors = Vec::new();
        if self.dialect == DialectName::Accept {
            let set = [
                ("names", self.names != Names::default()),
                ("presence", self.presence != PresenceRule::default()),
                ("enums", self.enums != EnumForm::default()),
            ];
            for (key, _) in set.into_iter().filter(|(_, set)| *set) {
                errors.push(
                    error(format!("`{key}` has no meaning in the dialect `accept`"))
                        .note("a parser accepts every form of names, presence and enums")
                        .help(format!("remove `{key}`, or set `dialect = \"canonical\"`")),
                );
            }
        }
        if let Some(prefix) = &self.id_prefix
            && !is_absolute(prefix)
        {
            errors.push(
                error(format!("`id_prefix` is no absolute URI: `{prefix}`"))
                    .help("begin it with a scheme and leave out any fragment: `https://schemas.example.com/`"),
            );
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
}

/// An error in the options.
pub(super) fn error(message: String) -> Diagnostic {
    Diagnostic::error(
        &codes::CONFIG,
        format!("`[target.json_schema]` is not valid: {message}"),
    )
}

/// Whether a text starts like a URI (RFC 3986, section 4.3) and has only characters that may follow.
fn is_absolute(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"#\"<>\\^`{|}".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::targets::decode_options;

    fn decode(text: &str) -> Result<Options, Vec<Diagnostic>> {
        let table = text.parse().expect("legal TOML");
        let options: Options = decode_options("json_schema", &table)?;
        options.check()?;
        Ok(options)
    }

    #[test]
    fn nothing_set_is_the_default() {
        assert_eq!(decode("").expect("valid"), Options::default());
    }

    #[test]
    fn every_option_is_read() {
        let options = decode(
            "names = \"proto\"\npresence = \"always\"\nenums = \"integer\"\nunknown = \"open\"\n\
             bundle = \"message\"\nid_prefix = \"urn:x:\"\nroots = [\"a.B\"]",
        );
        let expected = Options {
            dialect: DialectName::Canonical,
            unknown: Unknown::Open,
            names: Names::Proto,
            presence: PresenceRule::Always,
            enums: EnumForm::Integer,
            bundle: Bundle::Message,
            id_prefix: Some("urn:x:".into()),
            roots: Some(vec!["a.B".into()]),
        };
        assert_eq!(options.expect("valid"), expected);
    }

    #[test]
    fn mistakes_are_named() {
        for (text, message) in [
            ("dialekt = \"accept\"", "unknown field `dialekt`"),
            ("dialect = \"strict\"", "unknown variant `strict`"),
            (
                "dialect = \"accept\"\nnames = \"proto\"",
                "`names` has no meaning",
            ),
            (
                "dialect = \"accept\"\nenums = \"integer\"",
                "`enums` has no meaning",
            ),
            ("id_prefix = \"schemas/\"", "no absolute URI"),
            ("id_prefix = \"https://a/#b\"", "no absolute URI"),
            ("id_prefix = \"https://a b/\"", "no absolute URI"),
        ] {
            let errors = decode(text).expect_err(text);
            assert!(
                errors[0].message.contains(message),
                "{text}: {}",
                errors[0].message
            );
            assert!(!errors[0].help.is_empty(), "{text}");
        }
    }
}
