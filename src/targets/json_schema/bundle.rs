//! What goes into which file: the root messages, the files' paths and ids, and which definitions a file carries.
//! Knows nothing of what is in a definition.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::super::Plan;
use super::definition::{Builder, Definition, Links};
use super::dialect::{Dialect, Schema};
use super::options::{self, Bundle, Options};
use super::rules::{self, Rules};
use crate::artifact::Artifact;
use crate::contract::{Contract, Extension, MessageId, Type};
use crate::diagnostics::{Diagnostic, codes};
use crate::dynamic::Codec;
use crate::targets::roots;

/// The dialect of JSON Schema that the schemas are written in.
const META_SCHEMA: &str = "https://json-schema.org/draft/2020-12/schema";

/// How many definitions all files together may hold, repeated ones included: some hundred megabytes. Only bundles of
/// very many messages that reach one another come near it, as their size grows with the square of the contract's.
const MAX_DEFINITIONS: usize = 100_000;

/// Plans the files.
///
/// # Errors
/// If `roots` names something that is no message, or if the bundles would be too large.
pub(super) fn plan(
    contract: &Contract,
    dialect: &dyn Dialect,
    options: &Options,
) -> Result<Plan, Vec<Diagnostic>> {
    let roots = roots::messages(contract, options.roots.as_deref(), "json_schema")?;
    let codec = Codec::with(contract, rules::Options::settings());
    let rules = Rules::new(contract, &codec, dialect);
    let library = Library::new(contract, dialect, options, rules.as_ref());
    let files = match options.bundle {
        Bundle::Root => roots,
        Bundle::Message => library.with_referenced(&roots),
    };
    let contents = library.contents(&files)?;
    let mut written = BTreeSet::new();
    let mut artifacts = Vec::new();
    for (id, types) in files.into_iter().zip(contents) {
        artifacts.push(library.file(id, &types));
        written.extend(types);
    }
    Ok(Plan {
        artifacts,
        warnings: library.losses(&written),
    })
}

/// The definitions of all messages and enums of a contract and what they share, as they refer to one another in one file.
#[cfg(feature = "cli")]
pub(super) fn definitions(contract: &Contract, dialect: &dyn Dialect, options: &Options) -> Schema {
    let options = Options {
        bundle: Bundle::Root,
        ..options.clone()
    };
    let codec = Codec::with(contract, rules::Options::settings());
    let rules = Rules::new(contract, &codec, dialect);
    let library = Library::new(contract, dialect, &options, rules.as_ref());
    let messages = contract.messages().iter().map(|it| Type::Message(it.id));
    let enums = contract.enums().iter().map(|it| Type::Enum(it.id));
    library.named(&messages.chain(enums).collect(), |_| true)
}

/// The definitions of all messages and enums of a contract.
struct Library<'a> {
    contract: &'a Contract,
    places: Places<'a>,
    messages: Vec<Definition>,
    enums: Vec<Definition>,
}

impl<'a> Library<'a> {
    fn new(
        contract: &'a Contract,
        dialect: &'a dyn Dialect,
        options: &Options,
        rules: Option<&'a Rules<'a>>,
    ) -> Self {
        let places = Places::new(contract, dialect, options);
        let mut extensions: BTreeMap<MessageId, Vec<&Extension>> = BTreeMap::new();
        for extension in contract.extensions() {
            extensions
                .entry(extension.extendee)
                .or_default()
                .push(extension);
        }
        let none = Vec::new();
        let builder = || Builder::new(contract, dialect, &places, rules);
        let messages = contract
            .messages()
            .iter()
            .map(|message| builder().message(message, extensions.get(&message.id).unwrap_or(&none)))
            .collect();
        let enums = contract
            .enums()
            .iter()
            .map(|enumeration| builder().enumeration(enumeration))
            .collect();
        Self {
            contract,
            places,
            messages,
            enums,
        }
    }

    fn definition(&self, ty: Type) -> Option<&Definition> {
        match ty {
            Type::Message(id) => self.messages.get(id.index()),
            Type::Enum(id) => self.enums.get(id.index()),
            Type::Scalar(_) => None,
        }
    }

    /// The types that some types refer to, at any depth, themselves included, as far as `follow` leads.
    fn closure(
        &self,
        from: impl IntoIterator<Item = Type>,
        follow: impl Fn(Type) -> bool,
    ) -> BTreeSet<Type> {
        let mut seen: BTreeSet<Type> = from.into_iter().collect();
        let mut open: Vec<Type> = seen.iter().copied().collect();
        while let Some(ty) = open.pop() {
            for &next in self
                .definition(ty)
                .into_iter()
                .flat_map(|definition| &definition.types)
            {
                if follow(next) && seen.insert(next) {
                    open.push(next);
                }
            }
        }
        seen
    }

    /// The messages with files of their own that the roots need, in the order of the contract.
    fn with_referenced(&self, roots: &[MessageId]) -> Vec<MessageId> {
        let types = self.closure(roots.iter().map(|&id| Type::Message(id)), |_| true);
        let needed = |id| {
            roots.contains(&id)
                || types.contains(&Type::Message(id)) && !self.places.is_local(Type::Message(id))
        };
        self.contract
            .messages()
            .iter()
            .map(|message| message.id)
            .filter(|&id| needed(id))
            .collect()
    }

