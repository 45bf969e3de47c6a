//! The names and types that generated C# lets its users see: namespaces, classes, properties, constants. Spelled by what
//! fills the views; decides nothing of how versions are compared.

use std::collections::BTreeMap;

use super::extension;
use super::field::FieldCode;
use super::message::value_names;
use super::options::Options;
use super::symbols::{Place, Symbols};
use super::types::Value;
use crate::compat::api::{Api, Item, Owner, Source, Words};
use crate::compat::delta::FileChange;
use crate::contract::{
    Contract, EnumId, Extension, ExtensionId, Field, FileId, Message, MessageId, OneofId, Type,
};

const WORDS: Words = Words {
    gone: "code that names it does not compile",
    changed: "code that relies on the old type does not compile",
    valued: "code that relies on the old value does something else",
    placed: "code that relies on the order does something else",
    options: &[FileChange::CsharpNamespace],
};

/// The surface of C# code.
pub(super) fn surface(options: Options) -> Source {
    let about = "C# code written against the old classes, with the new ones";
    Source::new("source.csharp", about, WORDS, move |contract| {
        Ok(api(contract, &Symbols::new(contract, &options)))
    })
}

fn api(contract: &Contract, symbols: &Symbols<'_>) -> Api {
    let mut api = Api::default();
    let mut namespaces: BTreeMap<&str, usize> = BTreeMap::new();
    for id in contract.generated_files() {
        let name = symbols.namespace(id);
        let namespace = *namespaces.entry(name).or_insert_with(|| {
            let signature = format!("namespace {name}");
            api.add(Item::new(
                Owner::File(id),
                "namespace",
                name,
                name,
                signature,
            ))
        });
        let mut of = Maker {
            api: &mut api,
            contract,
            symbols,
        };
        of.file(namespace, id);
    }
    api
}

struct Maker<'a, 's> {
    api: &'a mut Api,
    contract: &'a Contract,
    symbols: &'a Symbols<'s>,
}

impl Maker<'_, '_> {
    fn add(&mut self, holder: usize, item: Item) -> usize {
        let path = format!("{}.{}", self.api.items()[holder].path, item.name);
        self.api.add(Item { path, ..item }.within(holder))
    }

    fn file(&mut self, namespace: usize, id: FileId) {
        let class = self.symbols.class(id).parts.concat();
        let signature = format!("static class {class}");
        let item = Item::new(Owner::File(id), "class", class, "", signature);
        let holder = self.add(namespace, item);
        let of = self.contract.file(id);
        let place = self.symbols.top(id);
        self.extensions(holder, "", &of.extensions, &place);
        for &id in &of.enums {
            self.enumeration(namespace, "", id);
        }
        for &id in &of.messages {
            self.message(namespace, "", id);
        }
    }

    fn enumeration(&mut self, holder: usize, prefix: &str, id: EnumId) {
        let name = self.symbols.enumeration(id).name();
        let signature = format!("enum {name}");
        let full = format!("{prefix}{name}");
        let class = self.add(
            holder,
            Item::new(Owner::Enum(id), "enum", full, "", signature),
        );
        let of = self.contract.enumeration(id);
        for (index, (value, name)) in of.values.iter().zip(value_names(of)).enumerate() {
            let owner = Owner::Value(id, index);
            let item = Item::new(owner, "value", name.as_str(), "", name.as_str());
            self.add(class, item.valued(value.number.to_string()));
        }
    }

    fn message(&mut self, holder: usize, prefix: &str, id: MessageId) {
        let of = self.contract.message(id);
        let name = self.symbols.message(id).name();
        let base = if of.is_extendable() {
            format!(" : ExtendableMessage<{name}>")
        } else {
            String::new()
        };
        let signature = format!("sealed partial class {name}{base}");
        let full = format!("{prefix}{name}");
        let class = self.add(
            holder,
            Item::new(Owner::Message(id), "class", full, "", signature),
        );
        let place = self.symbols.place(id);
        for code in FieldCode::all(of, self.symbols, &place) {
            self.field(class, of, &code);
        }
        let members = &self.symbols.members[id.index()];
        for (index, (name, ty)) in members.oneofs.iter().zip(&members.oneof_types).enumerate() {
            self.oneof(class, of, OneofId::new(index), name, ty);
        }
        self.extensions(class, "Extensions.", &of.extensions, &place);
        for &id in &of.enums {
            self.enumeration(class, "Types.", id);
        }
        for &id in &of.messages {
            self.message(class, "Types.", id);
        }
    }

    fn field(&mut self, class: usize, of: &Message, code: &FieldCode<'_>) {
        let owner = Owner::Field(of.id, code.field.number);
        let names = named(code.field, &code.value);
        if code.arm.is_none() {
            let name = code.property.as_str();
            let signature = format!("{} {name}", code.type_name());
            let item = Item::new(owner, "property", name, "", signature);
            self.add(class, item.naming(names.clone()));
        }
        if let Some((_, name, value)) = code.default_value() {
            let signature = format!("{} {name}", code.value.name);
            let item = Item::new(owner, "constant", name, "", signature).naming(names);
            self.add(class, item.valued(value));
        }
    }

    /// The property of a oneof, its class, and the classes of its members.
    fn oneof(&mut self, class: usize, of: &Message, id: OneofId, name: &str, ty: &str) {
        let owner = Owner::Oneof(of.id, id);
        let item = Item::new(owner, "property", name, "", format!("{ty}? {name}"));
        self.add(class, item.naming(Some((owner, ty.to_owned()))));
        let item = Item::new(owner, "class", ty, "", format!("abstract class {ty}"));
        let holder = self.add(class, item);
        let place = self.symbols.place_in_oneofs(of.id);
        for code in FieldCode::all(of, self.symbols, &place) {
            if code.field.oneof != Some(id) {
                continue;
            }
            let arm = code.arm.as_deref().unwrap_or_default();
            let arm = arm.rsplit('.').next().unwrap_or(arm);
            let owner = Owner::Field(of.id, code.field.number);
            let signature = format!("sealed class {arm}({} value)", code.value.name);
            let item = Item::new(owner, "class", arm, "", signature);
            self.add(holder, item.naming(named(code.field, &code.value)));
        }
    }

    fn extensions(&mut self, holder: usize, prefix: &str, ids: &[ExtensionId], place: &Place) {
        for &id in ids {
            let of = self.contract.extension(id);
            if !self.contract.is_option(of) {
                self.extension(holder, prefix, of, place);
            }
        }
    }

    fn extension(&mut self, holder: usize, prefix: &str, of: &Extension, place: &Place) {
        let (extendee, value, held) = extension::types(of, self.symbols, place);
        let name = extension::name(of, self.symbols);
        let signature = format!("Extension<{extendee}, {held}> {name}");
        let full = format!("{prefix}{name}");
        let item = Item::new(Owner::Extension(of.id), "key", full, "", signature);
        let mut item = item.naming(named(&of.field, &value));
        item.value = extension::unset(of.field.default.as_ref(), &value)
            .filter(|_| of.field.default.is_some());
        self.add(holder, item);
    }
}

/// The type that a field holds, as it is spelled there.
fn named(field: &Field, value: &Value) -> Option<(Owner, String)> {
    let owner = match field.shape.value_type() {
        Type::Scalar(_) => return None,
        Type::Message(id) => Owner::Message(id),
        Type::Enum(id) => Owner::Enum(id),
    };
    Some((owner, value.name.clone()))
}
