//! Reads the user's templates from the directory that `templates` names.

use std::path::Path;

use walkdir::WalkDir;

use crate::diagnostics::{Diagnostic, codes};
use crate::render::Override;

/// The `.hbs` files below a directory, in the order of their names. `partials/enum.hbs` of the target `python` takes
/// the place of the template `python/partials/enum`. Whether there is such a template is not decided here.
pub(super) fn read(directory: &Path, target: &str) -> Result<Vec<Override>, Box<Diagnostic>> {
    let failure = |path: &Path, error: &dyn std::fmt::Display| {
        Box::new(Diagnostic::error(
            &codes::IO,
            format!("cannot read `{}`: {error}", path.display()),
        ))
    };
    let mut found = Vec::new();
    for entry in WalkDir::new(directory).sort_by_file_name() {
        let entry = entry.map_err(|error| failure(directory, &error))?;
        let path = entry.path();
        if path.extension().is_none_or(|ext| ext != "hbs") {
            continue;
        }
        let text = std::fs::read_to_string(path).map_err(|error| failure(path, &error))?;
        let stem = path.with_extension("");
        let parts: Vec<_> = stem
            .strip_prefix(directory)
            .unwrap_or(&stem)
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        found.push(Override {
            name: format!("{target}/{}", parts.join("/")),
            file: path.display().to_string(),
            text,
        });
    }
    if found.is_empty() {
        let error = Diagnostic::error(
            &codes::NOT_FOUND,
            format!("`{}` holds no template", directory.display()),
        );
        return Err(Box::new(error.help(
            "put `.hbs` files there, named as the templates that they replace",
        )));
    }
    Ok(found)
}
