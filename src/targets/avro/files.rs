//! What goes into which file: one schema per root message, or a union of those of a file or a package, and their
//! fingerprints. Knows nothing of how an element looks in Avro.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::options::{Bundle, Options};
use crate::artifact::Artifact;
use crate::avro::{self, Kind, Mapping, Node, PrintError, TypeId, mapping::Form};
use crate::contract::{Contract, MessageId};
use crate::diagnostics::{Diagnostic, codes};
use crate::targets::{Plan, roots};

/// How many definitions all files together may hold, repeated ones included: some hundred megabytes. Only schemas of very
/// many messages that reach one another come near it, as their size grows with the square of the contract's.
const MAX_DEFINITIONS: usize = 100_000;

/// How deep a schema may nest for the parser of the Rust crate, the shallowest of those in use.
const PORTABLE_DEPTH: usize = 127;

/// Plans the files.
///
/// # Errors
/// If `roots` names something that is no message, and if Avro has no way to say what the contract says.
pub(super) fn plan(
    contract: &Contract,
    earlier: Option<&Contract>,
    options: &Options,
) -> Result<Plan, Vec<Diagnostic>> {
    let roots = roots::messages(contract, options.roots.as_deref(), "avro")?;
    let choices = options.mapping();
    let mapping = match earlier {
        Some(earlier) => Mapping::with_baseline(contract, &choices, &roots, earlier)?,
        None => Mapping::new(contract, &choices, &roots)?,
    };
    let mut files = Files {
        contract,
        options,
        mapping: &mapping,
        artifacts: Vec::new(),
        warnings: mapping.warnings().to_vec(),
        definitions: 0,
    };
    for (path, roots) in groups(contract, options, &roots) {
        files.add(&path, &roots).map_err(|error| vec![*error])?;
    }
    Ok(Plan {
        artifacts: files.artifacts,
        warnings: files.warnings,
    })
}

/// The files with their root messages, in the order of the contract: paths without the extension.
fn groups(
    contract: &Contract,
    options: &Options,
    roots: &[MessageId],
) -> Vec<(String, Vec<MessageId>)> {
    if options.bundle == Bundle::Root {
        let paths = roots::paths(contract, "avsc");
        return roots
            .iter()
            .map(|&root| (paths[root.index()].clone(), vec![root]))
            .collect();
    }
    let mut groups: Vec<(String, Vec<MessageId>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for &root in roots {
        let file = contract.file(contract.message(root).file);
        let stem = match options.bundle {
            Bundle::Package if file.package.is_empty() => "package".to_owned(),
            Bundle::Package => file.package.replace('.', "/"),
            Bundle::File | Bundle::Root => file.path.trim_end_matches(".proto").to_owned(),
        };
        let index = *known.entry(stem.clone()).or_insert_with(|| {
            groups.push((format!("{stem}.avsc"), Vec::new()));
            groups.len() - 1
        });
        groups[index].1.push(root);
    }
    groups
}

struct Files<'a> {
    contract: &'a Contract,
    options: &'a Options,
    mapping: &'a Mapping,
    artifacts: Vec<Artifact>,
    warnings: Vec<Diagnostic>,
    definitions: usize,
}

