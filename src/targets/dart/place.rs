//! The views of what error messages need: where a field is, and which required one is missing.

use super::class::{Class, Storage};
use super::text;
use crate::contract::{MessageId, Scalar, Shape, Type};

/// The cases of `$place`: what an error message calls a field, and where its own fields are told.
pub(super) fn places(class: &Class<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for part in class.parts() {
        let name = text::string(&part.field.name);
        let ty = &part.element.ty;
        let inside = |id: MessageId| {
            let message = class.contract.message(id);
            let extendee = if message.is_extendable() {
                let full_name = text::string(message.full_name.as_str());
                format!(", extendee: {full_name}")
            } else {
                String::new()
            };
            format!("inside: {ty}.$place{extendee}")
        };
        let place = match (part.field.shape, part.field.shape.value_type()) {
            (Shape::Map { .. }, Type::Message(id)) => {
                format!("Place.map({name}, {})", inside(id))
            }
            (Shape::Map { .. }, Type::Scalar(_) | Type::Enum(_)) => format!("Place.map({name})"),
            (Shape::Repeated { .. }, Type::Message(id)) => {
                format!("Place({name}, repeated: true, {})", inside(id))
            }
            (Shape::Singular { .. }, Type::Message(id)) => {
                format!("Place({name}, {})", inside(id))
            }
            (Shape::Repeated { .. }, Type::Scalar(Scalar::String | Scalar::Bytes)) => {
                format!("Place({name}, repeated: true)")
            }
            (Shape::Repeated { .. } | Shape::Singular { .. }, Type::Scalar(_) | Type::Enum(_)) => {
                format!("Place({name})")
            }
        };
        lines.push(format!("case {}:", part.field.number));
        lines.push(format!("return const xlc.{place};"));
    }
    lines
}

/// Statements that return the path of a required field that is missing; none if there can be none.
pub(super) fn missing(class: &Class<'_>) -> Vec<String> {
    if !class.needs_check {
        return Vec::new();
    }
    let mut lines = Vec::new();
    let needs = class.contract.needs_required_check();
    for part in class.parts() {
        let name = text::string(&part.field.name);
        if part.storage() == Storage::Required {
            lines.push(format!("if ({} == null) {{", part.stored()));
            lines.push(format!("return {name};"));
            lines.push("}".to_owned());
        }
        let nested = match part.field.shape.value_type() {
            Type::Message(id) => needs[id.index()],
            Type::Scalar(_) | Type::Enum(_) => false,
        };
        if !nested {
            continue;
        }
        if let Some(arm) = part.arm {
            let holder = class.holder(&part);
            lines.push(format!("if ({holder} case final {arm} $m) {{"));
            lines.push(format!(
                "final $path = xlc.missingIn({name}, $m.{});",
                part.name
            ));
            lines.push("if ($path != null) {".to_owned());
            lines.extend(["return $path;", "}", "}"].map(str::to_owned));
            continue;
        }
        let function = match part.storage() {
            Storage::List => "missingInList",
            Storage::Map => "missingInMap",
            Storage::Plain | Storage::Nullable | Storage::Boxed | Storage::Required => "missingIn",
        };
        let value = part.stored();
        lines.push(format!(
            "if (xlc.{function}({name}, {value}) case final $path?) {{"
        ));
        lines.extend(["return $path;", "}"].map(str::to_owned));
    }
    let rest = if class.is_extendable() {
        "return extensions.missing();"
    } else {
        "return null;"
    };
    lines.push(rest.to_owned());
    lines
}
