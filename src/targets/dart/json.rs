//! The views of `$writeJsonFields` and `$readJson`.

use super::class::{Class, Member, Part, Storage};
use super::text;
use super::view::{CaseView, FromJsonView};
use super::wire::order;
use crate::contract::{Message, Scalar, Shape};

/// Statements that write the members of the JSON object.
pub(super) fn to_json(class: &Class<'_>) -> Vec<String> {
    let mut lines: Vec<String> = class
        .parts()
        .iter()
        .zip(class.message.json_names())
        .flat_map(|(part, names)| write_field(class, part, names.written))
        .collect();
    if class.is_extendable() {
        lines.push("extensions.writeJson($w);".to_owned());
    }
    lines
}

fn write_field(class: &Class<'_>, part: &Part<'_>, json_name: &str) -> Vec<String> {
    let element = &part.element;
    let name = part.name;
    let all = "|| $w.all) {";
    let member = format!("$m.{name}");
    let (head, value) = match (part.arm, part.storage()) {
        (Some(arm), _) => {
            let holder = class.holder(part);
            let head = format!("if ({holder} case final {arm} $m) {{");
            (head, member.as_str())
        }
        (None, Storage::Nullable | Storage::Required) => {
            (format!("if ({} case final $v?) {{", part.stored()), "$v")
        }
        (None, Storage::Plain | Storage::Boxed) => {
            (format!("if ({} {all}", element.is_set(name)), name)
        }
        (None, Storage::List | Storage::Map) => (format!("if ({name}.isNotEmpty {all}"), name),
    };
    let json = text::json_name(json_name);
    let proto = text::json_name(&part.field.name);
    let mut lines = vec![head, format!("$w.name({json}, {proto});")];
    match part.field.shape {
        Shape::Singular { .. } => lines.push(element.write_json(value)),
        Shape::Repeated { .. } => lines.extend([
            "$w.beginList();".to_owned(),
            format!("for (final $v in {name}) {{"),
            "$w.element();".to_owned(),
            element.write_json("$v"),
            "}".to_owned(),
            "$w.endList();".to_owned(),
        ]),
        Shape::Map { key, .. } => {
            let text = if key == Scalar::String {
                "$e.key"
            } else {
                "'${$e.key}'"
            };
            lines.extend([
                "$w.beginObject();".to_owned(),
                format!("for (final $e in xlc.byKey({name}, {})) {{", order(key)),
                format!("$w.key({text});"),
                element.write_json("$e.value"),
                "}".to_owned(),
                "$w.endObject();".to_owned(),
            ]);
        }
    }
    lines.push("}".to_owned());
    lines
}

