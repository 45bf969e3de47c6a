//! The view of a module: its imports, classes, tables and extensions.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::class::Module;
use super::symbols::Symbols;
use super::text;
use super::view::{ExtensionView, MessageView, ModuleView};
use super::{build, defaults, extension};
use crate::contract::{Contract, Docs, File};

/// The view of the module of a file.
pub(super) fn module(
    contract: &Contract,
    symbols: &Symbols,
    needs_check: &[bool],
    file: &File,
) -> ModuleView {
    let module = Module {
        contract,
        symbols,
        file: file.id,
        needs_check,
        heads: RefCell::new(BTreeSet::new()),
        uses_builtins: Cell::new(false),
        hidden: RefCell::new(BTreeSet::new()),
    };
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
    let heads: Vec<String> = module
        .heads
        .borrow()
        .iter()
        .map(|tag| format!("_H{tag} = _w.heads({tag})"))
        .collect();
    let imports = Imports {
        module: &module,
        file,
        has_enums: !tables.is_empty(),
        has_extensions,
    };
    let mut docs = text::docstring(&package_docs(file), file.options.deprecated, &[]);
    if !docs.is_empty() {
        docs.push(String::new());
    }
    ModuleView {
        source: file.path.clone(),
        docs,
        imports: imports.lines(&messages),
        visible: module
            .hidden
            .borrow()
            .iter()
            .map(|name| format!("_self_{name} = {name}"))
            .collect(),
        has_classes: !(enums.is_empty() && messages.is_empty()),
        has_tail: !(module.hidden.borrow().is_empty()
            && heads.is_empty()
            && tables.is_empty()
            && extensions.is_empty()),
        enums,
        messages,
        heads,
        tables,
        extensions,
    }
}

/// What a file says about itself at its `syntax` and `package` lines.
fn package_docs(file: &File) -> Docs {
    if file.package_docs.lines().is_empty() {
        file.docs.clone()
    } else {
        file.package_docs.clone()
    }
}

struct Imports<'a> {
    module: &'a Module<'a>,
    file: &'a File,
    has_enums: bool,
    has_extensions: bool,
}

impl Imports<'_> {
    fn lines(&self, messages: &[MessageView]) -> Vec<String> {
        let any = |wanted: fn(&MessageView) -> bool| messages.iter().any(|it| holds(it, wanted));
        let has_read = any(|it| it.read.is_some());
        let has_json = any(|it| {
            it.to_dict.is_some()
                || it.wrapper.is_some()
                || it.is_struct
                || it.is_list_value
                || it.is_value
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
            ("kinds", "_k", self.has_extensions),
            ("protojson", "_j", has_json),
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
}

impl Relative {
    fn line(&self) -> String {
        let dots = ".".repeat(self.dots);
        format!(
            "from {dots}{} import {} as {}",
            self.package, self.name, self.alias
        )
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
            while let Some(digit) = rest.peek().and_then(|c| c.to_digit(10)) {
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