    /// The types that the file of each message holds.
    fn contents(&self, files: &[MessageId]) -> Result<Vec<BTreeSet<Type>>, Vec<Diagnostic>> {
        let mut contents = Vec::new();
        let mut total = 0;
        for &id in files {
            let types = self.closure([Type::Message(id)], |ty| self.places.is_local(ty));
            total += types.len();
            contents.push(types);
            if total > MAX_DEFINITIONS {
                let message = format!(
                    "the bundles of {} root messages would hold more than {MAX_DEFINITIONS} definitions",
                    files.len()
                );
                let error = options::error(message)
                    .note("each bundle repeats all that its root message reaches")
                    .help("name the `roots` that you need, or set `bundle = \"message\"`");
                return Err(vec![error]);
            }
        }
        Ok(contents)
    }

    /// A warning for each field and message with rules that the schemas do not express.
    fn losses(&self, written: &BTreeSet<Type>) -> Vec<Diagnostic> {
        let definitions = written.iter().filter_map(|&ty| self.definition(ty));
        let losses = definitions.flat_map(|definition| &definition.losses);
        losses
            .map(|loss| {
                let named: Vec<String> = loss.rules.iter().map(|it| format!("`{it}`")).collect();
                let message = format!("JSON Schema does not express all rules of `{}`", loss.of);
                Diagnostic::warning(&codes::SCHEMA_LOSS, message)
                    .at(loss.span, format!("not expressed: {}", named.join(", ")))
                    .note("the schema accepts documents that break these rules")
                    .help("validate them where the message is used")
            })
            .collect()
    }

    /// The file of a message, given the types that it holds.
    fn file(&self, id: MessageId, types: &BTreeSet<Type>) -> Artifact {
        let message = self.contract.message(id);
        let source = &self.contract.file(message.file).path;
        let mut document = Schema::new();
        document.insert("$schema".into(), META_SCHEMA.into());
        document.insert("$id".into(), self.places.id(id).into());
        document.insert(
            "$comment".into(),
            format!("Generated by xlc from {source}. Do not edit.").into(),
        );
        match self.places.bundle {
            Bundle::Root => {
                let root = self.places.to(Type::Message(id));
                document.insert("$ref".into(), root.into());
            }
            Bundle::Message => document.extend(self.messages[id.index()].schema.clone()),
        }
        let definitions = self.definitions(types, id);
        if !definitions.is_empty() {
            document.insert("$defs".into(), definitions.into());
        }
        Artifact::json(self.places.path(id), Value::Object(document))
    }

    /// The `$defs` of the file of a message: types by their full names, then shared schemas by theirs.
    fn definitions(&self, types: &BTreeSet<Type>, root: MessageId) -> Schema {
        // In a file of its own the message is the document itself.
        self.named(types, |ty| {
            self.places.bundle == Bundle::Root || ty != Type::Message(root)
        })
    }

    fn named(&self, types: &BTreeSet<Type>, wanted: impl Fn(Type) -> bool) -> Schema {
        let mut named: BTreeMap<&str, Value> = BTreeMap::new();
        let mut shared: BTreeMap<&str, &Schema> = BTreeMap::new();
        for &ty in types {
            let Some(definition) = self.definition(ty) else {
                continue;
            };
            shared.extend(
                definition
                    .shared
                    .iter()
                    .map(|(&name, schema)| (name, schema)),
            );
            if wanted(ty) {
                named.insert(full_name(self.contract, ty), json!(definition.schema));
            }
        }
        let named = named
            .into_iter()
            .map(|(name, schema)| (name.to_owned(), schema));
        let shared = shared
            .into_iter()
            .map(|(name, schema)| (name.to_owned(), json!(schema)));
        named.chain(shared).collect()
    }
}

/// Where schemas stand and what they are called.
struct Places<'a> {
    contract: &'a Contract,
    bundle: Bundle,
    /// The path of each message's file, by its index.
    paths: Vec<String>,
    /// The `$id` of each message's file, by its index.
    ids: Vec<String>,
}

impl<'a> Places<'a> {
    fn new(contract: &'a Contract, dialect: &dyn Dialect, options: &Options) -> Self {
        let paths = roots::paths(contract, "schema.json");
        let ids = contract
            .messages()
            .iter()
            .zip(&paths)
            .map(|(message, path)| match &options.id_prefix {
                Some(prefix) => format!("{prefix}{path}"),
                None => format!("{}{}", dialect.urn(), message.full_name),
            })
            .collect();
        Self {
            contract,
            bundle: options.bundle,
            paths,
            ids,
        }
    }

    fn path(&self, id: MessageId) -> &str {
        &self.paths[id.index()]
    }

    fn id(&self, id: MessageId) -> &str {
        &self.ids[id.index()]
    }

    /// Whether a type stands in the `$defs` of every file that refers to it.
    fn is_local(&self, ty: Type) -> bool {
        match (self.bundle, ty) {
            (Bundle::Message, Type::Message(id)) => self.contract.message(id).well_known.is_some(),
            (Bundle::Message, Type::Enum(_) | Type::Scalar(_)) | (Bundle::Root, _) => true,
        }
    }
}

impl Links for Places<'_> {
    fn to(&self, ty: Type) -> String {
        match ty {
            Type::Message(id) if !self.is_local(ty) => self.id(id).to_owned(),
            Type::Message(_) | Type::Enum(_) | Type::Scalar(_) => {
                format!("#/$defs/{}", full_name(self.contract, ty))
            }
        }
    }
}

fn full_name(contract: &Contract, ty: Type) -> &str {
    match ty {
        Type::Message(id) => contract.message(id).full_name.as_str(),
        Type::Enum(id) => contract.enumeration(id).full_name.as_str(),
        Type::Scalar(scalar) => scalar.name(),
    }
}
