//! Collects the files of a load: the inputs and all that they import, from include roots, descriptor sets and the
//! built-in files. Decides where an import is found and what it is called; knows nothing of names and types.

mod roots;
mod sets;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::descriptor::{FileProto, tag};
use super::link::LinkedFile;
use super::paths::to_i32;
use super::{Input, locate, parse, well_known};
use crate::contract::Edition;
use crate::diagnostics::{Diagnostic, codes};
use crate::source::{SourceId, Sources, Span};

/// Collects all files, in no particular order.
pub(crate) fn collect(
    inputs: &[Input],
    include: &[PathBuf],
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<LinkedFile> {
    let in_memory = inputs.iter().any(|it| matches!(it, Input::Memory { .. }));
    let roots = if include.is_empty() && !in_memory {
        vec![PathBuf::from(".")]
    } else {
        include.to_vec()
    };
    let mut collector = Collector {
        roots,
        sources,
        diagnostics,
        memory: BTreeMap::new(),
        known: BTreeMap::new(),
        queue: VecDeque::new(),
    };
    collector.remember(inputs);
    collector.inputs(inputs);
    collector.imports();
    collector.describe_options();
    collector
        .known
        .into_values()
        .filter_map(|known| match known {
            Known::File(file) => Some(*file),
            Known::Broken | Known::Missing => None,
        })
        .collect()
}

/// A file that was met, by its import path.
enum Known {
    /// It is there.
    File(Box<LinkedFile>),
    /// It cannot be read or parsed, which was told.
    Broken,
    /// It is nowhere, which is told to everyone who imports it.
    Missing,
}

impl Known {
    fn file(&self) -> Option<&LinkedFile> {
        match self {
            Self::File(file) => Some(file),
            Self::Broken | Self::Missing => None,
        }
    }

    fn file_mut(&mut self) -> Option<&mut LinkedFile> {
        match self {
            Self::File(file) => Some(file),
            Self::Broken | Self::Missing => None,
        }
    }
}

struct Collector<'a> {
    roots: Vec<PathBuf>,
    sources: &'a mut Sources,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Files that are not on disk, by import path: how they are called, and their bytes.
    memory: BTreeMap<&'a str, (&'a str, &'a [u8])>,
    known: BTreeMap<String, Known>,
    /// Import paths of files whose imports are still to be followed.
    queue: VecDeque<String>,
}

impl<'a> Collector<'a> {
    /// Takes note of the files that are not on disk.
    fn remember(&mut self, inputs: &'a [Input]) {
        for input in inputs {
            if let Input::Memory {
                import,
                name,
                bytes,
                requested: _,
            } = input
            {
                self.memory.insert(import, (name, bytes));
            }
        }
    }

    fn inputs(&mut self, inputs: &[Input]) {
        // Sets and files are taken in the order of their names, so that the order of the inputs does not matter.
        let mut sets = Vec::new();
        let mut named = BTreeMap::new();
        let mut in_memory = BTreeSet::new();
        for input in inputs {
            match input {
                Input::Memory {
                    import, requested, ..
                } => {
                    if *requested {
                        in_memory.insert(import.as_str());
                    }
                }
                Input::DescriptorSet { name, bytes } => sets.push((name.as_str(), bytes, None)),
                Input::Request { bytes, generate } => {
                    sets.push(("the request", bytes, Some(generate.as_slice())));
                }
                Input::File(path) => match self.import_path(path) {
                    Ok(import) => drop(named.insert(import, path)),
                    Err(diagnostic) => self.diagnostics.push(*diagnostic),
                },
            }
        }
        sets.sort_unstable();
        let mut origins = BTreeMap::new();
        for (name, bytes, generate) in sets {
            self.descriptor_set(name, bytes, generate, &mut origins);
        }
        for import in in_memory {
            self.read_memory(import, true);
        }
        for (import, path) in named {
            match self.known.get_mut(&import).map(Known::file_mut) {
                Some(Some(file)) => file.requested = true,
                Some(None) => {}
                None => self.read(&import, path, true),
            }
        }
    }

    /// Follows imports until none is left.
    fn imports(&mut self) {
        while let Some(importer) = self.queue.pop_front() {
            let Some(file) = self.known.get(&importer).and_then(Known::file) else {
                continue;
            };
            let wanted: Vec<Wanted> = (file.proto.dependency.iter())
                .chain(&file.proto.option_dependency)
                .enumerate()
                .filter(|(_, import)| self.known.get(*import).and_then(Known::file).is_none())
                .map(|(position, import)| Wanted {
                    import: import.clone(),
                    span: import_span(file, position),
                    from_source: file.from_source,
                })
                .collect();
            for wanted in wanted {
                if !self.known.contains_key(&wanted.import) {
                    self.find(&wanted);
                }
                if let Some(Known::Missing) = self.known.get(&wanted.import) {
                    let diagnostic = self.not_found(&wanted, &importer);
                    self.diagnostics.push(diagnostic);
                }
            }
        }
    }

    /// Adds the built-in `descriptor.proto`, which tells what options mean, unless the contract has one of its own.
    fn describe_options(&mut self) {
        let declares_options = |known: &Known| {
            known.file().is_some_and(|file| {
                file.proto.package == "google.protobuf"
                    && file
                        .proto
                        .messages
                        .iter()
                        .any(|message| message.name == "FileOptions")
            })
        };
        if self.known.values().any(declares_options) {
            return;
        }
        if let Some(proto) = well_known::options() {
            let source = self.sources.add(well_known::DESCRIPTOR_PROTO, None);
            self.add(well_known::DESCRIPTOR_PROTO, proto, source, false, false);
            let known = self.known.get_mut(well_known::DESCRIPTOR_PROTO);
            if let Some(file) = known.and_then(Known::file_mut) {
                file.hidden = true;
            }
        }
    }

