//! The view of a message: its members, constructors and copy, and the views of its code.

use super::class::{Class, Member, Part, Storage, deprecated};
use super::options::Options;
use super::view::{
    ArmView, MemberView, MessageView, OneofView, TextView, WellKnownView, WrapperView,
};
use super::{json, place, text, text_format, value, wire};
use crate::contract::{Message, OneofId, WellKnown};

pub(super) fn view(class: &Class<'_>, options: &Options) -> MessageView {
    let message = class.message;
    let members = class.members();
    let mut docs = text::docs(&message.docs, &format!("`{}`.", message.full_name));
    docs.extend(deprecated(message.deprecated, class.core));
    MessageView {
        name: class.names.class.clone(),
        full_name: message.full_name.to_string(),
        docs,
        copy_with: class.names.copy_with.clone(),
        constructors: constructors(class, &members),
        empty: format!("{}()", class.maker()),
        type_class: if options.text_format {
            "TextMessageType"
        } else {
            "MessageType"
        },
        type_arguments: type_arguments(message, options),
        members: member_views(class, &members),
        oneofs: oneofs(class),
        copy_parameters: copy_parameters(class, &members),
        copy_defaults: copy_defaults(class, &members),
        copy: copy(class, &members),
        differences: value::differences(class, &members),
        hashes: value::hashes(class, &members),
        describe: value::describe(class, &members),
        encode: wire::encode(class),
        decode: wire::decode(class),
        to_json: json::to_json(class),
        from_json: json::from_json(class),
        places: place::places(class),
        missing: place::missing(class),
        text: options.text_format.then(|| TextView {
            fields: text_format::fields(class),
        }),
        extendee: class.is_extendable().then(|| message.full_name.to_string()),
        well_known: well_known(class),
    }
}

fn type_arguments(message: &Message, options: &Options) -> String {
    let name = text::string(message.full_name.as_str());
    let special = if message.has_plain_json() {
        ""
    } else {
        ", isWellKnown: true"
    };
    let text = if options.text_format { ", $text" } else { "" };
    format!("{name}, $empty, $decode, $readJson, $place{text}{special}")
}

fn well_known(class: &Class<'_>) -> WellKnownView {
    let which = class.message.well_known;
    let wrapper = class.message.fields.first().and_then(|_| {
        let part = class.parts().into_iter().next()?;
        matches!(which, Some(WellKnown::Wrapper(_))).then(|| WrapperView {
            name: class.names.class.clone(),
            write: part.element.write_json("value"),
            read: part.element.read_json(),
        })
    });
    WellKnownView {
        any: which == Some(WellKnown::Any),
        timestamp: which == Some(WellKnown::Timestamp),
        duration: which == Some(WellKnown::Duration),
        structure: which == Some(WellKnown::Struct),
        value: which == Some(WellKnown::Value),
        list_value: which == Some(WellKnown::ListValue),
        field_mask: which == Some(WellKnown::FieldMask),
        wrapper,
        plain: class.message.has_plain_json(),
    }
}

fn constructors(class: &Class<'_>, members: &[Member<'_>]) -> Vec<String> {
    let name = &class.names.class;
    let mut constructors = Vec::new();
    if class.has_required() {
        constructors.push(constructor(class, members, &format!("const {name}"), true));
        constructors.push(constructor(
            class,
            members,
            &format!("const {name}._"),
            false,
        ));
    } else {
        constructors.push(constructor(class, members, &format!("const {name}"), false));
    }
    constructors
}

fn constructor(class: &Class<'_>, members: &[Member<'_>], head: &str, asks: bool) -> String {
    let mut parameters = Vec::new();
    let mut initialisers = Vec::new();
    for member in members {
        match member {
            Member::Oneof(_, name, _) => parameters.push(format!("this.{name}")),
            Member::Field(part) => {
                let name = part.name;
                match part.storage() {
                    Storage::Plain => {
                        parameters.push(format!("this.{name} = {}", part.element.zero));
                    }
                    Storage::Nullable => parameters.push(format!("this.{name}")),
                    Storage::List => parameters.push(format!("this.{name} = const []")),
                    Storage::Map => parameters.push(format!("this.{name} = const {{}}")),
                    Storage::Boxed | Storage::Required => {
                        let ask = asks && part.storage() == Storage::Required;
                        parameters.push(if ask {
                            format!("required {} {name}", part.ty())
                        } else {
                            format!("{}? {name}", part.ty())
                        });
                        initialisers.push(format!("_{name} = {name}"));
                    }
                }
            }
        }
    }
    if class.is_extendable() {
        parameters.push("this.extensions = xlc.ExtensionSet.empty".to_owned());
    }
    parameters.push("this.unknownFields".to_owned());
    let parameters = parameters.join(", ");
    if initialisers.is_empty() {
        format!("{head}({{{parameters}}});")
    } else {
        format!("{head}({{{parameters}}}) : {};", initialisers.join(", "))
    }
}

