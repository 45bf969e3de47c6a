//! Collects the files of a load: the inputs and all that they import, from include roots, descriptor sets and the
//! built-in files. Decides where an import is found and what it is called; knows nothing of names and types.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::descriptor::{FileProto, tag};
use super::link::LinkedFile;
use super::paths::to_i32;
use super::wire::{Reader, Value};
use super::{Input, decode, locate, parse, well_known};
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
    let roots = if include.is_empty() {
        vec![PathBuf::from(".")]
    } else {
        include.to_vec()
    };
    let mut collector = Collector {
        roots,
        sources,
        diagnostics,
        known: BTreeMap::new(),
        queue: VecDeque::new(),
    };
    collector.inputs(inputs);
    collector.imports();
    collector.describe_options();
    collector
        .known
        .into_values()
        .filter_map(|known| known.file)
        .collect()
}

/// A file that was met, by its import path. Without a `file` it is broken or missing, which was told.
struct Known {
    file: Option<LinkedFile>,
}

struct Collector<'a> {
    roots: Vec<PathBuf>,
    sources: &'a mut Sources,
    diagnostics: &'a mut Vec<Diagnostic>,
    known: BTreeMap<String, Known>,
    /// Import paths of files whose imports are still to be followed.
    queue: VecDeque<String>,
}

impl Collector<'_> {
    fn inputs(&mut self, inputs: &[Input]) {
        let mut named = Vec::new();
        for input in inputs {
            match input {
                Input::DescriptorSet { name, bytes } => self.descriptor_set(name, bytes, None),
                Input::Request { bytes, generate } => {
                    self.descriptor_set("request", bytes, Some(generate));
                }
                Input::File(path) => named.push(path),
            }
        }
        let mut imports = BTreeMap::new();
        for path in named {
            match self.import_path(path) {
                Ok(import) => drop(imports.insert(import, path.clone())),
                Err(diagnostic) => self.diagnostics.push(*diagnostic),
            }
        }
        for (import, path) in imports {
            match self.known.get_mut(&import) {
                Some(Known { file: Some(file) }) => file.requested = true,
                Some(Known { file: None }) => {}
                None => self.read(&import, &path, true),
            }
        }
    }

    /// The import path of a file on disk.
    fn import_path(&self, path: &Path) -> Result<String, Box<Diagnostic>> {
        let absolute = normal(path);
        for root in &self.roots {
            if let Ok(relative) = absolute.strip_prefix(normal(root)) {
                let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
                return parts.map(|parts| parts.join("/")).ok_or_else(|| {
                    Box::new(
                        Diagnostic::error(
                            &codes::IO,
                            format!("the path of `{}` is not UTF-8", path.display()),
                        )
                        .in_file(path.display().to_string())
                        .help("rename the file: imports are written in UTF-8"),
                    )
                });
            }
        }
        let roots: Vec<String> = self
            .roots
            .iter()
            .map(|root| format!("`{}`", root.display()))
            .collect();
        Err(Box::new(
            Diagnostic::error(
                &codes::OUTSIDE_ROOTS,
                format!("`{}` lies under no include root", path.display()),
            )
            .in_file(path.display().to_string())
            .note(format!("the roots are {}", roots.join(", ")))
            .note("a file is known by its path below a root, as other files import it")
            .help("add the directory that its imports start from to `include`"),
        ))
    }

    /// Follows imports until none is left.
    fn imports(&mut self) {
        while let Some(importer) = self.queue.pop_front() {
            let Some(Known { file: Some(file) }) = self.known.get(&importer) else {
                continue;
            };
            let wanted: Vec<(String, Option<Span>, bool)> = file
                .proto
                .dependency
                .iter()
                .chain(&file.proto.option_dependency)
                .enumerate()
                .filter(|(_, import)| !self.known.contains_key(*import))
                .map(|(position, import)| {
                    (
                        import.clone(),
                        import_span(file, position),
                        file.from_source,
                    )
                })
                .collect();
            for (import, span, from_source) in wanted {
                if !self.known.contains_key(&import) {
                    self.find(&import, &importer, span, from_source);
                }
            }
        }
    }

    /// Adds the built-in `descriptor.proto`, which tells what options mean, unless the contract has one of its own.
    fn describe_options(&mut self) {
        let declares_options = |known: &Known| {
            known.file.as_ref().is_some_and(|file| {
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
        if let Some(proto) = well_known::find(well_known::DESCRIPTOR_PROTO) {
            let source = self.sources.add(well_known::DESCRIPTOR_PROTO, None);
            self.add(well_known::DESCRIPTOR_PROTO, proto, source, false, false);
            if let Some(Known { file: Some(file) }) =
                self.known.get_mut(well_known::DESCRIPTOR_PROTO)
            {
                file.hidden = true;
            }
        }
    }

    /// Finds an imported file.
    fn find(&mut self, import: &str, importer: &str, span: Option<Span>, from_source: bool) {
        for root in &self.roots {
            let path = root.join(import);
            if path.is_file() {
                return self.read(import, &path, false);
            }
        }
        if let Some(proto) = well_known::find(import) {
            let source = self.sources.add(import, None);
            return self.add(import, proto, source, false, false);
        }
        let diagnostic = self.not_found(import, importer, span, from_source);
        self.diagnostics.push(diagnostic);
        self.known.insert(import.to_owned(), Known { file: None });
    }

    fn not_found(
        &self,
        import: &str,
        importer: &str,
        span: Option<Span>,
        from_source: bool,
    ) -> Diagnostic {
        let diagnostic = Diagnostic::error(
            &codes::IMPORT_NOT_FOUND,
            format!("`{import}`, which `{importer}` imports, is not found"),
        )
        .at(span, "not found")
        .in_file(importer);
        if !from_source {
            return diagnostic
                .help("write the descriptor set with all imports: `protoc --include_imports`");
        }
        let roots: Vec<String> = self
            .roots
            .iter()
            .map(|root| format!("`{}`", root.display()))
            .collect();
        diagnostic
            .note(format!("searched below {}", roots.join(", ")))
            .help("add the directory that the import starts from to `include`")
    }

    /// Reads and parses a file on disk.
    fn read(&mut self, import: &str, path: &Path, requested: bool) {
        let shown = path.display().to_string();
        let text = match std::fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => text,
            Ok(Err(error)) => {
                let offset = error.utf8_error().valid_up_to();
                self.fail(
                    import,
                    Diagnostic::error(&codes::NOT_UTF8, format!("`{shown}` is not UTF-8"))
                        .in_file(shown.clone())
                        .note(format!(
                            "the byte at offset {offset} is not part of a character"
                        ))
                        .help("save the file as UTF-8"),
                );
                return;
            }
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
                return;
            }
        };
        let text: Arc<str> = match text.strip_prefix('\u{feff}') {
            Some(text) => text.into(),
            None => text.into(),
        };
        let source = self.sources.add(shown, Some(Arc::clone(&text)));
        match parse::parse(import, &text, source) {
            Ok(proto) => self.add(import, proto, source, requested, true),
            Err(errors) => {
                self.diagnostics.extend(errors);
                self.known.insert(import.to_owned(), Known { file: None });
            }
        }
    }

    fn fail(&mut self, import: &str, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
        self.known.insert(import.to_owned(), Known { file: None });
    }

    fn descriptor_set(&mut self, name: &str, bytes: &[u8], generate: Option<&[String]>) {
        let files = match split(bytes) {
            Ok(files) => files,
            Err(error) => {
                self.diagnostics.push(
                    Diagnostic::error(
                        &codes::DESCRIPTOR_SET,
                        format!("`{name}` is not a descriptor set: {}", error.problem),
                    )
                    .in_file(name)
                    .note(format!("at byte {}", error.offset))
                    .help("make one with `protoc --include_imports --descriptor_set_out=FILE` or `buf build -o FILE`"),
                );
                return;
            }
        };
        for (proto, is_import) in files {
            let requested = match generate {
                Some(generate) => generate.contains(&proto.path),
                None => !is_import && !proto.path.starts_with("google/protobuf/"),
            };
            let path = proto.path.clone();
            if self.known.contains_key(&path) {
                continue;
            }
            let source = self.sources.add(path.clone(), None);
            self.add(&path, proto, source, requested, false);
        }
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
            Known {
                file: Some(LinkedFile {
                    proto,
                    source,
                    edition,
                    requested,
                    from_source,
                    hidden: false,
                    imports: Vec::new(),
                    option_imports: Vec::new(),
                    visible: Vec::new(),
                    index: std::cell::OnceCell::new(),
                }),
            },
        );
    }
}

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

