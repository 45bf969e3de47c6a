//! What changed between two versions, for those who read and not for those who judge: every change of the contract, what
//! is deprecated now, and how generated APIs differ. Says nothing of whether it hurts; that is for findings.

mod api;
mod deprecated;
mod print;

pub use api::{ApiChanges, ApiLine};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::changes;
use super::delta::{Both, Delta, Ends, FieldChange, Kind, MessageChange, ValueChange};
use super::pair::Pairs;
use super::words;
use crate::contract::{Contract, FileId};
use crate::source::{Moved, Sources, Span};

/// What changed between two versions.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Changelog {
    /// The version of this form: 1.
    pub version: u32,
    /// The version of xlc.
    pub tool: String,
    /// What the old version was called on the command line.
    pub old: String,
    /// What the new version was called on the command line.
    pub new: String,
    /// The changes of the contract, by package and file.
    pub changes: Vec<Change>,
    /// How the generated APIs differ that were asked for.
    pub apis: Vec<ApiChanges>,
}

/// One change of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// What sort of change it is.
    pub sort: Sort,
    /// The name of the kind of change, such as `field-renumbered`; `xlc list rules` knows most of them.
    pub kind: String,
    /// What changed, in one line.
    pub message: String,
    /// The package that it belongs to, in the new version where it is there.
    pub package: String,
    /// The path of its file as imports write it, in the new version where it is there.
    pub file: String,
    /// The full name of the element in the old version; absent if it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The full name of the element in the new version; absent if it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Where it is declared, or was if it is gone: `file:line:column`; absent where the input had no source text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// A sort of change, in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// It is new.
    Added,
    /// It is in both versions, and differs.
    Changed,
    /// It is marked deprecated now.
    Deprecated,
    /// It is gone.
    Removed,
}

/// The JSON Schema of the changelog.
#[must_use]
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(Changelog).to_value();
    schema["title"] = "xlc diff".into();
    schema
}

impl Changelog {
    /// What changed. `sources` holds the files of the new version, and those of the old one moved over by `moved`.
    #[must_use]
    pub fn new(
        names: Both<&str>,
        contracts: Both<&Contract>,
        sources: &Sources,
        moved: Moved,
    ) -> Self {
        let pairs = Pairs::new(contracts);
        let place = |new: Option<Span>, old: Option<Span>| {
            let span = new.or(old.map(|span| moved.span(span)))?;
            let (file, position) = sources.place(span);
            Some(format!("{file}:{}:{}", position.line, position.column))
        };
        let mut list: Vec<Change> = Vec::new();
        let deltas = changes::changes(&pairs);
        for delta in deltas.iter().filter(|it| !is_remark(it)) {
            let (old, new) = delta.names();
            let file = file(delta, contracts);
            let (is, was) = match sort(delta) {
                Sort::Removed => (None, delta.old_span()),
                Sort::Added | Sort::Changed | Sort::Deprecated => {
                    (delta.new_span(), delta.old_span())
                }
            };
            list.push(Change {
                sort: sort(delta),
                kind: delta.kind().name().to_owned(),
                message: words::message(delta, contracts),
                package: delta.package(contracts.old, contracts.new).to_owned(),
                file,
                old,
                new,
                place: place(is, was),
            });
        }
        for marked in deprecated::marked(&pairs) {
            let file = contracts.new.file(marked.file);
            list.push(Change {
                sort: Sort::Deprecated,
                kind: "deprecated".to_owned(),
                message: marked.message,
                package: file.package.clone(),
                file: file.path.clone(),
                old: None,
                new: Some(marked.name),
                place: place(marked.span, None),
            });
        }
        let key = |it: &Change| (it.package.clone(), it.file.clone(), it.sort);
        // Stable: what is of one sort stays in the order of the declarations.
        list.sort_by_cached_key(key);
        Self {
            version: 1,
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            old: names.old.to_owned(),
            new: names.new.to_owned(),
            changes: list,
            apis: Vec::new(),
        }
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.apis.iter().all(|it| it.lines.is_empty())
    }

    /// The changelog as a JSON document.
    #[must_use]
    pub fn json(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or(Value::Null);
        format!("{value:#}\n")
    }
}

/// What is said beside another change of the same element, and would only repeat that it is new or gone.
fn is_remark(delta: &Delta<'_>) -> bool {
    match delta {
        Delta::Field(change, _, ends) => match change {
            FieldChange::Unreserved | FieldChange::NumberReused => true,
            FieldChange::Required => ends.both().is_none(),
            FieldChange::Added
            | FieldChange::Removed
            | FieldChange::Renumbered
            | FieldChange::Renamed
            | FieldChange::Moved
            | FieldChange::JsonName
            | FieldChange::Kind
            | FieldChange::Type
            | FieldChange::Cardinality
            | FieldChange::Presence
            | FieldChange::Oneof
            | FieldChange::Utf8
            | FieldChange::Default
            | FieldChange::Packing
            | FieldChange::Jstype
            | FieldChange::CppString
            | FieldChange::JavaUtf8 => false,
        },
        Delta::Value(change, ..) => {
            matches!(change, ValueChange::Unreserved | ValueChange::NumberReused)
        }
        Delta::File(..)
        | Delta::Package(..)
        | Delta::Message(..)
        | Delta::Oneof(..)
        | Delta::Enum(..)
        | Delta::Service(..)
        | Delta::Method(..) => false,
    }
}

fn sort(delta: &Delta<'_>) -> Sort {
    fn of<T>(ends: &Ends<T>) -> Sort {
        match ends {
            Ends::New(_) => Sort::Added,
            Ends::Old(_) => Sort::Removed,
            Ends::Both(_) => Sort::Changed,
        }
    }
    // What is no longer reserved has no element of its own.
    if delta.kind() == Kind::Message(MessageChange::ReservedDropped) {
        return Sort::Changed;
    }
    match delta {
        Delta::File(_, ends) | Delta::Package(_, ends) => of(ends),
        Delta::Message(_, ends) => of(ends),
        Delta::Field(_, _, ends) => of(ends),
        Delta::Oneof(_, _, ends) => of(ends),
        Delta::Enum(_, ends) => of(ends),
        Delta::Value(_, _, ends) => of(ends),
        Delta::Service(_, ends) => of(ends),
        Delta::Method(_, _, ends) => of(ends),
    }
}

/// The path of the file of a change, in the new version where it is there.
fn file(delta: &Delta<'_>, contracts: Both<&Contract>) -> String {
    let path = |ends: Ends<FileId>| match ends {
        Ends::New(id) | Ends::Both(Both { new: id, .. }) => contracts.new.file(id).path.clone(),
        Ends::Old(id) => contracts.old.file(id).path.clone(),
    };
    match delta {
        Delta::File(_, ends) | Delta::Package(_, ends) => ends.any().path.clone(),
        Delta::Message(_, ends) => path(ends.map(|it| it.file)),
        Delta::Field(_, holders, ends) => match ends.any().extension {
            Some(_) => path(ends.map(|at| at.extension.map_or(at.holder.file, |it| it.file))),
            None => path(Ends::New(holders.new.file)),
        },
        Delta::Oneof(_, holders, _) => path(Ends::New(holders.new.file)),
        Delta::Enum(_, ends) => path(ends.map(|it| it.file)),
        Delta::Value(_, enums, _) => path(Ends::New(enums.new.file)),
        Delta::Service(_, ends) => path(ends.map(|it| it.file)),
        Delta::Method(_, services, _) => path(Ends::New(services.new.file)),
    }
}
