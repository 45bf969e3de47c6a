//! The names and types that the Python package lets its users see: modules, classes, attributes, what packages
//! re-export. Spelled by the same functions as the views; decides nothing of how versions are compared.

use super::build::{Attribute, attributes_of, base};
use super::class::{Class, Member, Module};
use super::symbols::Symbols;
use super::{extension, init, module, package};
use crate::compat::api::{Api, Item, Obligation, Owner, Source, Words};
use crate::compat::surface::Harm;
use crate::contract::{Contract, EnumId, Extension, File, FileId, MessageId, OneofId, Shape, Type};

const WORDS: Words = Words {
    gone: "using it is an `ImportError` or an `AttributeError`",
    changed: "type checkers refuse what relied on the old type, and values of it fail when they are used",
    valued: "code that relies on the old value does something else",
    placed: "positional patterns take another attribute",
    options: &[],
};

/// A type checker that watches over exhaustive matches finds one that is not.
const MISSED: Obligation = Obligation {
    harm: Harm::Hygiene,
    what: "type checkers refuse a `match` that was exhaustive",
};

/// The surface of Python code.
pub(super) fn surface() -> Source {
    let about = "Python code written against the old classes, with the new ones";
    Source::new("source.python", about, WORDS, |contract| Ok(api(contract)))
}

fn api(contract: &Contract) -> Api {
    let symbols = Symbols::new(contract);
    let mut api = Api::default();
    let files = contract.generated_files();
    let needs_check = contract.needs_required_check();
    let style = module::Style {
        needs_check: &needs_check,
        text_format: false,
    };
    for &id in &files {
        of_file(&mut api, contract, &symbols, style, contract.file(id));
    }
    for (package, names) in package::exported(contract, &symbols, &files) {
        for (name, file) in names {
            let Some(owner) = owner(contract, &symbols, file, &name) else {
                continue;
            };
            let path = joined(&package.join("."), &name);
            let item = Item::new(owner, "re-export", path.clone(), path, name);
            api.add(item);
        }
    }
    api
}

/// What a public name of a module is made for.
fn owner(contract: &Contract, symbols: &Symbols, file: FileId, name: &str) -> Option<Owner> {
    let of = contract.file(file);
    let mut messages = of.messages.iter();
    let message = messages.find(|&&id| symbols.message(id).name == name);
    let mut enums = of.enums.iter();
    let of_enum = enums.find(|&&id| symbols.enumeration(id).name == name);
    let mut extensions = contract.extensions_in(file);
    let mut extension = || extensions.find(|it| symbols.extension(it.id) == name);
    let message = message.map(|&id| Owner::Message(id));
    message
        .or(of_enum.map(|&id| Owner::Enum(id)))
        .or_else(|| extension().map(|it| Owner::Extension(it.id)))
}

fn of_file(
    api: &mut Api,
    contract: &Contract,
    symbols: &Symbols,
    style: module::Style<'_>,
    file: &File,
) {
    let path = symbols.module(file.id).join(".");
    let signature = format!("module {path}");
    let item = Item::new(
        Owner::File(file.id),
        "module",
        path.clone(),
        path,
        signature,
    );
    let module = api.add(item);
    let context = module::context(contract, symbols, style, file);
    let mut file = OfFile {
        api,
        module: &context,
    };
    let of = contract.file(context.file);
    for &id in &of.enums {
        file.enumeration(module, id);
    }
    for &id in &of.messages {
        file.message(module, id);
    }
    for extension in contract.extensions_in(context.file) {
        if extension.scope.is_none() {
            file.extension(module, extension);
        }
    }
}

/// The names of one module.
struct OfFile<'a, 'm> {
    api: &'a mut Api,
    module: &'m Module<'m>,
}

impl OfFile<'_, '_> {
    fn path(&self, holder: usize, name: &str) -> String {
        joined(&self.api.items()[holder].path, name)
    }

    fn add(&mut self, holder: usize, item: Item) -> usize {
        let path = self.path(holder, &item.name);
        self.api.add(Item { path, ..item }.within(holder))
    }

    fn enumeration(&mut self, holder: usize, id: EnumId) {
        let names = self.module.symbols.enumeration(id);
        let signature = format!("class {}(IntEnum)", names.name);
        let item = Item::new(Owner::Enum(id), "class", names.name.as_str(), "", signature);
        let class = self.add(holder, item);
        let enumeration = self.module.contract.enumeration(id);
        for (index, (value, name)) in enumeration.values.iter().zip(&names.values).enumerate() {
            let owner = Owner::Value(id, index);
            let mut item = Item::new(owner, "member", name.as_str(), "", name.as_str());
            item.obliges = enumeration.closed.then_some(MISSED);
            self.add(class, item.valued(value.number.to_string()));
        }
    }