impl Files<'_> {
    /// Adds the file of some root messages.
    fn add(&mut self, path: &str, roots: &[MessageId]) -> Result<(), Box<Diagnostic>> {
        let Some(node) = self.node(roots) else {
            return Ok(());
        };
        let printed = avro::print(self.mapping.types(), &node)
            .map_err(|problem| Box::new(self.problem(path, problem)))?;
        self.definitions += printed.defined.len();
        if self.definitions > MAX_DEFINITIONS {
            return Err(Box::new(too_many()));
        }
        if printed.depth > PORTABLE_DEPTH {
            self.warnings.push(deep(path, printed.depth));
        }
        let schema = self.marked(roots, printed.value);
        self.artifacts.push(Artifact::json(path, schema));
        if self.options.fingerprint {
            self.artifacts.push(self.fingerprint(path, &node));
        }
        Ok(())
    }

    /// The schema of some root messages: of one its own, of several a union of those that have names, as a union may
    /// hold two records, and not two strings.
    fn node(&self, roots: &[MessageId]) -> Option<Node> {
        let mut forms = roots.iter().filter_map(|&root| self.mapping.root(root));
        if self.options.bundle == Bundle::Root {
            return Some(self.mapping.node(self.contract, forms.next()?));
        }
        let branches: Vec<Node> = forms
            .filter(|form| matches!(form, Form::Record(..)))
            .map(|form| self.mapping.node(self.contract, form))
            .collect();
        Some(Node::new(Kind::Union(branches)))
    }

    /// The schema with a word on where it comes from, where there is room for one.
    fn marked(&self, roots: &[MessageId], mut schema: Value) -> Value {
        let file = roots
            .first()
            .map(|&root| &self.contract.file(self.contract.message(root).file).path);
        if let (true, Value::Object(object), Some(file)) =
            (self.options.properties, &mut schema, file)
        {
            let text = format!("Generated by xlc from {file}. Do not edit.");
            object.shift_insert(0, "comment".into(), text.into());
        }
        schema
    }

    /// The constants of a schema.
    fn fingerprint(&self, path: &str, node: &Node) -> Artifact {
        let types = self.mapping.types();
        let fingerprint = avro::fingerprint(types, node);
        let header = avro::single_object_header(fingerprint).map(|byte| format!("{byte:02x}"));
        let stem = path.trim_end_matches(".avsc");
        let name = path.rsplit('/').next().unwrap_or(path);
        Artifact::json(
            format!("{stem}.fingerprint.json"),
            json!({
                "comment": format!("Generated by xlc from {name}. Do not edit."),
                "AVRO_FINGERPRINT": format!("{fingerprint:016x}"),
                "AVRO_SINGLE_OBJECT_HEADER": header.concat(),
                "AVRO_SCHEMA": avro::canonical_form(types, node),
            }),
        )
    }

    fn problem(&self, path: &str, problem: PrintError) -> Diagnostic {
        match problem {
            PrintError::NullNamespace { ty, from } => {
                let types = self.mapping.types();
                let (ty_name, from_name) = (&types.get(ty).name, &types.get(from).name);
                Diagnostic::error(
                    &codes::AVRO_NAME,
                    format!(
                        "`{}` has no namespace, so `{}` cannot refer to it in Avro",
                        ty_name.full(),
                        from_name.full(),
                    ),
                )
                .at(self.span(ty), "this one is in no package")
                .and(self.span(from), "this one refers to it")
                .note("a name without dots means the namespace of the record that it stands in")
                .help("set `namespace`, or give the file a package")
            }
            PrintError::TooDeep(ty) => Diagnostic::error(
                &codes::AVRO_SIZE,
                format!(
                    "the Avro schema `{path}` would nest deeper than {} levels",
                    avro::MAX_DEPTH
                ),
            )
            .at(self.span(ty), "this one is too deep")
            .note("a schema defines each message where it is met first, so messages nest")
            .help("name messages nearer to this one in `roots`"),
        }
    }

    fn span(&self, ty: TypeId) -> crate::contract::MaybeSpan {
        let id = self.mapping.message_of(ty)?;
        self.contract.message(id).span
    }
}

fn too_many() -> Diagnostic {
    Diagnostic::error(
        &codes::AVRO_SIZE,
        format!("the Avro schemas would hold more than {MAX_DEFINITIONS} definitions together"),
    )
    .note("each schema repeats all that its root message reaches")
    .help("name the messages that you need in `roots`, or set `bundle = \"package\"`")
}

fn deep(path: &str, depth: usize) -> Diagnostic {
    Diagnostic::warning(
        &codes::AVRO_SIZE,
        format!("the Avro schema `{path}` nests {depth} levels deep"),
    )
    .note(format!(
        "the parser of the Rust crate `apache-avro` refuses JSON that is deeper than {PORTABLE_DEPTH} levels"
    ))
    .help("name messages further down in `roots` if such a parser is to read the schema")
}
