//! The views of packages: what each `__init__.py` re-exports, and the table of all types in the root.

use std::collections::{BTreeMap, BTreeSet};

use super::module::{all_order, member_order, natural};
use super::symbols::Symbols;
use super::text::string;
use super::view::{ExtendeeView, PackageView, TypesView};
use crate::contract::{Contract, File, FileId};

/// The packages by their directories, the root first.
pub(super) fn packages(
    contract: &Contract,
    symbols: &Symbols,
    files: &BTreeSet<FileId>,
) -> BTreeMap<Vec<String>, PackageView> {
    let mut modules: BTreeMap<Vec<String>, Vec<&File>> = BTreeMap::new();
    modules.insert(Vec::new(), Vec::new());
    let mut children: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
    for &id in files {
        let module = symbols.module(id);
        for end in 0..module.len() {
            modules.entry(module[..end].to_vec()).or_default();
            children
                .entry(module[..end].to_vec())
                .or_default()
                .insert(module[end].clone());
        }
        if let Some((_, package)) = module.split_last() {
            modules
                .entry(package.to_vec())
                .or_default()
                .push(contract.file(id));
        }
    }
    let types = types(contract, symbols, files);
    modules
        .into_iter()
        .map(|(package, files)| {
            let taken = children.get(&package).cloned().unwrap_or_default();
            let mut view = view(contract, symbols, &package, &files, &taken);
            if package.is_empty() {
                view.types = Some(types.clone());
            }
            view.runtime = runtime(package.len(), &view);
            (package, view)
        })
        .collect()
}

/// A package re-exports the names of its modules that no other module has and no submodule is called by.
fn view(
    contract: &Contract,
    symbols: &Symbols,
    package: &[String],
    files: &[&File],
    submodules: &BTreeSet<String>,
) -> PackageView {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files {
        let module = symbols.module(file.id).last().cloned().unwrap_or_default();
        for name in public_names(contract, symbols, file) {
            places.entry(name).or_default().push(module.clone());
        }
    }
    let mut unique: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut names = Vec::new();
    for (name, modules) in places {
        if let ([module], false) = (modules.as_slice(), submodules.contains(&name))
            && !name.starts_with('_')
            && name != "TYPES"
        {
            unique.entry(module.clone()).or_default().push(name.clone());
            names.push((name, module.clone()));
        }
    }
    let mut all: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    if package.is_empty() {
        all.push("TYPES");
    }
    all.sort_by(|a, b| all_order(a, b));
    let all = all
        .iter()
        .map(|name| format!("{},", string(name)))
        .collect();
    let mut modules: Vec<(String, Vec<String>)> = unique.into_iter().collect();
    modules.sort_by(|a, b| natural(&a.0, &b.0));
    let mut imports = Vec::new();
    for (module, mut members) in modules {
        members.sort_by(|a, b| member_order(a, b));
        imports.push(format!("from .{module} import ("));
        imports.extend(members.iter().map(|name| format!("    {name},")));
        imports.push(")".to_owned());
    }
    PackageView {
        source: if package.is_empty() {
            "the contract".to_owned()
        } else {
            package.join("/")
        },
        runtime: Vec::new(),
        imports,
        names: all,
        places: names
            .iter()
            .map(|(name, module)| format!("{}: {},", string(name), string(&format!(".{module}"))))
            .collect(),
        types: None,
    }
}

/// The imports from the runtime, which lies in the root.
fn runtime(depth: usize, view: &PackageView) -> Vec<String> {
    let dots = ".".repeat(depth + 1);
    let mut lines = Vec::new();
    if !view.imports.is_empty() {
        lines.push(format!("from {dots}_xlc.lazy import exports as _exports"));
    }
    if view.types.is_some() {
        lines.push(format!("from {dots}_xlc.registry import Types as _Types"));
    }
    lines
}

/// The public names of a module.
pub(super) fn public_names(contract: &Contract, symbols: &Symbols, file: &File) -> Vec<String> {
    let messages = file
        .messages
        .iter()
        .map(|&id| symbols.message(id).name.clone());
    let enums = file
        .enums
        .iter()
        .map(|&id| symbols.enumeration(id).name.clone());
    let extensions = contract
        .extensions_in(file.id)
        .filter(|extension| extension.scope.is_none())
        .map(|extension| symbols.extension(extension.id).to_owned());
    messages.chain(enums).chain(extensions).collect()
}

/// Where every message and extension is.
fn types(contract: &Contract, symbols: &Symbols, files: &BTreeSet<FileId>) -> TypesView {
    let mut places = BTreeMap::new();
    let mut extendees: BTreeMap<&str, BTreeMap<i32, &str>> = BTreeMap::new();
    for &id in files {
        let module = format!(".{}", symbols.module(id).join("."));
        for message in contract.messages_in(id) {
            let path = &symbols.message(message.id).path;
            places.insert(message.full_name.as_str(), format!("{module}:{path}"));
        }
        for extension in contract.extensions_in(id) {
            let name = extension.full_name.as_str();
            places.insert(
                name,
                format!("{module}:{}", symbols.extension(extension.id)),
            );
            let extendee = contract.message(extension.extendee).full_name.as_str();
            let numbers = extendees.entry(extendee).or_default();
            numbers.insert(extension.field.number, name);
        }
    }
    TypesView {
        places: places
            .iter()
            .map(|(name, place)| format!("{}: {},", string(name), string(place)))
            .collect(),
        extendees: extendees
            .iter()
            .map(|(name, numbers)| ExtendeeView {
                name: string(name),
                entries: numbers
                    .iter()
                    .map(|(number, name)| format!("{number}: {},", string(name)))
                    .collect(),
            })
            .collect(),
    }
}
