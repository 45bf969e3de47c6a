//! Collects the files of a load: the inputs and all that they import, from include roots, descriptor sets and the
//! built-in files. Decides where an import is found and what it is called; knows nothing of names and types.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::descriptor::{FileProto, tag};
use super::link::LinkedFile;
use super::paths::to_i32;
use super::wire::{self, Reader, Value, WireError};
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
    known: BTreeMap<String, Known>,
    /// Import paths of files whose imports are still to be followed.
    queue: VecDeque<String>,
}

impl Collector<'_> {
    fn inputs(&mut self, inputs: &[Input]) {
        // Sets and files are taken in the order of their names, so that the order of the inputs does not matter.
        let mut sets = Vec::new();
        let mut named = BTreeMap::new();
        for input in inputs {
            match input {
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
        for (import, path) in named {
            match self.known.get_mut(&import).map(Known::file_mut) {
                Some(Some(file)) => file.requested = true,
                Some(None) => {}
                None => self.read(&import, path, true),
            }
        }
    }

    /// The import path of a file on disk.
    fn import_path(&self, path: &Path) -> Result<String, Box<Diagnostic>> {
        let by_name = |root: &PathBuf| {
            normal(path)
                .strip_prefix(normal(root))
                .ok()
                .map(Path::to_owned)
        };
        let on_disk = |root: &PathBuf| {
            let (path, root) = (path.canonicalize().ok()?, root.canonicalize().ok()?);
            path.strip_prefix(root).ok().map(Path::to_owned)
        };
        let found = (self.roots.iter().enumerate())
            .find_map(|(index, root)| Some((index, by_name(root)?)))
            .or_else(|| {
                (self.roots.iter().enumerate())
                    .find_map(|(index, root)| Some((index, on_disk(root)?)))
            });
        if let Some((index, relative)) = found {
            let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
            let Some(import) = parts.map(|parts| parts.join("/")) else {
                return Err(Box::new(
                    Diagnostic::error(
                        &codes::IO,
                        format!("the path of `{}` is not UTF-8", path.display()),
                    )
                    .in_file(path.display().to_string())
                    .help("rename the file: imports are written in UTF-8"),
                ));
            };
            let shadow = self.roots[..index].iter().map(|root| root.join(&import));
            return match shadow.into_iter().find(|shadow| shadow.is_file()) {
                Some(shadow) => Err(Box::new(shadowed(path, &shadow, &import))),
                None => Ok(import),
            };
        }
        Err(Box::new(
            Diagnostic::error(
                &codes::OUTSIDE_ROOTS,
                format!("`{}` lies under no include root", path.display()),
            )
            .in_file(path.display().to_string())
            .note(format!("the roots are {}", self.shown_roots()))
            .note("a file is known by its path below a root, as other files import it")
            .help("add the directory that its imports start from to `include`"),
        ))
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
        if let Some(proto) = well_known::find(well_known::DESCRIPTOR_PROTO) {
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

    fn not_found(&self, wanted: &Wanted, importer: &str) -> Diagnostic {
        let import = &wanted.import;
        let diagnostic = Diagnostic::error(
            &codes::IMPORT_NOT_FOUND,
            format!("`{import}`, which `{importer}` imports, is not found"),
        )
        .at(wanted.span, "not found")
        .in_file(importer);
        if !wanted.from_source {
            return diagnostic
                .help("write the descriptor set with all imports: `protoc --include_imports`");
        }
        let diagnostic = diagnostic.note(format!("searched below {}", self.shown_roots()));
        match self.nearest(import) {
            Some(Nearest::Below(root, path)) => diagnostic.help(format!(
                "`{path}` is below `{}`: import it by that path, or add the directory that `{import}` starts from to `include`",
                root.display()
            )),
            Some(Nearest::Similar(path)) => diagnostic.help(format!("did you mean `{path}`?")),
            None => diagnostic.help("add the directory that the import starts from to `include`"),
        }
    }

    fn shown_roots(&self) -> String {
        let roots: Vec<String> = self
            .roots
            .iter()
            .map(|root| format!("`{}`", root.display()))
            .collect();
        roots.join(", ")
    }

    /// The existing file that a missing import most likely means: one whose path ends in it, or a similar one.
    fn nearest(&self, import: &str) -> Option<Nearest<'_>> {
        let mut similar: Option<(usize, String)> = None;
        let mut consider = |path: String| {
            let distance = strsim::levenshtein(import, &path);
            if distance <= 1 + import.len() / 8
                && similar
                    .as_ref()
                    .is_none_or(|(best, name)| (distance, &path) < (*best, name))
            {
                similar = Some((distance, path));
            }
        };
        for path in well_known::paths() {
            consider(path.to_owned());
        }
        for root in &self.roots {
            let files = walkdir::WalkDir::new(root)
                .sort_by_file_name()
                .into_iter()
                .filter_map(Result::ok)
                .take(MOST_CANDIDATES)
                .filter(|entry| entry.path().extension().is_some_and(|end| end == "proto"));
            for entry in files {
                let Ok(relative) = entry.path().strip_prefix(root) else {
                    continue;
                };
                let path = relative
                    .to_string_lossy()
                    .replace(std::path::MAIN_SEPARATOR, "/");
                if path
                    .strip_suffix(import)
                    .is_some_and(|head| head.ends_with('/'))
                {
                    return Some(Nearest::Below(root, path));
                }
                consider(path);
            }
        }
        similar.map(|(_, path)| Nearest::Similar(path))
    }

    /// Reads and parses a file on disk.
    fn read(&mut self, import: &str, path: &Path, requested: bool) {
        let shown = path.display().to_string();
        let text = match std::fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => text,
            Ok(Err(error)) => {
                let diagnostic = self.not_utf8(&shown, &error);
                self.fail(import, diagnostic);
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

    /// Adds the files of a set. `origins` remembers for each file which set it came from, and its bytes.
    fn descriptor_set<'b>(
        &mut self,
        name: &'b str,
        bytes: &'b [u8],
        generate: Option<&[String]>,
        origins: &mut BTreeMap<String, (&'b str, &'b [u8])>,
    ) {
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
        for (proto, raw, is_import) in files {
            let requested = match generate {
                Some(generate) => generate.contains(&proto.path),
                None => !is_import && !proto.path.starts_with("google/protobuf/"),
            };
            let path = proto.path.clone();
            if let Some((first, known)) = origins.get(&path) {
                if *known != raw {
                    self.diagnostics.push(
                        Diagnostic::error(
                            &codes::DESCRIPTOR_SET,
                            format!("`{path}` is in `{first}` and in `{name}`, and differs"),
                        )
                        .in_file(path.clone())
                        .help("make both descriptor sets from the same sources"),
                    );
                } else if let Some(file) = self.known.get_mut(&path).and_then(Known::file_mut) {
                    file.requested |= requested;
                }
                continue;
            }
            origins.insert(path.clone(), (name, raw));
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

/// What a missing import may mean.
enum Nearest<'a> {
    /// A file whose path below a root ends in the import.
    Below(&'a Path, String),
    /// A file with a similar import path.
    Similar(String),
}

/// How many directory entries of a root are looked at to help with a missing import.
const MOST_CANDIDATES: usize = 20_000;

/// Editors on Windows put it before the text; it says nothing.
const BYTE_ORDER_MARK: char = '\u{feff}';

fn shadowed(path: &Path, shadow: &Path, import: &str) -> Diagnostic {
    Diagnostic::error(
        &codes::SHADOWED_INPUT,
        format!("`{}` is hidden by `{}`", path.display(), shadow.display()),
    )
    .in_file(path.display().to_string())
    .note(format!(
        "both would be imported as `{import}`, and the first root in `include` wins"
    ))
    .help("rename one of the two, or change the order of `include`")
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

/// A file of a descriptor set: what it says, its bytes, and whether buf marks it as an import
/// (`ImageFileExtension.is_import`).
type SetFile<'b> = (FileProto, &'b [u8], bool);

/// The files of a set.
fn split(bytes: &[u8]) -> Result<Vec<SetFile<'_>>, WireError> {
    let mut files = Vec::new();
    let mut set = Reader::new(bytes);
    while let Some((number, value)) = set.next()? {
        if let (1, Value::Bytes(file)) = (number, value) {
            let proto = decode::file(file)?;
            let is_import = wire::last_bytes(file.rest(), BUF_EXTENSION)
                .and_then(|extension| wire::last_varint(extension, BUF_IS_IMPORT))
                == Some(1);
            files.push((proto, file.rest(), is_import));
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
