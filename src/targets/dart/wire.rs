//! The views of `$encode` and `$decode`.

use super::class::{Class, Member, Part, Storage};
use super::element::{Element, Kind};
use super::view::{DecodeView, StepView};
use crate::contract::{Message, NumberRange, Primitive, Scalar, Shape, Tag, Written};

/// Statements that write all fields, the last number first, so that the bytes are in the order of the numbers with
/// the unknown fields behind them.
pub(super) fn encode(class: &Class<'_>) -> Vec<String> {
    if class.message.message_set {
        return vec![
            "$w.writeUnknown(xlc.unknownBesideItems(unknownFields));".to_owned(),
            "extensions.encodeItems($w, unknownFields);".to_owned(),
        ];
    }
    let mut lines = if class.is_extendable() {
        vec![
            format!("const $ranges = [{}];", ranges(class.message)),
            "$w.writeUnknown(xlc.unknownOutside(unknownFields, $ranges));".to_owned(),
        ]
    } else {
        vec!["$w.writeUnknown(unknownFields);".to_owned()]
    };
    for written in class.message.wire_order().into_iter().rev() {
        match written {
            Written::Field(index) => lines.extend(encode_field(class, &class.part(index))),
            Written::Extensions(NumberRange { first, last }) => {
                lines.push(format!(
                    "extensions.encode($w, {first}, {last}, unknownFields);"
                ));
            }
        }
    }
    lines
}

/// The first and the last numbers of the ranges of extensions, in turn.
fn ranges(message: &Message) -> String {
    let ranges = message.extension_ranges.iter();
    let bounds: Vec<String> = ranges
        .flat_map(|it| [it.range.first, it.range.last])
        .map(|number| number.to_string())
        .collect();
    bounds.join(", ")
}

fn block(head: String, lines: Vec<String>) -> Vec<String> {
    let mut block = vec![head];
    block.extend(lines);
    block.push("}".to_owned());
    block
}

fn encode_field(class: &Class<'_>, part: &Part<'_>) -> Vec<String> {
    let number = part.field.number;
    let element = &part.element;
    let name = part.name;
    if let Some(arm) = part.arm {
        let holder = class.holder(part);
        let head = format!("if ({holder} case final {arm} $m) {{");
        return block(head, element.write(number, &format!("$m.{name}"), None));
    }
    match part.field.shape {
        Shape::Repeated { packed: true, .. } => {
            let values = match element.kind {
                Kind::Enum { .. } => format!("[for (final $v in {name}) $v.number]"),
                Kind::Scalar(_) | Kind::LooseString | Kind::Message { .. } => name.to_owned(),
            };
            let suffix = element.suffix();
            let tag = part.field.packed_tag();
            let write = vec![format!("$w.packed{suffix}({tag}, {values});")];
            match element.kind {
                Kind::Enum { .. } => block(format!("if ({name}.isNotEmpty) {{"), write),
                Kind::Scalar(_) | Kind::LooseString | Kind::Message { .. } => write,
            }
        }
        Shape::Repeated { packed: false, .. } => {
            let head = format!("for (var $i = {name}.length - 1; $i >= 0; $i--) {{");
            block(
                head,
                element.write(number, &format!("{name}[$i]"), Some("$i")),
            )
        }
        Shape::Map { key, .. } => {
            let head = format!("for (final $k in xlc.lastFirst({name}, {})) {{", order(key));
            let tag = part.field.value_tag();
            let mut lines = vec![format!("final $entry = $w.open({tag}, $k);")];
            lines.push(format!("final $v = {name}[$k]!;"));
            lines.extend(element.write(2, "$v", None));
            lines.extend(part.key().write(1, "$k", None));
            lines.push(format!("$w.close({tag}, $entry);"));
            block(head, lines)
        }
        Shape::Singular { .. } => match part.storage() {
            Storage::Nullable | Storage::Required => {
                let head = format!("if ({} case final $v?) {{", part.stored());
                block(head, element.write(number, "$v", None))
            }
            Storage::Boxed => {
                let head = format!(
                    "if ({} case final $v? when {}) {{",
                    part.stored(),
                    element.is_set("$v")
                );
                block(head, element.write(number, "$v", None))
            }
            Storage::Plain | Storage::List | Storage::Map => block(
                format!("if ({}) {{", element.is_set(name)),
                element.write(number, name, None),
            ),
        },
    }
}

