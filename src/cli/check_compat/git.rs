//! Versions in git, read through the `git` program: the objects of a revision, without a checkout and without a look at
//! the work tree. Decides which files of a revision belong to a contract; the loader does the rest.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::diagnostics::{Diagnostic, codes};
use crate::load::Input;

/// What is read of a revision.
pub(super) struct Wanted<'a> {
    /// Files and directories whose .proto files are asked for, relative to the current directory.
    pub(super) paths: &'a [String],
    /// Import roots, likewise.
    pub(super) roots: &'a [String],
    /// Files on disk that are below `paths` and not part of the contract.
    pub(super) except: &'a dyn Fn(&str) -> bool,
}

/// The inputs that a revision has for a contract.
pub(super) fn read(revision: &str, wanted: &Wanted<'_>) -> Result<Vec<Input>, Vec<Diagnostic>> {
    let inputs = (|| {
        let commit = resolve(revision)?;
        let entries = list(&commit, wanted)?;
        let texts = blobs(&entries)?;
        Ok(inputs(revision, entries, texts, wanted))
    })();
    let inputs: Vec<Input> = inputs.map_err(|problem: Box<Diagnostic>| vec![*problem])?;
    let asked = |input: &Input| match input {
        Input::Memory { requested, .. } => *requested,
        Input::File(_) | Input::DescriptorSet { .. } | Input::Request { .. } => true,
    };
    if inputs.iter().any(asked) {
        return Ok(inputs);
    }
    let paths: Vec<String> = wanted.paths.iter().map(|it| format!("`{it}`")).collect();
    let message = format!(
        "revision `{revision}` has no contract in {}",
        paths.join(", ")
    );
    let problem = Diagnostic::error(&codes::NOT_FOUND, message);
    Err(vec![problem.help(
        "name what both versions have; a contract that was elsewhere can be given as a directory or descriptor set",
    )])
}

/// The tags that a pattern matches, in the order of their versions.
pub(super) fn tags(pattern: &str) -> Result<Vec<String>, Box<Diagnostic>> {
    let output = git(&["tag", "--list", "--sort=version:refname", pattern], None)?;
    let tags: Vec<String> = text(&output.stdout).lines().map(str::to_owned).collect();
    if output.status.success() && !tags.is_empty() {
        return Ok(tags);
    }
    if !output.status.success() {
        return Err(Box::new(failed(&output)));
    }
    let problem = Diagnostic::error(&codes::NOT_FOUND, format!("no tag matches `{pattern}`"));
    Err(Box::new(shallow(problem)))
}

/// The last tag before or at the commit that is checked out.
pub(super) fn latest_tag() -> Result<String, Box<Diagnostic>> {
    let output = git(&["describe", "--tags", "--abbrev=0"], None)?;
    if output.status.success() {
        return Ok(text(&output.stdout).trim().to_owned());
    }
    let problem = Diagnostic::error(
        &codes::NOT_FOUND,
        "there is no tag before the commit that is checked out",
    );
    Err(Box::new(shallow(problem)))
}

/// A file of a revision: its path relative to the current directory, and its object.
struct Entry {
    path: String,
    object: String,
}

fn resolve(revision: &str) -> Result<String, Box<Diagnostic>> {
    let name = format!("{revision}^{{commit}}");
    let arguments = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &name,
    ];
    let output = git(&arguments, None)?;
    if output.status.success() {
        return Ok(text(&output.stdout).trim().to_owned());
    }
    if git(&["rev-parse", "--git-dir"], None)?.status.success() {
        let message = format!("there is no revision `{revision}`");
        let problem = Diagnostic::error(&codes::NOT_FOUND, message);
        return Err(Box::new(shallow(problem)));
    }
    let problem = Diagnostic::error(&codes::NOT_FOUND, "this is not a git repository");
    Err(Box::new(
        problem.help("run it inside the repository of the contract"),
    ))
}

/// A remedy where a clone has only a part of the history.
fn shallow(problem: Diagnostic) -> Diagnostic {
    let is_shallow = git(&["rev-parse", "--is-shallow-repository"], None)
        .is_ok_and(|output| text(&output.stdout).trim() == "true");
    match is_shallow {
        true => problem
            .note("this clone is shallow")
            .help("fetch the history first: `git fetch --unshallow --tags` (in a GitHub workflow, `fetch-depth: 0`)"),
        false => problem.help("`git fetch --tags` fetches tags; `git tag` and `git branch -a` list what there is"),
    }
}