    /// Finds an imported file: in the include roots, for a source, and among the built-in files.
    fn find(&mut self, wanted: &Wanted) {
        let import = &wanted.import;
        if wanted.from_source {
            if self.memory.contains_key(import.as_str()) {
                return self.read_memory(import, false);
            }
            for root in &self.roots {
                let path = root.join(import);
                if path.is_file() {
                    return self.read(import, &path, false);
                }
            }
        }
        if let Some(proto) = well_known::find(import) {
            let source = self.sources.add(import, None);
            return self.add(import, proto, source, false, false);
        }
        self.known.insert(import.clone(), Known::Missing);
    }

    /// Parses a file that is not on disk.
    fn read_memory(&mut self, import: &str, requested: bool) {
        if let Some((name, bytes)) = self.memory.get(import) {
            self.parse(import, (*name).to_owned(), bytes.to_vec(), requested);
        }
    }

    /// Reads and parses a file on disk.
    fn read(&mut self, import: &str, path: &Path, requested: bool) {
        let shown = path.display().to_string();
        match std::fs::read(path) {
            Ok(bytes) => self.parse(import, shown, bytes, requested),
            Err(error) => {
                let code = if error.kind() == std::io::ErrorKind::NotFound {
                    &codes::NOT_FOUND
                } else {
                    &codes::IO
                };
                self.fail(
                    import,
                    Diagnostic::error(code, format!("`{shown}` cannot be read: {error}"))
                        .in_file(shown.clone())
                        .help("check the path and its permissions"),
                );
            }
        }
    }

    fn parse(&mut self, import: &str, shown: String, bytes: Vec<u8>, requested: bool) {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let diagnostic = self.not_utf8(&shown, &error);
                self.fail(import, diagnostic);
                return;
            }
        };
        let text: Arc<str> = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text).into();
        let source = self.sources.add(shown, Some(Arc::clone(&text)));
        match parse::parse(import, &text, source) {
            Ok(proto) => self.add(import, proto, source, requested, true),
            Err(errors) => {
                self.diagnostics.extend(errors);
                self.known.insert(import.to_owned(), Known::Broken);
            }
        }
    }

    /// The error for a file that is not UTF-8, at the first byte that is not.
    fn not_utf8(&mut self, shown: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
        let offset = error.utf8_error().valid_up_to();
        let text: Arc<str> = String::from_utf8_lossy(error.as_bytes()).into();
        let source = self.sources.add(shown, Some(Arc::clone(&text)));
        let span = parse::span(&text, source, offset..offset + 1);
        Diagnostic::error(&codes::NOT_UTF8, format!("`{shown}` is not UTF-8"))
            .at(
                Some(span),
                format!("the byte at offset {offset} is not part of a character"),
            )
            .in_file(shown)
            .help("save the file as UTF-8")
    }

    fn fail(&mut self, import: &str, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
        self.known.insert(import.to_owned(), Known::Broken);
    }

    /// Adds a file that was read, unless its language version is unknown.
    fn add(
        &mut self,
        import: &str,
        proto: FileProto,
        source: SourceId,
        requested: bool,
        from_source: bool,
    ) {
        let edition = match (proto.syntax.as_str(), proto.edition) {
            ("" | "proto2", _) => Edition::Proto2,
            ("proto3", _) => Edition::Proto3,
            ("editions", Some(1000)) => Edition::Edition2023,
            ("editions", Some(1001)) => Edition::Edition2024,
            (syntax, edition) => {
                self.fail(import, unsupported(import, syntax, edition));
                return;
            }
        };
        self.queue.push_back(import.to_owned());
        self.known.insert(
            import.to_owned(),
            Known::File(Box::new(LinkedFile {
                proto,
                source,
                edition,
                requested,
                from_source,
                hidden: false,
                imports: Vec::new(),
                option_imports: Vec::new(),
                visible: Vec::new(),
                complete: true,
                index: std::cell::OnceCell::new(),
            })),
        );
    }
}

/// An import that is not known yet.
struct Wanted {
    import: String,
    span: Option<Span>,
    from_source: bool,
}

/// Editors on Windows put it before the text; it says nothing.
const BYTE_ORDER_MARK: char = '\u{feff}';

fn unsupported(import: &str, syntax: &str, edition: Option<i32>) -> Diagnostic {
    let version = match edition {
        Some(1002) => "edition 2026".to_owned(),
        Some(9999) => "the unstable edition".to_owned(),
        Some(number) => format!("the edition with number {number}"),
        None => format!("the syntax `{syntax}`"),
    };
    Diagnostic::error(
        &codes::UNSUPPORTED_EDITION,
        format!("`{import}` is written in {version}, which is not supported"),
    )
    .in_file(import)
    .note("supported are proto2, proto3 and the editions 2023 and 2024")
    .help("write the file in edition 2024 or earlier")
}

/// The span of an import statement, by its position among all imports.
fn import_span(file: &LinkedFile, position: usize) -> Option<Span> {
    let plain = file.proto.dependency.len();
    let path = match position.checked_sub(plain) {
        None => [tag::file::DEPENDENCY, to_i32(position)],
        Some(option) => [tag::file::OPTION_DEPENDENCY, to_i32(option)],
    };
    locate::span_of(&file.proto, file.source, &path)
}
