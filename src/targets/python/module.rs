//! The view of a module: its imports, classes, tables and extensions.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::class::Module;
use super::layout::{bracketed, fits};
use super::package::public_names;
use super::symbols::Symbols;
use super::text;
use super::view::{ExtensionView, MessageView, ModuleView};
use super::{build, defaults, extension, text_format};
use crate::contract::{Contract, File, FileId};

/// What holds for all modules of an output tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style<'a> {
    /// For each message, whether a required field can be missing in it.
    pub(super) needs_check: &'a [bool],
    /// Whether messages have a text format.
    pub(super) text_format: bool,
}

/// The module of a file, before anything is in it.
pub(super) fn context<'a>(
    contract: &'a Contract,
    symbols: &'a Symbols,
    style: Style<'a>,
    file: &File,
) -> Module<'a> {
    Module {
        contract,
        symbols,
        file: file.id,
        style,
        heads: RefCell::new(BTreeSet::new()),
        uses_zero: Cell::new(false),
        uses_builtins: Cell::new(false),
        hidden: RefCell::new(BTreeSet::new()),
    }
}

/// The view of the module of a file.
pub(super) fn module(
    contract: &Contract,
    symbols: &Symbols,
    style: Style<'_>,
    file: &File,
) -> ModuleView {
    let module = context(contract, symbols, style, file);
    let messages: Vec<MessageView> = file
        .messages
        .iter()
        .map(|&id| build::message(&module, id, 0))
        .collect();
    let enums: Vec<_> = file
        .enums
        .iter()
        .map(|&id| build::enumeration(&module, id))
        .collect();
    let mut tables: Vec<_> = Vec::new();
    let mut extensions: Vec<ExtensionView> = Vec::new();
    for enumeration in contract.enums_in(file.id) {
        tables.push(build::table(&module, enumeration));
    }
    for message in contract.messages_in(file.id) {
        for definition in defaults::enum_defaults(&module, message.id) {
            extensions.push(ExtensionView {
                definition,
                docs: Vec::new(),
            });
        }
    }
    let mut has_extensions = false;
    for extension in contract.extensions_in(file.id) {
        has_extensions = true;
        extensions.push(extension::definition(&module, extension));
    }
    let texts: Vec<String> = contract
        .messages_in(file.id)
        .iter()
        .filter(|_| style.text_format)
        .filter_map(|message| text_format::describe(&module, message.id))
        .collect();
    let zero = module.uses_zero.get().then(|| "_ZERO = 0.0".to_owned());
    let heads = module.heads.borrow();
    let heads = heads.iter().map(|tag| format!("_H{tag} = _p.heads({tag})"));
    let heads: Vec<String> = zero.into_iter().chain(heads).collect();
    let passed_on = passed_on(contract, symbols, file);
    let mut visible = exported(contract, symbols, file, &passed_on);
    visible.extend(
        module
            .hidden
            .borrow()
            .iter()
            .map(|name| format!("_self_{name} = {name}")),
    );
    let imports = Imports {
        module: &module,
        file,
        has_enums: !tables.is_empty(),
        has_kinds: has_extensions || texts.iter().any(|it| it.contains("_k.")),
        has_extensions,
        passed_on,
    };
    let mut docs = text::docstring(file.own_docs(), file.options.deprecated, &[]);
    if !docs.is_empty() {
        docs.push(String::new());
    }
    ModuleView {
        source: file.path.clone(),
        docs,
        imports: imports.lines(&messages),
        has_classes: !(enums.is_empty() && messages.is_empty()),
        has_tail: !(visible.is_empty()
            && heads.is_empty()
            && tables.is_empty()
            && extensions.is_empty()
            && texts.is_empty()),
        visible,
        enums,
        messages,
        heads,
        tables,
        extensions,
        texts,
    }
}

