//! What `xlc.toml` says: found, read, checked with the place of every mistake, and resolved to paths.
//! Knows no target: what a `[target.NAME]` table may hold comes in as data ([`Known`]) and goes out undecoded.

mod check;
mod compat;
mod draft;
mod inputs;
mod overrides;
mod schema;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use toml::de::DeTable;

pub use compat::{Compat, profile};
pub use draft::Draft;
pub use schema::schema;

use crate::diagnostics::{Diagnostic, codes};
use crate::source::{SourceId, Sources, Span};

/// The name of the configuration file.
pub const FILE_NAME: &str = "xlc.toml";

/// A target that a configuration may name, and the JSON Schema of its own options.
#[derive(Debug, Clone)]
pub struct Known {
    /// The name in `[target.NAME]`.
    pub name: &'static str,
    /// The schema of its options.
    pub options: schemars::Schema,
    /// The surfaces that it brings, by name.
    pub surfaces: Vec<&'static str>,
}

/// A configuration that was read and checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file's name, for messages.
    pub name: String,
    /// Its text, in which the spans here lie.
    pub text: Arc<str>,
    /// The inputs in order, each once.
    pub contract: Vec<ContractFile>,
    /// What `contract` and `templates` name, as written: the files and directories in which a change matters. For a glob
    /// the directory that it begins in.
    pub watched: Vec<PathBuf>,
    /// Import roots.
    pub include: Vec<PathBuf>,
    /// The targets, by name.
    pub targets: Vec<TargetConfig>,
    /// How versions of the contract are compared.
    pub compat: Compat,
}

/// One input, of those that `contract` stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContractFile {
    /// A .proto file.
    Proto(PathBuf),
    /// A descriptor set in a file.
    DescriptorSet(PathBuf),
    /// A descriptor set on standard input.
    StandardInput,
}

/// An earlier version of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// What it is called in the configuration.
    pub name: String,
    /// Its inputs.
    pub files: Vec<ContractFile>,
    /// Where its imports are looked up.
    pub include: Vec<PathBuf>,
    /// Where it is named.
    pub span: Option<Span>,
}

/// One `[target.NAME]` table.
#[derive(Debug, Clone)]
pub struct TargetConfig {
    /// The target's name.
    pub name: String,
    /// The output directory.
    pub out: PathBuf,
    /// Where `out` stands.
    pub out_span: Option<Span>,
    /// The user's templates, read.
    pub overrides: Vec<crate::render::Override>,
    /// The directory that they were read from.
    pub templates: Option<PathBuf>,
    /// The earlier version of the contract that `baseline` names, for targets that have this key.
    pub baseline: Option<Baseline>,
    /// The target's own options, `baseline` among them.
    pub options: toml::Table,
    /// Where the table's name stands.
    pub span: Option<Span>,
}

/// The file as it is written. Its doc comments are the descriptions in the published schema.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct File {
    /// The version of this file's format: 1.
    #[allow(dead_code, reason = "checked before the file is decoded")]
    version: u32,
    /// What is compiled: `.proto` files, directories (every `.proto` file below), globs (`schemas/**/*.proto`), descriptor
    /// sets (`.binpb`, `.pb`, `.fds`, `.desc`, `.protoset`, `.bin`), or `-` for a descriptor set on standard input.
    /// Relative to this file.
    contract: Vec<String>,
    /// The directories that imports are looked up in, and that a file's import path is relative to. Relative to this
    /// file. Default: the directory of this file.
    #[serde(default)]
    include: Option<Vec<String>>,
    /// What `xlc check-compat` compares with, and what it requires.
    #[serde(default)]
    compat: compat::Table,
    /// What is generated: one table per target.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    target: BTreeMap<String, toml::Table>,
}

/// The keys that every target's table has.
#[derive(schemars::JsonSchema)]
#[allow(
    dead_code,
    reason = "only its schema is used: a table is decoded key by key"
)]
struct CommonKeys {
    /// The directory that the files are written to, relative to this file.
    out: String,
    /// A directory with templates of your own: a file `NAME.hbs` takes the place of the target's template `NAME`.
    /// Relative to this file.
    templates: Option<String>,
}

