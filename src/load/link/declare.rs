//! Declares every name of every file in the symbol table and tells where a name is defined twice.

use super::{Linked, Symbol, SymbolId, Symbols};
use crate::diagnostics::{Diagnostic, codes};
use crate::load::convert::MAP_ENTRY;
use crate::load::descriptor::{EnumRef, FileProto, MessageRef, tag};
use crate::load::paths::{join, to_i32, to_u32};
use crate::wire;

/// A name that was taken already.
struct Clash {
    file: u32,
    symbol: Symbol,
    taken_by: SymbolId,
}

/// Fills the symbol table.
pub(super) fn declare(linked: &mut Linked, diagnostics: &mut Vec<Diagnostic>) {
    let mut clashes = Vec::new();
    let Linked { files, symbols } = linked;
    for (index, file) in files.iter_mut().enumerate() {
        Declarer {
            symbols,
            clashes: &mut clashes,
            file: to_u32(index),
            name: String::new(),
        }
        .file(&mut file.proto);
    }
    for clash in clashes {
        diagnostics.push(tell(linked, &clash));
    }
}

struct Declarer<'a> {
    symbols: &'a mut Symbols,
    clashes: &'a mut Vec<Clash>,
    file: u32,
    /// Scratch space in which full names are put together.
    name: String,
}

impl Declarer<'_> {
    fn file(&mut self, proto: &mut FileProto) {
        self.package(&proto.package);
        for index in 0..proto.messages.len() {
            self.message(proto, index);
        }
        for index in 0..proto.enums.len() {
            self.enumeration(proto, index);
        }
        for (index, extension) in proto.extensions.iter_mut().enumerate() {
            let scope = extension
                .scope
                .map(|scope| proto.messages[scope as usize].symbol);
            self.enter(scope, &proto.package);
            extension.symbol = self.insert(&extension.field.name, Symbol::Extension(to_u32(index)));
        }
        for (index, service) in proto.services.iter_mut().enumerate() {
            self.enter(None, &proto.package);
            let index = to_u32(index);
            service.symbol = self.insert(&service.name, Symbol::Service(index));
            self.push(&service.name);
            for (method_index, method) in service.methods.iter().enumerate() {
                self.insert(
                    &method.name,
                    Symbol::Method {
                        service: index,
                        index: to_u32(method_index),
                    },
                );
            }
        }
    }

    /// Every prefix of a package is a symbol too; many files share it.
    fn package(&mut self, package: &str) {
        if package.is_empty() {
            return;
        }
        let dots = package.match_indices('.').map(|(dot, _)| dot);
        for end in dots.chain([package.len()]) {
            if let Err(taken_by) = self
                .symbols
                .insert(&package[..end], self.file, Symbol::Package)
                && self.symbols.symbol(taken_by) != Symbol::Package
            {
                self.clashes.push(Clash {
                    file: self.file,
                    symbol: Symbol::Package,
                    taken_by,
                });
            }
        }
    }

    fn message(&mut self, proto: &mut FileProto, index: usize) {
        let reference = MessageRef {
            file: self.file,
            index: to_u32(index),
        };
        let parent = proto.messages[index].parent;
        let scope = parent.map(|parent| proto.messages[parent as usize].symbol);
        self.enter(scope, &proto.package);
        let message = &mut proto.messages[index];
        message.symbol = self.insert(&message.name, Symbol::Message(reference));
        self.push(&message.name);
        for (index, field) in message.fields.iter().enumerate() {
            let index = to_u32(index);
            self.insert(
                &field.name,
                Symbol::Field {
                    message: reference,
                    index,
                },
            );
        }
        for (index, oneof) in message.oneofs.iter().enumerate() {
            let index = to_u32(index);
            self.insert(
                &oneof.name,
                Symbol::Oneof {
                    message: reference,
                    index,
                },
            );
        }
    }

    fn enumeration(&mut self, proto: &mut FileProto, index: usize) {
        let reference = EnumRef {
            file: self.file,
            index: to_u32(index),
        };
        let parent = proto.enums[index].parent;
        let scope = parent.map(|parent| proto.messages[parent as usize].symbol);
        self.enter(scope, &proto.package);
        let enumeration = &mut proto.enums[index];
        enumeration.symbol = self.insert(&enumeration.name, Symbol::Enum(reference));
        for (index, value) in enumeration.values.iter().enumerate() {
            self.insert(
                &value.name,
                Symbol::EnumValue {
                    enumeration: reference,
                    index: to_u32(index),
                },
            );
        }
    }

    /// Makes the scope of a symbol, or the package, the one that names are put in.
    fn enter(&mut self, scope: Option<SymbolId>, package: &str) {
        self.name.clear();
        match scope {
            Some(scope) => self.name.push_str(self.symbols.name(scope)),
            None => self.name.push_str(package),
        }
    }

    fn push(&mut self, name: &str) {
        if !self.name.is_empty() {
            self.name.push('.');
        }
        self.name.push_str(name);
    }

    /// Declares a name in the current scope.
    fn insert(&mut self, name: &str, symbol: Symbol) -> SymbolId {
        let scope = self.name.len();
        self.push(name);
        let inserted = self.symbols.insert(&self.name, self.file, symbol);
        self.name.truncate(scope);
        match inserted {
            Ok(id) => id,
            Err(taken_by) => {
                self.clashes.push(Clash {
                    file: self.file,
                    symbol,
                    taken_by,
                });
                taken_by
            }
        }
    }
}