/// What a file passes on to its importers by `import public`, by the files that it comes from. What two files pass on
/// under one name is not passed on, nor what the file has itself.
fn passed_on(contract: &Contract, symbols: &Symbols, file: &File) -> BTreeMap<FileId, Vec<String>> {
    let mut names: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
    for id in contract.seen_through(file.id) {
        for name in public_names(contract, symbols, contract.file(id)) {
            names.entry(name).or_default().push(id);
        }
    }
    let mut found: BTreeMap<FileId, Vec<String>> = BTreeMap::new();
    for (name, files) in names {
        if let [id] = files[..]
            && id != file.id
        {
            found.entry(id).or_default().push(name);
        }
    }
    for names in found.values_mut() {
        names.sort_by(|a, b| member_order(a, b));
    }
    found
}

/// `__all__`, if the module passes anything on: its own names then have to be there as well.
fn exported(
    contract: &Contract,
    symbols: &Symbols,
    file: &File,
    passed_on: &BTreeMap<FileId, Vec<String>>,
) -> Vec<String> {
    if passed_on.is_empty() {
        return Vec::new();
    }
    let mut names: Vec<String> = passed_on.values().flatten().cloned().collect();
    names.extend(public_names(contract, symbols, file));
    names.sort_by(|a, b| all_order(a, b));
    let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    vec![bracketed(0, "__all__ = [", &names, "]")]
}

struct Imports<'a> {
    module: &'a Module<'a>,
    file: &'a File,
    has_enums: bool,
    has_extensions: bool,
    has_kinds: bool,
    passed_on: BTreeMap<FileId, Vec<String>>,
}

impl Imports<'_> {
    fn lines(&self, messages: &[MessageView]) -> Vec<String> {
        let any = |wanted: fn(&MessageView) -> bool| messages.iter().any(|it| holds(it, wanted));
        let has_read = any(|it| it.read.is_some());
        let has_json = any(|it| {
            it.to_json.is_some()
                || it.wrapper.is_some()
                || it.is_struct
                || it.is_list_value
                || it.is_value
        });
        let puts_json = any(|it| {
            let put = it.to_json.iter().flat_map(|it| &it.lines);
            it.wrapper.is_some()
                || it.is_struct
                || it.is_value
                || put.into_iter().any(|line| line.contains("_q."))
        });
        let has_fields = any(|it| {
            let mut written = it.write.iter().flat_map(|it| &it.fields);
            written.any(|field| field.extensions.is_empty())
        });
        let typed = |it: &MessageView| {
            let mut statements = it.attributes.iter().map(|it| &it.statement);
            statements.any(|statement| statement.contains("_t."))
        };
        let has_typing = has_read || any(typed);
        let mut lines = Vec::new();
        if self.module.uses_builtins.get() {
            lines.push("import builtins as _builtins".to_owned());
        }
        if self.has_enums {
            lines.push("import enum as _enum".to_owned());
        }
        if has_typing {
            lines.push("import typing as _t".to_owned());
        }
        let runtime = [
            (
                "gen",
                "_x",
                !messages.is_empty() || self.has_enums || self.has_extensions,
            ),
            ("kinds", "_k", self.has_kinds),
            ("protojson", "_j", has_json),
            ("put", "_p", has_fields),
            ("put_json", "_q", puts_json),
            (
                "text",
                "_f",
                self.module.style.text_format && !messages.is_empty(),
            ),
            ("wire", "_w", has_read),
        ];
        let runtime_module = |name: &str| vec!["_xlc".to_owned(), name.to_owned()];
        let mut relative: Vec<Relative> = runtime
            .into_iter()
            .filter(|&(_, _, used)| used)
            .map(|(name, alias, _)| self.relative(&runtime_module(name), alias))
            .collect();
        for (&other, alias) in self.module.symbols.aliases(self.file.id) {
            relative.push(self.relative(self.module.symbols.module(other), alias));
        }
        relative.extend(self.passed_on.iter().map(|(&file, names)| {
            let mut path = self.module.symbols.module(file).to_vec();
            path.extend(names.first().cloned());
            Relative {
                names: names.clone(),
                ..self.relative(&path, "")
            }
        }));
        relative.sort();
        if !lines.is_empty() && !relative.is_empty() {
            lines.push(String::new());
        }
        lines.extend(relative.iter().map(Relative::line));
        if has_read {
            lines.push(String::new());
            lines.push("if _t.TYPE_CHECKING:".to_owned());
            lines.push("    from typing_extensions import Self as _Self".to_owned());
        }
        lines
    }

    /// The import of a module from this one.
    fn relative(&self, to: &[String], alias: &str) -> Relative {
        let from = self.module.symbols.module(self.file.id);
        relative(from, to, alias)
    }
}

