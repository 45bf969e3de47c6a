//! The front end: from .proto sources and descriptor sets to a [`Contract`]. The only place that knows descriptors.
//!
//! Source text is parsed by `protox-parse`, which is fast and has exact spans. Everything after that (imports, names,
//! options, features) is linked here and not by protox's own `Compiler`; the head of `link` says why.
//! What the contract means in a target language is none of its business.

mod descriptor;
mod features;
mod link;
mod paths;

mod convert;
mod decode;
mod defaults;
mod facts;
mod locate;
mod locations;
mod lower;
mod order;
mod parse;
mod source_set;
pub(crate) mod tag;
mod validate;
mod well_known;

use std::path::PathBuf;

use crate::contract::Contract;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::Sources;

/// What is to be loaded.
#[derive(Debug, Clone)]
pub enum Input {
    /// A .proto file on disk. It must lie under an include root: its path from there is its import path.
    File(PathBuf),
    /// A serialised `FileDescriptorSet`, as `protoc --descriptor_set_out` and `buf build -o` write it. Every file in it
    /// is asked for, except those of package `google.protobuf` and those that buf marks as imports.
    DescriptorSet {
        /// How messages call it: a path, or `-` for standard input.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// A .proto file that is not on disk. Imports of such files are looked up among such files before all roots.
    Memory {
        /// Its import path.
        import: String,
        /// How messages call it.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
        /// Whether it is asked for, as against only there to be imported.
        requested: bool,
    },
    /// The files of a protoc plugin's `CodeGeneratorRequest`.
    Request {
        /// `proto_file` as a serialised `FileDescriptorSet`.
        bytes: Vec<u8>,
        /// `file_to_generate`.
        generate: Vec<String>,
    },
}

/// A contract and where it stands in the sources.
#[derive(Debug)]
pub struct Loaded {
    /// The contract.
    pub contract: Contract,
    /// The files that its spans lie in.
    pub sources: Sources,
    /// What is worth a look, sorted by file and place.
    pub warnings: Vec<Diagnostic>,
}

/// Why nothing was loaded.
#[derive(Debug)]
pub struct Failure {
    /// The files that the diagnostics' spans lie in.
    pub sources: Sources,
    /// Errors and warnings, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Loads a contract. The order of the inputs does not matter; that of `include` does, as for protoc: a file is taken
/// from the first root that has it. Without any root the current directory is the root, unless the files are in memory. protobuf's own files
/// (`google/protobuf/*.proto`) are built in and need no root.
///
/// # Errors
/// All problems of all files, if at least one of them is an error.
pub fn load(inputs: &[Input], include: &[PathBuf]) -> Result<Loaded, Failure> {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let files = source_set::collect(inputs, include, &mut sources, &mut diagnostics);
    let files = order::order(files, &mut diagnostics);
    let linked = link::link(files, &mut diagnostics);
    validate::validate(&linked, &sources, &mut diagnostics);
    sort(&sources, &mut diagnostics);
    if diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
    {
        return Err(Failure {
            sources,
            diagnostics,
        });
    }
    Ok(Loaded {
        contract: lower::lower(linked),
        sources,
        warnings: diagnostics,
    })
}

/// protobuf's own types, which are built in.
#[must_use]
pub fn built_in() -> Contract {
    let imports = well_known::paths().into_iter();
    let imports: String = imports
        .map(|path| format!("import \"{path}\";\n"))
        .collect();
    let name = "<built in>";
    let input = Input::Memory {
        import: name.to_owned(),
        name: name.to_owned(),
        bytes: format!("syntax = \"proto3\";\n{imports}").into_bytes(),
        requested: true,
    };
    load(&[input], &[]).map_or_else(|_| Contract::default(), |loaded| loaded.contract)
}

/// Sorts by file, place, severity and code, so that the same problems are told in the same order every time.
fn sort(sources: &Sources, diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_cached_key(|diagnostic| {
        let (file, place) = match &diagnostic.primary {
            Some(label) => (
                sources.get(label.span.source).name().to_owned(),
                Some((label.span.start_line, label.span.start_column)),
            ),
            None => (diagnostic.file.clone().unwrap_or_default(), None),
        };
        (
            file,
            place,
            diagnostic.severity,
            diagnostic.code.name,
            diagnostic.message.clone(),
        )
    });
}