/// The path of a symbol's name in its file.
pub(super) fn name_path(proto: &FileProto, symbol: Symbol) -> Vec<i32> {
    match symbol {
        Symbol::Package => vec![tag::file::PACKAGE],
        Symbol::Message(message) => map_field(proto, message.index)
            .map(|(path, _)| path)
            .unwrap_or_else(|| join(&proto.message_path(message.index), &[tag::message::NAME])),
        Symbol::Field { message, index } => map_field(proto, message.index)
            .map(|(path, _)| path)
            .unwrap_or_else(|| {
                join(
                    &proto.message_path(message.index),
                    &[tag::message::FIELD, to_i32(index), tag::field::NAME],
                )
            }),
        Symbol::Oneof { message, index } => join(
            &proto.message_path(message.index),
            &[tag::message::ONEOF_DECL, to_i32(index), tag::oneof::NAME],
        ),
        Symbol::Enum(enumeration) => join(
            &proto.enum_path(enumeration.index),
            &[tag::enumeration::NAME],
        ),
        Symbol::EnumValue { enumeration, index } => join(
            &proto.enum_path(enumeration.index),
            &[
                tag::enumeration::VALUE,
                to_i32(index),
                tag::enum_value::NAME,
            ],
        ),
        Symbol::Extension(extension) => join(&proto.extension_path(extension), &[tag::field::NAME]),
        Symbol::Service(service) => {
            vec![tag::file::SERVICE, to_i32(service), tag::service::NAME]
        }
        Symbol::Method { service, index } => vec![
            tag::file::SERVICE,
            to_i32(service),
            tag::service::METHOD,
            to_i32(index),
            tag::method::NAME,
        ],
    }
}

/// The path and the name of the map field that a message was made for. Such a message stands nowhere itself.
fn map_field(proto: &FileProto, message: u32) -> Option<(Vec<i32>, &str)> {
    let entry = &proto.messages[message as usize];
    if wire::last_varint(entry.options.bytes(), MAP_ENTRY) != Some(1) {
        return None;
    }
    let parent = entry.parent?;
    let fields = &proto.messages[parent as usize].fields;
    // Of two fields whose entries have one name, each has its own: they stand in the order of the fields.
    let earlier = proto.messages[..message as usize]
        .iter()
        .filter(|other| other.parent == Some(parent) && other.name == entry.name)
        .count();
    let of_entry = |type_name: &str| type_name.rsplit('.').next() == Some(entry.name.as_str());
    let (position, field) = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| of_entry(&field.type_name))
        .nth(earlier)?;
    let tail = [tag::message::FIELD, to_i32(position), tag::field::NAME];
    Some((join(&proto.message_path(parent), &tail), &field.name))
}

/// The diagnostic for a name that is defined twice.
fn tell(linked: &Linked, clash: &Clash) -> Diagnostic {
    let name = linked.symbols.name(clash.taken_by);
    let first = linked.symbols.symbol(clash.taken_by);
    let path = name_path(&linked.files[clash.file as usize].proto, clash.symbol);
    let first_file = &linked.files[linked.symbols.file(clash.taken_by) as usize];
    let diagnostic =
        Diagnostic::error(&codes::DUPLICATE_NAME, format!("`{name}` is defined twice"))
            .at(
                linked.span(clash.file, &path),
                format!("defined again as {}", clash.symbol.noun()),
            )
            .and(
                linked.declaration(clash.taken_by),
                format!("first defined as {}", first.noun()),
            )
            .in_file(linked.files[clash.file as usize].proto.path.clone());
    let diagnostic = if linked.declaration(clash.taken_by).is_none() {
        diagnostic.note(format!(
            "it is first defined as {} in `{}`",
            first.noun(),
            first_file.proto.path
        ))
    } else {
        diagnostic
    };
    let entry_of = |file: u32, symbol| match symbol {
        Symbol::Message(message) | Symbol::Field { message, .. } => {
            map_field(&linked.files[file as usize].proto, message.index)
        }
        Symbol::Package
        | Symbol::Oneof { .. }
        | Symbol::Enum(_)
        | Symbol::EnumValue { .. }
        | Symbol::Extension(_)
        | Symbol::Service(_)
        | Symbol::Method { .. } => None,
    };
    let diagnostic = match entry_of(clash.file, clash.symbol)
        .or_else(|| entry_of(linked.symbols.file(clash.taken_by), first))
    {
        Some((_, field)) => diagnostic.note(format!(
            "the map field `{field}` has a message for its entries, named after it"
        )),
        None => diagnostic,
    };
    if matches!(clash.symbol, Symbol::EnumValue { .. }) || matches!(first, Symbol::EnumValue { .. })
    {
        diagnostic
            .note("the values of an enum are siblings of the enum, not its children: their names must be unique in the scope around it")
            .help("give the value a prefix made of the enum's name")
    } else {
        diagnostic.help("rename one of the two")
    }
}
