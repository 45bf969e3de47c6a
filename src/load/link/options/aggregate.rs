//! Values of messages: the text between the braces of `option (x) = { … }`, read as protobuf's text format.
//! Source: text format language specification, and the behaviour of protoc 36.

use super::text::{Token, tokens};
use super::tree::{self, Node, Tree};
use super::value::{Integer, Written};
use super::{Interpreter, Outcome, Problem};
use crate::load::descriptor::{FieldProto, Kind, Label, MessageRef, TypeRef};
use crate::wire;

/// How deep messages may nest in a value, and how many parts the name of an option may have. protoc itself crashes somewhere below 1,000.
pub(super) const MAX_DEPTH: u32 = 200;

/// The tokens of a value that are still to be read.
struct Input<'t> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token<'t>>>,
    /// The name of the option, for messages to people.
    option: &'t str,
}

impl<'t> Input<'t> {
    fn error(&self, message: impl std::fmt::Display) -> Box<Problem> {
        Problem::new(
            format!(
                "the value of the option `{}` cannot be read: {message}",
                self.option
            ),
            "write it in the text format: `{ field: value list: [1, 2] message { … } }`",
        )
    }

    fn is_sign(&mut self, sign: char) -> bool {
        self.tokens.peek() == Some(&Token::Sign(sign))
    }

    fn take(&mut self, sign: char) -> bool {
        let there = self.is_sign(sign);
        if there {
            self.tokens.next();
        }
        there
    }

    fn expect(&mut self, sign: char) -> Outcome<()> {
        if self.take(sign) {
            return Ok(());
        }
        let found = self.found();
        Err(self.error(format_args!("expected `{sign}`, found {found}")))
    }

