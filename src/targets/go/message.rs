//! A message, a oneof or an extension of the contract becomes its view: the struct, and the code of its methods.

use super::binary::binary;
use super::docs::{lines, quote, with_fallback};
use super::file::FileContext;
use super::json;
use super::memory::mark;
use super::slot::{Slot, block};
use super::symbols::Members;
use super::text;
use super::values;
use super::view::{self, Getter, OneofArm, StructField};
use super::well_known;
use crate::contract::{
    Extension, Field, Held, Message, Oneof, OneofId, Presence, Shape, WellKnown,
};

/// The view of a message.
pub(super) fn message(file: &FileContext<'_>, message: &Message) -> view::Message {
    let symbols = &file.plan.symbols;
    let ty = &symbols.messages[message.id.index()];
    let members = &symbols.members[message.id.index()];
    let mut slots: Vec<Slot<'_>> = message
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| Slot::new(file, members, field, index))
        .collect();
    let is_element = file.plan.elements[message.id.index()];
    mark(&mut slots, &message.fields, is_element);
    let extendable = message.is_extendable();
    let own_json = message.own_json();
    let fallback = format!("{ty} is the message `{}`.", message.full_name);
    view::Message {
        docs: with_fallback(&message.docs, message.deprecated, &fallback),
        ty: ty.clone(),
        name: quote(message.full_name.as_str()),
        fields: struct_fields(message, members, &slots),
        hidden: hidden(extendable),
        oneofs: message
            .oneofs
            .iter()
            .enumerate()
            .map(|(index, of)| oneof(members, &slots, of, index))
            .collect(),
        getters: getters(ty, message, members, &slots),
        binary: binary(file, ty, &slots, Some(message)),
        json: own_json.is_none().then(|| json::json(message, ty, &slots)),
        well_known: own_json.and_then(|kind| well_known::json(kind, ty, &slots)),
        merge: merge(message, members, &slots),
        equal: equal(file, message, members, &slots),
        hash: hash(file, message, &slots),
        text: debug_text(message, &slots),
        extendable,
        prototext: file
            .plan
            .options
            .text_format
            .then(|| text::table(file.contract(), message, ty, &slots)),
    }
}

/// The unexported fields, aligned as gofmt does.
fn hidden(extendable: bool) -> Vec<String> {
    if extendable {
        vec![
            "extensions xlcrt.Extensions".to_owned(),
            "unknown    *xlcrt.Unknown".to_owned(),
        ]
    } else {
        vec!["unknown *xlcrt.Unknown".to_owned()]
    }
}

