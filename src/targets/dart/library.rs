//! The view of a library: one .proto file with its imports, enums, messages and extensions.

use std::collections::BTreeSet;

use super::class::{Class, deprecated};
use super::element::Element;
use super::message;
use super::options::Options;
use super::symbols::Symbols;
use super::text;
use super::view::{AliasView, EnumView, ExtensionView, LibraryView, NameView, ValueView};
use crate::contract::{Contract, Enum, Extension, File, Scalar, Shape, Type};

/// The path of the library of a file.
pub(super) fn path(file: &File) -> String {
    let path = file.path.strip_suffix(".proto").unwrap_or(&file.path);
    format!("{path}.pb.dart")
}

pub(super) fn view(
    contract: &Contract,
    symbols: &Symbols,
    file: &File,
    needs: &[bool],
    options: &Options,
) -> LibraryView {
    let names = symbols.file(file.id);
    let messages: Vec<_> = contract
        .messages_in(file.id)
        .iter()
        .map(|it| {
            let class = Class::new(contract, symbols, it, needs[it.id.index()]);
            message::view(&class, options)
        })
        .collect();
    let enums = contract.enums_in(file.id).iter();
    let declared: Vec<_> = contract.extensions_in(file.id).collect();
    let extensions: Vec<_> = declared
        .iter()
        .map(|it| extension(contract, symbols, it))
        .collect();
    let types = messages
        .iter()
        .map(|it| format!("{}.$type", it.name))
        .chain(
            declared
                .iter()
                .map(|it| symbols.extension(it.id).to_owned()),
        )
        .collect::<Vec<_>>();
    let uses_bytes = !messages.is_empty() || declared.iter().any(|it| holds_bytes(it));
    LibraryView {
        source: file.path.clone(),
        docs: file_docs(file),
        imports: imports(
            contract,
            symbols,
            file,
            uses_bytes,
            options.text_format && !messages.is_empty(),
        ),
        exports: exports(contract, symbols, file),
        core: names.core.to_owned(),
        types: format!(
            "final xlc.FileTypes {} = xlc.FileTypes([{}]);",
            names.types,
            types.join(", ")
        ),
        enums: enums
            .map(|it| enumeration(symbols, it, names.core))
            .collect(),
        extensions,
        messages,
    }
}

fn holds_bytes(extension: &Extension) -> bool {
    extension.field.shape.value_type() == Type::Scalar(Scalar::Bytes)
}

fn file_docs(file: &File) -> Vec<String> {
    text::docs(file.own_docs(), &format!("The types of `{}`.", file.path))
}

/// The way from one file to another, both relative to the output directory.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let directories = from.len() - 1;
    let shared = (0..directories.min(to.len() - 1))
        .take_while(|&index| from[index] == to[index])
        .count();
    let mut parts = vec![".."; directories - shared];
    parts.extend(&to[shared..]);
    parts.join("/")
}

