//! Resolves the types that fields, extensions and methods name.

use super::resolve::{Lookup, Want, lookup};
use super::{Linked, Symbol, SymbolId};
use crate::diagnostics::{Diagnostic, codes};
use crate::load::descriptor::{FieldProto, FileProto, Kind, MessageRef, TypeRef, tag};
use crate::load::paths::{join, to_i32, to_u32};

/// What the names of one file stand for, in the order in which its elements are walked.
#[derive(Default)]
struct Resolved {
    fields: Vec<TypeRef>,
    extendees: Vec<Option<MessageRef>>,
    methods: Vec<Option<MessageRef>>,
}

/// Fills the `resolved` fields of all files.
pub(super) fn resolve(linked: &mut Linked, diagnostics: &mut Vec<Diagnostic>) {
    for index in 0..linked.files.len() {
        let mut resolver = Resolver {
            linked,
            diagnostics,
            file: to_u32(index),
            scratch: String::new(),
            from: String::new(),
        };
        let resolved = resolver.file();
        apply(&mut linked.files[index].proto, resolved);
    }
}

/// Writes what was resolved into the file, in the same order.
fn apply(proto: &mut FileProto, resolved: Resolved) {
    let fields = proto
        .messages
        .iter_mut()
        .flat_map(|message| &mut message.fields)
        .chain(
            proto
                .extensions
                .iter_mut()
                .map(|extension| &mut extension.field),
        );
    for (field, resolved) in fields.zip(resolved.fields) {
        field.resolved = resolved;
        match (field.kind, resolved) {
            (None, TypeRef::Message(_)) => field.kind = Some(Kind::Message),
            (None, TypeRef::Enum(_)) => field.kind = Some(Kind::Enum),
            (Some(_), _) | (None, TypeRef::None) => {}
        }
    }
    for (extension, extendee) in proto.extensions.iter_mut().zip(resolved.extendees) {
        extension.resolved_extendee = extendee;
    }
    let mut methods = resolved.methods.into_iter();
    for method in proto
        .services
        .iter_mut()
        .flat_map(|service| &mut service.methods)
    {
        method.resolved_input = methods.next().flatten();
        method.resolved_output = methods.next().flatten();
    }
}

/// After so many diagnostics names that were not found get no suggestion any more: each costs a walk over all names.
const MOST_SUGGESTIONS: usize = 200;

struct Resolver<'a> {
    linked: &'a Linked,
    diagnostics: &'a mut Vec<Diagnostic>,
    file: u32,
    scratch: String,
    /// The full name of the element that a name is looked up from.
    from: String,
}

