//! Turns the entries of `contract` into files: a file as it is, a directory into the .proto files below it, a glob
//! into what it matches. The order is that of the entries, and of the paths within one.

use std::io;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::{DirEntry, WalkDir};

use super::{Baseline, Config, ContractFile, join};
use crate::diagnostics::{Diagnostic, codes};
use crate::load::Input;

/// The inputs that an entry stands for; never none.
pub(super) fn expand(base: &Path, entry: &str) -> Result<Vec<ContractFile>, Box<Diagnostic>> {
    if entry == "-" {
        return Ok(vec![ContractFile::StandardInput]);
    }
    files(base, entry)?.into_iter().map(classify).collect()
}

/// The part of a glob before its first wildcard, up to a `/`.
fn fixed_part(entry: &str) -> String {
    entry
        .split_inclusive('/')
        .take_while(|part| !part.contains(['*', '?', '[', '{']))
        .collect()
}

/// The file or directory in which a change may change what an entry stands for.
pub(super) fn watched(base: &Path, entry: &str) -> Option<PathBuf> {
    let path = join(base, entry);
    match entry {
        "-" => None,
        _ if path.exists() => Some(path),
        _ => Some(join(base, &fixed_part(entry))),
    }
}

/// What a file is, by the end of its name.
fn classify(path: PathBuf) -> Result<ContractFile, Box<Diagnostic>> {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or("");
    match extension {
        "proto" => Ok(ContractFile::Proto(path)),
        "binpb" | "pb" | "fds" | "desc" | "protoset" | "bin" => {
            Ok(ContractFile::DescriptorSet(path))
        }
        _ => Err(Box::new(
            Diagnostic::error(
                &codes::CONFIG,
                format!("`{}` is neither a .proto file nor a descriptor set", path.display()),
            )
            .note("descriptor sets end in .binpb, .pb, .fds, .desc, .protoset or .bin")
            .help("make one with `buf build -o contract.binpb` or `protoc --include_imports --include_source_info -o contract.binpb`"),
        )),
    }
}

fn files(base: &Path, entry: &str) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let path = join(base, entry);
    if path.is_file() {
        return Ok(vec![path]);
    }
    if path.is_dir() {
        let found = walk(&path, |file| {
            file.path().extension().is_some_and(|ext| ext == "proto")
        })?;
        if found.is_empty() {
            let error = Diagnostic::error(
                &codes::NOT_FOUND,
                format!("the directory `{entry}` holds no .proto file"),
            )
            .note("descriptor sets in a directory are not picked up")
            .help("name a directory with .proto files, or the files themselves");
            return Err(Box::new(error));
        }
        return Ok(found);
    }
    if entry.contains(['*', '?', '[', '{']) {
        return glob(base, entry);
    }
    // `exists` is false where a directory on the way cannot be read; the system's own words say which it is.
    let reason = match std::fs::metadata(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => error.to_string(),
        _ => "there is no such file or directory".to_owned(),
    };
    let error = Diagnostic::error(
        &codes::NOT_FOUND,
        format!("cannot find `{entry}`: {reason}"),
    );
    Err(Box::new(
        error.note(format!("looked for `{}`", path.display())),
    ))
}

fn glob(base: &Path, entry: &str) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let matcher: GlobMatcher = GlobBuilder::new(entry.strip_prefix("./").unwrap_or(entry))
        .literal_separator(true)
        .build()
        .map_err(|error| {
            Box::new(Diagnostic::error(
                &codes::CONFIG,
                format!("`{entry}` is not a valid glob: {}", error.kind()),
            ))
        })?
        .compile_matcher();
    // Only below the part that is fixed: a glob such as `schemas/*.proto` must not walk the whole project.
    let fixed = fixed_part(entry);
    let start = join(base, &fixed);
    let found = if start.is_dir() {
        walk(&start, |file| {
            let below = file.path().strip_prefix(&start).unwrap_or(file.path());
            matcher.is_match(join(Path::new(""), &fixed_path(&fixed, below)))
        })?
    } else {
        Vec::new()
    };
    if found.is_empty() {
        let error = Diagnostic::error(
            &codes::NOT_FOUND,
            format!("the glob `{entry}` matches no file"),
        );
        return Err(Box::new(
            error.note("`*` stays within one directory, `**` goes into all below"),
        ));
    }
    Ok(found)
}

/// The path as the glob sees it: relative to the configuration file, with `/`.
fn fixed_path(fixed: &str, below: &Path) -> String {
    let parts: Vec<_> = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    format!("{fixed}{}", parts.join("/"))
}

/// The files below a directory that `wanted` picks, in the order of their paths. Hidden directories are not entered.
fn walk(
    directory: &Path,
    wanted: impl Fn(&DirEntry) -> bool,
) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let visible = |entry: &DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let mut found = Vec::new();
    for entry in WalkDir::new(directory)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(visible)
    {
        let entry = entry.map_err(|error| {
            Box::new(Diagnostic::error(
                &codes::IO,
                format!("cannot look into `{}`: {error}", directory.display()),
            ))
        })?;
        if entry.file_type().is_file() && wanted(&entry) {
            found.push(entry.into_path());
        }
    }
    found.sort();
    Ok(found)
}

impl Config {
    /// The inputs as the loader takes them. `standard_input` is called at most once.
    ///
    /// # Errors
    /// A diagnostic per descriptor set that cannot be read.
    pub fn inputs(
        &self,
        standard_input: &mut dyn FnMut() -> io::Result<Vec<u8>>,
    ) -> Result<Vec<Input>, Vec<Diagnostic>> {
        read(&self.contract, standard_input)
    }
}

impl Baseline {
    /// The inputs as the loader takes them.
    ///
    /// # Errors
    /// A diagnostic per descriptor set that cannot be read.
    pub fn inputs(&self) -> Result<Vec<Input>, Vec<Diagnostic>> {
        read(&self.files, &mut || {
            Err(io::Error::other("standard input holds the contract itself"))
        })
    }
}

fn read(
    files: &[ContractFile],
    standard_input: &mut dyn FnMut() -> io::Result<Vec<u8>>,
) -> Result<Vec<Input>, Vec<Diagnostic>> {
    let mut inputs = Vec::new();
    let mut diagnostics = Vec::new();
    for file in files {
        let (name, bytes) = match file {
            ContractFile::Proto(path) => {
                inputs.push(Input::File(path.clone()));
                continue;
            }
            ContractFile::DescriptorSet(path) => (path.display().to_string(), std::fs::read(path)),
            ContractFile::StandardInput => ("-".to_owned(), standard_input()),
        };
        match bytes {
            Ok(bytes) => inputs.push(Input::DescriptorSet { name, bytes }),
            Err(error) => diagnostics.push(Diagnostic::error(
                &codes::IO,
                format!("cannot read `{name}`: {error}"),
            )),
        }
    }
    if diagnostics.is_empty() {
        Ok(inputs)
    } else {
        Err(diagnostics)
    }
}
