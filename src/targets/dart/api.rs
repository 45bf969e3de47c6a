//! The names and types that Dart libraries let their users see: libraries, classes, members, enums. Spelled by what fills
//! the views; decides nothing of how versions are compared.

use super::class::{Class, Member, Part, Storage};
use super::library::{self, extension_types};
use super::symbols::Symbols;
use super::text;
use crate::compat::api::{Api, Item, Obligation, Owner, Source, Words};
use crate::compat::surface::Harm;
use crate::contract::{Contract, Enum, Extension, File, Message, OneofId, Type};

const WORDS: Words = Words {
    gone: "code that names it does not compile",
    changed: "code that relies on the old type does not compile",
    valued: "code that relies on the old value does something else",
    placed: "code that relies on the order does something else",
    options: &[],
};

const MISSED: Obligation = Obligation {
    harm: Harm::Error,
    what: "a `switch` that was exhaustive does not compile",
};

const REQUIRED: Obligation = Obligation {
    harm: Harm::Error,
    what: "a call of the constructor without it does not compile",
};

/// The surface of Dart code.
pub(super) fn surface() -> Source {
    let about = "Dart code written against the old libraries, with the new ones";
    Source::new("source.dart", about, WORDS, |contract| Ok(api(contract)))
}

fn api(contract: &Contract) -> Api {
    let symbols = Symbols::new(contract);
    let needs = contract.needs_required_check();
    let mut api = Api::default();
    for id in contract.generated_files() {
        let file = contract.file(id);
        let path = library::path(file);
        let signature = format!("library {path}");
        let item = Item::new(
            Owner::File(id),
            "library",
            path.as_str(),
            path.as_str(),
            signature,
        );
        let library = api.add(item);
        let mut of = OfFile {
            api: &mut api,
            contract,
            symbols: &symbols,
            file,
            library,
        };
        let types = symbols.file(id).types.as_str();
        let item = of.top(
            Owner::File(id),
            "variable",
            types,
            format!("FileTypes {types}"),
        );
        of.api.add(item);
        for enumeration in contract.enums_in(id) {
            of.enumeration(enumeration);
        }
        for message in contract.messages_in(id) {
            let needs_check = needs[message.id.index()];
            of.message(&Class::new(contract, &symbols, message, needs_check));
        }
        for extension in contract.extensions_in(id) {
            of.extension(extension);
        }
    }
    api
}

/// The names of one library.
struct OfFile<'a> {
    api: &'a mut Api,
    contract: &'a Contract,
    symbols: &'a Symbols,
    file: &'a File,
    library: usize,
}