/// The configuration file that holds for a directory: the one in it or in the nearest directory above. The path is
/// relative to `directory` where that is an ancestor by `..` alone, so that messages show short paths.
#[must_use]
pub fn find(directory: &Path) -> Option<PathBuf> {
    let mut up = PathBuf::new();
    for ancestor in directory.ancestors() {
        if ancestor.join(FILE_NAME).is_file() {
            return Some(up.join(FILE_NAME));
        }
        up.push("..");
    }
    None
}

/// Reads a configuration file. Its text is added to `sources`.
///
/// # Errors
/// Everything that is wrong with it, each with its place.
pub fn read(
    file: &Path,
    known: &[Known],
    sources: &mut Sources,
) -> Result<Config, Vec<Diagnostic>> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| {
        let diagnostic = Diagnostic::error(&codes::IO, format!("cannot read `{name}`: {error}"));
        vec![if error.kind() == std::io::ErrorKind::NotFound {
            diagnostic.help("`xlc init` writes a configuration file to begin with")
        } else {
            diagnostic
        }]
    })?;
    let base = file.parent().unwrap_or(Path::new(""));
    parse(&name, &text, base, known, sources)
}

/// Reads a configuration from its text; `name` is shown in messages and paths are relative to `base`.
///
/// # Errors
/// Everything that is wrong with it, each with its place.
pub fn parse(
    name: &str,
    text: &str,
    base: &Path,
    known: &[Known],
    sources: &mut Sources,
) -> Result<Config, Vec<Diagnostic>> {
    let source = sources.add(name, Some(text.into()));
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        for error in &errors {
            let diagnostic = syntax_error(error, source, sources);
            if !diagnostics.contains(&diagnostic) {
                diagnostics.push(diagnostic);
            }
        }
        return Err(diagnostics);
    }
    let mut diagnostics = check::check(table.get_ref(), known, source, sources);
    if !diagnostics.is_empty() {
        diagnostics.sort_by_key(|it| it.primary.as_ref().map(|label| label.span));
        return Err(diagnostics);
    }
    let file: File = toml::from_str(text)
        .map_err(|error: toml::de::Error| vec![syntax_error(&error, source, sources)])?;
    let reader = Reader {
        table: table.get_ref(),
        source,
        text: text.into(),
        base,
        known,
        sources,
    };
    reader.resolve(file)
}

fn syntax_error(error: &toml::de::Error, source: SourceId, sources: &Sources) -> Diagnostic {
    let span = error.span().and_then(|range| sources.span(source, range));
    Diagnostic::error(&codes::CONFIG, error.message().replace('\n', ", "))
        .in_file(sources.get(source).name())
        .at(span, "")
}

/// Turns what is written into paths.
struct Reader<'a> {
    table: &'a DeTable<'a>,
    source: SourceId,
    text: Arc<str>,
    base: &'a Path,
    known: &'a [Known],
    sources: &'a Sources,
}

