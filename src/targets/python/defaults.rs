//! Explicit defaults: constants of the class, as an unset field reads `None`.

use super::class::{Class, Module};
use super::layout::{Annotation, assign};
use super::text;
use crate::contract::{Default, EnumId, MessageId, Type};

/// The constant of a default. That of an enum gets its value when all classes are there.
pub(super) fn default_statement(
    class: &Class<'_>,
    name: &str,
    default: &Default,
    ty: Type,
) -> String {
    let literal = match default {
        Default::Bool(true) => "True".to_owned(),
        Default::Bool(false) => "False".to_owned(),
        Default::Int(value) => value.to_string(),
        Default::Uint(value) => value.to_string(),
        Default::Float(value) => text::float(f64::from(*value)),
        Default::Double(value) => text::float(*value),
        Default::String(value) => text::string(value),
        Default::Bytes(value) => text::bytes(value),
        Default::Enum(_) => {
            let element = class.module.element(ty, true, false);
            let types = class.value_types(&element, true);
            let class_only = types.first().cloned().unwrap_or_default();
            return Annotation::generic("_t.ClassVar", vec![class_only]).statement(
                class.column,
                name,
                None,
            );
        }
    };
    assign(class.column, name, &literal)
}

/// Assignments behind the classes: the defaults of enum fields.
pub(super) fn enum_defaults(module: &Module<'_>, id: MessageId) -> Vec<String> {
    let message = module.contract.message(id);
    let names = module.symbols.message(id);
    let mut lines = Vec::new();
    for (index, field) in message.fields.iter().enumerate() {
        if let (Some(name), Some(Default::Enum(number)), Type::Enum(enumeration)) = (
            &names.defaults[index],
            &field.default,
            field.shape.value_type(),
        ) && let Some(value) = enum_member(module, enumeration, *number)
        {
            lines.push(assign(0, &format!("{}.{name}", names.path), &value));
        }
    }
    lines
}

/// The member of an enum with a number, as functions reach it.
pub(super) fn enum_member(module: &Module<'_>, id: EnumId, number: i32) -> Option<String> {
    let names = module.symbols.enumeration(id);
    let mut values = module.contract.enumeration(id).values.iter();
    let index = values.position(|value| value.number == number)?;
    Some(format!(
        "{}.{}",
        module.enum_path(id),
        names.values.get(index)?
    ))
}