fn member_views(class: &Class<'_>, members: &[Member<'_>]) -> Vec<MemberView> {
    let mut views = Vec::new();
    for member in members {
        match member {
            Member::Oneof(oneof, name, ty) => {
                let docs = &class.message.oneofs[oneof.index()].docs;
                views.push(MemberView {
                    docs: text::docs(docs, &format!("The member of `{name}` that is set.")),
                    lines: vec![format!("final {ty}? {name};")],
                });
            }
            Member::Field(part) => views.extend(field_members(part)),
        }
    }
    if class.is_extendable() {
        views.push(MemberView {
            docs: vec!["/// The extensions that are set.".to_owned()],
            lines: vec!["final xlc.ExtensionSet extensions;".to_owned()],
        });
    }
    views
}

fn field_members(part: &Part<'_>) -> Vec<MemberView> {
    let name = part.name;
    let ty = part.ty();
    let mut views = Vec::new();
    let mut lines = part.annotations();
    match part.storage() {
        Storage::Boxed | Storage::Required => {
            views.push(MemberView {
                docs: vec![],
                lines: vec![format!("final {ty}? _{name};")],
            });
            lines.push(format!("{ty} get {name} => _{name} ?? {};", part.absent()));
        }
        Storage::Plain | Storage::Nullable | Storage::List | Storage::Map => {
            lines.push(format!("final {ty} {name};"));
        }
    }
    views.push(MemberView {
        docs: part.docs(),
        lines,
    });
    if let Some(or_default) = part.or_default {
        let mut lines = part.annotations();
        let ty = &part.element.ty;
        lines.push(format!("{ty} get {or_default} {{"));
        lines.push(format!("return {} ?? {};", part.stored(), part.absent()));
        lines.push("}".to_owned());
        views.push(MemberView {
            docs: vec![format!("/// [{name}], or its default in the contract.")],
            lines,
        });
    }
    views
}

fn oneofs(class: &Class<'_>) -> Vec<OneofView> {
    let parts = class.parts();
    let view = |(index, oneof): (usize, &crate::contract::Oneof)| {
        let id = OneofId::new(index);
        let (_, name) = class.oneof(id);
        let arms = parts.iter().filter(|part| part.field.oneof == Some(id));
        OneofView {
            name: name.to_owned(),
            docs: text::docs(&oneof.docs, &format!("The members of `{}`.", oneof.name)),
            arms: arms
                .map(|part| {
                    let mut docs = part.docs();
                    docs.extend(part.annotations());
                    ArmView {
                        base: name.to_owned(),
                        name: part.arm.unwrap_or("").to_owned(),
                        docs,
                        value: part.name.to_owned(),
                        ty: part.element.ty.clone(),
                        shown: if part.field.redact {
                            "[REDACTED]".to_owned()
                        } else {
                            format!("${}", part.name)
                        },
                        number: part.field.number,
                        hash: part.element.hash(part.name),
                        same: part
                            .element
                            .same(part.name, &format!("$other.{}", part.name)),
                    }
                })
                .collect(),
        }
    };
    class.message.oneofs.iter().enumerate().map(view).collect()
}

/// The name and the type of every member, extensions and unknown fields included.
fn typed(class: &Class<'_>, members: &[Member<'_>]) -> Vec<(String, String)> {
    let mut typed: Vec<(String, String)> = members
        .iter()
        .map(|member| match member {
            Member::Oneof(_, name, ty) => ((*name).to_owned(), format!("{ty}?")),
            Member::Field(part) => (part.name.to_owned(), part.ty()),
        })
        .collect();
    if class.is_extendable() {
        typed.push(("extensions".to_owned(), "xlc.ExtensionSet".to_owned()));
    }
    let bytes = format!("{}Uint8List?", class.core);
    typed.push(("unknownFields".to_owned(), bytes));
    typed
}

fn copy_parameters(class: &Class<'_>, members: &[Member<'_>]) -> String {
    let parameters: Vec<String> = typed(class, members)
        .iter()
        .map(|(name, ty)| format!("{ty} {name}"))
        .collect();
    format!("{} call({{{}}});", class.names.class, parameters.join(", "))
}

fn copy_defaults(class: &Class<'_>, members: &[Member<'_>]) -> String {
    let parameters: Vec<String> = typed(class, members)
        .iter()
        .map(|(name, _)| format!("{}Object? {name} = xlc.unset", class.core))
        .collect();
    format!(
        "{} call({{{}}}) {{",
        class.names.class,
        parameters.join(", ")
    )
}

fn copy(class: &Class<'_>, members: &[Member<'_>]) -> String {
    let mut arguments = Vec::new();
    for (name, _) in typed(class, members) {
        let stored = members.iter().find_map(|member| match member {
            Member::Field(part) if part.name == name => Some(part.stored()),
            Member::Field(_) | Member::Oneof(..) => None,
        });
        let stored = stored.unwrap_or_else(|| name.clone());
        arguments.push(format!("{name}: xlc.given({name}, _from.{stored})"));
    }
    format!("return {}({});", class.maker(), arguments.join(", "))
}