    fn message(&mut self, holder: usize, id: MessageId) {
        let message = self.module.contract.message(id);
        let names = self.module.symbols.message(id);
        let class = Class {
            module: self.module,
            message,
            names,
            column: 0,
        };
        let base = base(
            message.well_known,
            message.message_set,
            message.is_extendable(),
        );
        let base = base.trim_start_matches("_x.");
        let signature = format!("class {}({base})", names.name);
        let owner = Owner::Message(id);
        let item = Item::new(owner, "class", names.name.as_str(), "", signature);
        let index = self.add(holder, item);
        for &inner in &message.enums {
            self.enumeration(index, inner);
        }
        for &inner in &message.messages {
            self.message(index, inner);
        }
        for (position, attribute) in attributes_of(&class).iter().enumerate() {
            let item = match attribute {
                Attribute::Field(member) => self.field(&class, id, member),
                Attribute::Oneof(oneof, name) => oneof_attribute(&class, id, *oneof, name),
            };
            let position = Some(position);
            self.add(index, Item { position, ..item });
        }
        for (oneof, alias) in names.aliases.iter().enumerate() {
            let owner = Owner::Oneof(id, OneofId::new(oneof));
            let signature = format!("{alias}: TypeAlias");
            self.add(
                index,
                Item::new(owner, "alias", alias.as_str(), "", signature),
            );
        }
        for member in class.members() {
            self.arm(index, &class, id, &member);
        }
        self.defaults(index, &class, id);
        for &id in &message.extensions {
            let extension = self.module.contract.extension(id);
            if !self.module.contract.is_option(extension) {
                self.extension(index, extension);
            }
        }
    }

    fn field(&self, class: &Class<'_>, id: MessageId, member: &Member<'_>) -> Item {
        let names = self.named(member.field.shape.value_type());
        let annotation = class.annotation(member, false).line();
        let owner = Owner::Field(id, member.field.number);
        let signature = format!("{}: {annotation}", member.name);
        let item = Item::new(owner, "attribute", member.name, "", signature).naming(names);
        match member.field.shape {
            Shape::Singular { .. } => item.valued(init::argument(class, member)),
            Shape::Repeated { .. } | Shape::Map { .. } => item,
        }
    }

    /// The class of a member of a oneof.
    fn arm(&mut self, holder: usize, class: &Class<'_>, id: MessageId, member: &Member<'_>) {
        let Some(name) = member.arm else { return };
        let types = class.value_types(&class.element(member.field), false);
        let signature = format!("{name}(value: {})", types.join(" | "));
        let owner = Owner::Field(id, member.field.number);
        let mut item = Item::new(owner, "case", name, "", signature);
        item.obliges = Some(MISSED);
        let names = self.named(member.field.shape.value_type());
        self.add(holder, item.naming(names));
    }

    /// The constants of explicit defaults.
    fn defaults(&mut self, holder: usize, class: &Class<'_>, id: MessageId) {
        for (index, field) in class.message.fields.iter().enumerate() {
            if let (Some(name), Some(default)) = (&class.names.defaults[index], &field.default) {
                let value = extension::default(self.module, field.shape, default);
                let owner = Owner::Field(id, field.number);
                let item = Item::new(owner, "constant", name.as_str(), "", name.as_str());
                self.add(holder, item.valued(value));
            }
        }
    }

    fn extension(&mut self, holder: usize, extension: &Extension) {
        let path = self.module.symbols.extension(extension.id);
        let name = path.rsplit('.').next().unwrap_or(path);
        let (key, arguments) = extension::key_type(self.module, extension, None);
        let key = key.trim_start_matches("_x.");
        let signature = format!("{name}: {key}[{}]", arguments.join(", "));
        let owner = Owner::Extension(extension.id);
        let names = self.named(extension.field.shape.value_type());
        let item = Item::new(owner, "extension", name, "", signature).naming(names);
        let default = extension.field.default.as_ref();
        let shape = extension.field.shape;
        let value = default.map(|it| extension::default(self.module, shape, it));
        self.add(holder, Item { value, ..item });
    }

    /// The class that a type is, as this module spells it.
    fn named(&self, ty: Type) -> Option<(Owner, String)> {
        match ty {
            Type::Scalar(_) => None,
            Type::Message(id) => Some((Owner::Message(id), self.module.message_path(id))),
            Type::Enum(id) => Some((Owner::Enum(id), self.module.enum_path(id))),
        }
    }
}

fn oneof_attribute(class: &Class<'_>, id: MessageId, oneof: OneofId, name: &str) -> Item {
    let annotation = class.oneof_annotation(oneof, false).line();
    let signature = format!("{name}: {annotation}");
    Item::new(Owner::Oneof(id, oneof), "attribute", name, "", signature).valued("None")
}

fn joined(outer: &str, name: &str) -> String {
    match outer.is_empty() {
        true => name.to_owned(),
        false => format!("{outer}.{name}"),
    }
}