/// All .proto files of a revision below the paths and roots.
fn list(commit: &str, wanted: &Wanted<'_>) -> Result<Vec<Entry>, Box<Diagnostic>> {
    let mut arguments = vec!["ls-tree", "-r", "-z", commit, "--"];
    let places = wanted.paths.iter().chain(wanted.roots);
    arguments.extend(places.map(String::as_str));
    let output = git(&arguments, None)?;
    if !output.status.success() {
        return Err(Box::new(failed(&output)));
    }
    let mut entries: Vec<Entry> = Vec::new();
    for line in text(&output.stdout).split('\0') {
        // mode SP type SP object TAB path
        let Some((head, path)) = line.split_once('\t') else {
            continue;
        };
        let mut words = head.split(' ');
        if let (Some("blob"), Some(object)) = (words.nth(1), words.next())
            && Path::new(path).extension().is_some_and(|it| it == "proto")
        {
            entries.push(Entry {
                path: path.to_owned(),
                object: object.to_owned(),
            });
        }
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    entries.dedup_by(|a, b| a.path == b.path);
    Ok(entries)
}

/// The contents of files, in their order.
fn blobs(entries: &[Entry]) -> Result<Vec<Vec<u8>>, Box<Diagnostic>> {
    let names: Vec<&str> = entries.iter().map(|it| it.object.as_str()).collect();
    let output = git(&["cat-file", "--batch"], Some(names.join("\n") + "\n"))?;
    if !output.status.success() {
        return Err(Box::new(failed(&output)));
    }
    let mut rest = output.stdout.as_slice();
    let mut contents = Vec::with_capacity(entries.len());
    for _ in entries {
        // object SP type SP size LF, the bytes, LF
        let found = (|| {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            let size: usize = text(&rest[..end]).rsplit(' ').next()?.parse().ok()?;
            let bytes = rest.get(end + 1..end + 1 + size)?;
            rest = rest.get(end + 2 + size..)?;
            Some(bytes.to_vec())
        })();
        match found {
            Some(bytes) => contents.push(bytes),
            None => {
                let problem = Diagnostic::error(&codes::IO, "`git cat-file` gave no file");
                return Err(Box::new(shallow(problem)));
            }
        }
    }
    Ok(contents)
}

fn inputs(
    revision: &str,
    entries: Vec<Entry>,
    contents: Vec<Vec<u8>>,
    wanted: &Wanted<'_>,
) -> Vec<Input> {
    let below = |path: &str, place: &str| match place {
        "." => Some(path.to_owned()),
        _ => {
            let rest = path.strip_prefix(place.trim_end_matches('/'))?;
            rest.strip_prefix('/').map(str::to_owned)
        }
    };
    let mut inputs = Vec::new();
    for (entry, bytes) in entries.into_iter().zip(contents) {
        let import = wanted
            .roots
            .iter()
            .find_map(|root| below(&entry.path, root));
        let Some(import) = import else {
            continue;
        };
        let named = wanted
            .paths
            .iter()
            .any(|place| *place == entry.path || below(&entry.path, place).is_some());
        inputs.push(Input::Memory {
            import,
            requested: named && !(wanted.except)(&entry.path),
            name: format!("{revision}:{}", entry.path),
            bytes,
        });
    }
    inputs
}

fn git(arguments: &[&str], input: Option<String>) -> Result<Output, Box<Diagnostic>> {
    let run = || -> io::Result<Output> {
        let mut child = Command::new("git")
            .args(arguments)
            .stdin(match input {
                Some(_) => Stdio::piped(),
                None => Stdio::null(),
            })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        // It is written while the answer is read: both pipes are of limited size.
        let writer = child
            .stdin
            .take()
            .zip(input.clone())
            .map(|(mut pipe, text)| std::thread::spawn(move || pipe.write_all(text.as_bytes())));
        let output = child.wait_with_output()?;
        if let Some(writer) = writer {
            // What git made of it is in its answer.
            let _ = writer.join();
        }
        Ok(output)
    };
    run().map_err(|error| {
        let problem = Diagnostic::error(&codes::IO, format!("cannot run `git`: {error}"));
        Box::new(problem.help("install git, or name a directory or a descriptor set instead"))
    })
}

fn failed(output: &Output) -> Diagnostic {
    let reason = text(&output.stderr);
    let reason = reason.trim().trim_start_matches("fatal: ");
    Diagnostic::error(&codes::IO, format!("git says: {reason}"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