impl Reader<'_> {
    fn resolve(&self, file: File) -> Result<Config, Vec<Diagnostic>> {
        let mut diagnostics = Vec::new();
        let mut contract = Vec::new();
        let mut watched = Vec::new();
        for (index, entry) in file.contract.iter().enumerate() {
            let span = self.span(&["contract"], Some(index));
            match inputs::expand(self.base, entry) {
                Ok(found) => {
                    contract.extend(found);
                    watched.extend(inputs::watched(self.base, entry));
                }
                Err(problem) => diagnostics.push(problem.at(span, "")),
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        contract.retain(|path| seen.insert(path.clone()));

        let roots = file.include.unwrap_or_else(|| vec![".".to_owned()]);
        let mut include = Vec::new();
        for (index, entry) in roots.iter().enumerate() {
            let path = join(self.base, entry);
            if path.is_dir() {
                include.push(path);
            } else {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::NOT_FOUND,
                        format!("the import root `{entry}` is not a directory"),
                    )
                    .at(self.span(&["include"], Some(index)), ""),
                );
            }
        }
        let compat = self.compat(file.compat);
        let compat = compat.unwrap_or_else(|problems| {
            diagnostics.extend(problems);
            Compat::default()
        });
        let mut targets = Vec::new();
        for (name, table) in file.target {
            match self.target(name, table) {
                Ok(target) => {
                    watched.extend(target.templates.clone());
                    targets.push(target);
                }
                Err(problem) => diagnostics.push(*problem),
            }
        }
        if diagnostics.is_empty() {
            Ok(Config {
                name: self.sources.get(self.source).name().to_owned(),
                text: Arc::clone(&self.text),
                contract,
                watched,
                include,
                targets,
                compat,
            })
        } else {
            Err(diagnostics)
        }
    }

    fn target(
        &self,
        name: String,
        mut options: toml::Table,
    ) -> Result<TargetConfig, Box<Diagnostic>> {
        let mut take = |key: &str| match options.remove(key) {
            Some(toml::Value::String(text)) => Some(text),
            _ => None,
        };
        let out = take("out").unwrap_or_default();
        let templates = take("templates");
        let out_span = self.span(&["target", &name, "out"], None);
        if out.trim().is_empty() {
            let error = Diagnostic::error(&codes::CONFIG, "`out` is empty")
                .at(out_span, "")
                .help("write `\".\"` for the directory of this file");
            return Err(Box::new(error));
        }
        let mut overrides = Vec::new();
        let templates = templates.map(|directory| join(self.base, &directory));
        if let Some(directory) = &templates {
            overrides = overrides::read(directory, &name).map_err(|problem| {
                Box::new(problem.at(self.span(&["target", &name, "templates"], None), ""))
            })?;
        }
        let baseline = match options.get("baseline") {
            Some(toml::Value::String(entry)) => Some(self.baseline(&name, entry)?),
            Some(_) | None => None,
        };
        Ok(TargetConfig {
            baseline,
            span: self.key_span(&["target", &name]),
            out: join(self.base, &out),
            out_span,
            overrides,
            templates,
            options,
            name,
        })
    }

    /// An earlier version of the contract: imports are looked up in its directory.
    fn baseline(&self, target: &str, entry: &str) -> Result<Baseline, Box<Diagnostic>> {
        let span = self.span(&["target", target, "baseline"], None);
        let files =
            inputs::expand(self.base, entry).map_err(|problem| Box::new(problem.at(span, "")))?;
        let path = join(self.base, entry);
        let directory = if path.is_dir() {
            Some(path.as_path())
        } else {
            path.parent()
        };
        Ok(Baseline {
            name: entry.to_owned(),
            files,
            include: directory.map(Path::to_path_buf).into_iter().collect(),
            span,
        })
    }

    /// The span of the value at a path of keys, or of one item of the array there.
    fn span(&self, keys: &[&str], item: Option<usize>) -> Option<Span> {
        let (last, outer) = keys.split_last()?;
        let value = self.walk(outer)?.get(*last)?;
        let range = match item {
            Some(index) => value.get_ref().get(index)?.span(),
            None => value.span(),
        };
        self.sources.span(self.source, range)
    }

    /// The span of the key at a path of keys.
    fn key_span(&self, keys: &[&str]) -> Option<Span> {
        let (last, outer) = keys.split_last()?;
        let (key, _) = self.walk(outer)?.get_key_value(*last)?;
        self.sources.span(self.source, key.span())
    }

    fn walk(&self, keys: &[&str]) -> Option<&DeTable<'_>> {
        let mut table = self.table;
        for key in keys {
            table = table.get(*key)?.get_ref().as_table()?;
        }
        Some(table)
    }
}

/// `base` joined with what the user wrote, without a leading `./`, so that messages show short paths.
fn join(base: &Path, entry: &str) -> PathBuf {
    let mut path = base.to_path_buf();
    path.extend(
        Path::new(entry)
            .components()
            .filter(|part| !matches!(part, std::path::Component::CurDir)),
    );
    if path.as_os_str().is_empty() {
        path.push(".");
    }
    path
}

#[cfg(test)]
mod tests;