impl Resolver<'_> {
    fn file(&mut self) -> Resolved {
        let linked = self.linked;
        let proto = &linked.files[self.file as usize].proto;
        let mut resolved = Resolved::default();
        for (index, message) in proto.messages.iter().enumerate() {
            for (position, field) in message.fields.iter().enumerate() {
                let path = || {
                    join(
                        &proto.message_path(to_u32(index)),
                        &[tag::message::FIELD, to_i32(position)],
                    )
                };
                resolved
                    .fields
                    .push(self.field(field, message.symbol, path));
            }
        }
        for (index, extension) in proto.extensions.iter().enumerate() {
            let scope = extension
                .scope
                .map(|scope| proto.messages[scope as usize].symbol);
            let path = || proto.extension_path(to_u32(index));
            let resolved_field = self.field(&extension.field, scope.unwrap_or_default(), path);
            resolved.fields.push(resolved_field);
            resolved
                .extendees
                .push(self.extendee(&extension.field, scope, path));
        }
        for (service_index, service) in proto.services.iter().enumerate() {
            for (index, method) in service.methods.iter().enumerate() {
                let path = |tag| {
                    vec![
                        tag::file::SERVICE,
                        to_i32(service_index),
                        tag::service::METHOD,
                        to_i32(index),
                        tag,
                    ]
                };
                self.enter(service.symbol, &method.name);
                for (name, tag) in [
                    (&method.input_type, tag::method::INPUT_TYPE),
                    (&method.output_type, tag::method::OUTPUT_TYPE),
                ] {
                    resolved.methods.push(self.message_type(name, || path(tag)));
                }
            }
        }
        resolved
    }

    /// Makes `scope.name` the place from which names are looked up; the placeholder id stands for the package.
    fn enter(&mut self, scope: SymbolId, name: &str) {
        let scope = if scope == SymbolId::default() {
            &self.linked.files[self.file as usize].proto.package
        } else {
            self.linked.symbols.name(scope)
        };
        self.from.clear();
        self.from.push_str(scope);
        if !scope.is_empty() {
            self.from.push('.');
        }
        self.from.push_str(name);
    }

    fn field(
        &mut self,
        field: &FieldProto,
        scope: SymbolId,
        path: impl FnOnce() -> Vec<i32>,
    ) -> TypeRef {
        if field.type_name.is_empty() {
            return TypeRef::None;
        }
        self.enter(scope, &field.name);
        let path = || join(&path(), &[tag::field::TYPE_NAME]);
        let Some(found) = self.find(&field.type_name, Want::Types) else {
            self.unknown(&field.type_name, Want::Types, path());
            return TypeRef::None;
        };
        match (self.linked.symbols.symbol(found), field.kind) {
            (Symbol::Message(message), None | Some(Kind::Message | Kind::Group)) => {
                TypeRef::Message(message)
            }
            (Symbol::Enum(enumeration), None | Some(Kind::Enum)) => TypeRef::Enum(enumeration),
            (other, _) => {
                self.wrong_kind(found, other, "a message or an enum", path());
                TypeRef::None
            }
        }
    }

    fn extendee(
        &mut self,
        field: &FieldProto,
        scope: Option<SymbolId>,
        path: impl FnOnce() -> Vec<i32>,
    ) -> Option<MessageRef> {
        self.enter(scope.unwrap_or_default(), &field.name);
        self.message_type(&field.extendee, || join(&path(), &[tag::field::EXTENDEE]))
    }

    fn message_type(&mut self, name: &str, path: impl FnOnce() -> Vec<i32>) -> Option<MessageRef> {
        let Some(found) = self.find(name, Want::Anything) else {
            self.unknown(name, Want::Anything, path());
            return None;
        };
        match self.linked.symbols.symbol(found) {
            Symbol::Message(message) => Some(message),
            other @ (Symbol::Package
            | Symbol::Field { .. }
            | Symbol::Oneof { .. }
            | Symbol::Enum(_)
            | Symbol::EnumValue { .. }
            | Symbol::Extension(_)
            | Symbol::Service(_)
            | Symbol::Method { .. }) => {
                self.wrong_kind(found, other, "a message", path());
                None
            }
        }
    }

    fn find(&mut self, name: &str, want: Want) -> Option<SymbolId> {
        match lookup(
            self.linked,
            self.file,
            name,
            &self.from,
            want,
            &mut self.scratch,
        ) {
            Lookup::Found(found) => Some(found),
            Lookup::NotImported(_) | Lookup::Shadowed(_) | Lookup::Missing => None,
        }
    }

    /// Tells why a name was not found. A file that misses an import says nothing.
    fn unknown(&mut self, name: &str, want: Want, path: Vec<i32>) {
        let file = &self.linked.files[self.file as usize];
        if !file.complete {
            return;
        }
        let found = lookup(
            self.linked,
            self.file,
            name,
            &self.from,
            want,
            &mut self.scratch,
        );
        let span = self.linked.span(self.file, &path);
        let diagnostic = match found {
            Lookup::NotImported(symbol) => self.not_imported(name, symbol).at(span, "used here"),
            Lookup::Shadowed(tried) => Diagnostic::error(
                &codes::UNKNOWN_NAME,
                format!("`{name}` is resolved to `{tried}`, which does not exist"),
            )
            .at(span, "not found")
            .note("the innermost scope that has the first part of a name decides, even if the rest is not in it")
            .help(format!("write `.{name}` to start from the outermost scope")),
            Lookup::Found(_) | Lookup::Missing => {
                let diagnostic =
                    Diagnostic::error(&codes::UNKNOWN_NAME, format!("`{name}` is not defined"))
                        .at(span, "not found");
                match self.similar(name) {
                    Some(similar) => diagnostic.help(format!("did you mean `{similar}`?")),
                    None => diagnostic.help("define it, or import the file that does"),
                }
            }
        };
        self.diagnostics
            .push(diagnostic.in_file(file.proto.path.clone()));
    }

    fn not_imported(&self, name: &str, symbol: SymbolId) -> Diagnostic {
        let owner = &self.linked.files[self.linked.symbols.file(symbol) as usize];
        Diagnostic::error(
            &codes::NOT_IMPORTED,
            format!(
                "`{name}` is defined in `{}`, which is not imported",
                owner.proto.path
            ),
        )
        .and(self.linked.declaration(symbol), "defined here")
        .help(format!("add `import \"{}\";`", owner.proto.path))
    }

    /// The visible type whose name is nearest to the one that was not found.
    fn similar(&self, name: &str) -> Option<String> {
        if self.diagnostics.len() > MOST_SUGGESTIONS {
            return None;
        }
        let visible = &self.linked.files[self.file as usize].visible;
        let symbols = &self.linked.symbols;
        let short = name.rsplit('.').next().unwrap_or(name);
        symbols
            .ids()
            .filter(|&id| {
                symbols.symbol(id).is_type() && visible.binary_search(&symbols.file(id)).is_ok()
            })
            .map(|id| {
                let candidate = symbols.name(id);
                let last = candidate.rsplit('.').next().unwrap_or(candidate);
                (strsim::damerau_levenshtein(short, last), candidate)
            })
            .filter(|(distance, _)| *distance <= 2.min(short.len() / 3))
            .min()
            .map(|(_, candidate)| candidate.to_owned())
    }

    fn wrong_kind(&mut self, found: SymbolId, symbol: Symbol, expected: &str, path: Vec<i32>) {
        let name = self.linked.symbols.name(found);
        let file = &self.linked.files[self.file as usize];
        self.diagnostics.push(
            Diagnostic::error(
                &codes::WRONG_KIND,
                format!("`{name}` is {}, not {expected}", symbol.noun()),
            )
            .at(
                self.linked.span(self.file, &path),
                format!("{expected} is needed here"),
            )
            .and(self.linked.declaration(found), "defined here")
            .in_file(file.proto.path.clone())
            .help(format!("name {expected} here")),
        );
    }
}
