//! One field of a message: its type, its names, its declaration. How it is read, written and compared is in `wire`,
//! `json` and `compare`, which start from what is here.

use super::options::Options;
use super::symbols::{Place, Symbols};
use super::text;
use super::types::Value;
use super::views::MemberView;
use crate::contract::{Default, Field, FieldNames, Message, Presence, Scalar, Shape};

/// A field and what it is called.
#[derive(Debug)]
pub(super) struct FieldCode<'a> {
    pub(super) field: &'a Field,
    /// The names in JSON.
    pub(super) names: FieldNames<'a>,
    /// The type of the value, the element or the map's value.
    pub(super) value: Value,
    /// The type of the map's key.
    pub(super) key: Option<(Scalar, Value)>,
    /// The property; of a oneof's member that of the oneof.
    pub(super) property: String,
    /// The member that holds it.
    pub(super) storage: String,
    /// For a member of a oneof its type, such as `ResultOneof.Finding`.
    pub(super) arm: Option<String>,
    default: Option<String>,
}

impl<'a> FieldCode<'a> {
    /// The fields of a message in the order of their numbers.
    pub(super) fn all(message: &'a Message, symbols: &Symbols<'_>, place: &Place) -> Vec<Self> {
        let members = &symbols.members[message.id.index()];
        message
            .field_order()
            .into_iter()
            .zip(message.json_names())
            .map(|(index, names)| {
                let field = &message.fields[index];
                let value = Value::new(field.encoding(), symbols, place);
                let key = match (field.shape, field.key_encoding()) {
                    (Shape::Map { key, .. }, Some(encoding)) => {
                        Some((key, Value::new(encoding, symbols, place)))
                    }
                    _ => None,
                };
                let name = &members.fields[index];
                let (property, arm) = match field.oneof {
                    Some(oneof) => (
                        &members.oneofs[oneof.index()],
                        Some(format!("{}.{name}", members.oneof_types[oneof.index()])),
                    ),
                    None => (name, None),
                };
                Self {
                    field,
                    names,
                    value,
                    key,
                    storage: storage(property),
                    property: property.clone(),
                    arm,
                    default: members.defaults[index].clone(),
                }
            })
            .collect()
    }

    /// Whether absence is told apart from the default.
    pub(super) fn has_presence(&self) -> bool {
        match self.field.presence() {
            Some(Presence::Explicit | Presence::Required) => true,
            Some(Presence::Implicit) | None => false,
        }
    }

    pub(super) fn is_required(&self) -> bool {
        self.field.presence() == Some(Presence::Required)
    }

    /// The value of a field that is there.
    pub(super) fn present(&self) -> String {
        if self.has_presence() && !self.value.is_reference() {
            format!("{}.Value", self.storage)
        } else {
            self.storage.clone()
        }
    }

    /// The condition that a singular field that is no member of a oneof is there, in the message `of` (`other.`, say).
    pub(super) fn is_set(&self, of: &str) -> String {
        let storage = format!("{of}{}", self.storage);
        if self.has_presence() {
            format!("{storage} != null")
        } else if self.value.is_scalar(Scalar::Bool) {
            storage
        } else if self.value.is_floating() {
            format!("!MessageValues.IsZero({storage})")
        } else if self.value.is_reference() {
            format!("{storage}.Length != 0")
        } else {
            format!("{storage} != 0")
        }
    }

    /// The type of the property.
    pub(super) fn type_name(&self) -> String {
        let value = &self.value.name;
        match (self.field.shape, &self.key) {
            (Shape::Repeated { .. }, _) => format!("List<{value}>"),
            (Shape::Map { .. }, Some((_, key))) => format!("Dictionary<{}, {value}>", key.name),
            (Shape::Singular { .. } | Shape::Map { .. }, _) if self.has_presence() => {
                format!("{value}?")
            }
            (Shape::Singular { .. } | Shape::Map { .. }, _) => value.clone(),
        }
    }

    /// The declaration of the member that holds it. Not for members of oneofs.
    pub(super) fn declare_storage(&self) -> String {
        let (name, storage) = (self.type_name(), &self.storage);
        if !matches!(self.field.shape, Shape::Singular { .. }) {
            format!("private {name}? {storage};")
        } else if self.has_presence() || self.value.zero_is_default() {
            format!("private {name} {storage};")
        } else {
            format!("private {name} {storage} = {};", self.value.zero())
        }
    }

    /// The property. Not for members of oneofs.
    pub(super) fn property(&self, options: &Options) -> MemberView {
        let (name, property, storage) = (self.type_name(), &self.property, &self.storage);
        let set = options.setters.keyword();
        let (get, coalesced) = match self.field.shape {
            Shape::Singular { .. } if !self.has_presence() && self.value.is_reference() => {
                (storage.clone(), format!("value ?? {}", self.value.zero()))
            }
            Shape::Singular { .. } => (storage.clone(), "value".to_owned()),
            Shape::Repeated { .. } | Shape::Map { .. } => {
                (format!("{storage} ??= new {name}()"), "value".to_owned())
            }
        };
        MemberView {
            docs: text::docs(
                &self.field.docs,
                &format!("The field <c>{}</c>.", self.field.name),
            ),
            attributes: attributes(self.field.deprecated),
            lines: text::block(
                format!("public {name} {property}"),
                [
                    format!("get => {get};"),
                    format!("{set} => {storage} = {coalesced};"),
                ],
            ),
        }
    }

    /// The explicit default: `const` or `static`, the name and the value.
    pub(super) fn default_value(&self) -> Option<(&'static str, &str, String)> {
        let (name, default) = (self.default.as_ref()?, self.field.default.as_ref()?);
        let ty = &self.value.name;
        let (kind, value) = match default {
            Default::Bool(value) => ("const", value.to_string()),
            Default::Int(value) => ("const", value.to_string()),
            Default::Uint(value) => ("const", value.to_string()),
            Default::Float(value) => ("const", text::float(*value)),
            Default::Double(value) => ("const", text::double(*value)),
            Default::String(value) => ("const", text::string(value)),
            Default::Bytes(value) => ("static", text::bytes(value)),
            Default::Enum(number) if *number < 0 => ("const", format!("({ty})({number})")),
            Default::Enum(number) => ("const", format!("({ty}){number}")),
        };
        Some((kind, name, value))
    }

    /// The constant of the explicit default.
    pub(super) fn default_constant(&self) -> Option<MemberView> {
        let (kind, name, value) = self.default_value()?;
        let ty = &self.value.name;
        let assign = if kind == "const" { "=" } else { "=>" };
        Some(MemberView {
            docs: vec![format!(
                "<summary>What the contract says for <c>{}</c> when it is not set.</summary>",
                self.field.name
            )],
            attributes: Vec::new(),
            lines: vec![format!("public {kind} {ty} {name} {assign} {value};")],
        })
    }
}

/// The private member behind a property.
pub(super) fn storage(property: &str) -> String {
    let mut chars = property.chars();
    let first = chars.next().map(|first| first.to_ascii_lowercase());
    first
        .into_iter()
        .fold("_".to_owned(), |name, first| name + &first.to_string())
        + chars.as_str()
}

/// The attributes of an element.
pub(super) fn attributes(deprecated: bool) -> Vec<String> {
    if deprecated {
        vec!["[global::System.Obsolete]".to_owned()]
    } else {
        Vec::new()
    }
}
