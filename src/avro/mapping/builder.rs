//! Walks the contract from the roots and adds each message and enum to the arena once, under a name that is its own.

use std::collections::{BTreeMap, VecDeque};

use super::baseline::Baseline;
use super::form::{Form, Wrapped};
use super::options::{Enums, Options, Timestamp, Uint64};
use super::{Mapping, Record, names, record};
use crate::avro::schema::{Body, Name, Named, Properties, TypeId, Types};
use crate::contract::{
    Contract, Docs, Enum, EnumId, Extension, MaybeSpan, MessageId, Scalar, Type, WellKnown,
};
use crate::diagnostics::{Diagnostic, codes};

pub(super) fn build(
    contract: &Contract,
    options: &Options,
    roots: &[MessageId],
    earlier: Option<&Contract>,
) -> Result<Mapping, Vec<Diagnostic>> {
    let mut builder = Builder::new(contract, options, Baseline::new(contract, earlier));
    let roots = roots
        .iter()
        .map(|&root| (root, builder.message(root)))
        .collect();
    let mut records = BTreeMap::new();
    while let Some((id, ty)) = builder.queue.pop_front() {
        let (slots, fields) = record::fields(&mut builder, contract.message(id));
        builder.types.set_fields(ty, fields);
        builder.warn_of_extensions(id);
        records.insert(id, Record { ty, slots });
    }
    if !builder.errors.is_empty() {
        return Err(builder.errors);
    }
    Ok(Mapping {
        types: builder.types,
        roots,
        records,
        symbols: builder.symbols,
        properties: options.properties,
        warnings: builder.warnings,
    })
}