pub(super) fn from_json(class: &Class<'_>) -> FromJsonView {
    let mut locals = Vec::new();
    let mut arguments = Vec::new();
    for member in class.members() {
        match member {
            Member::Oneof(_, name, class) => {
                locals.push(format!("{class}? {name};"));
                arguments.push(format!("{name}: {name}"));
            }
            Member::Field(part) => {
                let name = part.name;
                let ty = part.ty();
                match part.storage() {
                    Storage::Plain => locals.push(format!("{ty} {name} = {};", part.element.zero)),
                    Storage::Nullable => locals.push(format!("{ty} {name};")),
                    Storage::Map => locals.push(format!("{}? {name};", part.read_map())),
                    Storage::Boxed | Storage::Required | Storage::List => {
                        locals.push(format!("{ty}? {name};"));
                    }
                }
                arguments.push(match part.storage() {
                    Storage::List => format!("{name}: xlc.seal({name}, const [])"),
                    Storage::Map => format!("{name}: {name} ?? const {{}}"),
                    Storage::Plain | Storage::Nullable | Storage::Boxed | Storage::Required => {
                        format!("{name}: {name}")
                    }
                });
            }
        }
    }
    let parts = class.parts();
    let mut arms: Vec<CaseView> = Vec::new();
    let mut nulls = Vec::new();
    for part in &parts {
        let number = part.field.number;
        arms.push(CaseView {
            value: number.unsigned_abs(),
            lines: read_field(class, part),
        });
        if part.element.takes_null() && matches!(part.field.shape, Shape::Singular { .. }) {
            nulls.push(number.to_string());
        }
    }
    let mut options = String::new();
    if !nulls.is_empty() {
        options.push_str(&format!(", takesNull: const {{{}}}", nulls.join(", ")));
    }
    if class.is_extendable() {
        let name = text::string(class.message.full_name.as_str());
        options.push_str(&format!(", extendee: {name}"));
        arguments.push("extensions: $extensions.take()".to_owned());
        locals.push("final $extensions = xlc.JsonExtensions();".to_owned());
    }
    let names = format!(
        "static final _$names = xlc.JsonNames({{{}}});",
        names(class.message).join(", ")
    );
    let rest = "$extensions.read($o.extension, $r);";
    FromJsonView {
        name: class.names.class.clone(),
        rest: class.is_extendable().then(|| rest.to_owned()),
        names,
        open: format!("final $o = $r.object(_$names{options});"),
        locals,
        arms,
        result: format!("return {}({});", class.maker(), arguments.join(", ")),
    }
}

fn read_field(class: &Class<'_>, part: &Part<'_>) -> Vec<String> {
    let element = &part.element;
    let name = part.name;
    let store = |to: &dyn Fn(&str) -> String| -> Vec<String> {
        if element.json_may_skip() {
            vec![
                format!("final $v = {};", element.read_json()),
                "if ($v != null) {".to_owned(),
                to("$v"),
                "}".to_owned(),
            ]
        } else {
            vec![to(&element.read_json())]
        }
    };
    if let Some(arm) = part.arm {
        let holder = class.holder(part);
        let mut lines = vec![format!("$r.onlyMember({holder});")];
        lines.extend(store(&|value| format!("{holder} = {arm}({value});")));
        return lines;
    }
    match part.field.shape {
        Shape::Singular { .. } => store(&|value| format!("{name} = {value};")),
        Shape::Repeated { .. } => {
            let mut lines = vec![
                format!("final $list = {name} ??= [];"),
                "for (var $more = $r.firstElement(); $more; $more = $r.nextElement()) {".to_owned(),
            ];
            lines.extend(store(&|value| format!("$list.add({value});")));
            lines.push("}".to_owned());
            lines
        }
        Shape::Map { key, .. } => {
            let key = match key {
                Scalar::String | Scalar::Bytes => "$key".to_owned(),
                Scalar::Bool => "$r.boolKey($key)".to_owned(),
                Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => "$r.int32Key($key)".to_owned(),
                Scalar::Uint32 | Scalar::Fixed32 => "$r.uint32Key($key)".to_owned(),
                Scalar::Uint64 | Scalar::Fixed64 => "$r.uint64Key($key)".to_owned(),
                Scalar::Int64
                | Scalar::Sint64
                | Scalar::Sfixed64
                | Scalar::Double
                | Scalar::Float => "$r.int64Key($key)".to_owned(),
            };
            let mut lines = vec![
                format!("final $map = {name} ??= xlc.ReadMap();"),
                "for (var $key = $r.firstKey(); $key != null; $key = $r.nextKey()) {".to_owned(),
                format!("final $k = $r.newKey($map, {key});"),
            ];
            lines.extend(store(&|value| format!("$map.put($k, {value});")));
            lines.push("}".to_owned());
            lines
        }
    }
}

/// The entries from a name to a number.
fn names(message: &Message) -> Vec<String> {
    let fields = message.fields_by_number();
    let mut entries = Vec::new();
    for (field, names) in fields.iter().zip(message.json_names()) {
        for name in names.read {
            entries.push(format!("{}: {}", text::string(name), field.number));
        }
    }
    entries
}
