//! Contracts of text, and the validators of all their messages.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::Value;
use xlc::artifact::Content;
use xlc::contract::Contract;
use xlc::targets::{self, Plan, Target};

/// The validators of all messages of a contract, by full name.
pub(crate) struct Schemas(BTreeMap<String, Validator>);

impl Schemas {
    /// Builds them under the options, given as TOML. Every schema is checked against the meta-schema.
    pub(crate) fn new(contract: &Contract, options: &str) -> Self {
        let documents = documents(contract, options);
        let validators = documents.iter().map(|(name, schema)| {
            if let Err(error) = jsonschema::meta::validate(schema) {
                panic!(
                    "the schema of {name} is no schema: {error} at {}",
                    error.instance_path()
                );
            }
            let validator = jsonschema::options()
                .should_validate_formats(true)
                .build(schema)
                .unwrap_or_else(|error| panic!("the schema of {name} does not compile: {error}"));
            (name.clone(), validator)
        });
        Self(validators.collect())
    }

    /// Why a document is no document of the message; `None` if it is one.
    pub(crate) fn refusal(&self, message: &str, document: &Value) -> Option<String> {
        let error = self.0[message].validate(document).err()?;
        Some(format!(
            "{error} at `{}` by `{}`",
            error.instance_path(),
            error.schema_path()
        ))
    }

    /// Whether a document is refused because of what is in this property.
    pub(crate) fn refuses_in(&self, message: &str, document: &Value, property: &str) -> bool {
        let property = property.replace('~', "~0").replace('/', "~1");
        self.0[message].iter_errors(document).any(|error| {
            let path = error.instance_path().as_str();
            let inside = path
                .strip_prefix('/')
                .and_then(|path| path.strip_prefix(&property));
            inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// The schema of every message of a contract, nested and imported ones included, by full name.
pub(crate) fn documents(contract: &Contract, options: &str) -> BTreeMap<String, Value> {
    let names: Vec<String> = contract
        .messages()
        .iter()
        .map(|message| message.full_name.as_str().to_owned())
        .collect();
    let mut table: toml::Table = options.parse().expect("legal TOML");
    table.insert("roots".to_owned(), names.clone().into());
    let files = plan(contract, &table)
        .artifacts
        .into_iter()
        .map(|artifact| match artifact.content {
            Content::Json(schema) => schema,
            content @ (Content::Template { .. } | Content::Verbatim(_)) => {
                panic!("no value: {content:?}")
            }
        });
    names.into_iter().zip(files).collect()
}

/// What the target plans.
pub(crate) fn plan(contract: &Contract, options: &toml::Table) -> Plan {
    target()
        .plan(contract, options)
        .unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// The target under test.
pub(crate) fn target() -> &'static dyn Target {
    targets::find("json_schema").expect("it is registered")
}
