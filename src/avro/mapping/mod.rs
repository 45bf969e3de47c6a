//! What a contract becomes in Avro: the one place that decides it. The result is both a schema and the forms by which
//! data is converted, so that they cannot disagree. The table is in the chapter "Avro" of the book.

mod baseline;
mod builder;
mod defaults;
mod form;
mod names;
mod options;
mod record;

use std::collections::{BTreeMap, BTreeSet};

pub use form::{Form, Holds, Member, Slot, Wrapped};
pub use options::{Enums, Maps, Nested, Oneofs, Options, Presence, Timestamp, Uint64};

use super::schema::{Node, TypeId, Types};
use crate::contract::{Contract, EnumId, MessageId};
use crate::diagnostics::Diagnostic;

/// Some messages of a contract, and all that they reach, in Avro.
#[derive(Debug, Clone)]
pub struct Mapping {
    types: Types,
    roots: BTreeMap<MessageId, Form>,
    records: BTreeMap<MessageId, Record>,
    symbols: BTreeMap<EnumId, Vec<(String, i32)>>,
    properties: bool,
    warnings: Vec<Diagnostic>,
}

/// A message as a record.
#[derive(Debug, Clone)]
pub struct Record {
    /// The record.
    pub ty: TypeId,
    /// What its fields hold, in their order.
    pub slots: Vec<Slot>,
}

impl Mapping {
    /// Maps these messages and all that they reach.
    ///
    /// # Errors
    /// A diagnostic with its place for each thing that Avro has no way to say.
    pub fn new(
        contract: &Contract,
        options: &Options,
        roots: &[MessageId],
    ) -> Result<Self, Vec<Diagnostic>> {
        builder::build(contract, options, roots, None)
    }

    /// The same with the names that an earlier version of the contract had: as aliases of records and fields, and as
    /// symbols of enums. Field numbers say what is what.
    ///
    /// # Errors
    /// As [`Mapping::new`], and for a name that meant something else in the earlier version.
    pub fn with_baseline(
        contract: &Contract,
        options: &Options,
        roots: &[MessageId],
        earlier: &Contract,
    ) -> Result<Self, Vec<Diagnostic>> {
        builder::build(contract, options, roots, Some(earlier))
    }

    /// The types of all its schemas.
    #[must_use]
    pub fn types(&self) -> &Types {
        &self.types
    }

    /// What the contract says and the schemas do not, each with its place.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The form of a root message.
    #[must_use]
    pub fn root(&self, id: MessageId) -> Option<Form> {
        self.roots.get(&id).copied()
    }

    /// The record that a message becomes, if it becomes one.
    #[must_use]
    pub fn record(&self, id: MessageId) -> Option<&Record> {
        self.records.get(&id)
    }

    /// The records that stand for messages, as against those that only Avro needs.
    #[must_use]
    pub fn message_records(&self) -> BTreeSet<TypeId> {
        self.records.values().map(|record| record.ty).collect()
    }

    /// The message that a record stands for. `None` for the records that only Avro needs.
    #[must_use]
    pub fn message_of(&self, ty: TypeId) -> Option<MessageId> {
        let mut records = self.records.iter();
        records
            .find(|(_, record)| record.ty == ty)
            .map(|(&id, _)| id)
    }

    /// The symbols of an enum with their numbers, in the order of their indices.
    #[must_use]
    pub fn symbols(&self, id: EnumId) -> &[(String, i32)] {
        self.symbols.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The schema of a form.
    #[must_use]
    pub fn node(&self, contract: &Contract, form: Form) -> Node {
        record::node(contract, form, self.properties)
    }
}
