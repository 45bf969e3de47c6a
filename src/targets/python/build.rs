//! The views of classes: messages, enums and the members of oneofs. What methods do is made elsewhere.

use super::class::{Class, Member, Module};
use super::layout::{Annotation, assign, bracketed};
use super::text;
use super::view::{
    ArmView, AttributeView, EnumView, MessageView, TableView, ValueView, WrapperView,
};
use super::{defaults, init, json, merge, read, to_json, write};
use crate::contract::{Enum, EnumId, Held, Message, MessageId, OneofId, WellKnown};

/// The view of an enum class.
pub(super) fn enumeration(module: &Module<'_>, id: EnumId) -> EnumView {
    let enumeration = module.contract.enumeration(id);
    let names = module.symbols.enumeration(id);
    let values = enumeration.values.iter().zip(&names.values);
    let mut docs = text::docstring(&enumeration.docs, enumeration.deprecated, &[]);
    if !docs.is_empty() {
        docs.push(String::new());
    }
    EnumView {
        name: names.name.clone(),
        docs,
        values: values
            .map(|(value, name)| ValueView {
                name: name.clone(),
                number: value.number,
                docs: text::docstring(&value.docs, value.deprecated, &[]),
            })
            .collect(),
    }
}

/// The view of an enum's table.
pub(super) fn table(module: &Module<'_>, enumeration: &Enum) -> TableView {
    let names = module.symbols.enumeration(enumeration.id);
    let canonical = enumeration.canonical_values();
    let (mut entries, mut aliases) = (Vec::new(), Vec::new());
    for (index, value) in enumeration.values.iter().enumerate() {
        let name = text::string(&value.name);
        if canonical.binary_search(&index).is_ok() {
            entries.push(format!("{}: {name},", value.number));
        } else {
            aliases.push(format!("{name}: {},", value.number));
        }
    }
    TableView {
        name: names.table.clone(),
        ty: names.path.clone(),
        entries,
        aliases,
    }
}

/// The view of a message class and of all that it holds.
pub(super) fn message(module: &Module<'_>, id: MessageId, column: usize) -> MessageView {
    let message = module.contract.message(id);
    let names = module.symbols.message(id);
    let class = Class {
        module,
        message,
        names,
        column: column + 4,
    };
    let mut docs = text::docstring(&message.docs, message.deprecated, &[]);
    if !docs.is_empty() {
        docs.push(String::new());
    }
    let plain = !message.message_set;
    let own_json = plain && message.has_plain_json();
    let attributes = attributes(&class);
    MessageView {
        name: names.name.clone(),
        head: head(module, &names.name, message, column),
        docs,
        members: slots(&class),
        full_name: assign(
            class.column,
            "_full_name",
            &text::string(message.full_name.as_str()),
        ),
        redacted: redacted(&class),
        fields_head: table_head(&class, "_fields", "int", "str"),
        numbers: numbers(&class),
        json_head: table_head(&class, "_json", "str", "int"),
        json_names: if own_json {
            json_names(&class)
        } else {
            Vec::new()
        },
        enums: message
            .enums
            .iter()
            .map(|&inner| enumeration(module, inner))
            .collect(),
        messages: message
            .messages
            .iter()
            .map(|&inner| self::message(module, inner, column + 4))
            .collect(),
        arms: arms(&class),
        aliases: aliases(&class),
        attributes,
        parameters: init::parameters(&class),
        assignments: init::assignments(&class),
        extendable: message.is_extendable(),
        read: plain.then(|| read::read(&class)),
        write: plain.then(|| write::write(&class)),
        merge: plain.then(|| merge::merge(&class)),
        missing: (plain && module.style.needs_check[id.index()]).then(|| merge::missing(&class)),
        to_json: own_json.then(|| to_json::to_json(&class)),
        from_dict: own_json.then(|| json::from_dict(&class)),
        wrapper: wrapper(message.well_known),
        is_struct: message.well_known == Some(WellKnown::Struct),
        is_value: message.well_known == Some(WellKnown::Value),
        is_list_value: message.well_known == Some(WellKnown::ListValue),
    }
}

