//! The files: which contract files become code, under which names, and what goes into each. Decides nothing about the
//! code of a message.

use std::collections::BTreeSet;

use super::extension;
use super::message::Maker;
use super::options::Options;
use super::symbols::{RUNTIME, Symbols, WELL_KNOWN, stem};
use super::text::{indent, string};
use super::views::{ClassView, FileView, TableView};
use crate::contract::{Contract, Enum, File, FileId, MessageId};
use crate::names::Case;

/// The paths of the generated files, one per contract file and no two the same, not even where case does not count.
pub(super) fn paths(contract: &Contract, files: &[FileId]) -> Vec<String> {
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_key(|&index| &contract.file(files[index]).path);
    let mut taken = BTreeSet::new();
    let mut paths = vec![String::new(); files.len()];
    for index in order {
        let source = &contract.file(files[index]).path;
        let directories = source
            .rsplit_once('/')
            .map_or("", |(directories, _)| directories);
        let parts: Vec<String> = directories
            .split('/')
            .filter(|part| !part.is_empty())
            .chain([stem(source)])
            .map(part)
            .collect();
        let mut path = parts.join("/");
        while !taken.insert(path.to_ascii_lowercase()) {
            path.push('_');
        }
        paths[index] = format!("{path}.g.cs");
    }
    paths
}

fn part(name: &str) -> String {
    let part = Case::Pascal.apply(name);
    if part.is_empty() {
        "_".to_owned()
    } else {
        part
    }
}

/// The view of a file.
pub(super) fn view(file: &File, maker: &Maker<'_>, generated: &[FileId]) -> FileView {
    FileView {
        source: file.path.clone(),
        namespace: maker.symbols.namespace(file.id).to_owned(),
        well_known: generated
            .iter()
            .any(|&id| maker.symbols.namespace(id) == WELL_KNOWN),
        class: class(file, maker.symbols, maker.options, generated),
        enums: file.enums.iter().map(|&id| maker.enumeration(id)).collect(),
        messages: file.messages.iter().map(|&id| maker.message(id)).collect(),
    }
}

fn class(file: &File, symbols: &Symbols<'_>, options: &Options, generated: &[FileId]) -> ClassView {
    let contract = symbols.contract;
    let place = symbols.top(file.id);
    let path = symbols.class(file.id);
    let enums = contract.enums_in(file.id).iter();
    let extensions = file.extensions.iter().map(|&id| contract.extension(id));
    ClassView {
        docs: vec![format!(
            "<summary>What the file <c>{}</c> declares.</summary>",
            file.path
        )],
        access: options.access.keyword().to_owned(),
        name: path.parts.concat(),
        tables: enums.map(|e| table(e, symbols.table(e.id))).collect(),
        extensions: extensions
            .filter_map(|extension| extension::declare(extension, symbols, options, &place))
            .collect(),
        registry: registry(file, symbols, generated),
    }
}

fn table(enumeration: &Enum, name: &str) -> TableView {
    let mut lines = vec![format!(
        "internal static readonly EnumTable {name} = new EnumTable({})",
        enumeration.closed
    )];
    let count = enumeration.values.len();
    let canonical: BTreeSet<usize> = enumeration.canonical_values().into_iter().collect();
    let values = enumeration.values.iter().enumerate();
    lines.extend(indent(values.map(|(index, value)| {
        let add = if canonical.contains(&index) {
            "Add"
        } else {
            "Alias"
        };
        let end = if index + 1 == count { ";" } else { "" };
        format!(".{add}({}, {}){end}", value.number, string(&value.name))
    })));
    TableView { lines }
}

/// What is added to the registry of a file: its imports, its messages and its extensions.
fn registry(file: &File, symbols: &Symbols<'_>, generated: &[FileId]) -> Vec<String> {
    let contract = symbols.contract;
    let place = symbols.top(file.id);
    let mut added: Vec<String> = Vec::new();
    for import in &file.imports {
        if generated.contains(&import.file) {
            let class = place.mention(&symbols.class(import.file));
            added.push(format!(".Add({class}.Types)"));
        }
    }
    for message in contract.messages_in(file.id) {
        let full_name = string(message.full_name.as_str());
        let class = place.mention(symbols.message(message.id));
        added.push(format!(".Add({full_name}, () => new {class}())"));
    }
    for extension in contract.extensions_in(file.id) {
        let name = extension::name(extension, symbols);
        added.push(match extension.scope {
            Some(scope) => format!(
                ".Add({}.Extensions.{name})",
                mention(symbols, scope, &place)
            ),
            None => format!(".Add({name})"),
        });
    }
    let mut lines =
        vec!["internal static readonly TypeRegistry All = new TypeRegistry()".to_owned()];
    lines.extend(indent(added));
    if let Some(last) = lines.last_mut() {
        last.push(';');
    }
    lines
}

fn mention(symbols: &Symbols<'_>, message: MessageId, place: &super::symbols::Place) -> String {
    place.mention(symbols.message(message))
}

/// The directory of the runtime.
pub(super) fn runtime_path(name: &str) -> String {
    format!("{RUNTIME}/{name}")
}