impl OfFile<'_> {
    /// Something at the level of the library.
    fn top(&self, owner: Owner, kind: &'static str, name: &str, signature: String) -> Item {
        Item::new(owner, kind, name, name, signature).within(self.library)
    }

    /// Something inside of something else.
    fn inner(&mut self, holder: usize, item: Item) {
        let path = format!("{}.{}", self.api.items()[holder].path, item.name);
        self.api.add(Item { path, ..item }.within(holder));
    }

    fn enumeration(&mut self, of: &Enum) {
        let names = self.symbols.enumeration(of.id);
        let owner = Owner::Enum(of.id);
        let sort = if of.closed { "enum" } else { "sealed class" };
        let signature = format!("{sort} {}", names.class);
        let class = self
            .api
            .add(self.top(owner, "class", &names.class, signature));
        if !of.closed {
            for (sort, name) in [("enum", &names.known), ("final class", &names.unrecognized)] {
                let item = self.top(owner, "class", name, format!("{sort} {name}"));
                self.api.add(item);
            }
        }
        for (index, (value, name)) in of.values.iter().zip(&names.values).enumerate() {
            let owner = Owner::Value(of.id, index);
            let mut item = Item::new(owner, "value", name.as_str(), "", name.as_str());
            // A second name of a number is no further case.
            let first = of.values.iter().position(|it| it.number == value.number);
            item.obliges = (first == Some(index)).then_some(MISSED);
            self.inner(class, item.valued(value.number.to_string()));
        }
    }

    fn message(&mut self, class: &Class<'_>) {
        let message = class.message;
        let name = class.names.class.as_str();
        let signature = format!("final class {name}");
        let holder = self.top(Owner::Message(message.id), "class", name, signature);
        let holder = self.api.add(holder);
        for member in class.members() {
            match member {
                Member::Oneof(oneof, name, ty) => {
                    let owner = Owner::Oneof(message.id, oneof);
                    let item = Item::new(owner, "member", name, "", format!("{ty}? {name}"));
                    self.inner(holder, item.naming(Some((owner, ty.to_owned()))));
                }
                Member::Field(part) => self.field(holder, message, &part),
            }
        }
        for (index, (_, ty)) in class.names.oneofs.iter().enumerate() {
            let owner = Owner::Oneof(message.id, OneofId::new(index));
            let item = self.top(owner, "class", ty, format!("sealed class {ty}"));
            self.api.add(item);
        }
        for part in class.parts() {
            self.arm(message, &part);
        }
    }

    fn field(&mut self, holder: usize, message: &Message, part: &Part<'_>) {
        let owner = Owner::Field(message.id, part.field.number);
        let names = self.named(part);
        let ask = match part.storage() {
            Storage::Required => "required ",
            Storage::Plain | Storage::Nullable | Storage::Boxed | Storage::List | Storage::Map => {
                ""
            }
        };
        let signature = format!("{ask}{} {}", part.ty(), part.name);
        let mut item = Item::new(owner, "member", part.name, "", signature).naming(names.clone());
        item.obliges = (!ask.is_empty()).then_some(REQUIRED);
        item.value = match part.storage() {
            Storage::Plain | Storage::Boxed | Storage::Required => Some(part.absent()),
            Storage::Nullable | Storage::List | Storage::Map => None,
        };
        self.inner(holder, item);
        if let Some(name) = part.or_default {
            let signature = format!("{} get {name}", part.element.ty);
            let item = Item::new(owner, "member", name, "", signature).naming(names);
            self.inner(holder, item.valued(part.absent()));
        }
    }

    /// The class of a member of a oneof.
    fn arm(&mut self, message: &Message, part: &Part<'_>) {
        let Some(name) = part.arm else { return };
        let owner = Owner::Field(message.id, part.field.number);
        let mut item = self.top(owner, "class", name, format!("final class {name}"));
        item.obliges = Some(MISSED);
        let holder = self.api.add(item);
        let signature = format!("{} {}", part.element.ty, part.name);
        let item = Item::new(owner, "member", part.name, "", signature);
        let names = self.named(part);
        self.inner(holder, item.naming(names));
    }

    fn extension(&mut self, of: &Extension) {
        let name = self.symbols.extension(of.id);
        let (class, element, ty) = extension_types(self.contract, self.symbols, of);
        let signature = format!("Extension<{class}, {ty}> {name}");
        let names = owner_of(of.field.shape.value_type()).map(|it| (it, element.ty.clone()));
        let mut item = self.top(Owner::Extension(of.id), "variable", name, signature);
        let default = of.field.default.as_ref();
        item.value = default.map(|it| text::default(it, self.symbols.file(self.file.id).core));
        self.api.add(item.naming(names));
    }

    /// The type that a field holds, as this library spells it.
    fn named(&self, part: &Part<'_>) -> Option<(Owner, String)> {
        let owner = owner_of(part.field.shape.value_type())?;
        Some((owner, part.element.ty.clone()))
    }
}

fn owner_of(ty: Type) -> Option<Owner> {
    match ty {
        Type::Scalar(_) => None,
        Type::Message(id) => Some(Owner::Message(id)),
        Type::Enum(id) => Some(Owner::Enum(id)),
    }
}
