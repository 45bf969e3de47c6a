//! Extensions: typed keys, as names of the module or of the message that they are declared in.

use super::class::{Class, Element, Module};
use super::defaults::enum_member;
use super::layout::{Annotation, bracketed, call, fits, indented};
use super::text;
use super::view::ExtensionView;
use crate::contract::{Default, Extension, ExtensionId, Shape, Type};

/// The declaration of a nested extension in the class body; it gets its value behind the classes.
pub(super) fn declaration(class: &Class<'_>, id: ExtensionId) -> String {
    let path = class.module.symbols.extension(id);
    let name = path.rsplit('.').next().unwrap_or(path);
    let (key, arguments) = key_type(class.module, class.contract().extension(id), Some(class));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let line = format!("{name}: _t.ClassVar[{key}[{}]]", arguments.join(", "));
    if fits(class.column, &line) {
        return line;
    }
    let inner = bracketed(class.column + 4, &format!("{key}["), &arguments, "]");
    format!("{name}: _t.ClassVar[\n{}\n]", indented(&inner))
}

/// The class of the key, and its arguments: the extended message and the type of a value.
pub(super) fn key_type(
    module: &Module<'_>,
    extension: &Extension,
    class: Option<&Class<'_>>,
) -> (&'static str, [String; 2]) {
    let element = element(module, extension);
    let spell = |name: &str| match class {
        Some(class) => class.spelled(name),
        None => name.to_owned(),
    };
    let value = match &element {
        Element::Scalar(_, facts) => spell(facts.ty),
        Element::Enum { class, closed, .. } if *closed => spell(class),
        Element::Enum { class, .. } => format!("{} | {}", spell(class), spell("int")),
        Element::Message { class, .. } => spell(class),
    };
    let extendee = spell(&module.message_path(extension.extendee));
    let key = match extension.field.shape {
        Shape::Repeated { .. } => "_x.RepeatedExtension",
        Shape::Singular { .. } | Shape::Map { .. } => "_x.Extension",
    };
    (key, [extendee, value])
}

fn element(module: &Module<'_>, extension: &Extension) -> Element {
    let field = &extension.field;
    module.element(field.shape.value_type(), field.verify_utf8, field.delimited)
}

/// The definition of an extension, behind the classes.
pub(super) fn definition(module: &Module<'_>, extension: &Extension) -> ExtensionView {
    let path = module.symbols.extension(extension.id);
    let field = &extension.field;
    let kind = kind(&element(module, extension));
    let mut args = vec![
        module.message_path(extension.extendee),
        field.number.to_string(),
        text::string(extension.full_name.as_str()),
        kind,
    ];
    let constructor = match field.shape {
        Shape::Repeated { packed, .. } => {
            if packed {
                args.push("packed=True".to_owned());
            }
            "_x.RepeatedExtension"
        }
        Shape::Singular { .. } | Shape::Map { .. } => {
            args.extend(
                field
                    .default
                    .as_ref()
                    .map(|it| default(module, field.shape, it)),
            );
            "_x.Extension"
        }
    };
    if field.redact {
        args.push("redacted=True".to_owned());
    }
    let value = format!("{constructor}(\n    {},\n)", args.join(",\n    "));
    let definition = if path.contains('.') {
        format!("{path} = {value}")
    } else {
        let (key, arguments) = key_type(module, extension, None);
        let annotation = Annotation::generic(key, arguments.to_vec());
        let open = format!("{constructor}(");
        let head = annotation.statement(0, path, Some(&open));
        format!("{head}{}", value.strip_prefix(&open).unwrap_or(&value))
    };
    let nested = path.contains('.');
    ExtensionView {
        definition,
        docs: if nested {
            Vec::new()
        } else {
            text::docstring(&field.docs, field.deprecated, &[])
        },
    }
}

/// The runtime's object for a type.
fn kind(element: &Element) -> String {
    match element {
        Element::Scalar(_, facts) => format!("_k.{}", facts.kind),
        Element::Enum {
            table,
            closed,
            first,
            ..
        } => {
            let function = if *closed { "closed_enum" } else { "enum" };
            call(4, &format!("_k.{function}"), &[table, first], "")
        }
        Element::Message { class, group, .. } => {
            let function = if *group { "group" } else { "message" };
            call(4, &format!("_k.{function}"), &[class], "")
        }
    }
}

pub(super) fn default(module: &Module<'_>, shape: Shape, default: &Default) -> String {
    match default {
        Default::Bool(true) => "True".to_owned(),
        Default::Bool(false) => "False".to_owned(),
        Default::Int(value) => value.to_string(),
        Default::Uint(value) => value.to_string(),
        Default::Float(value) => text::float(f64::from(*value)),
        Default::Double(value) => text::float(*value),
        Default::String(value) => text::string(value),
        Default::Bytes(value) => text::bytes(value),
        Default::Enum(number) => match shape.value_type() {
            Type::Enum(id) => {
                enum_member(module, id, *number).unwrap_or_else(|| number.to_string())
            }
            Type::Scalar(_) | Type::Message(_) => number.to_string(),
        },
    }
}
