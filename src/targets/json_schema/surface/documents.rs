//! How a message passes as a document: one version prints it, and the schema of the other says whether it is valid.
//! Which complaint is about which field is decided here. Knows nothing of changes.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value};

use super::super::options::{DialectName, Names, Options};
use super::limits;
use crate::compat::delta::{Both, FieldAt};
use crate::compat::surface::passage::{Arrival, Passage, Subject, Trip, complete};
use crate::compat::trial::{Direction, Payload};
use crate::contract::MessageId;
use crate::dynamic::{Codec, Message};

/// The schema of a message, standing by itself, and what validates by it.
struct Judge {
    schema: Value,
    validator: Validator,
}

/// The schemas and the serializer of one version.
pub(super) struct Side<'c> {
    codec: Codec<'c>,
    definitions: Map<String, Value>,
    known: BTreeSet<MessageId>,
    validators: BTreeMap<MessageId, Option<Judge>>,
}

impl<'c> Side<'c> {
    /// The schemas of these messages and all that they refer to.
    pub(super) fn new(
        codec: Codec<'c>,
        definitions: Map<String, Value>,
        roots: &[MessageId],
    ) -> Self {
        let contract = codec.contract();
        let names = roots
            .iter()
            .map(|&id| contract.message(id).full_name.as_str());
        let reached = closure(&definitions, names.map(str::to_owned).collect());
        let messages = contract.messages().iter();
        let known = messages.filter(|it| reached.contains(it.full_name.as_str()));
        Self {
            known: known.map(|it| it.id).collect(),
            codec,
            definitions,
            validators: BTreeMap::new(),
        }
    }

    fn name(&self, id: MessageId) -> &str {
        self.codec.contract().message(id).full_name.as_str()
    }

    /// The schema of a message, standing by itself.
    fn schema(&self, id: MessageId) -> Value {
        let name = self.name(id).to_owned();
        let reached = closure(&self.definitions, vec![name.clone()]);
        let own = |name: &String| Some((name.clone(), self.definitions.get(name)?.clone()));
        let definitions: Map<String, Value> = reached.iter().filter_map(own).collect();
        serde_json::json!({ "$ref": format!("#/$defs/{name}"), "$defs": definitions })
    }

    fn judge(&mut self, id: MessageId) -> Option<&Judge> {
        if !self.validators.contains_key(&id) {
            let options = jsonschema::options().should_validate_formats(true);
            let schema = self.schema(id);
            let validator = options.build(&schema).ok();
            let judge = validator.map(|validator| Judge { schema, validator });
            self.validators.insert(id, judge);
        }
        self.validators.get(&id)?.as_ref()
    }

    /// The property of a field.
    fn property(&self, at: FieldAt<'_>, name: &str) -> Option<&Value> {
        let definition = self.definitions.get(self.name(at.holder.id))?;
        definition.get("properties")?.get(name)
    }
}

/// The definitions that some refer to, at any depth, themselves included.
fn closure(definitions: &Map<String, Value>, from: Vec<String>) -> BTreeSet<String> {
    let mut seen: BTreeSet<String> = from.iter().cloned().collect();
    let mut open = from;
    while let Some(name) = open.pop() {
        let mut found = Vec::new();
        if let Some(definition) = definitions.get(&name) {
            references(definition, &mut found);
        }
        for name in found {
            if seen.insert(name.clone()) {
                open.push(name);
            }
        }
    }
    seen
}

fn references(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), value.as_str()) {
                    ("$ref", Some(target)) => {
                        found.extend(target.strip_prefix("#/$defs/").map(str::to_owned));
                    }
                    _ => references(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|it| references(it, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The documents of two versions.
pub(super) struct Documents<'c> {
    sides: Both<Side<'c>>,
    /// Whether properties have the names of the contract.
    proto_names: bool,
    /// Whether the schemas know both names of a field.
    both_names: bool,
}

impl<'c> Documents<'c> {
    pub(super) fn new(sides: Both<Side<'c>>, options: &Options) -> Self {
        Self {
            sides,
            proto_names: options.names == Names::Proto,
            both_names: options.dialect == DialectName::Accept,
        }
    }

    fn side(&self, direction: Direction, writes: bool) -> &Side<'c> {
        let sides = Both {
            old: &self.sides.old,
            new: &self.sides.new,
        };
        match writes {
            true => direction.writer(sides),
            false => direction.reader(sides),
        }
    }

    fn judge(&mut self, direction: Direction, writes: bool, id: MessageId) -> Option<&Judge> {
        let sides = Both {
            old: &mut self.sides.old,
            new: &mut self.sides.new,
        };
        let side = match writes {
            true => direction.writer(sides),
            false => direction.reader(sides),
        };
        side.judge(id)
    }

    /// What a field is called in documents.
    fn written(&self, at: FieldAt<'_>) -> String {
        match at.extension {
            Some(extension) => format!("[{}]", extension.full_name),
            None if self.proto_names => at.field.name.clone(),
            None => at.field.json_name.to_string(),
        }
    }

    /// What a schema takes for a field.
    fn read(&self, at: FieldAt<'_>) -> Vec<String> {
        match (at.extension, self.both_names) {
            (None, true) => vec![at.field.json_name.to_string(), at.field.name.clone()],
            (Some(_), _) | (None, false) => vec![self.written(at)],
        }
    }

    /// The names under which a trip's fields stand in documents and in the reader's schema.
    fn names(&self, trip: Trip<'_>) -> Vec<String> {
        let of = |pair: Both<FieldAt<'_>>| {
            let (from, to) = (trip.direction.writer(pair), trip.direction.reader(pair));
            [vec![self.written(from)], self.read(to)].concat()
        };
        match trip.subject {
            Subject::Whole => Vec::new(),
            Subject::Field(pair) | Subject::Rivals(pair) => of(pair),
            Subject::Stranger(at) => vec![self.written(at)],
            Subject::Missing(at) => self.read(at),
        }
    }
}

