//! What `xlc.toml` says: found, read, checked with the place of every mistake, and resolved to paths.
//! Knows no target: what a `[target.NAME]` table may hold comes in as data ([`Known`]) and goes out undecoded.

mod check;
mod compat;
mod draft;
mod inputs;
mod overrides;
mod resolve;
mod schema;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use toml::de::DeTable;

pub use compat::{Compat, profile};
pub use draft::Draft;
pub use schema::schema;

use resolve::Reader;

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