/// The order of the keys of a map.
pub(super) fn order(key: Scalar) -> &'static str {
    match key.primitive() {
        Primitive::String | Primitive::Bytes => "xlc.compareText",
        Primitive::Bool => "xlc.compareBool",
        Primitive::Uint64 => "xlc.compareBig",
        Primitive::Double
        | Primitive::Float
        | Primitive::Int32
        | Primitive::Int64
        | Primitive::Uint32 => "xlc.compareInt",
    }
}

pub(super) fn decode(class: &Class<'_>) -> DecodeView {
    let mut locals = Vec::new();
    let mut arms = Vec::new();
    let mut arguments = Vec::new();
    for member in class.members() {
        match member {
            Member::Oneof(_, name, _) => {
                locals.push(format!("var {name} = $base.{name};"));
                arguments.push(format!("{name}: {name}"));
            }
            Member::Field(part) => {
                let name = part.name;
                match part.storage() {
                    Storage::List => {
                        locals.push(format!("{}? {name};", part.ty()));
                        arguments.push(format!("{name}: xlc.seal({name}, $base.{name}, $r.owner)"));
                    }
                    Storage::Map => {
                        locals.push(format!("{}? {name};", part.read_map()));
                        arguments.push(format!("{name}: {name} ?? $base.{name}"));
                    }
                    Storage::Plain | Storage::Nullable | Storage::Boxed | Storage::Required => {
                        locals.push(format!("var {name} = $base.{};", part.stored()));
                        arguments.push(format!("{name}: {name}"));
                    }
                }
            }
        }
    }
    for part in class.parts() {
        arms.extend(decode_field(class, &part));
    }
    let rest = if class.message.message_set {
        "$unknown = $extensions.readItem($tag, $unknown);"
    } else if class.is_extendable() {
        "$unknown = $extensions.read($tag, $unknown);"
    } else {
        "$unknown = $r.skip($tag, $unknown);"
    };
    locals.push("xlc.UnknownFields? $unknown;".to_owned());
    if class.is_extendable() {
        let name = super::text::string(class.message.full_name.as_str());
        locals.push(format!(
            "final $extensions = xlc.ExtensionReader($r, {name}, $base.extensions);"
        ));
        arguments.push("extensions: $extensions.take()".to_owned());
    }
    arguments.push("unknownFields: $r.join($base.unknownFields, $unknown)".to_owned());
    DecodeView {
        name: class.names.class.clone(),
        locals,
        arms,
        rest: rest.to_owned(),
        result: format!("return {}({});", class.maker(), arguments.join(", ")),
    }
}

/// A field that comes once, as a rule.
fn once(tag: Tag, lines: Vec<String>) -> StepView {
    StepView {
        head: format!("if ($tag == {tag}) {{"),
        lines,
    }
}

/// A field that comes several times in a row.
fn several(tag: Tag, lines: Vec<String>) -> StepView {
    StepView {
        head: format!("while ($tag == {tag}) {{"),
        lines,
    }
}

fn decode_field(class: &Class<'_>, part: &Part<'_>) -> Vec<StepView> {
    let element = &part.element;
    let number = part.field.number;
    let name = part.name;
    let plain = part.field.value_tag();
    if let Some(arm) = part.arm {
        let lines = decode_arm(class, part, arm);
        return vec![once(plain, lines)];
    }
    match part.field.shape {
        Shape::Singular { .. } => {
            let lines = if element.is_message() {
                let before = format!("{name} ?? {}", element.zero);
                element.read_message(number, &before, |read| format!("{name} = {read};"))
            } else {
                store(element, &element.read(), |value| {
                    format!("{name} = {value};")
                })
            };
            vec![once(plain, lines)]
        }
        Shape::Repeated { .. } => {
            let list = format!("{name} ??= xlc.reopen($base.{name}, $r.owner);");
            let mut one = vec![list.clone()];
            if element.is_message() {
                let add = |read: &str| format!("{name}.add({read});");
                one.extend(element.read_message(number, &element.zero, add));
            } else {
                one.extend(store(element, &element.read(), |value| {
                    format!("{name}.add({value});")
                }));
            }
            let mut steps = vec![several(plain, one)];
            if element.encoding.is_packable() {
                let mut lines = vec![list];
                lines.extend(packed(element, name, number));
                steps.push(once(part.field.packed_tag(), lines));
            }
            steps
        }
        Shape::Map { .. } => vec![several(plain, decode_map(part))],
    }
}

