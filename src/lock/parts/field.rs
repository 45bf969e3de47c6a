//! Fields, extensions and oneofs of a version. A field's place is its line.

use super::{Maker, Member, short};
use crate::contract::{
    Docs, Extension, ExtensionId, Field, FullName, JsonName, Message, Oneof, OneofId, Options,
    Presence, Scalar, Shape, Type,
};
use crate::lock::default;
use crate::lock::elements::has_text;
use crate::lock::item::{FieldItem, Label, TypeName};
use crate::source::Span;

impl Maker<'_> {
    /// A field in no oneof.
    pub(super) fn field(&self, item: &FieldItem<'_>, span: Option<Span>) -> Field {
        let ty = match item.ty {
            TypeName::Scalar(scalar) => Some(Type::Scalar(scalar)),
            TypeName::Message(name) | TypeName::Group(name) => {
                self.messages.get(name).copied().map(Type::Message)
            }
            TypeName::Enum(name) => self.enums.get(name).copied().map(Type::Enum),
        };
        // Reading made sure that every type is there; of protobuf's own a version may know less than another.
        let ty = ty.unwrap_or(Type::Scalar(Scalar::Bytes));
        let is_told = matches!(ty, Type::Message(_)) || item.oneof.is_some();
        let singular = |presence| Shape::Singular { ty, presence };
        let shape = match item.label {
            Label::Plain if is_told => singular(Presence::Explicit),
            Label::Plain => singular(Presence::Implicit),
            Label::Optional => singular(Presence::Explicit),
            Label::Required => singular(Presence::Required),
            Label::Map(key) => Shape::Map { key, value: ty },
            Label::Repeated => Shape::Repeated {
                ty,
                packed: !item.expanded && ty.is_packable(),
            },
        };
        let derived = JsonName::of_field(item.name);
        Field {
            name: item.name.to_owned(),
            number: item.number,
            json_name_explicit: item.json.is_some(),
            json_name: item.json.as_deref().map_or(derived, JsonName::new),
            shape,
            delimited: matches!(item.ty, TypeName::Group(_)),
            verify_utf8: has_text(shape) && !item.unverified,
            oneof: None,
            default: item
                .default
                .as_deref()
                .and_then(|text| default::read(text, item.ty)),
            deprecated: false,
            redact: false,
            raw_options: Options::default(),
            docs: Docs::default(),
            span,
        }
    }

    pub(super) fn extensions(&mut self) {
        let mut found = std::mem::take(&mut self.extensions);
        let file = |member: &Member<'_>, it: &FieldItem<'_>| {
            self.file(it.file.as_deref().unwrap_or_default(), member.asked)
        };
        found.sort_by_key(|(member, it)| (file(member, it), it.name));
        for (member, it) in found {
            let Some(&extendee) = self.messages.get(it.holder) else {
                continue;
            };
            let mut field = self.field(it, member.span);
            field.name = short(it.name);
            field.json_name = JsonName::new(format!("[{}]", it.name));
            field.json_name_explicit = false;
            if let Shape::Singular { ty, presence } = &mut field.shape
                && *presence == Presence::Implicit
            {
                let ty = *ty;
                let presence = Presence::Explicit;
                field.shape = Shape::Singular { ty, presence };
            }
            self.parts.extensions.push(Extension {
                id: ExtensionId::new(self.parts.extensions.len()),
                file: self.file(it.file.as_deref().unwrap_or_default(), member.asked),
                scope: self.parent(it.name),
                full_name: FullName::new(it.name),
                extendee,
                field,
            });
        }
    }
}

/// The oneof of this name, made if it is not there yet.
pub(super) fn oneof(message: &mut Message, name: &str, span: Option<Span>) -> OneofId {
    let found = message.oneofs.iter().position(|it| it.name == name);
    OneofId::new(found.unwrap_or_else(|| {
        message.oneofs.push(Oneof {
            name: name.to_owned(),
            raw_options: Options::default(),
            docs: Docs::default(),
            span,
        });
        message.oneofs.len() - 1
    }))
}
