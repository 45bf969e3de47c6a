//! The view of `_read`: a ladder of one arm per tag, in the order of the numbers.
//! In-order input runs down the ladder once; a tag out of order takes another pass.

use super::class::{Class, Element, Member};
use super::layout::{call, fits, indented, nested_call};
use super::place::{Place, store, store_call, store_message};
use super::read_map;
use super::text;
use super::types::{Coding, decode};
use super::view::{ReadArm, ReadMap, ReadValue, ReadView};
use crate::contract::{Presence, Scalar, Shape};

/// The column of the statements of an arm, from the class body.
pub(super) const ARM: usize = 16;

pub(super) fn read(class: &Class<'_>) -> ReadView {
    let mut view = ReadView {
        head: head(class),
        locals: Vec::new(),
        arms: Vec::new(),
        places: Vec::new(),
        stores: Vec::new(),
        extendable: class.message.is_extendable(),
    };
    for (index, name) in class.names.oneofs.iter().enumerate() {
        let id = crate::contract::OneofId::new(index);
        let annotation = class.oneof_annotation(id, false);
        let local = format!("o{index}");
        let column = class.column + 4;
        view.locals
            .push(annotation.statement(column, &local, Some("None")));
        view.stores.push(format!("m.{name} = {local}"));
    }
    for member in class.members_by_number() {
        declare(class, &member, &mut view);
        match member.field.shape {
            Shape::Map { key, .. } => {
                let map = read_map::map(class, &member, key);
                view.arms
                    .push(arm("while", member.tag(), &member, class, Err(map)));
            }
            Shape::Repeated { .. } => repeated(class, &member, &mut view),
            Shape::Singular { .. } => {
                let place = singular(class, &member);
                let value = value(
                    class,
                    &class.element(member.field),
                    &member,
                    &place,
                    "e",
                    ARM,
                );
                view.arms
                    .push(arm("if", member.tag(), &member, class, Ok(value)));
            }
        }
    }
    view
}

fn head(class: &Class<'_>) -> String {
    let builtin = class.builtins();
    let (bytes, int) = (&builtin.bytes, &builtin.int);
    let parameters = [
        "cls".to_owned(),
        format!("b: {bytes}"),
        format!("p: {int}"),
        format!("e: {int}"),
        format!("depth: {int}"),
    ];
    let parameters = parameters.each_ref().map(String::as_str);
    let head = call(class.column, "def _read", &parameters, " -> _Self:");
    format!("{}\n{head}", class.class_method())
}

/// The variable that holds a field while the message is read.
pub(super) fn local(member: &Member<'_>) -> String {
    format!("f{}", member.field.number)
}

fn declare(class: &Class<'_>, member: &Member<'_>, view: &mut ReadView) {
    if member.arm.is_some() {
        return;
    }
    let field = member.field;
    let local = local(member);
    let annotation = class.annotation(member, false);
    let value = match field.shape {
        Shape::Singular {
            presence: Presence::Implicit,
            ..
        } => zero(&class.element(field)),
        Shape::Singular { .. } => "None".to_owned(),
        Shape::Repeated { .. } => "[]".to_owned(),
        Shape::Map { .. } => "{}".to_owned(),
    };
    let column = class.column + 4;
    view.locals
        .push(annotation.statement(column, &local, Some(&value)));
    view.stores.push(format!("m.{} = {local}", member.name));
    match field.shape {
        Shape::Map { key, .. } => {
            let place = format!("k{}", field.number);
            view.locals.push(format!("{place} = {}", zero_of(key)));
            view.places.push(format!("{}: {place},", field.number));
        }
        Shape::Repeated { packed: false, .. } => {
            view.places.push(format!("{}: len({local}),", field.number));
        }
        Shape::Repeated { .. } | Shape::Singular { .. } => {}
    }
}

/// The value of an implicit field that is not set.
fn zero(element: &Element) -> String {
    match element {
        Element::Scalar(_, facts) => facts.zero.to_owned(),
        Element::Enum { first, .. } => first.clone(),
        Element::Message { .. } => "None".to_owned(),
    }
}

pub(super) fn zero_of(key: Scalar) -> &'static str {
    super::types::facts(key, true).zero
}

fn arm(
    keyword: &str,
    tag: u32,
    member: &Member<'_>,
    class: &Class<'_>,
    reads: Result<ReadValue, ReadMap>,
) -> ReadArm {
    let comment = format!("  # {}", member.field.name);
    let head = format!("{keyword} t == {tag}:{comment}");
    let (value, map) = match reads {
        Ok(value) => (Some(value), None),
        Err(map) => (None, Some(map)),
    };
    ReadArm {
        keyword: keyword.to_owned(),
        tag,
        comment: if fits(class.column + 12, &head) {
            comment
        } else {
            String::new()
        },
        map,
        value,
    }
}

fn singular(class: &Class<'_>, member: &Member<'_>) -> Place {
    if let (Some(arm), Some(oneof)) = (member.arm, member.field.oneof) {
        return Place::Arm(format!("o{}", oneof.index()), class.arm_path(arm));
    }
    match class.element(member.field) {
        Element::Message { .. } => Place::Merge(local(member)),
        Element::Scalar(..) | Element::Enum { .. } => Place::Assign(local(member)),
    }
}