fn packed(element: &Element, name: &str, number: i32) -> Vec<String> {
    match element.kind {
        Kind::Enum { closed: true, .. } => vec![format!(
            "$unknown = $r.packedClosedEnum({name}, {}.fromNumber, {number}, $unknown);",
            element.ty
        )],
        Kind::Enum { closed: false, .. } => vec![
            "final $end = $r.enterPart();".to_owned(),
            "while (!$r.atEnd) {".to_owned(),
            format!("{name}.add({});", element.read()),
            "}".to_owned(),
            "$r.leavePart($end);".to_owned(),
        ],
        Kind::Scalar(_) | Kind::LooseString | Kind::Message { .. } => {
            vec![format!("$r.packed{}({name});", element.suffix())]
        }
    }
}

/// Stores a scalar or enum; a number that a closed enum does not have becomes an unknown field.
fn store(element: &Element, read: &str, to: impl Fn(&str) -> String) -> Vec<String> {
    if !element.is_closed() {
        return vec![to(read)];
    }
    vec![
        format!("if ({read} case final $v?) {{"),
        to("$v"),
        "} else {".to_owned(),
        "$unknown = $r.keep($unknown);".to_owned(),
        "}".to_owned(),
    ]
}

fn decode_arm(class: &Class<'_>, part: &Part<'_>, arm: &str) -> Vec<String> {
    let element = &part.element;
    let holder = class.holder(part);
    if !element.is_message() {
        return store(element, &element.read(), |value| {
            format!("{holder} = {arm}({value});")
        });
    }
    let mut lines = vec![
        format!("var $before = {};", element.zero),
        format!("if ({holder} case final {arm} $m) {{"),
        format!("$before = $m.{};", part.name),
        "}".to_owned(),
    ];
    lines.extend(element.read_message(part.field.number, "$before", |read| {
        format!("{holder} = {arm}({read});")
    }));
    lines
}

fn decode_map(part: &Part<'_>) -> Vec<String> {
    let element = &part.element;
    let key = part.key();
    let closed = element.is_closed();
    let ty = if closed { "?" } else { "" };
    let mut lines = Vec::new();
    if closed {
        lines.push("final $start = $r.fieldStart;".to_owned());
    }
    lines.extend([
        "final $outer = $r.enterPart();".to_owned(),
        format!("var $k = {};", key.zero),
        format!("{}{ty} $v = {};", element.ty, element.zero),
        "for (var $t = $r.nextTag(); $t != 0; $t = $r.nextTag()) {".to_owned(),
        "switch ($t) {".to_owned(),
        format!("case {}:", key.encoding.tag(1)),
        format!("$k = {};", key.read()),
        format!("case {}:", element.encoding.tag(2)),
    ]);
    if element.is_message() {
        lines.extend(element.read_message(2, "$v", |read| format!("$v = {read};")));
    } else {
        lines.push(format!("$v = {};", element.read()));
    }
    lines.extend(
        [
            "default:",
            "$r.drop($t);",
            "}",
            "}",
            "$r.leavePart($outer);",
        ]
        .map(str::to_owned),
    );
    let name = part.name;
    let put = [
        format!("{name} ??= xlc.reopenMap($base.{name}, $r.owner);"),
        format!("{name}.put($k, $v);"),
    ];
    if closed {
        lines.extend([
            "if ($v == null) {".to_owned(),
            "$unknown = $r.keepFrom($start, $unknown);".to_owned(),
            "} else {".to_owned(),
        ]);
        lines.extend(put);
        lines.push("}".to_owned());
    } else {
        lines.extend(put);
    }
    lines
}