impl Passage for Documents<'_> {
    fn knows(&self, types: Both<MessageId>) -> bool {
        self.sides.old.known.contains(&types.old) && self.sides.new.known.contains(&types.new)
    }

    fn finds(&self, direction: Direction, pair: Both<FieldAt<'_>>) -> bool {
        let (from, to) = (direction.writer(pair), direction.reader(pair));
        self.read(to).contains(&self.written(from))
    }

    fn suspects(&mut self, direction: Direction, pair: Both<FieldAt<'_>>) -> bool {
        let property = |writes, at: FieldAt<'_>| {
            let name = &self.read(at)[0];
            let property = self.side(direction, writes).property(at, name)?;
            Some(limits::bare(property))
        };
        let (from, to) = (direction.writer(pair), direction.reader(pair));
        property(true, from) != property(false, to)
    }

    fn probes(&self, direction: Direction, pair: Both<FieldAt<'_>>) -> Vec<Message<'static>> {
        let sides = [
            (true, direction.writer(pair)),
            (false, direction.reader(pair)),
        ];
        let properties = sides.into_iter().filter_map(|(writes, at)| {
            let name = &self.read(at)[0];
            self.side(direction, writes).property(at, name)
        });
        let from = direction.writer(pair);
        let name = self.written(from);
        let codec = &self.side(direction, true).codec;
        let read = |value: Value| {
            let document = serde_json::json!({ &name: value }).to_string();
            let message = codec.from_json(from.holder.id, &document).ok()?;
            Some(message.into_owned())
        };
        properties
            .flat_map(limits::values)
            .filter_map(read)
            .collect()
    }

    fn send(&mut self, trip: Trip<'_>, message: &Message<'_>) -> Option<Arrival> {
        let direction = trip.direction;
        let codec = &self.side(direction, true).codec;
        let message = complete(codec, message.clone().into_owned());
        let text = codec.to_json(&message).ok()?;
        let document: Value = serde_json::from_str(&text).ok()?;
        let own = self.judge(direction, true, message.ty())?;
        if !own.validator.is_valid(&document) {
            return None;
        }
        let names = self.names(trip);
        let reader = direction.reader(trip.types);
        let judge = self.judge(direction, false, reader)?;
        let mut complaints = judge.validator.iter_errors(&document);
        let complaint = complaints.find(|it| is_about(it, &names, &judge.schema));
        Some(Arrival {
            payload: Payload::Json(text),
            seen: match complaint {
                Some(complaint) => Err(in_words(&complaint)),
                None => Ok(None),
            },
        })
    }
}

/// Whether a complaint is about properties of these names.
fn is_about(complaint: &ValidationError<'_>, names: &[String], schema: &Value) -> bool {
    let is_one = |name: &str| names.iter().any(|it| it == name);
    let path = complaint.instance_path().as_str();
    if let Some(inside) = path.strip_prefix('/') {
        let first = inside.split('/').next().unwrap_or_default();
        return is_one(&first.replace("~1", "/").replace("~0", "~"));
    }
    if let ValidationErrorKind::AdditionalProperties { unexpected } = complaint.kind() {
        return unexpected.iter().any(|it| is_one(it));
    }
    if let ValidationErrorKind::Required { property } = complaint.kind() {
        return property.as_str().is_some_and(is_one);
    }
    let keyword = schema.pointer(complaint.schema_path().as_str());
    keyword.is_some_and(|it| names.iter().any(|name| mentions(it, name)))
}

/// Whether a name stands somewhere in a schema as a text.
fn mentions(schema: &Value, name: &str) -> bool {
    match schema {
        Value::Object(members) => members.values().any(|it| mentions(it, name)),
        Value::Array(items) => items.iter().any(|it| mentions(it, name)),
        Value::String(text) => text == name,
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A complaint with its places, in one line.
fn in_words(complaint: &ValidationError<'_>) -> String {
    const MOST: usize = 160;
    let said = complaint.to_string();
    let said = match said.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &said[..at]),
        None => said,
    };
    let keyword = complaint.schema_path();
    match complaint.instance_path().as_str() {
        "" => format!("{said}, by `#{keyword}`"),
        place => format!("{said}, at `{place}` by `#{keyword}`"),
    }
}
