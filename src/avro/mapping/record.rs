//! The fields of a message's record: what each holds, its schema, its default and its attributes.

use serde_json::Value;

use super::builder::{Builder, prose};
use super::form::{Form, Holds, Member, Slot, Wrapped};
use super::options::{Maps, Oneofs, Presence as PresenceOption};
use super::{defaults, names};
use crate::avro::schema::{Body, Field, Kind, Name, Named, Node, Primitive, Properties};
use crate::contract::{self, Contract, Message, OneofId, Presence, Scalar, Shape};

/// What the fields of a message's record hold, and the fields, in the order of their numbers: so a schema does not change
/// when a contract is rearranged. A union stands where its first member does.
pub(super) fn fields(builder: &mut Builder<'_>, message: &Message) -> (Vec<Slot>, Vec<Field>) {
    check_names(builder, message);
    let mut order: Vec<usize> = (0..message.fields.len()).collect();
    order.sort_by_key(|&index| message.fields[index].number);
    let mut slots = Vec::new();
    let mut fields = Vec::new();
    let mut unions: Vec<OneofId> = Vec::new();
    for index in order {
        let field = &message.fields[index];
        match (field.oneof, builder.options.oneofs) {
            (Some(oneof), Oneofs::Union) => {
                if !unions.contains(&oneof) {
                    unions.push(oneof);
                    let (slot, field) = union(builder, message, oneof);
                    slots.push(slot);
                    fields.push(field);
                }
            }
            (Some(_), Oneofs::Nullable) | (None, _) => {
                let holds = holds(builder, message, field);
                slots.push(Slot::Field(index, holds));
                fields.push(plain(builder, message, field, holds));
            }
        }
    }
    (slots, fields)
}

/// Refuses a field with a name that another field had in the baseline: data of the one would be read as the other.
fn check_names(builder: &mut Builder<'_>, message: &Message) {
    let Some(earlier) = builder.baseline.message(message.id) else {
        return;
    };
    for field in &message.fields {
        let mut fields = earlier.fields.iter();
        let other = fields.find(|it| it.name == field.name && it.number != field.number);
        if let Some(other) = other {
            let what = format!("the field `{}` of `{}`", field.name, message.full_name);
            let error = builder.reused(&what, field.number, other.number, field.span);
            builder.fail(error);
        }
    }
}

/// The name of a type inside of a message in the baseline, if it was another one.
fn earlier_inside(
    builder: &Builder<'_>,
    message: &Message,
    parts: Option<Vec<String>>,
    now: &Name,
) -> Vec<Name> {
    let earlier = builder
        .baseline
        .contract()
        .zip(builder.baseline.message(message.id));
    let (Some((contract, message)), Some(parts)) = (earlier, parts) else {
        return Vec::new();
    };
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let name = names::inside(contract, builder.options, message, &parts);
    Some(name).filter(|name| name != now).into_iter().collect()
}

fn holds(builder: &mut Builder<'_>, message: &Message, field: &contract::Field) -> Holds {
    let form = builder.form(field.shape.value_type());
    match field.shape {
        Shape::Singular { presence, .. } => match (presence, builder.options.presence) {
            (Presence::Implicit, PresenceOption::Nullable) => Holds::NullForZero(form),
            (Presence::Implicit, PresenceOption::Plain) | (Presence::Required, _) => {
                Holds::Plain(form)
            }
            (Presence::Explicit, _) => Holds::Nullable(form),
        },
        Shape::Repeated { .. } => Holds::List(form),
        Shape::Map { key, .. } => match (key, builder.options.maps) {
            (Scalar::String, _) => Holds::Map(form),
            (_, Maps::Text) => Holds::TextMap(key, form),
            (_, Maps::Entries) => entries(builder, message, field, key, form),
        },
    }
}

/// The entries of a map, whose record is called as in protobuf.
fn entries(
    builder: &mut Builder<'_>,
    message: &Message,
    field: &contract::Field,
    key: Scalar,
    value: Form,
) -> Holds {
    let key = builder.form(contract::Type::Scalar(key));
    let part = |name: &str, form: Form| Field {
        name: name.into(),
        aliases: Vec::new(),
        doc: None,
        node: node(builder.contract, form, builder.options.properties),
        default: None,
        properties: Properties::new(),
    };
    let name = names::entry(&field.name);
    let name = names::inside(builder.contract, builder.options, message, &[&name]);
    let earlier = builder.baseline.field(message.id, field.number);
    let earlier = earlier.map(|it| vec![names::entry(&it.name)]);
    let named = Named {
        aliases: earlier_inside(builder, message, earlier, &name),
        name,
        doc: None,
        properties: Properties::new(),
        body: Body::Record(vec![part("key", key), part("value", value)]),
    };
    let what = format!(
        "the entries of the map `{}.{}`",
        message.full_name, field.name
    );
    let record = builder.add(named, what, field.span);
    Holds::Entries { record, key, value }
}

/// A field that stands by itself.
fn plain(builder: &Builder<'_>, message: &Message, field: &contract::Field, holds: Holds) -> Field {
    let doc = Some(&field.docs).filter(|_| message.well_known.is_none());
    let earlier = builder.baseline.field(message.id, field.number);
    let earlier = earlier.map(|it| it.name.clone());
    Field {
        name: field.name.clone(),
        aliases: earlier.filter(|it| *it != field.name).into_iter().collect(),
        doc: doc.and_then(prose),
        node: held(builder.contract, holds, builder.options.properties),
        default: defaults::of(builder, field, holds),
        properties: properties(builder, message, field),
    }
}

