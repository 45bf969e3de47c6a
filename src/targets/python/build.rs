//! The views of classes: messages, enums, oneofs and the constructor.

use super::class::{Class, Element, Member, Module};
use super::layout::{Annotation, assign, bracketed, indented};
use super::text;
use super::view::{
    ArmView, AttributeView, EnumView, MergeView, MessageView, MissingView, TableView, ValueView,
    WrapperView,
};
use super::{json, read, write};
use crate::contract::{
    Default, Enum, EnumId, MessageId, OneofId, Presence, Scalar, Shape, Type, WellKnown,
};

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
    TableView {
        name: names.table.clone(),
        ty: names.path.clone(),
        entries: enumeration
            .values
            .iter()
            .map(|value| format!("{}: {},", text::string(&value.name), value.number))
            .collect(),
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
    let own_json = plain && has_plain_json(message.well_known);
    let attributes = attributes(&class);
    MessageView {
        name: names.name.clone(),
        base: base(
            message.well_known,
            message.message_set,
            message.is_extendable(),
        )
        .to_owned(),
        docs,
        members: slots(&class),
        full_name: assign(
            class.column,
            "_full_name",
            &text::string(message.full_name.as_str()),
        ),
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
        parameters: parameters(&class),
        assignments: assignments(&class),
        extendable: message.is_extendable(),
        read: plain.then(|| read::read(&class)),
        write: plain.then(|| write::write(&class)),
        merge: plain.then(|| merge(&class)),
        missing: (plain && module.needs_check[id.index()]).then(|| missing(&class)),
        to_dict: own_json.then(|| json::to_dict(&class)),
        from_dict: own_json.then(|| json::from_dict(&class)),
        wrapper: wrapper(message.well_known),
        is_struct: message.well_known == Some(WellKnown::Struct),
        is_value: message.well_known == Some(WellKnown::Value),
        is_list_value: message.well_known == Some(WellKnown::ListValue),
    }
}

/// Whether the JSON form is an object of the fields.
fn has_plain_json(well_known: Option<WellKnown>) -> bool {
    match well_known {
        None | Some(WellKnown::Empty) => true,
        Some(
            WellKnown::Any
            | WellKnown::Timestamp
            | WellKnown::Duration
            | WellKnown::Struct
            | WellKnown::Value
            | WellKnown::ListValue
            | WellKnown::FieldMask
            | WellKnown::Wrapper(_),
        ) => false,
    }
}

fn base(well_known: Option<WellKnown>, message_set: bool, extendable: bool) -> &'static str {
    match well_known {
        None | Some(WellKnown::Empty) if message_set => "_x.MessageSet",
        None | Some(WellKnown::Empty) if extendable => "_x.ExtendableMessage",
        None | Some(WellKnown::Empty) => "_x.Message",
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
enum Attribute<'a> {
    Field(Member<'a>),
    Oneof(OneofId, &'a str),
}

fn attributes_of<'a>(class: &Class<'a>) -> Vec<Attribute<'a>> {
    let mut seen = Vec::new();
    let mut attributes = Vec::new();
    for member in class.members() {
        match member.field.oneof {
            None => attributes.push(Attribute::Field(member)),
            Some(oneof) if !seen.contains(&oneof) => {
                seen.push(oneof);
                attributes.push(Attribute::Oneof(oneof, class.oneof(oneof)));
            }
            Some(_) => {}
        }
    }
    attributes
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
    for (number, names) in json::names(class) {
        for name in names {
            entries.push(format!("{}: {number},", text::string(name)));
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
                statement: default_statement(class, name, default, field.shape.value_type()),
                docs: text::quoted(vec![note]),
            });
        }
    }
    for &id in &class.message.extensions {
        views.push(AttributeView {
            statement: super::extension::declaration(class, id),
            docs: Vec::new(),
        });
    }
    views
}

