//! Include roots: what a file on disk is called in imports, and what a missing import may have meant.

use std::path::{Component, Path, PathBuf};

use super::{Collector, Wanted};
use crate::diagnostics::{Diagnostic, codes};
use crate::load::well_known;

impl Collector<'_> {
    /// The import path of a file on disk.
    pub(super) fn import_path(&self, path: &Path) -> Result<String, Box<Diagnostic>> {
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

    pub(super) fn not_found(&self, wanted: &Wanted, importer: &str) -> Diagnostic {
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