/// What reads one value that begins at `p` and keeps it at `place`.
pub(super) fn value(
    class: &Class<'_>,
    element: &Element,
    member: &Member<'_>,
    place: &Place,
    end: &str,
    from: usize,
) -> ReadValue {
    let column = class.column + from;
    let number = member.field.number;
    let mut read = ReadValue::default();
    match element {
        Element::Scalar(_, facts) => match facts.coding {
            Coding::Varint { get, value } => {
                read.varint = Some(get.to_owned());
                read.store = store(place, value, column);
            }
            Coding::Fixed(fixed) => {
                read.width = Some(fixed.width);
                read.store = store(place, fixed.read, column);
            }
            Coding::String => {
                read.delimited = true;
                read.store = store(place, decode(member.field.verify_utf8), column);
            }
            Coding::Bytes => {
                read.delimited = true;
                read.store = store(place, "b[p:q]", column);
            }
        },
        Element::Enum { table, closed, .. } => {
            read.varint = Some("_w.get_int32".to_owned());
            if *closed {
                let found = format!("c{number}");
                read.keeps_start = true;
                let unknown = format!("u.append({} + b[k:p])", text::tag(member.tag_of(0)));
                let get = format!("{found} = {table}.values.get");
                read.store = vec![
                    call(column, &get, &["v"], ""),
                    format!("if {found} is None:"),
                    format!("    {unknown}"),
                    "else:".to_owned(),
                ];
                let kept = store(place, &found, column + 4);
                read.store.extend(kept.iter().map(|line| indented(line)));
            } else {
                read.store = store_call(place, &format!("{table}.values.get"), &["v", "v"], column);
            }
        }
        Element::Message {
            class: path, group, ..
        } => {
            let variable = format!("r{number}");
            let head = format!("{variable} = {path}._read");
            let read_it = call(column, &head, &["b", "p", "q", "depth - 1"], "");
            read.group = *group;
            read.delimited = !group;
            read.checked_end = (!group).then(|| end.to_owned());
            read.store = vec![read_it];
            read.store.extend(store_message(place, &variable, column));
        }
    }
    read
}

/// A repeated field has an arm for single elements and, if they can be packed, one for a packed list.
fn repeated(class: &Class<'_>, member: &Member<'_>, view: &mut ReadView) {
    let element = class.element(member.field);
    let place = Place::Append(local(member));
    let single = value(class, &element, member, &place, "e", ARM);
    let mut arms = vec![arm("while", member.tag(), member, class, Ok(single))];
    if let Some(store) = packed(class, &element, member) {
        let list = ReadValue {
            delimited: true,
            checked_end: Some("e".to_owned()),
            store,
            ..ReadValue::default()
        };
        arms.push(arm("while", member.tag_of(2), member, class, Ok(list)));
        if matches!(member.field.shape, Shape::Repeated { packed: true, .. }) {
            arms.reverse();
        }
    }
    view.arms.extend(arms);
}

/// The statements that read a packed list between `p` and `q`; `None` if the type is never packed.
fn packed(class: &Class<'_>, element: &Element, member: &Member<'_>) -> Option<Vec<String>> {
    let list = local(member);
    let column = class.column + ARM;
    match element {
        Element::Scalar(_, facts) => match facts.coding {
            Coding::Varint { get, value: "v" } => Some(vec![
                "c = b[p:q]".to_owned(),
                "if c.isascii():".to_owned(),
                format!("    {list} += c"),
                "else:".to_owned(),
                format!("    {list} += _w.unpack_varints(b, p, q, {get})"),
            ]),
            Coding::Varint { get, value } => Some(vec![
                format!("for v in _w.unpack_varints(b, p, q, {get}):"),
                format!("    {list}.append({value})"),
            ]),
            Coding::Fixed(fixed) => {
                let unpack = if facts.ty == "float" {
                    "unpack_floats"
                } else {
                    "unpack_fixed"
                };
                let (letter, width) = (format!("\"{}\"", fixed.letter), fixed.width.to_string());
                let head = format!("{list} += _w.{unpack}");
                Some(vec![call(
                    column,
                    &head,
                    &["b", "p", "q", &letter, &width],
                    "",
                )])
            }
            Coding::String | Coding::Bytes => None,
        },
        Element::Enum { table, closed, .. } => {
            let mut lines = vec!["for v in _w.unpack_varints(b, p, q, _w.get_int32):".to_owned()];
            if *closed {
                let found = format!("c{}", member.field.number);
                let tag = text::tag(member.tag_of(0));
                let get = format!("{found} = {table}.values.get");
                lines.extend([
                    indented(&call(column + 4, &get, &["v"], "")),
                    format!("    if {found} is None:"),
                    format!("        u.append({tag} + _p.int32(v))"),
                    "    else:".to_owned(),
                    format!("        {list}.append({found})"),
                ]);
            } else {
                let get = format!("{table}.values.get");
                let append = nested_call(column + 4, &format!("{list}.append"), &get, &["v", "v"]);
                lines.push(indented(&append));
            }
            Some(lines)
        }
        Element::Message { .. } => None,
    }
}