/// The constant of a default. That of an enum gets its value when all classes are there.
fn default_statement(class: &Class<'_>, name: &str, default: &Default, ty: Type) -> String {
    let literal = match default {
        Default::Bool(true) => "True".to_owned(),
        Default::Bool(false) => "False".to_owned(),
        Default::Int(value) => value.to_string(),
        Default::Uint(value) => value.to_string(),
        Default::Float(value) => text::float(f64::from(*value)),
        Default::Double(value) => text::float(*value),
        Default::String(value) => text::string(value),
        Default::Bytes(value) => text::bytes(value),
        Default::Enum(_) => {
            let element = class.module.element(ty, true, false);
            let types = class.value_types(&element, true);
            let class_only = types.first().cloned().unwrap_or_default();
            return Annotation::generic("_t.ClassVar", vec![class_only]).statement(
                class.column,
                name,
                None,
            );
        }
    };
    assign(class.column, name, &literal)
}

/// Assignments behind the classes: the defaults of enum fields.
pub(super) fn enum_defaults(module: &Module<'_>, id: MessageId) -> Vec<String> {
    let message = module.contract.message(id);
    let names = module.symbols.message(id);
    let mut lines = Vec::new();
    for (index, field) in message.fields.iter().enumerate() {
        if let (Some(name), Some(Default::Enum(number)), Type::Enum(enumeration)) = (
            &names.defaults[index],
            &field.default,
            field.shape.value_type(),
        ) && let Some(value) = enum_member(module, enumeration, *number)
        {
            lines.push(assign(0, &format!("{}.{name}", names.path), &value));
        }
    }
    lines
}