/// The line that opens a class, which may have to be broken.
fn head(module: &Module<'_>, name: &str, message: &Message, column: usize) -> String {
    let extendable = message.is_extendable();
    let base = base(message.well_known, message.message_set, extendable);
    let bases: &[&str] = match (module.style.text_format, base) {
        (false, _) => &[base],
        (true, PLAIN) => &["_f.Text"],
        (true, _) => &[base, "_f.Text"],
    };
    bracketed(column, &format!("class {name}("), bases, "):")
}

/// The base of a message that is nothing more.
const PLAIN: &str = "_x.Message";

pub(super) fn base(
    well_known: Option<WellKnown>,
    message_set: bool,
    extendable: bool,
) -> &'static str {
    match well_known {
        None | Some(WellKnown::Empty) if message_set => "_x.MessageSet",
        None | Some(WellKnown::Empty) if extendable => "_x.ExtendableMessage",
        None | Some(WellKnown::Empty) => PLAIN,
        Some(WellKnown::Any) => "_x.AnyBase",
        Some(WellKnown::Timestamp) => "_x.TimestampBase",
        Some(WellKnown::Duration) => "_x.DurationBase",
        Some(WellKnown::Struct) => "_x.StructBase",
        Some(WellKnown::Value) => "_x.ValueBase",
        Some(WellKnown::ListValue) => "_x.ListValueBase",
        Some(WellKnown::FieldMask) => "_x.FieldMaskBase",
        Some(WellKnown::Wrapper(_)) => "_x.WrapperBase",
    }
}

fn wrapper(well_known: Option<WellKnown>) -> Option<WrapperView> {
    let Some(WellKnown::Wrapper(scalar)) = well_known else {
        return None;
    };
    let facts = super::types::facts(scalar, true);
    Some(WrapperView {
        put: facts.put_json.to_owned(),
        get: facts.get_json.to_owned(),
    })
}

/// An attribute of the class: a field outside oneofs, or a oneof at the place of its first member.
pub(super) enum Attribute<'a> {
    Field(Member<'a>),
    Oneof(OneofId, &'a str),
}

pub(super) fn attributes_of<'a>(class: &Class<'a>) -> Vec<Attribute<'a>> {
    let held = class.message.held(0..class.message.fields.len());
    held.into_iter()
        .map(|held| match held {
            Held::Field(index) => Attribute::Field(class.member(index)),
            Held::Oneof(oneof) => Attribute::Oneof(oneof, class.oneof(oneof)),
        })
        .collect()
}

fn slots(class: &Class<'_>) -> Vec<String> {
    let names: Vec<String> = attributes_of(class)
        .iter()
        .map(|attribute| match attribute {
            Attribute::Field(member) => format!("\"{}\",", member.name),
            Attribute::Oneof(_, name) => format!("\"{name}\","),
        })
        .collect();
    match names.as_slice() {
        [] => vec!["__slots__ = ()".to_owned()],
        [name] => vec![
            format!("__match_args__ = ({name})"),
            "__slots__ = __match_args__".to_owned(),
        ],
        _ => {
            let mut lines = vec!["__match_args__ = (".to_owned()];
            lines.extend(names.iter().map(|name| format!("    {name}")));
            lines.extend([")".to_owned(), "__slots__ = __match_args__".to_owned()]);
            lines
        }
    }
}

/// The statement that names the attributes whose values are kept out of logs; members of oneofs say so themselves.
fn redacted(class: &Class<'_>) -> Vec<String> {
    let members = class.members().into_iter();
    let names: Vec<String> = members
        .filter(|member| member.field.redact && member.arm.is_none())
        .map(|member| format!("\"{}\"", member.name))
        .collect();
    match names.as_slice() {
        [] => Vec::new(),
        [name] => vec![bracketed(
            class.column,
            "_redacted = (",
            &[&format!("{name},")],
            ")",
        )],
        names => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            vec![bracketed(class.column, "_redacted = (", &names, ")")]
        }
    }
}

