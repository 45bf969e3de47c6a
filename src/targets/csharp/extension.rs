//! Extensions become static members that are the keys of their values.

use super::field::attributes;
use super::options::Options;
use super::symbols::{Place, Symbols};
use super::text::{docs, double, float, string};
use super::text_format;
use super::types::Value;
use super::views::MemberView;
use super::words::POLICY;
use crate::contract::{Default, Extension, Shape};
use crate::names::{Candidate, Role, Scope};

/// The name of an extension among those of its scope.
pub(super) fn name(extension: &Extension, symbols: &Symbols<'_>) -> String {
    let contract = symbols.contract;
    let siblings = match extension.scope {
        Some(scope) => &contract.message(scope).extensions,
        None => &contract.file(extension.file).extensions,
    };
    let mut scope = Scope::new(POLICY);
    for reserved in ["Types", "Registry", "Extensions"] {
        scope.reserve(reserved);
    }
    if extension.scope.is_none() {
        scope.reserve(&symbols.class(extension.file).parts.concat());
        for enumeration in contract.enums().iter().filter(|e| e.file == extension.file) {
            scope.reserve(symbols.table(enumeration.id));
        }
    }
    let candidates: Vec<Candidate<'_>> = siblings
        .iter()
        .map(|&id| Candidate {
            role: Role::Extension,
            name: contract.extension(id).full_name.short(),
            number: Some(contract.extension(id).field.number),
        })
        .collect();
    let idents = scope.assign(&candidates);
    let index = siblings.iter().position(|&id| id == extension.id);
    index
        .and_then(|index| idents.get(index))
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// The declaration of an extension.
pub(super) fn declare(
    extension: &Extension,
    symbols: &Symbols<'_>,
    options: &Options,
    place: &Place,
) -> Option<MemberView> {
    if symbols.contract.is_option(extension) {
        return None;
    }
    let field = &extension.field;
    let (extendee, value, held) = types(extension, symbols, place);
    let contract_name = &symbols.contract.message(extension.extendee).full_name;
    let (key, more) = match field.shape {
        Shape::Repeated { packed, .. } => ("RepeatedExtension", format!(", {packed}")),
        // An extension cannot be a map.
        Shape::Singular { .. } | Shape::Map { .. } => {
            let unset = unset(field.default.as_ref(), &value);
            (
                "SingularExtension",
                unset.map_or_else(String::new, |unset| format!(", {unset}")),
            )
        }
    };
    let name = name(extension, symbols);
    let redacted = if field.redact { ".Redacted()" } else { "" };
    let text = if options.text_format {
        text_format::extension(field, &value)
    } else {
        String::new()
    };
    Some(MemberView {
        docs: docs(
            &field.docs,
            &format!("The extension <c>{}</c>.", extension.full_name),
        ),
        attributes: attributes(field.deprecated),
        lines: vec![
            format!("public static readonly global::Xlc.Extension<{extendee}, {held}> {name} ="),
            format!("    new global::Xlc.{key}<{extendee}, {}>(", value.name),
            format!("        {},", string(contract_name.as_str())),
            format!("        {},", field.number),
            format!("        {},", string(extension.full_name.as_str())),
            format!("        {}{more}){redacted}{text};", value.codec()),
        ],
    })
}

/// The class that an extension extends, its value, and the type that it holds.
pub(super) fn types(
    extension: &Extension,
    symbols: &Symbols<'_>,
    place: &Place,
) -> (String, Value, String) {
    let value = Value::new(extension.field.encoding(), symbols, place);
    let held = match extension.field.shape {
        Shape::Repeated { .. } => format!("List<{}>", value.name),
        // An extension cannot be a map.
        Shape::Singular { .. } | Shape::Map { .. } => value.name.clone(),
    };
    let extendee = place.mention(symbols.message(extension.extendee));
    (extendee, value, held)
}

pub(super) fn unset(default: Option<&Default>, value: &Value) -> Option<String> {
    Some(match default {
        None if value.is_message() => return None,
        None => value.zero(),
        Some(Default::Bool(value)) => value.to_string(),
        Some(Default::Int(value)) => value.to_string(),
        Some(Default::Uint(value)) => value.to_string(),
        Some(Default::Float(value)) => float(*value),
        Some(Default::Double(value)) => double(*value),
        Some(Default::String(value)) => string(value),
        Some(Default::Bytes(value)) => super::text::bytes(value),
        Some(Default::Enum(number)) => format!("({})({number})", value.name),
    })
}