/// The fields of the struct in declaration order, a oneof where its first member is.
fn struct_fields(message: &Message, members: &Members, slots: &[Slot<'_>]) -> Vec<StructField> {
    let held = message.held(0..slots.len()).into_iter();
    let rows = held.map(|held| match held {
        Held::Field(index) => {
            let slot = &slots[index];
            let docs = lines(&slot.field.docs, slot.field.deprecated);
            (docs, slot.ident.as_str(), slot.go())
        }
        Held::Oneof(id) => {
            let docs = lines(&message.oneofs[id.index()].docs, false);
            let interface = members.interfaces[id.index()].clone();
            (docs, members.oneofs[id.index()].as_str(), interface)
        }
    });
    align(rows.collect())
}

/// Names and types in columns: gofmt aligns lines that follow one another without a comment between them.
pub(super) fn align(rows: Vec<(Vec<String>, &str, String)>) -> Vec<StructField> {
    let mut fields = Vec::new();
    let mut from = 0;
    while from < rows.len() {
        let end = (from + 1..rows.len())
            .find(|&next| !rows[next].0.is_empty())
            .unwrap_or(rows.len());
        let width = rows[from..end]
            .iter()
            .map(|row| row.1.chars().count())
            .max()
            .unwrap_or(0);
        for (docs, name, go) in &rows[from..end] {
            fields.push(StructField {
                docs: docs.clone(),
                declaration: format!("{name:width$} {go}"),
            });
        }
        from = end;
    }
    fields
}

fn oneof(members: &Members, slots: &[Slot<'_>], of: &Oneof, index: usize) -> view::Oneof {
    let ty = members.interfaces[index].clone();
    let id = OneofId::new(index);
    let mine = || {
        slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| slot.field.oneof == Some(id))
    };
    let names: Vec<&str> = mine().map(|(at, _)| members.arms[at].as_str()).collect();
    let fallback = format!("{ty} is the oneof `{}`.", of.name);
    let mut docs = with_fallback(&of.docs, false, &fallback);
    docs.push("//".to_owned());
    docs.push("// It is nil, or a pointer to one of:".to_owned());
    docs.extend(names.iter().map(|name| format!("//   - [{name}]")));
    view::Oneof {
        docs,
        arms: mine()
            .map(|(at, slot)| {
                let (merge, equal) = values::arm(slot);
                let fallback = format!(
                    "{} holds the member `{}` of [{ty}].",
                    members.arms[at], slot.field.name
                );
                OneofArm {
                    docs: with_fallback(&slot.field.docs, slot.field.deprecated, &fallback),
                    ty: members.arms[at].clone(),
                    field: slot.ident.clone(),
                    go: slot.value.go.clone(),
                    merge,
                    interface: ty.clone(),
                    equal,
                }
            })
            .collect(),
        ty,
    }
}

fn getters(ty: &str, message: &Message, members: &Members, slots: &[Slot<'_>]) -> Vec<Getter> {
    let mut getters: Vec<Getter> = slots.iter().map(|slot| values::getter(ty, slot)).collect();
    for (index, of) in message.oneofs.iter().enumerate() {
        let mut body = block(
            "if m != nil {".to_owned(),
            vec![format!("return m.{}", members.oneofs[index])],
        );
        body.push("return nil".to_owned());
        let name = members.oneof_getters[index].clone();
        getters.push(Getter {
            docs: vec![format!(
                "// {name} is the oneof `{}`. It may be called on nil.",
                of.name
            )],
            ty: ty.to_owned(),
            name,
            result: members.interfaces[index].clone(),
            body,
        });
    }
    getters
}

fn merge(message: &Message, members: &Members, slots: &[Slot<'_>]) -> Vec<String> {
    let mut lines: Vec<String> = slots.iter().flat_map(values::merge).collect();
    for ident in &members.oneofs {
        lines.extend(block(
            format!("if o.{ident} != nil {{"),
            vec![format!("m.{ident} = o.{ident}.xlcMerge(m.{ident})")],
        ));
    }
    if message.is_extendable() {
        lines.push("m.extensions.Merge(&o.extensions)".to_owned());
    }
    lines.push("m.unknown = m.unknown.Merge(o.unknown)".to_owned());
    lines
}

fn equal(
    file: &FileContext<'_>,
    message: &Message,
    members: &Members,
    slots: &[Slot<'_>],
) -> Vec<String> {
    let mut conditions: Vec<String> = slots
        .iter()
        .filter_map(|slot| values::equal(file, slot))
        .collect();
    for ident in &members.oneofs {
        conditions.push(format!("(m.{ident} == nil) == (o.{ident} == nil)"));
        conditions.push(format!(
            "(m.{ident} == nil || m.{ident}.xlcEqual(o.{ident}))"
        ));
    }
    if message.is_extendable() {
        conditions.push("m.extensions.Equal(&o.extensions)".to_owned());
    }
    conditions.push("m.unknown.Equal(o.unknown)".to_owned());
    conditions
}

fn hash(file: &FileContext<'_>, message: &Message, slots: &[Slot<'_>]) -> Vec<String> {
    file.needs("hash/maphash");
    let mut lines: Vec<String> = slots.iter().flat_map(values::hash).collect();
    if message.is_extendable() {
        lines.push("m.extensions.Hash(h)".to_owned());
    }
    lines.push("m.unknown.Hash(h)".to_owned());
    lines
}

fn debug_text(message: &Message, slots: &[Slot<'_>]) -> Vec<String> {
    if message.well_known == Some(WellKnown::Any) {
        let places: Vec<String> = slots.iter().map(Slot::place).collect();
        return vec![format!("w.Any({})", places.join(", "))];
    }
    slots.iter().flat_map(values::text).collect()
}

/// The view of an extension: a message with nothing but the extension does all the work.
pub(super) fn extension(file: &FileContext<'_>, extension: &Extension) -> view::Extension {
    let symbols = &file.plan.symbols;
    let ident = symbols.extensions[extension.id.index()].clone();
    let holder = format!("xlc{ident}");
    let field = with_presence(extension);
    let bracketed = format!("[{}]", extension.full_name);
    let mut slot = Slot::alone(file, &field, "Value".to_owned());
    slot.label = quote(&bracketed);
    let list = matches!(field.shape, Shape::Repeated { .. });
    let is_pointer = !list && !slot.is_nilable();
    let go = held(&slot);
    let default = slot.value.literal(slot.default.as_ref());
    let get = if list || slot.value.is_message() {
        vec!["return m.Value".to_owned()]
    } else {
        let mut body = block(
            "if m.Value != nil {".to_owned(),
            vec![format!("return {}", slot.value_expr())],
        );
        body.push(format!("return {default}"));
        body
    };
    let set = match () {
        () if is_pointer => vec!["m.Value = &v".to_owned()],
        () if slot.value.is_bytes() && !list => vec!["m.Value = append([]byte{}, v...)".to_owned()],
        () => vec!["m.Value = v".to_owned()],
    };
    let extendee = file.contract().message(extension.extendee);
    let fallback = format!("{ident} is the extension `{}`.", extension.full_name);
    let slots = [slot];
    view::Extension {
        docs: with_fallback(&field.docs, field.deprecated, &fallback),
        extendee: file.message_type(extension.extendee),
        extendee_name: quote(extendee.full_name.as_str()),
        name: quote(extension.full_name.as_str()),
        number: field.number,
        go,
        field: format!("Value {}", slots[0].go()),
        get,
        set,
        text: slots.iter().flat_map(values::text).collect(),
        binary: binary(file, &holder, &slots, None),
        json: json::extension(&holder, &slots[0], &bracketed),
        prototext: file.plan.options.text_format.then(|| {
            let alias = file.contract().message_set_name(extension);
            let alias = alias.map(|name| format!("[{name}]"));
            text::extension(&holder, &slots[0], &bracketed, alias.as_deref())
        }),
        ident,
        holder,
    }
}

/// The field of an extension, which always has presence.
fn with_presence(extension: &Extension) -> Field {
    let mut field = extension.field.clone();
    if let Shape::Singular { presence, .. } = &mut field.shape
        && *presence == Presence::Implicit
    {
        *presence = Presence::Explicit;
    }
    field
}

/// The type of an extension's values.
fn held(slot: &Slot<'_>) -> String {
    match slot.field.shape {
        Shape::Repeated { .. } => slot.go(),
        Shape::Singular { .. } | Shape::Map { .. } if slot.value.is_message() => {
            format!("*{}", slot.value.go)
        }
        Shape::Singular { .. } | Shape::Map { .. } => slot.value.go.clone(),
    }
}

/// The type of the values of an extension, as a file refers to it.
pub(super) fn extension_type(file: &FileContext<'_>, extension: &Extension) -> String {
    held(&Slot::alone(
        file,
        &with_presence(extension),
        "Value".to_owned(),
    ))
}