fn properties(builder: &Builder<'_>, message: &Message, field: &contract::Field) -> Properties {
    let mut properties = Properties::new();
    if !builder.options.properties {
        return properties;
    }
    if field.deprecated {
        properties.insert("deprecated".into(), true.into());
    }
    properties.insert("proto.number".into(), field.number.into());
    if let Some(oneof) = field.oneof {
        let name = message.oneofs[oneof.index()].name.as_str();
        properties.insert("proto.oneof".into(), name.into());
    }
    if let Some(default) = defaults::explicit(builder.contract, field) {
        properties.insert("proto.default".into(), default);
    }
    properties
}

/// A oneof as one field: null or a record per member, as a union may hold two strings only if they have names.
fn union(builder: &mut Builder<'_>, message: &Message, id: OneofId) -> (Slot, Field) {
    let oneof = &message.oneofs[id.index()];
    let mut members = Vec::new();
    let mut branches = vec![Node::primitive(Primitive::Null)];
    let mut order: Vec<usize> = (0..message.fields.len())
        .filter(|&index| message.fields[index].oneof == Some(id))
        .collect();
    order.sort_by_key(|&index| message.fields[index].number);
    let earlier = builder.baseline.oneof(message, &order);
    for index in order {
        let field = &message.fields[index];
        let form = builder.form(field.shape.value_type());
        let mut value = plain(builder, message, field, Holds::Plain(form));
        value.name = "value".into();
        value.default = None;
        value.aliases.clear();
        let doc = value.doc.take();
        let parts = [oneof.name.as_str(), field.name.as_str()];
        let name = names::inside(builder.contract, builder.options, message, &parts);
        let was = builder.baseline.field(message.id, field.number);
        let parts = was.zip(earlier);
        let parts = parts.map(|(was, oneof)| vec![oneof.name.clone(), was.name.clone()]);
        let named = Named {
            aliases: earlier_inside(builder, message, parts, &name),
            name,
            doc,
            properties: Properties::new(),
            body: Body::Record(vec![value]),
        };
        let what = format!("the member `{}.{}`", message.full_name, field.name);
        let record = builder.add(named, what, field.span);
        branches.push(Node::named(record));
        members.push(Member {
            field: index,
            record,
            form,
        });
    }
    let earlier = earlier.map(|it| it.name.clone());
    let field = Field {
        name: oneof.name.clone(),
        aliases: earlier.filter(|it| *it != oneof.name).into_iter().collect(),
        doc: prose(&oneof.docs),
        node: Node::new(Kind::Union(branches)),
        default: Some(Value::Null),
        properties: Properties::new(),
    };
    (Slot::Oneof(id, members), field)
}

/// The schema of what a field holds.
fn held(contract: &Contract, holds: Holds, properties: bool) -> Node {
    let node = |form| node(contract, form, properties);
    match holds {
        Holds::Plain(form) => node(form),
        Holds::Nullable(form) | Holds::NullForZero(form) => Node::nullable(node(form)),
        Holds::List(form) => Node::array(node(form)),
        Holds::Map(form) | Holds::TextMap(_, form) => Node::map(node(form)),
        // What Iceberg and Spark write for maps with other keys.
        Holds::Entries { record, .. } => Node::array(Node::named(record)).logical("map"),
    }
}

/// The schema of a form.
pub(super) fn node(contract: &Contract, form: Form, properties: bool) -> Node {
    let said = |node: Node, name: &str, value: &str| {
        if properties {
            node.with(name, value)
        } else {
            node
        }
    };
    let of_enum = |primitive, id| {
        let name = contract.enumeration(id).full_name.as_str();
        said(Node::primitive(primitive), "proto.enum", name)
    };
    match form {
        Form::Scalar(scalar) => Node::primitive(primitive(scalar)),
        Form::Decimal => Node::primitive(Primitive::Bytes)
            .logical("decimal")
            .with("precision", 20)
            .with("scale", 0),
        Form::LongBits => said(Node::primitive(Primitive::Long), "proto.type", "uint64"),
        Form::Digits => said(Node::primitive(Primitive::String), "proto.type", "uint64"),
        Form::Fixed(ty) | Form::Symbol(_, ty) | Form::Record(_, ty) => Node::named(ty),
        Form::EnumText(id) => of_enum(Primitive::String, id),
        Form::EnumNumber(id) => of_enum(Primitive::Int, id),
        Form::Timestamp(_, _, logical) => Node::primitive(Primitive::Long).logical(logical),
        Form::Wrapper(_, wrapped) => wrapper(contract, wrapped, properties),
        Form::Json(_) => Node::primitive(Primitive::String).logical("json"),
        Form::Paths(_) => Node::array(Node::primitive(Primitive::String)),
    }
}

fn wrapper(contract: &Contract, wrapped: Wrapped, properties: bool) -> Node {
    node(contract, wrapped.form(), properties)
}

fn primitive(scalar: Scalar) -> Primitive {
    match scalar.primitive() {
        contract::Primitive::Double => Primitive::Double,
        contract::Primitive::Float => Primitive::Float,
        contract::Primitive::Int32 => Primitive::Int,
        // No signed 32 bits hold an unsigned integer of 32. Those of 64 have forms of their own.
        contract::Primitive::Int64 | contract::Primitive::Uint32 | contract::Primitive::Uint64 => {
            Primitive::Long
        }
        contract::Primitive::Bool => Primitive::Boolean,
        contract::Primitive::String => Primitive::String,
        contract::Primitive::Bytes => Primitive::Bytes,
    }
}
