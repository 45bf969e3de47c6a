//! Well-known types as JSON, each of which has a form of its own.

use super::text::{camel, put_string};
use super::time::{put_duration, put_timestamp};
use super::well_known::number;
use super::well_known::{TYPE, VALUE, other_type};
use super::write::Writer;
use crate::contract::WellKnown;
use crate::dynamic::error::{Error, Step, Within as _};
use crate::dynamic::{Message, Value};

impl Writer<'_, '_, '_> {
    pub(super) fn well_known(
        &mut self,
        message: &Message<'_>,
        well_known: WellKnown,
    ) -> Result<(), Error> {
        match well_known {
            WellKnown::Any => self.any(message),
            WellKnown::Empty => {
                self.out.push_str("{}");
                Ok(())
            }
            WellKnown::Timestamp => {
                let (seconds, nanos) = time(message);
                match put_timestamp(self.out, seconds, nanos) {
                    true => Ok(()),
                    false => Err(Error::new("a timestamp is out of range")),
                }
            }
            WellKnown::Duration => {
                let (seconds, nanos) = time(message);
                match put_duration(self.out, seconds, nanos) {
                    true => Ok(()),
                    false => Err(Error::new("a duration is out of range")),
                }
            }
            WellKnown::FieldMask => self.field_mask(message),
            WellKnown::Wrapper(_) | WellKnown::Struct | WellKnown::ListValue => {
                let field = self.codec.field(message.ty(), number::ONLY);
                let field = field.ok_or_else(other_type)?;
                match message.get(number::ONLY) {
                    Some(value) => self.field(field.shape, value),
                    None => self.field(field.shape, &self.codec.default_of(field)),
                }
            }
            WellKnown::Value => self.any_json(message),
        }
    }

    fn field_mask(&mut self, message: &Message<'_>) -> Result<(), Error> {
        let mut text = String::new();
        if let Some(Value::List(paths)) = message.get(number::PATHS) {
            for path in paths {
                let path = path.as_str().ok_or_else(other_type)?;
                let camel = camel(path).ok_or_else(|| {
                    Error::new(format!("`{path}` is no path that JSON has in a field mask"))
                })?;
                if !text.is_empty() {
                    text.push(',');
                }
                text.push_str(&camel);
            }
        }
        put_string(self.out, &text);
        Ok(())
    }

    /// Appends a `Value`: any JSON.
    fn any_json(&mut self, message: &Message<'_>) -> Result<(), Error> {
        let Some((number, value)) = message.fields().next() else {
            return Err(Error::new("a `google.protobuf.Value` has no value"));
        };
        match (number, value) {
            (number::NULL, _) => {
                self.out.push_str("null");
                Ok(())
            }
            (number::NUMBER, Value::F64(value)) if !value.is_finite() => {
                Err(Error::new(format!("`{value}` is no number of JSON")))
            }
            (number::NUMBER | number::STRING | number::BOOL, value) => self.scalar(value),
            (number::STRUCT | number::LIST, Value::Message(inner)) => self.message(inner),
            (_, _) => Err(other_type()),
        }
    }

    fn any(&mut self, message: &Message<'_>) -> Result<(), Error> {
        let url = message.get(number::TYPE_URL).and_then(Value::as_str);
        let url = url.unwrap_or_default();
        let bytes = match message.get(number::ANY_VALUE) {
            Some(Value::Bytes(bytes)) => &**bytes,
            Some(_) | None => &[],
        };
        if url.is_empty() && bytes.is_empty() {
            self.out.push_str("{}");
            return Ok(());
        }
        let inner = self.codec.type_of_url(url)?;
        let name = &self.codec.contract().message(inner).full_name;
        let content = self.codec.read(inner, bytes);
        let content = content.within(|| Step::Field(format!("({name})")))?;
        let mut first = true;
        self.open('{');
        self.key(&mut first, TYPE);
        put_string(self.out, url);
        let written = match self.codec.contract().message(inner).own_json() {
            None => self.members(&content, &mut first),
            Some(well_known) => {
                self.key(&mut first, VALUE);
                self.well_known(&content, well_known)
            }
        };
        written.within(|| Step::Field(format!("({name})")))?;
        self.close(first, '}');
        Ok(())
    }
}

/// Seconds and nanoseconds of a `Timestamp` or `Duration`.
fn time(message: &Message<'_>) -> (i64, i32) {
    let seconds = match message.get(number::SECONDS) {
        Some(Value::I64(value)) => *value,
        Some(_) | None => 0,
    };
    let nanos = match message.get(number::NANOS) {
        Some(Value::I32(value)) => *value,
        Some(_) | None => 0,
    };
    (seconds, nanos)
}