/// The head of a table that belongs to the class.
fn table_head(class: &Class<'_>, name: &str, key: &str, value: &str) -> String {
    let (dict, key, value) = (
        class.spelled("dict"),
        class.spelled(key),
        class.spelled(value),
    );
    format!("{name}: _t.ClassVar[{dict}[{key}, {value}]] = {{")
}

fn numbers(class: &Class<'_>) -> Vec<String> {
    class
        .members_by_number()
        .iter()
        .map(|member| format!("{}: \"{}\",", member.field.number, member.name))
        .collect()
}

fn json_names(class: &Class<'_>) -> Vec<String> {
    let mut entries = Vec::new();
    let fields = class.message.fields_by_number();
    for (field, names) in fields.iter().zip(class.message.json_names()) {
        for name in names.read {
            entries.push(format!("{}: {},", text::string(name), field.number));
        }
    }
    entries
}

fn attributes(class: &Class<'_>) -> Vec<AttributeView> {
    let column = class.column;
    let mut views = Vec::new();
    for attribute in attributes_of(class) {
        views.push(match attribute {
            Attribute::Field(member) => AttributeView {
                statement: class
                    .annotation(&member, true)
                    .statement(column, member.name, None),
                docs: text::docstring(&member.field.docs, member.field.deprecated, &[]),
            },
            Attribute::Oneof(id, name) => AttributeView {
                statement: class
                    .oneof_annotation(id, true)
                    .statement(column, name, None),
                docs: text::docstring(&class.message.oneofs[id.index()].docs, false, &[]),
            },
        });
    }
    for (index, field) in class.message.fields.iter().enumerate() {
        if let (Some(name), Some(default)) = (&class.names.defaults[index], &field.default) {
            let note = format!("The default of `{}`.", class.names.fields[index]);
            views.push(AttributeView {
                statement: defaults::default_statement(
                    class,
                    name,
                    default,
                    field.shape.value_type(),
                ),
                docs: text::quoted(vec![note]),
            });
        }
    }
    let module = &class.module;
    let declared = class.message.extensions.iter();
    for &id in declared.filter(|&&id| !module.contract.is_option(module.contract.extension(id))) {
        views.push(AttributeView {
            statement: super::extension::declaration(class, id),
            docs: Vec::new(),
        });
    }
    views
}

fn arms(class: &Class<'_>) -> Vec<ArmView> {
    let mut views = Vec::new();
    for member in class.members() {
        let Some(name) = member.arm else { continue };
        let element = class.element(member.field);
        let annotation = Annotation {
            generic: None,
            union: class.value_types(&element, false),
        };
        let ty = annotation.line();
        let mut docs = text::docstring(&member.field.docs, member.field.deprecated, &[]);
        if !docs.is_empty() {
            docs.push(String::new());
        }
        let parameter = format!("value: {ty}");
        views.push(ArmView {
            name: name.to_owned(),
            docs,
            redacted: member.field.redact,
            statement: annotation.statement(class.column + 4, "value", None),
            signature: bracketed(
                class.column + 4,
                "def __init__(",
                &["self", &parameter],
                ") -> None:",
            ),
        });
    }
    views
}

fn aliases(class: &Class<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, alias) in class.names.aliases.iter().enumerate() {
        let arms: Vec<&str> = class
            .members()
            .iter()
            .filter(|member| member.field.oneof == Some(OneofId::new(index)))
            .filter_map(|member| member.arm)
            .collect();
        let joined = arms.join(" | ");
        let head = format!("{alias}: _t.TypeAlias");
        let line = format!("{head} = {joined}");
        lines.push(if super::layout::fits(class.column, &line) {
            line
        } else if super::layout::fits(class.column + 4, &joined) {
            format!("{head} = (\n    {joined}\n)")
        } else {
            format!("{head} = (\n    {}\n)", arms.join("\n    | "))
        });
    }
    lines
}
