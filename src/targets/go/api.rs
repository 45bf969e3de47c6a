//! The names and types that generated Go lets its users see: packages, types, fields, getters, constants. Spelled by the
//! same functions as the views; decides nothing of how versions are compared.

use super::file::{FileContext, Plan};
use super::message::extension_type;
use super::slot::{Holding, Slot};
use super::values;
use crate::compat::api::{Api, Item, Owner, Source, Words};
use crate::compat::delta::FileChange;
use crate::contract::{Enum, Extension, Field, Message, OneofId, Type};

const WORDS: Words = Words {
    gone: "code that names it does not compile",
    changed: "code that relies on the old type does not compile",
    valued: "code that relies on the old value does something else",
    placed: "code that relies on the order does something else",
    options: &[FileChange::GoPackage],
};

/// The surface of Go code.
pub(super) fn surface(options: super::Options) -> Source {
    let about = "Go code written against the old packages, with the new ones";
    Source::new("source.go", about, WORDS, move |contract| {
        Ok(api(&Plan::new(contract, &options)?))
    })
}

fn api(plan: &Plan<'_>) -> Api {
    let mut api = Api::default();
    for package in &plan.packages.list {
        let Some(&first) = package.files.first() else {
            continue;
        };
        let (path, signature) = (package.path.as_str(), format!("package {}", package.name));
        let item = Item::new(Owner::File(first), "package", path, path, signature);
        let index = api.add(item);
        for &id in &package.files {
            let file = FileContext::new(plan, id);
            let mut of = OfFile {
                api: &mut api,
                file: &file,
                package: index,
                prefix: &package.name,
            };
            for enumeration in plan.contract.enums_in(id) {
                of.enumeration(enumeration);
            }
            for message in plan.contract.messages_in(id) {
                of.message(message);
            }
            for extension in plan.contract.extensions_in(id) {
                of.extension(extension);
            }
        }
    }
    api
}

/// The names of one file.
struct OfFile<'a, 'p> {
    api: &'a mut Api,
    file: &'a FileContext<'p>,
    package: usize,
    prefix: &'a str,
}

impl OfFile<'_, '_> {
    /// Something at the level of the package.
    fn top(&mut self, owner: Owner, kind: &'static str, name: &str, signature: String) -> Item {
        let path = format!("{}.{name}", self.prefix);
        Item::new(owner, kind, name, path, signature).within(self.package)
    }

    fn enumeration(&mut self, of: &Enum) {
        let symbols = &self.file.plan.symbols;
        let ty = symbols.enums[of.id.index()].as_str();
        let owner = Owner::Enum(of.id);
        let item = self.top(owner, "type", ty, format!("type {ty} int32"));
        self.api.add(item);
        let parse = symbols.parsers[of.id.index()].as_str();
        let signature = format!("func {parse}(name string) ({ty}, error)");
        let item = self.top(owner, "function", parse, signature);
        self.api.add(item.naming(Some((owner, ty.to_owned()))));
        for (index, ident) in symbols.values[of.id.index()].iter().enumerate() {
            let owner = Owner::Value(of.id, index);
            let item = self.top(owner, "constant", ident, format!("{ident} {ty}"));
            let item = item.naming(Some((Owner::Enum(of.id), ty.to_owned())));
            self.api
                .add(item.valued(of.values[index].number.to_string()));
        }
    }

    fn message(&mut self, of: &Message) {
        let symbols = &self.file.plan.symbols;
        let ty = symbols.messages[of.id.index()].as_str();
        let members = &symbols.members[of.id.index()];
        let signature = format!("type {ty} struct");
        let item = self.top(Owner::Message(of.id), "type", ty, signature);
        let holder = self.api.add(item);
        let within = |owner, kind, name: &str, signature| {
            let path = format!("{}.{ty}.{name}", self.prefix);
            Item::new(owner, kind, name, path, signature).within(holder)
        };
        let slots = of.fields.iter().enumerate();
        let slots: Vec<Slot<'_>> = slots
            .map(|(index, field)| Slot::new(self.file, members, field, index))
            .collect();
        let mut items = Vec::new();
        for slot in &slots {
            let owner = Owner::Field(of.id, slot.field.number);
            let named = self.named(slot.field);
            if slot.field.oneof.is_none() {
                let signature = format!("{} {}", slot.ident, slot.go());
                let item = within(owner, "field", slot.ident.as_str(), signature);
                items.push(item.naming(named.clone()));
            }
            let getter = values::getter(ty, slot);
            let signature = format!("func {}() {}", getter.name, getter.result);
            let mut item = within(owner, "method", getter.name.as_str(), signature).naming(named);
            item.value = default(slot);
            items.push(item);
        }
        for (index, interface) in members.interfaces.iter().enumerate() {
            let owner = Owner::Oneof(of.id, OneofId::new(index));
            let names = Some((owner, interface.clone()));
            let ident = members.oneofs[index].as_str();
            let item = within(owner, "field", ident, format!("{ident} {interface}"));
            items.push(item.naming(names.clone()));
            let getter = members.oneof_getters[index].as_str();
            let signature = format!("func {getter}() {interface}");
            items.push(within(owner, "method", getter, signature).naming(names));
        }
        for item in items {
            self.api.add(item);
        }
        for (index, interface) in members.interfaces.iter().enumerate() {
            let owner = Owner::Oneof(of.id, OneofId::new(index));
            let signature = format!("type {interface} interface");
            let item = self.top(owner, "type", interface, signature);
            self.api.add(item);
        }
        for (slot, arm) in slots.iter().zip(&members.arms) {
            self.arm(of, slot, arm);
        }
    }

    /// The type of a member of a oneof, and its field.
    fn arm(&mut self, of: &Message, slot: &Slot<'_>, arm: &str) {
        if slot.field.oneof.is_none() {
            return;
        }
        let owner = Owner::Field(of.id, slot.field.number);
        let item = self.top(owner, "type", arm, format!("type {arm} struct"));
        let path = format!("{}.{}", item.path, slot.ident);
        let holder = self.api.add(item);
        let signature = format!("{} {}", slot.ident, slot.value.go);
        let item = Item::new(owner, "field", slot.ident.as_str(), path, signature);
        let named = self.named(slot.field);
        self.api.add(item.within(holder).naming(named));
    }

    fn extension(&mut self, of: &Extension) {
        let ident = self.file.plan.symbols.extensions[of.id.index()].as_str();
        let go = extension_type(self.file, of);
        let extendee = self.file.message_type(of.extendee);
        let signature = format!("var {ident} Extension[*{extendee}, {go}]");
        let named = self.named(&of.field);
        let item = self.top(Owner::Extension(of.id), "variable", ident, signature);
        self.api.add(item.naming(named));
    }

    /// The type that a field holds, as this file spells it.
    fn named(&self, field: &Field) -> Option<(Owner, String)> {
        match field.shape.value_type() {
            Type::Scalar(_) => None,
            Type::Message(id) => Some((Owner::Message(id), self.file.message_type(id))),
            Type::Enum(id) => Some((Owner::Enum(id), self.file.enum_type(id))),
        }
    }
}

/// What a getter returns for a field that is not set.
fn default(slot: &Slot<'_>) -> Option<String> {
    match slot.holding {
        Holding::Plain | Holding::Pointer { .. } | Holding::Arm { .. } => {
            let default = slot.default.as_ref()?;
            Some(slot.value.literal(Some(default)))
        }
        Holding::List { .. } | Holding::Map { .. } => None,
    }
}
