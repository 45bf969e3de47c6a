//! What the parts of one Go file share: the contract, the names in it, and the imports that they turn out to need.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Options;
use super::memory;
use super::names::POLICY;
use super::packages::{Packages, inside};
use super::symbols::Symbols;
use super::view::Import;
use crate::contract::{Contract, EnumId, FileId, MessageId};
use crate::diagnostics::Diagnostic;
use crate::names::{Candidate, Role, Scope};

/// A contract with everything that is decided about it before a file is written.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// The contract.
    pub(super) contract: &'a Contract,
    /// The options of the target.
    pub(super) options: &'a Options,
    /// Where files go.
    pub(super) packages: Packages,
    /// What things are called.
    pub(super) symbols: Symbols,
    /// By message: whether lists of it are read all at once.
    pub(super) elements: Vec<bool>,
    /// By message: whether a required field can be missing in it at any depth.
    pub(super) requires: Vec<bool>,
}

impl<'a> Plan<'a> {
    /// Decides it.
    ///
    /// # Errors
    /// If the options are not valid, or the contract cannot be laid out in packages.
    pub(super) fn new(
        contract: &'a Contract,
        options: &'a Options,
    ) -> Result<Self, Vec<Diagnostic>> {
        super::check_module(&options.module)?;
        let packages = Packages::lay_out(contract, &options.module)?;
        let symbols = Symbols::assign(contract, &packages);
        Ok(Self {
            contract,
            options,
            packages,
            symbols,
            elements: memory::elements(contract),
            requires: contract.holds_required(),
        })
    }
}

/// One Go file in the making.
#[derive(Debug)]
pub(super) struct FileContext<'a> {
    /// The whole.
    pub(super) plan: &'a Plan<'a>,
    package: usize,
    std: RefCell<BTreeSet<&'static str>>,
    others: RefCell<BTreeMap<usize, String>>,
    aliases: RefCell<Scope>,
}

impl<'a> FileContext<'a> {
    /// The Go file for a .proto file.
    pub(super) fn new(plan: &'a Plan<'a>, file: FileId) -> Self {
        Self {
            plan,
            package: plan.packages.index(file),
            std: RefCell::default(),
            others: RefCell::default(),
            aliases: RefCell::new(Scope::new(POLICY)),
        }
    }

    /// The contract.
    pub(super) fn contract(&self) -> &'a Contract {
        self.plan.contract
    }

    /// Whether text is copied out of the input.
    pub(super) fn copy_strings(&self) -> bool {
        self.plan.options.copy_strings
    }

    /// Notes that a package of the standard library is used.
    pub(super) fn needs(&self, path: &'static str) {
        self.std.borrow_mut().insert(path);
    }

    /// A message type as this file refers to it.
    pub(super) fn message_type(&self, id: MessageId) -> String {
        let package = self.plan.packages.index(self.contract().message(id).file);
        self.qualified(package, &self.plan.symbols.messages[id.index()])
    }

    /// An enum type as this file refers to it.
    pub(super) fn enum_type(&self, id: EnumId) -> String {
        let package = self
            .plan
            .packages
            .index(self.contract().enumeration(id).file);
        self.qualified(package, &self.plan.symbols.enums[id.index()])
    }

    fn qualified(&self, package: usize, ident: &str) -> String {
        if package == self.package {
            return ident.to_owned();
        }
        let mut others = self.others.borrow_mut();
        let alias = others.entry(package).or_insert_with(|| {
            self.aliases
                .borrow_mut()
                .take(Candidate {
                    role: Role::Module,
                    name: &alias(
                        &self.plan.packages.list[package].path,
                        &self.plan.packages.list[package].name,
                    ),
                    number: None,
                })
                .to_string()
        });
        format!("{alias}.{ident}")
    }

    /// The standard library's packages that are used, in order.
    pub(super) fn std_imports(&self) -> Vec<String> {
        self.std
            .borrow()
            .iter()
            .map(|&path| path.to_owned())
            .collect()
    }

    /// The generated packages that are used, and the runtime if `runtime` says so, in the order of their paths.
    pub(super) fn imports(&self, runtime: bool) -> Vec<Import> {
        let mut imports: Vec<Import> = self
            .others
            .borrow()
            .iter()
            .map(|(&package, alias)| {
                let package = &self.plan.packages.list[package];
                let last = package.path.rsplit('/').next();
                Import {
                    alias: (last != Some(alias)).then(|| alias.clone()),
                    path: package.path.clone(),
                }
            })
            .collect();
        if runtime {
            imports.push(Import {
                alias: None,
                path: inside(&self.plan.options.module, "internal/xlcrt"),
            });
        }
        imports.sort_by(|a, b| a.path.cmp(&b.path));
        imports
    }
}

/// The name by which a package is imported: its own, with what is before it if it is a mere version.
fn alias(path: &str, name: &str) -> String {
    let is_version = name
        .strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let before = path.rsplit('/').nth(1).unwrap_or_default();
    let before: String = before.chars().filter(char::is_ascii_alphanumeric).collect();
    if is_version && before.starts_with(|c: char| c.is_ascii_alphabetic()) {
        before + name
    } else {
        name.to_owned()
    }
}