/// The member of an enum with a number, as functions reach it.
pub(super) fn enum_member(module: &Module<'_>, id: EnumId, number: i32) -> Option<String> {
    let names = module.symbols.enumeration(id);
    let mut values = module.contract.enumeration(id).values.iter();
    let index = values.position(|value| value.number == number)?;
    Some(format!(
        "{}.{}",
        module.enum_path(id),
        names.values.get(index)?
    ))
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

fn parameters(class: &Class<'_>) -> Vec<String> {
    let column = class.column + 4;
    attributes_of(class)
        .iter()
        .map(|attribute| match attribute {
            Attribute::Field(member) => {
                let annotation = class.annotation(member, true);
                match member.field.shape {
                    Shape::Singular {
                        presence: Presence::Implicit,
                        ..
                    } => annotation.parameter(column, member.name, &initial(class, member)),
                    Shape::Singular { .. } => annotation.parameter(column, member.name, "None"),
                    Shape::Repeated { .. } | Shape::Map { .. } => {
                        annotation.or_none().parameter(column, member.name, "None")
                    }
                }
            }
            Attribute::Oneof(id, name) => class
                .oneof_annotation(*id, true)
                .parameter(column, name, "None"),
        })
        .collect()
}

/// The default argument of an implicit field.
fn initial(class: &Class<'_>, member: &Member<'_>) -> String {
    match class.element(member.field) {
        Element::Scalar(_, facts) => facts.zero.to_owned(),
        Element::Enum { default, .. } => default.to_string(),
        Element::Message { .. } => "None".to_owned(),
    }
}

fn assignments(class: &Class<'_>) -> Vec<String> {
    let column = class.column + 4;
    attributes_of(class)
        .iter()
        .map(|attribute| match attribute {
            Attribute::Field(member) => {
                let name = member.name;
                let target = format!("self.{name}");
                match (member.field.shape, class.element(member.field)) {
                    (Shape::Repeated { .. }, _) => conditional(column, &target, "[]", name),
                    (Shape::Map { .. }, _) => conditional(column, &target, "{}", name),
                    (
                        Shape::Singular {
                            presence: Presence::Implicit,
                            ..
                        },
                        Element::Enum { table, .. },
                    ) => super::layout::call(
                        column,
                        &format!("{target} = {table}.values.get"),
                        &[name, name],
                        "",
                    ),
                    (Shape::Singular { .. }, _) => assign(column, &target, name),
                }
            }
            Attribute::Oneof(_, name) => assign(column, &format!("self.{name}"), name),
        })
        .collect()
}

fn conditional(column: usize, target: &str, empty: &str, name: &str) -> String {
    let line = format!("{target} = {empty} if {name} is None else {name}");
    if super::layout::fits(column, &line) {
        return line;
    }
    let value = format!("{empty} if {name} is None else {name}");
    if super::layout::fits(column + 4, &value) {
        return format!("{target} = (\n    {value}\n)");
    }
    format!("{target} = (\n    {empty}\n    if {name} is None\n    else {name}\n)")
}

fn merge(class: &Class<'_>) -> MergeView {
    let mut statements = Vec::new();
    for attribute in attributes_of(class) {
        match attribute {
            Attribute::Oneof(_, name) => {
                statements.push(format!("if other.{name} is not None:"));
                let head = format!("    self.{name} = _x.merged_arm");
                let args = [format!("self.{name}"), format!("other.{name}")];
                let args = [args[0].as_str(), args[1].as_str()];
                let call = super::layout::call(class.column + 4, &head, &args, "");
                statements.push(call.replace('\n', "\n    "));
            }
            Attribute::Field(member) => merge_field(class, &member, &mut statements),
        }
    }
    MergeView {
        statements,
        extendable: class.message.is_extendable(),
    }
}

fn merge_field(class: &Class<'_>, member: &Member<'_>, statements: &mut Vec<String>) {
    let name = member.name;
    let element = class.element(member.field);
    let copy = indented(&assign(
        class.column + 8,
        &format!("self.{name}"),
        &format!("other.{name}"),
    ));
    match member.field.shape {
        Shape::Repeated { .. } => statements.push(format!("self.{name} += other.{name}")),
        Shape::Map { .. } => statements.push(format!("self.{name}.update(other.{name})")),
        Shape::Singular {
            presence: Presence::Implicit,
            ..
        } => {
            let is_float = matches!(&element, Element::Scalar(Scalar::Float | Scalar::Double, _));
            if is_float {
                // Negative zero is not the default.
                statements.push(format!("v = other.{name}"));
                statements.push("if v or _w.copysign(1, v) < 0:".to_owned());
                statements.push(format!("    self.{name} = v"));
            } else {
                statements.push(format!("if other.{name}:"));
                statements.push(copy);
            }
        }
        Shape::Singular { .. } => {
            statements.push(format!("if other.{name} is not None:"));
            match element {
                Element::Message { .. } => {
                    let head = format!("    self.{name} = _x.merged");
                    let args = [format!("self.{name}"), format!("other.{name}")];
                    let args = [args[0].as_str(), args[1].as_str()];
                    let call = super::layout::call(class.column + 4, &head, &args, "");
                    statements.push(call.replace('\n', "\n    "));
                }
                Element::Scalar(..) | Element::Enum { .. } => statements.push(copy),
            }
        }
    }
}

fn missing(class: &Class<'_>) -> MissingView {
    let mut view = MissingView {
        builtin: class.builtins(),
        required: Vec::new(),
        nested: Vec::new(),
        rest: if class.message.is_extendable() {
            "self._missing_extension()".to_owned()
        } else {
            "\"\"".to_owned()
        },
    };
    for member in class.members_by_number() {
        if member.field.presence() == Some(Presence::Required) {
            view.required.push(member.name.to_owned());
        }
    }
    for attribute in attributes_of(class) {
        let (name, ids) = match attribute {
            Attribute::Field(member) => (member.name, vec![member.field.shape.value_type()]),
            Attribute::Oneof(id, name) => {
                let members = class.message.members(id);
                (
                    name,
                    members.map(|field| field.shape.value_type()).collect(),
                )
            }
        };
        let nested = ids
            .iter()
            .any(|ty| matches!(ty, Type::Message(id) if class.module.needs_check[id.index()]));
        if nested {
            view.nested.push(name.to_owned());
        }
    }
    view
}
