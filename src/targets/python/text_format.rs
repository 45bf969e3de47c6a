//! The tables that the text format works from: of each message its fields, with their names and types. What the format
//! looks like is the runtime's business.

use super::class::{Element, Member, Module};
use super::layout::{call, fits, indented};
use super::text;
use super::types::facts;
use crate::contract::{Message, MessageId, Presence, Shape, Type};

/// The statement that gives a class its table, behind the classes; none if there is nothing to say.
pub(super) fn describe(module: &Module<'_>, id: MessageId) -> Option<String> {
    let message = module.contract.message(id);
    let names = module.symbols.message(id);
    let mut arguments = vec![names.path.clone()];
    for index in message.field_order() {
        let member = Member {
            field: &message.fields[index],
            name: &names.fields[index],
            arm: names.arms[index].as_deref(),
        };
        arguments.push(field(module, message, &member));
    }
    let reserved = &message.reserved.names;
    if !reserved.is_empty() {
        let mut names: Vec<String> = reserved.iter().map(|name| text::string(name)).collect();
        if let [name] = &mut names[..] {
            name.push(',');
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        arguments.push(call(4, "reserved=", &names, ""));
    }
    (arguments.len() > 1).then(|| {
        let lines: Vec<String> = arguments.iter().map(|it| indented(it)).collect();
        format!("_f.describe(\n{},\n)", lines.join(",\n"))
    })
}

/// The entry of a field.
fn field(module: &Module<'_>, holder: &Message, member: &Member<'_>) -> String {
    let field = member.field;
    let name = module.contract.text_name(holder, field);
    let value = module.element(field.shape.value_type(), field.verify_utf8, field.delimited);
    let mut arguments = vec![
        Call::plain(field.number.to_string()),
        Call::plain(text::string(name)),
    ];
    let function = match field.shape {
        _ if member.arm.is_some() => "_f.Member",
        Shape::Singular { ty, presence } => match (ty, presence) {
            (Type::Scalar(_) | Type::Enum(_), Presence::Implicit) => "_f.Implicit",
            (_, Presence::Explicit | Presence::Required) | (Type::Message(_), _) => "_f.Field",
        },
        Shape::Repeated { .. } => "_f.Many",
        Shape::Map { key, .. } => {
            let key = facts(key, field.verify_utf8).kind;
            arguments.push(Call::plain(format!("_k.{key}")));
            "_f.Map"
        }
    };
    arguments.push(kind(&value));
    if let (Some(arm), Some(oneof)) = (member.arm, field.oneof) {
        let names = module.symbols.message(holder.id);
        arguments.push(Call::plain(text::string(&names.oneofs[oneof.index()])));
        arguments.push(Call::plain(format!("{}.{arm}", names.path)));
    }
    if name != field.name {
        arguments.push(Call::plain(format!("also={}", text::string(&field.name))));
    }
    let (column, inner) = (4, 8);
    let lines: Vec<String> = arguments.iter().map(Call::line).collect();
    let joined = lines.join(", ");
    if fits(column, &format!("{function}({joined}),")) {
        return format!("{function}({joined})");
    }
    if fits(inner, &joined) {
        return format!("{function}(\n    {joined}\n)");
    }
    let lines: Vec<String> = arguments
        .iter()
        .map(|argument| indented(&argument.broken(inner)))
        .collect();
    format!("{function}(\n{},\n)", lines.join(",\n"))
}

/// An argument: a call of a function, or only the text in front of one.
struct Call {
    head: String,
    arguments: Option<Vec<String>>,
}

impl Call {
    fn plain(head: String) -> Self {
        Self {
            head,
            arguments: None,
        }
    }

    fn line(&self) -> String {
        match &self.arguments {
            None => self.head.clone(),
            Some(arguments) => format!("{}({})", self.head, arguments.join(", ")),
        }
    }

    /// The argument on a line of its own, or on several.
    fn broken(&self, column: usize) -> String {
        let Some(arguments) = &self.arguments else {
            return self.head.clone();
        };
        if fits(column, &format!("{},", self.line())) {
            return self.line();
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        call(column + 1, &self.head, &arguments, "")
    }
}

/// The runtime's object for a type.
fn kind(element: &Element) -> Call {
    let called = |function: &str, arguments: &[&String]| Call {
        head: format!("_k.{function}"),
        arguments: Some(arguments.iter().map(|&it| it.clone()).collect()),
    };
    match element {
        Element::Scalar(_, facts) => Call::plain(format!("_k.{}", facts.kind)),
        Element::Enum {
            table,
            closed,
            first,
            ..
        } => {
            let function = if *closed { "closed_enum" } else { "enum" };
            called(function, &[table, first])
        }
        Element::Message { class, group, .. } => {
            let function = if *group { "group" } else { "message" };
            called(function, &[class])
        }
    }
}
