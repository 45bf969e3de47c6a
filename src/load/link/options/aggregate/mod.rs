//! Values of messages: the text between the braces of `option (x) = { … }`, read as protobuf's text format.
//! Source: text format language specification, and the behaviour of protoc 36.

mod input;
mod literal;

use input::{Input, bracketed, open};

use super::text::tokens;
use super::tree::{self, Node, Tree};
use super::{Interpreter, Outcome, Problem};
use crate::load::descriptor::{FieldProto, Kind, Label, MessageRef, TypeRef};
use crate::wire;

/// How deep messages may nest in a value, and how many parts the name of an option may have. protoc itself crashes somewhere below 1,000.
pub(super) const MAX_DEPTH: u32 = 200;

impl<'a> Interpreter<'a> {
    /// Reads a message from its text.
    pub(super) fn aggregate(
        &mut self,
        message: MessageRef,
        text: &str,
        option: &str,
    ) -> Outcome<Tree> {
        let tokens = tokens(text).map_err(|problem| {
            Problem::new(
                format!("the value of the option `{option}` cannot be read: {problem}"),
                "write it in the text format",
            )
        })?;
        let mut input = Input::new(tokens, option);
        self.message(message, &mut input, None, 0)
    }

    /// Reads fields up to `end`, or up to the end of the input.
    fn message(
        &mut self,
        message: MessageRef,
        input: &mut Input<'_>,
        end: Option<char>,
        depth: u32,
    ) -> Outcome<Tree> {
        if depth == MAX_DEPTH {
            return Err(Problem::new(
                format!(
                    "the value of the option `{}` nests too deeply",
                    input.option
                ),
                format!("messages in a value may nest {MAX_DEPTH} levels deep"),
            ));
        }
        let mut body = Tree::default();
        loop {
            match end {
                Some(end) if input.take(end) => break,
                None if input.is_empty() => break,
                Some(_) | None => self.entry(message, input, &mut body, depth)?,
            }
            if !input.take(',') {
                input.take(';');
            }
        }
        self.check_required(message, &body, input)?;
        Ok(body)
    }

    /// Reads `name: value`.
    fn entry(
        &mut self,
        message: MessageRef,
        input: &mut Input<'_>,
        body: &mut Tree,
        depth: u32,
    ) -> Outcome<()> {
        let field = if input.take('[') {
            let (name, is_url) = bracketed(input)?;
            if is_url {
                return self.any(message, &name, input, body, depth);
            }
            let scope = self.linked.message_name(message);
            self.look_up_extension(message, &name, scope)?
        } else {
            let name = input.identifier()?;
            self.field_of(message, name).ok_or_else(|| {
                let full_name = self.linked.message_name(message);
                input.error(format_args!("`{full_name}` has no field `{name}`"))
            })?
        };
        self.claim(message, field, input, body)?;
        let colon = input.take(':');
        if !colon && !matches!(field.resolved, TypeRef::Message(_)) {
            let found = input.found();
            return Err(input.error(format_args!(
                "expected `:` after `{}`, found {found}",
                field.name
            )));
        }
        if !input.is_sign('[') {
            return self.one(field, input, body, depth);
        }
        if field.label != Label::Repeated {
            return Err(input.error(format_args!("`{}` is not repeated", field.name)));
        }
        input.expect('[')?;
        if input.take(']') {
            return Ok(());
        }
        loop {
            self.one(field, input, body, depth)?;
            if input.take(']') {
                return Ok(());
            }
            input.expect(',')?;
        }
    }