fn imports(
    contract: &Contract,
    symbols: &Symbols,
    file: &File,
    bytes: bool,
    text_format: bool,
) -> Vec<String> {
    let names = symbols.file(file.id);
    let own = path(file);
    let mut lines = Vec::new();
    if !names.core.is_empty() {
        lines.push("import 'dart:core';".to_owned());
        lines.push("import 'dart:core' as core;".to_owned());
    }
    if bytes {
        let prefix = if names.core.is_empty() {
            ""
        } else {
            " as core"
        };
        lines.push(format!("import 'dart:typed_data'{prefix};"));
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let runtime = relative(&own, "xlc/src/internal.dart");
    lines.push(format!("import {} as xlc;", text::string(&runtime)));
    if text_format {
        let text = relative(&own, "xlc/src/text_format.dart");
        lines.push(format!("import {} as xlc;", text::string(&text)));
    }
    for (&other, prefix) in &names.prefixes {
        let target = relative(&own, &path(contract.file(other)));
        lines.push(format!("import {} as {prefix};", text::string(&target)));
    }
    lines
}

/// Public imports are passed on, except for names that are declared or passed on already.
fn exports(contract: &Contract, symbols: &Symbols, file: &File) -> Vec<String> {
    let mut taken = symbols.file(file.id).declared.clone();
    let own = path(file);
    let mut lines = Vec::new();
    for other in file.public_imports() {
        let seen = contract.seen_through(other).into_iter();
        let passed: BTreeSet<String> = seen
            .flat_map(|id| symbols.file(id).declared.iter().cloned())
            .collect();
        let hidden: Vec<&str> = passed.intersection(&taken).map(String::as_str).collect();
        let target = text::string(&relative(&own, &path(contract.file(other))));
        lines.push(export(&target, &hidden));
        taken.extend(passed);
    }
    lines
}

/// An export, as the formatter breaks it.
fn export(target: &str, hidden: &[&str]) -> String {
    const WIDTH: usize = 80;
    if hidden.is_empty() {
        return format!("export {target};");
    }
    let names = hidden.join(", ");
    let line = format!("export {target} hide {names};");
    if line.chars().count() <= WIDTH {
        line
    } else if "    hide ;".len() + names.len() <= WIDTH {
        format!("export {target}\n    hide {names};")
    } else {
        format!(
            "export {target}\n    hide\n        {};",
            hidden.join(",\n        ")
        )
    }
}

fn enumeration(symbols: &Symbols, enumeration: &Enum, core: &str) -> EnumView {
    let names = symbols.enumeration(enumeration.id);
    let mut values: Vec<ValueView> = Vec::new();
    let mut aliases = Vec::new();
    let mut by_name = Vec::new();
    let canonical = |number: i32| {
        let found = enumeration.canonical(number);
        found.map_or("", |index| names.values[index].as_str())
    };
    for (value, name) in enumeration.values.iter().zip(&names.values) {
        let mut docs = text::docs(&value.docs, &format!("`{}`.", value.name));
        docs.extend(deprecated(value.deprecated, core));
        let first = canonical(value.number);
        let literal = text::string(&value.name);
        by_name.push(NameView {
            literal: literal.clone(),
            value: first.to_owned(),
        });
        if first == name {
            values.push(ValueView {
                name: name.clone(),
                docs,
                number: value.number,
                known: if enumeration.closed {
                    name.clone()
                } else {
                    format!("{}.{name}", names.known)
                },
                declaration: format!("{name}({}, {literal}),", value.number),
            });
        } else {
            aliases.push(AliasView {
                name: name.clone(),
                docs,
                value: first.to_owned(),
            });
        }
    }
    if let Some(last) = values.last_mut() {
        last.declaration.pop();
        last.declaration.push(';');
    }
    let mut docs = text::docs(&enumeration.docs, &format!("`{}`.", enumeration.full_name));
    docs.extend(deprecated(enumeration.deprecated, core));
    EnumView {
        name: names.class.clone(),
        full_name: enumeration.full_name.to_string(),
        docs,
        known: names.known.clone(),
        unrecognized: (!enumeration.closed).then(|| names.unrecognized.clone()),
        values,
        aliases,
        names: by_name,
    }
}

fn extension(contract: &Contract, symbols: &Symbols, extension: &Extension) -> ExtensionView {
    let field = &extension.field;
    let names = symbols.file(extension.file);
    let extendee = contract.message(extension.extendee);
    let (class, element, ty) = extension_types(contract, symbols, extension);
    let kind = element.extension_kind();
    let kind = match field.shape {
        Shape::Repeated { packed, .. } => {
            let packed = if packed { ", packed: true" } else { "" };
            format!("xlc.Many({kind}{packed})")
        }
        Shape::Singular { .. } | Shape::Map { .. } => format!("xlc.Single({kind})"),
    };
    let default = match &field.default {
        Some(default) => format!(", defaultValue: {}", element.default(default)),
        None => String::new(),
    };
    let redact = if field.redact { ", redact: true" } else { "" };
    let mut docs = text::docs(&field.docs, &format!("`{}`.", extension.full_name));
    docs.extend(deprecated(field.deprecated, names.core));
    ExtensionView {
        docs,
        declaration: format!(
            "final xlc.Extension<{class}, {ty}> {} = xlc.Extension({}, {}, {}, {kind}{default}{redact});",
            symbols.extension(extension.id),
            text::string(extension.full_name.as_str()),
            text::string(extendee.full_name.as_str()),
            field.number,
        ),
    }
}

/// The class that an extension extends, its value, and the type that it holds.
pub(super) fn extension_types(
    contract: &Contract,
    symbols: &Symbols,
    extension: &Extension,
) -> (String, Element, String) {
    let names = symbols.file(extension.file);
    let element = Element::of(contract, symbols, extension.file, &extension.field);
    let extendee = contract.message(extension.extendee);
    let class = &symbols.message(extendee.id).class;
    let class = match names.prefixes.get(&extendee.file) {
        Some(prefix) => format!("{prefix}.{class}"),
        None => class.clone(),
    };
    let ty = match extension.field.shape {
        Shape::Repeated { .. } => format!("{}List<{}>", names.core, element.ty),
        Shape::Singular { .. } | Shape::Map { .. } => element.ty.clone(),
    };
    (class, element, ty)
}