/// The files of a set, each with whether buf marks it as an import (`ImageFileExtension.is_import`).
fn split(bytes: &[u8]) -> Result<Vec<(FileProto, bool)>, super::wire::WireError> {
    let mut files = Vec::new();
    let mut set = Reader::new(bytes);
    while let Some((number, value)) = set.next()? {
        if let (1, Value::Bytes(file)) = (number, value) {
            let proto = decode::file(file)?;
            let is_import = super::wire::last_bytes(file.rest(), BUF_EXTENSION)
                .and_then(|extension| super::wire::last_varint(extension, BUF_IS_IMPORT))
                == Some(1);
            files.push((proto, is_import));
        }
    }
    Ok(files)
}

/// The numbers of `buf_extension` in buf's `ImageFile`, and of `is_import` in that.
const BUF_EXTENSION: u32 = 8042;
const BUF_IS_IMPORT: u32 = 1;

/// The span of an import statement, by its position among all imports.
fn import_span(file: &LinkedFile, position: usize) -> Option<Span> {
    let plain = file.proto.dependency.len();
    let path = match position.checked_sub(plain) {
        None => [tag::file::DEPENDENCY, to_i32(position)],
        Some(option) => [tag::file::OPTION_DEPENDENCY, to_i32(option)],
    };
    locate::span_of(&file.proto, file.source, &path)
}

/// The absolute path without `.` and `..`, by the words alone: links are left as they are.
fn normal(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut normal = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => {
                normal.push(component);
            }
        }
    }
    normal
}