    fn identifier(&mut self) -> Outcome<&'t str> {
        if let Some(Token::Identifier(identifier)) = self.tokens.peek() {
            let identifier = *identifier;
            self.tokens.next();
            return Ok(identifier);
        }
        let found = self.found();
        Err(self.error(format_args!("expected a name, found {found}")))
    }

    /// The next token in words.
    fn found(&mut self) -> String {
        match self.tokens.peek() {
            None => "the end".to_owned(),
            Some(Token::Identifier(identifier)) => format!("`{identifier}`"),
            Some(Token::Integer(value)) => format!("`{value}`"),
            Some(Token::Float(value)) => format!("`{value}`"),
            Some(Token::Text(_)) => "a string".to_owned(),
            Some(Token::Sign(sign)) => format!("`{sign}`"),
        }
    }
}

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
        let mut input = Input {
            tokens: tokens.into_iter().peekable(),
            option,
        };
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
                None if input.tokens.peek().is_none() => break,
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

    /// Reads a value that is no message. The text format knows more spellings than options do.
    fn literal(&self, field: &FieldProto, input: &mut Input<'_>) -> Outcome<Node> {
        let negative = input.take('-');
        let option = input.option;
        let name = format!("{option}: {}", field.name);
        let is_enum = field.kind == Some(Kind::Enum);
        let token = input.tokens.next();
        let mut text;
        let written = match token {
            Some(Token::Identifier(identifier)) => {
                Written::Identifier(spelling(field, identifier, negative))
            }
            Some(Token::Integer(magnitude)) if is_enum => {
                let value = Integer {
                    negative,
                    magnitude,
                };
                let Some(number) = self.enum_number(field, value) else {
                    return Err(input.error(format_args!(
                        "`{}` has no value with the number {}",
                        field.name,
                        value.as_i128()
                    )));
                };
                let mut bytes = Vec::new();
                let packed = tree::is_packed(field);
                if !packed {
                    wire::put_tag(&mut bytes, tree::number(field), 0);
                }
                wire::put_varint(&mut bytes, i64::from(number) as u64);
                return Ok(if packed {
                    Node::Packed(bytes)
                } else {
                    Node::Value(bytes)
                });
            }
            Some(Token::Integer(magnitude)) if is_bool(field) && magnitude < 2 && !negative => {
                Written::Identifier(if magnitude == 1 { "true" } else { "false" })
            }
            Some(Token::Integer(magnitude)) => Written::Integer(Integer {
                negative,
                magnitude,
            }),
            Some(Token::Float(value)) => Written::Float(if negative { -value } else { value }),
            Some(Token::Text(first)) if !negative => {
                text = first;
                while let Some(Token::Text(more)) = input.tokens.peek() {
                    text.extend_from_slice(more);
                    input.tokens.next();
                }
                Written::Text(&text)
            }
            Some(Token::Text(_) | Token::Sign(_)) | None => {
                return Err(input.error(format_args!(
                    "`{}` needs a value: {}",
                    field.name,
                    self.example(field)
                )));
            }
        };
        self.scalar(field, written, &name)
    }

    /// The number of an enum value that is written as a number; a closed enum must have it.
    fn enum_number(&self, field: &FieldProto, value: Integer) -> Option<i32> {
        let number = i32::try_from(value.as_i128()).ok()?;
        let TypeRef::Enum(enumeration) = field.resolved else {
            return None;
        };
        let enumeration = self.linked.enumeration(enumeration);
        (!enumeration.features.closed_enum
            || enumeration
                .values
                .iter()
                .any(|value| value.number == number))
        .then_some(number)
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
                    super::super::Symbol::Message(message) => Some(message),
                    super::super::Symbol::Package
                    | super::super::Symbol::Field { .. }
                    | super::super::Symbol::Oneof { .. }
                    | super::super::Symbol::Enum(_)
                    | super::super::Symbol::EnumValue { .. }
                    | super::super::Symbol::Extension(_)
                    | super::super::Symbol::Service(_)
                    | super::super::Symbol::Method { .. } => None,
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

/// Reads the sign that opens a message, and tells which one closes it.
fn open(input: &mut Input<'_>) -> Outcome<char> {
    if input.take('<') {
        return Ok('>');
    }
    input.expect('{')?;
    Ok('}')
}

/// Reads the name in brackets, and tells whether it is a type URL.
fn bracketed(input: &mut Input<'_>) -> Outcome<(String, bool)> {
    let mut name = String::new();
    let mut is_url = false;
    loop {
        if input.take(']') {
            return Ok((name, is_url));
        }
        match input.tokens.next() {
            Some(Token::Identifier(identifier)) => name.push_str(identifier),
            Some(Token::Integer(value)) => name.push_str(&value.to_string()),
            Some(Token::Sign('/')) => {
                is_url = true;
                name.push('/');
            }
            Some(Token::Sign(sign @ ('.' | '-'))) => name.push(sign),
            Some(Token::Float(_) | Token::Text(_) | Token::Sign(_)) | None => {
                return Err(input.error("a name in brackets does not end"));
            }
        }
    }
}

fn is_bool(field: &FieldProto) -> bool {
    field.kind == Some(Kind::Scalar(crate::contract::Scalar::Bool))
}

/// The canonical spelling of a keyword of the text format.
fn spelling<'t>(field: &FieldProto, identifier: &'t str, negative: bool) -> &'t str {
    let lower = identifier.to_ascii_lowercase();
    let is_float = matches!(
        field.kind,
        Some(Kind::Scalar(
            crate::contract::Scalar::Float | crate::contract::Scalar::Double
        ))
    );
    match lower.as_str() {
        "inf" | "infinity" if is_float => {
            if negative {
                "-inf"
            } else {
                "inf"
            }
        }
        "nan" if is_float => {
            if negative {
                "-nan"
            } else {
                "nan"
            }
        }
        _ if negative => "-",
        _ if is_bool(field) => match identifier {
            "True" | "t" => "true",
            "False" | "f" => "false",
            other => other,
        },
        _ => identifier,
    }
}