/// The import of a module as a name.
fn relative(from: &[String], to: &[String], alias: &str) -> Relative {
    let package = from.len().saturating_sub(1);
    let target = to.len().saturating_sub(1);
    let common = (0..package.min(target))
        .take_while(|&index| from[index] == to[index])
        .count();
    Relative {
        dots: package - common + 1,
        package: to[common..target].join("."),
        name: to.last().cloned().unwrap_or_default(),
        alias: alias.to_owned(),
        names: Vec::new(),
    }
}

/// Whether a message or one inside it is wanted.
fn holds(message: &MessageView, wanted: fn(&MessageView) -> bool) -> bool {
    wanted(message) || message.messages.iter().any(|inner| holds(inner, wanted))
}

/// `from ..package import name as alias`, ordered as ruff sorts imports.
#[derive(Debug, PartialEq, Eq)]
struct Relative {
    dots: usize,
    package: String,
    name: String,
    alias: String,
    /// The names that are imported under their own names, instead of one as another.
    names: Vec<String>,
}

impl Relative {
    fn line(&self) -> String {
        let from = format!("from {}{} import", ".".repeat(self.dots), self.package);
        if self.names.is_empty() {
            return format!("{from} {} as {}", self.name, self.alias);
        }
        let line = format!("{from} {}", self.names.join(", "));
        if fits(0, &line) {
            line
        } else {
            format!("{from} (\n    {},\n)", self.names.join(",\n    "))
        }
    }
}

impl Ord for Relative {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .dots
            .cmp(&self.dots)
            .then_with(|| natural(&self.package, &other.package))
            .then_with(|| member_order(&self.name, &other.name))
    }
}

impl PartialOrd for Relative {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Constants come before classes, and classes before all others.
fn kind(name: &str) -> u8 {
    let has_lower = name.chars().any(|c| c.is_ascii_lowercase());
    let has_upper = name.chars().any(|c| c.is_ascii_uppercase());
    if name.len() > 1 && has_upper && !has_lower {
        0
    } else if name.starts_with(|c: char| c.is_ascii_uppercase()) {
        1
    } else {
        2
    }
}

/// The order of imported names: constants, classes, all others.
pub(super) fn member_order(a: &str, b: &str) -> Ordering {
    kind(a).cmp(&kind(b)).then_with(|| natural(a, b))
}

/// The order of `__all__`: as [`member_order`], but case counts at once.
pub(super) fn all_order(a: &str, b: &str) -> Ordering {
    kind(a).cmp(&kind(b)).then_with(|| parts(a).cmp(&parts(b)))
}

/// Case does not count at first, and digits count as numbers.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    parts(&a.to_lowercase())
        .cmp(&parts(&b.to_lowercase()))
        .then_with(|| a.cmp(b))
}

/// The characters of a name, each run of digits as one number that sorts where its first digit would.
fn parts(text: &str) -> Vec<(char, u64)> {
    let mut parts = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let mut number = u64::from(c.to_digit(10).unwrap_or(0));
        if c.is_ascii_digit() {
            // After a zero, each digit counts for itself.
            while let Some(digit) = rest.peek().and_then(|c| c.to_digit(10))
                && c != '0'
            {
                number = number.saturating_mul(10).saturating_add(u64::from(digit));
                rest.next();
            }
            parts.push(('0', number));
        } else {
            parts.push((c, 0));
        }
    }
    parts
}
