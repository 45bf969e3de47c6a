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
    let directories = Directories::new(contract, symbols, files);
    let types = types(contract, symbols, files);
    let exports = exports(contract, symbols, &directories);
    exports
        .into_iter()
        .map(|(package, exported)| {
            let mut view = view(symbols, &package, &exported);
            if package.is_empty() {
                view.types = Some(types.clone());
            }
            view.runtime = runtime(package.len(), &view);
            (package, view)
        })
        .collect()
}

/// The directories of the output: their files, and what is in them beside.
struct Directories<'a> {
    files: BTreeMap<Vec<String>, Vec<&'a File>>,
    children: BTreeMap<Vec<String>, BTreeSet<String>>,
}

impl<'a> Directories<'a> {
    fn new(contract: &'a Contract, symbols: &Symbols, files: &BTreeSet<FileId>) -> Self {
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

        Self {
            files: modules,
            children,
        }
    }
}

/// What each package re-exports, with the file that it comes from: the names of its modules that no other module has
/// and no submodule is called by.
pub(super) fn exported(
    contract: &Contract,
    symbols: &Symbols,
    files: &BTreeSet<FileId>,
) -> BTreeMap<Vec<String>, Vec<(String, FileId)>> {
    exports(
        contract,
        symbols,
        &Directories::new(contract, symbols, files),
    )
}

fn exports(
    contract: &Contract,
    symbols: &Symbols,
    directories: &Directories<'_>,
) -> BTreeMap<Vec<String>, Vec<(String, FileId)>> {
    let of = |package: &Vec<String>, files: &Vec<&File>| {
        let mut places: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
        for file in files {
            for name in public_names(contract, symbols, file) {
                places.entry(name).or_default().push(file.id);
            }
        }
        let submodules = directories.children.get(package);
        let named = |name: &String| submodules.is_some_and(|it| it.contains(name));
        let unique = places
            .into_iter()
            .filter_map(|(name, files)| match files[..] {
                [file] if !named(&name) && !name.starts_with('_') && name != "TYPES" => {
                    Some((name, file))
                }
                _ => None,
            });
        (package.clone(), unique.collect())
    };
    let directories = directories.files.iter();
    directories
        .map(|(package, files)| of(package, files))
        .collect()
}

fn view(symbols: &Symbols, package: &[String], exported: &[(String, FileId)]) -> PackageView {
    let mut unique: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut names = Vec::new();
    for (name, file) in exported {
        let module = symbols.module(*file).last().cloned().unwrap_or_default();
        unique.entry(module.clone()).or_default().push(name.clone());
        names.push((name, module));
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