    /// Finds a field by its name; a group also by the name of its type, which is how protoc writes it.
    fn field_of(&self, message: MessageRef, name: &str) -> Option<&'a FieldProto> {
        let linked = self.linked;
        let fields = &linked.message(message).fields;
        fields.iter().find(|field| field.name == name).or_else(|| {
            fields.iter().find(|field| match field.resolved {
                TypeRef::Message(group) => {
                    (field.kind == Some(Kind::Group) || field.features.delimited)
                        && field.name == name.to_ascii_lowercase()
                        && linked.message(group).name == name
                }
                TypeRef::Enum(_) | TypeRef::None => false,
            })
        })
    }

    /// Checks that a field may have (another) value.
    fn claim(
        &self,
        message: MessageRef,
        field: &FieldProto,
        input: &Input<'_>,
        body: &mut Tree,
    ) -> Outcome<()> {
        if field.label == Label::Repeated {
            return Ok(());
        }
        if body.has(field) {
            return Err(input.error(format_args!("`{}` is set twice", field.name)));
        }
        let oneof = field.oneof_index.filter(|_| field.extendee.is_empty());
        if let Some(oneof) = oneof {
            if body.oneofs.contains(&oneof) {
                let name = usize::try_from(oneof)
                    .ok()
                    .and_then(|index| self.linked.message(message).oneofs.get(index))
                    .map_or("", |oneof| oneof.name.as_str());
                return Err(input.error(format_args!(
                    "`{}` is set, but the oneof `{name}` has a value already",
                    field.name
                )));
            }
            body.oneofs.push(oneof);
        }
        Ok(())
    }

    /// Reads one value of a field.
    fn one(
        &mut self,
        field: &FieldProto,
        input: &mut Input<'_>,
        body: &mut Tree,
        depth: u32,
    ) -> Outcome<()> {
        let node = if let TypeRef::Message(inner) = field.resolved {
            let end = open(input)?;
            let tree = self.message(inner, input, Some(end), depth + 1)?;
            Node::message(field, tree)
        } else {
            self.literal(field, input)?
        };
        body.push(field, node);
        Ok(())
    }

    /// Reads the expanded form of an `Any`: `[type.googleapis.com/pkg.Type] { … }`.
    fn any(
        &mut self,
        message: MessageRef,
        url: &str,
        input: &mut Input<'_>,
        body: &mut Tree,
        depth: u32,
    ) -> Outcome<()> {
        if self.linked.message_name(message) != "google.protobuf.Any" {
            return Err(input.error("a type URL in brackets is for `google.protobuf.Any` only"));
        }
        let (prefix, name) = url.rsplit_once('/').unwrap_or(("", url));
        if !matches!(prefix, "type.googleapis.com" | "type.googleprod.com") {
            return Err(input.error(format_args!(
                "`{prefix}/` is unknown: type URLs start with `type.googleapis.com/`"
            )));
        }
        let inner =
            self.linked
                .symbols
                .find(name)
                .and_then(|id| match self.linked.symbols.symbol(id) {
                    crate::load::link::Symbol::Message(message) => Some(message),
                    crate::load::link::Symbol::Package
                    | crate::load::link::Symbol::Field { .. }
                    | crate::load::link::Symbol::Oneof { .. }
                    | crate::load::link::Symbol::Enum(_)
                    | crate::load::link::Symbol::EnumValue { .. }
                    | crate::load::link::Symbol::Extension(_)
                    | crate::load::link::Symbol::Service(_)
                    | crate::load::link::Symbol::Method { .. } => None,
                });
        let Some(inner) = inner else {
            return Err(input.error(format_args!("there is no message `{name}`")));
        };
        input.take(':');
        let end = open(input)?;
        let mut bytes = Vec::new();
        self.message(inner, input, Some(end), depth + 1)?
            .encode(&mut bytes);
        let fields = &self.linked.message(message).fields;
        for (number, value) in [(1, url.as_bytes()), (2, bytes.as_slice())] {
            if let Some(field) = fields.iter().find(|field| field.number == number) {
                let mut encoded = Vec::new();
                wire::put_bytes(&mut encoded, tree::number(field), value);
                body.push(field, Node::Value(encoded));
            }
        }
        Ok(())
    }

    fn check_required(&self, message: MessageRef, body: &Tree, input: &Input<'_>) -> Outcome<()> {
        let missing: Vec<String> = self
            .linked
            .message(message)
            .fields
            .iter()
            .filter(|field| field.label == Label::Required && !body.has(field))
            .map(|field| format!("`{}`", field.name))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(input.error(format_args!(
            "`{}` needs {}",
            self.linked.message_name(message),
            missing.join(", ")
        )))
    }
}
