//! How the rules stand in the options of a contract. Knows the names of `buf/validate/validate.proto`, but not what a
//! rule means.

use serde_json::Value as Json;

use super::Loss;
use crate::contract::{MessageId, Options as RawOptions};
use crate::dynamic::{Codec, Message, Settings, Value};

/// The number of protovalidate's extensions of options.
const RULES: i32 = 1159;

/// Reads rules out of options.
pub(in super::super) struct Options<'a> {
    pub(super) codec: &'a Codec<'a>,
    field: MessageId,
    message: MessageId,
    oneof: MessageId,
}

impl<'a> Options<'a> {
    /// `None` if the contract does not know protovalidate.
    pub(super) fn new(codec: &'a Codec<'a>) -> Option<Self> {
        codec.find("buf.validate.FieldRules")?;
        Some(Self {
            codec,
            field: codec.find("google.protobuf.FieldOptions")?,
            message: codec.find("google.protobuf.MessageOptions")?,
            oneof: codec.find("google.protobuf.OneofOptions")?,
        })
    }

    /// The codec that options are read with: they need not be complete.
    pub(in super::super) fn settings() -> Settings {
        Settings {
            partial: true,
            ..Settings::default()
        }
    }

    /// The `FieldRules` of a field.
    pub(super) fn of_field<'r>(&self, raw: &'r RawOptions) -> Option<Message<'r>> {
        self.rules(self.field, raw)
    }

    /// The `MessageRules` of a message.
    pub(super) fn of_message<'r>(&self, raw: &'r RawOptions) -> Option<Message<'r>> {
        self.rules(self.message, raw)
    }

    /// The `OneofRules` of a oneof.
    pub(super) fn of_oneof<'r>(&self, raw: &'r RawOptions) -> Option<Message<'r>> {
        self.rules(self.oneof, raw)
    }

    fn rules<'r>(&self, ty: MessageId, raw: &'r RawOptions) -> Option<Message<'r>> {
        if raw.0.is_empty() {
            return None;
        }
        // The loader checked the options, so they can be read.
        let mut options = self.codec.read(ty, &raw.0).ok()?;
        if let Value::Message(rules) = options.remove(RULES)? {
            return Some(*rules);
        }
        None
    }
}

/// When rules are applied (`buf.validate.Ignore`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// To every value; to the zero of a field without presence too.
    Always,
    /// Not to the zero of the type.
    NotZero,
    /// Never.
    Never,
}

/// A message of rules, by the names of its fields.
pub(super) struct Set<'r, 'c> {
    codec: &'r Codec<'c>,
    message: &'r Message<'r>,
}

impl<'r, 'c> Set<'r, 'c> {
    pub(super) fn new(codec: &'r Codec<'c>, message: &'r Message<'r>) -> Self {
        Self { codec, message }
    }

    /// A message inside.
    pub(super) fn inner(&self, message: &'r Message<'r>) -> Self {
        Self::new(self.codec, message)
    }

    /// What is set, by name, in the order of the numbers.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'c str, &'r Value<'r>)> {
        let (codec, ty) = (self.codec, self.message.ty());
        self.message.fields().filter_map(move |(number, value)| {
            Some((codec.field(ty, number)?.name.as_str(), value))
        })
    }

    pub(super) fn get(&self, name: &str) -> Option<&'r Value<'r>> {
        self.fields()
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Bool(true)))
    }

    pub(super) fn count(&self, name: &str) -> Option<u64> {
        if let Value::U64(count) = self.get(name)? {
            return Some(*count);
        }
        None
    }

    pub(super) fn list(&self, name: &str) -> Option<&'r [Value<'r>]> {
        if let Value::List(values) = self.get(name)? {
            return Some(values);
        }
        None
    }

    pub(super) fn message(&self, name: &str) -> Option<Self> {
        self.get(name)?.as_message().map(|it| self.inner(it))
    }

    pub(super) fn text(&self, name: &str) -> Option<&'r str> {
        self.get(name)?.as_str()
    }

    /// The values of a list of texts.
    pub(super) fn texts(&self, name: &str) -> Option<Vec<&'r str>> {
        self.list(name)?.iter().map(Value::as_str).collect()
    }

    /// Whether a rule is an extension: a predefined rule of the user's.
    pub(super) fn is_extension(&self, name: &str) -> bool {
        let (codec, ty) = (self.codec, self.message.ty());
        let own = &codec.contract().message(ty).fields;
        !own.iter().any(|field| field.name == name)
    }

    /// When the rules are applied. A `oneof` rule of the message frees the zeros of its fields.
    pub(super) fn when(&self, in_oneof_rule: bool) -> When {
        match self.get("ignore") {
            Some(Value::Enum(1)) => When::NotZero,
            Some(Value::Enum(3)) => When::Never,
            Some(_) | None if in_oneof_rule => When::NotZero,
            Some(_) | None => When::Always,
        }
    }

    /// The names of CEL expressions, which no schema says.
    pub(super) fn expressions(&self, name: &str) -> Vec<Loss> {
        let rules = self.list(name).unwrap_or_default();
        let id = |rule: &Value<'_>| match rule.as_message() {
            Some(rule) => Set::new(self.codec, rule).text("id").map(str::to_owned),
            None => rule.as_str().map(str::to_owned),
        };
        let ids = rules.iter().map(|rule| id(rule).unwrap_or_default());
        ids.map(|id| format!("{name} {id}")).collect()
    }

    /// The examples that the contract gives, where JSON writes them as they are.
    pub(super) fn examples(&self) -> Option<Vec<Json>> {
        let examples = self.list("example")?;
        examples.iter().map(plain).collect()
    }
}

/// The JSON of a value of which there is one notation only.
fn plain(value: &Value<'_>) -> Option<Json> {
    match value {
        Value::Bool(value) => Some((*value).into()),
        Value::I32(value) => Some((*value).into()),
        Value::U32(value) => Some((*value).into()),
        Value::I64(value) => Some(value.to_string().into()),
        Value::U64(value) => Some(value.to_string().into()),
        Value::String(value) => Some(value.as_ref().into()),
        Value::F32(_)
        | Value::F64(_)
        | Value::Bytes(_)
        | Value::Enum(_)
        | Value::Message(_)
        | Value::List(_)
        | Value::Map(_) => None,
    }
}