/// The mapping on its way.
pub(super) struct Builder<'a> {
    pub(super) contract: &'a Contract,
    pub(super) options: &'a Options,
    pub(super) baseline: Baseline<'a>,
    types: Types,
    messages: BTreeMap<MessageId, TypeId>,
    enums: BTreeMap<EnumId, TypeId>,
    symbols: BTreeMap<EnumId, Vec<(String, i32)>>,
    uint64: Option<TypeId>,
    /// Records whose fields are still to come.
    queue: VecDeque<(MessageId, TypeId)>,
    extensions: BTreeMap<MessageId, Vec<&'a Extension>>,
    /// Who has a name, for when a second one wants it.
    taken: BTreeMap<String, (String, MaybeSpan)>,
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(contract: &'a Contract, options: &'a Options, baseline: Baseline<'a>) -> Self {
        let mut extensions: BTreeMap<MessageId, Vec<&Extension>> = BTreeMap::new();
        for extension in contract.extensions() {
            let of = extensions.entry(extension.extendee).or_default();
            of.push(extension);
        }
        Self {
            contract,
            options,
            baseline,
            types: Types::default(),
            messages: BTreeMap::new(),
            enums: BTreeMap::new(),
            symbols: BTreeMap::new(),
            uint64: None,
            queue: VecDeque::new(),
            extensions,
            taken: BTreeMap::new(),
            errors: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The form of values of a type.
    pub(super) fn form(&mut self, ty: Type) -> Form {
        match ty {
            Type::Scalar(scalar) => self.scalar(scalar).form(),
            Type::Message(id) => self.message(id),
            Type::Enum(id) => match self.options.enums {
                Enums::Enum => Form::Symbol(id, self.enumeration(id)),
                Enums::String => {
                    self.learn_symbols(id);
                    Form::EnumText(id)
                }
                Enums::Int => Form::EnumNumber(id),
            },
        }
    }

    fn scalar(&mut self, scalar: Scalar) -> Wrapped {
        match (scalar, self.options.uint64) {
            (Scalar::Uint64 | Scalar::Fixed64, Uint64::Decimal) => Wrapped::Decimal,
            (Scalar::Uint64 | Scalar::Fixed64, Uint64::Long) => Wrapped::LongBits,
            (Scalar::Uint64 | Scalar::Fixed64, Uint64::Fixed) => Wrapped::Fixed(self.uint64()),
            (Scalar::Uint64 | Scalar::Fixed64, Uint64::String) => Wrapped::Digits,
            (scalar, _) => Wrapped::Scalar(scalar),
        }
    }

    fn message(&mut self, id: MessageId) -> Form {
        match self.contract.message(id).well_known {
            Some(WellKnown::Timestamp) => match self.options.timestamp {
                Timestamp::Micros => Form::Timestamp(id, 1_000_000, "timestamp-micros"),
                Timestamp::Millis => Form::Timestamp(id, 1_000, "timestamp-millis"),
                Timestamp::Nanos => Form::Timestamp(id, 1_000_000_000, "timestamp-nanos"),
                Timestamp::Record => Form::Record(id, self.record(id)),
            },
            Some(WellKnown::Wrapper(scalar)) => Form::Wrapper(id, self.scalar(scalar)),
            Some(WellKnown::Struct | WellKnown::Value | WellKnown::ListValue) => Form::Json(id),
            Some(WellKnown::FieldMask) => Form::Paths(id),
            Some(WellKnown::Any | WellKnown::Duration | WellKnown::Empty) | None => {
                Form::Record(id, self.record(id))
            }
        }
    }

    /// The record of a message, whose fields follow later: it may hold itself.
    fn record(&mut self, id: MessageId) -> TypeId {
        if let Some(&known) = self.messages.get(&id) {
            return known;
        }
        let message = self.contract.message(id);
        let mut properties = Properties::new();
        if self.options.properties && message.deprecated {
            properties.insert("deprecated".into(), true.into());
        }
        // The comments of well-known types are about their use in code.
        let doc = Some(&message.docs).filter(|_| message.well_known.is_none());
        let name = names::of_message(self.contract, self.options, message);
        let earlier = self.baseline.contract().zip(self.baseline.message(id));
        let earlier = earlier.map(|(old, message)| names::of_message(old, self.options, message));
        let named = Named {
            aliases: earlier.filter(|old| *old != name).into_iter().collect(),
            name,
            doc: doc.and_then(prose),
            properties,
            body: Body::Record(Vec::new()),
        };
        let what = format!("the message `{}`", message.full_name);
        let ty = self.add(named, what, message.span);
        self.messages.insert(id, ty);
        self.queue.push_back((id, ty));
        ty
    }

    fn enumeration(&mut self, id: EnumId) -> TypeId {
        if let Some(&known) = self.enums.get(&id) {
            return known;
        }
        let enumeration = self.contract.enumeration(id);
        self.learn_symbols(id);
        let symbols = self.symbols(id);
        let default = self.default_symbol(id);
        let name = names::of_enum(self.contract, self.options, enumeration);
        let earlier = self.baseline.contract().zip(self.baseline.enumeration(id));
        let earlier = earlier.map(|(old, it)| names::of_enum(old, self.options, it));
        let named = Named {
            aliases: earlier.filter(|old| *old != name).into_iter().collect(),
            name,
            doc: Some(enumeration.prose()).filter(|doc| !doc.is_empty()),
            properties: self.enum_properties(enumeration, symbols),
            body: Body::Enum {
                symbols: symbols.iter().map(|(symbol, _)| symbol.clone()).collect(),
                default: Some(default),
            },
        };
        let what = format!("the enum `{}`", enumeration.full_name);
        let ty = self.add(named, what, enumeration.span);
        self.enums.insert(id, ty);
        ty
    }

    /// The symbols of an enum that is known already.
    fn symbols(&self, id: EnumId) -> &[(String, i32)] {
        self.symbols.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The symbol of fields that are not set.
    pub(super) fn default_symbol(&self, id: EnumId) -> String {
        let default = self.contract.enumeration(id).default_number();
        let symbols = self.symbols(id).iter();
        let mut symbols = symbols.filter(|(_, number)| *number == default);
        symbols.next().map(|it| it.0.clone()).unwrap_or_default()
    }

    /// Works out the symbols of an enum: the first name of each number, in the order of the numbers. A number keeps the
    /// symbol that it had in the baseline, as symbols have no aliases.
    fn learn_symbols(&mut self, id: EnumId) {
        if self.symbols.contains_key(&id) {
            return;
        }
        let enumeration = self.contract.enumeration(id);
        let mut symbols: Vec<(String, i32)> = Vec::new();
        for value in enumeration.numbers() {
            let number = value.number;
            let pinned = self.baseline.symbol(id, number);
            let symbol = pinned.unwrap_or(&value.name).to_owned();
            let earlier = self.baseline.enumeration(id);
            let other = earlier.and_then(|earlier| {
                let mut values = earlier.values.iter();
                values.find(|it| it.name == symbol && it.number != number)
            });
            if let Some(other) = other {
                self.errors.push(self.reused(
                    &format!("the value `{symbol}` of `{}`", enumeration.full_name),
                    number,
                    other.number,
                    value.span,
                ));
            }
            symbols.push((symbol, number));
        }
        self.symbols.insert(id, symbols);
    }

    /// An error about a name that had another number in the baseline.
    pub(super) fn reused(&self, what: &str, number: i32, was: i32, span: MaybeSpan) -> Diagnostic {
        Diagnostic::error(
            &codes::AVRO_BASELINE,
            format!("{what} has the number {number}, and had {was} in the baseline"),
        )
        .at(span, "")
        .note("Avro knows fields and symbols by their names, so data of the one would be read as the other")
        .help("choose a name that the baseline does not have")
    }

    /// Adds an error.
    pub(super) fn fail(&mut self, error: Diagnostic) {
        self.errors.push(error);
    }

    fn enum_properties(&self, enumeration: &Enum, symbols: &[(String, i32)]) -> Properties {
        let mut properties = Properties::new();
        if self.options.properties {
            if enumeration.deprecated {
                properties.insert("deprecated".into(), true.into());
            }
            let numbers: Properties = symbols
                .iter()
                .map(|(symbol, number)| (symbol.clone(), (*number).into()))
                .collect();
            properties.insert("proto.numbers".into(), numbers.into());
        }
        properties
    }

    fn uint64(&mut self) -> TypeId {
        if let Some(known) = self.uint64 {
            return known;
        }
        let named = Named {
            name: Name {
                namespace: "proto".into(),
                name: "uint64".into(),
            },
            aliases: Vec::new(),
            doc: Some("An unsigned 64-bit integer, the highest byte first.".into()),
            properties: Properties::new(),
            body: Body::Fixed(8),
        };
        let ty = self.add(named, "the fixed of `uint64 = \"fixed\"`".into(), None);
        self.uint64 = Some(ty);
        ty
    }

    /// Adds a type, and an error if its name is taken: `what` it is, and where.
    pub(super) fn add(&mut self, named: Named, what: String, span: MaybeSpan) -> TypeId {
        let name = named.name.full();
        if let Some((other, place)) = self.taken.get(&name) {
            let error = Diagnostic::error(
                &codes::AVRO_NAME,
                format!("{what} and {other} would both be `{name}` in Avro"),
            );
            let error = match self.options.nested {
                super::Nested::Underscore => {
                    error.help("rename one of them, or set `nested = \"namespace\"`")
                }
                super::Nested::Namespace => error.help("rename one of them"),
            };
            let error = error.at(span, "this one").and(*place, "the other one");
            self.errors.push(error);
        } else {
            self.taken.insert(name, (what, span));
        }
        self.types.add(named)
    }

    fn warn_of_extensions(&mut self, id: MessageId) {
        let extensions = self.extensions.get(&id).into_iter().flatten();
        for extension in extensions.filter(|it| !self.contract.is_option(it)) {
            let extendee = &self.contract.message(id).full_name;
            self.warnings.push(
                Diagnostic::warning(
                    &codes::AVRO_LOSS,
                    format!(
                        "the extension `{}` of `{extendee}` is not in the Avro schema",
                        extension.full_name
                    ),
                )
                .at(extension.field.span, "")
                .note("an Avro record has the fields of its definition and no others")
                .help("make it a field of the message if it is to be kept"),
            );
        }
    }
}

/// What comments say to people, if anything.
pub(super) fn prose(docs: &Docs) -> Option<String> {
    Some(docs.prose().join("\n")).filter(|text| !text.is_empty())
}
