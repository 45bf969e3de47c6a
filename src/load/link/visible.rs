//! Which files' names a file may use: its own, those of its imports, and what those import publicly.

use super::Linked;
use crate::diagnostics::{Diagnostic, codes};
use crate::load::paths::to_u32;

/// How many files all files together may see. Real trees stay far below; a chain of public imports made
/// for the purpose grows with the square of its length.
const MOST_VISIBLE: usize = 5_000_000;

/// What a file passes on to those that import it.
struct PassedOn {
    /// Itself and everything behind its public imports.
    files: Vec<u32>,
    /// Whether all of these are there.
    complete: bool,
}

/// Fills `visible` and `complete` of all files. They stand in dependency order, so what an import passes on is known.
pub(super) fn compute(linked: &mut Linked, diagnostics: &mut Vec<Diagnostic>) {
    let mut total = 0;
    let mut passed_on: Vec<PassedOn> = Vec::with_capacity(linked.files.len());
    for (index, file) in linked.files.iter_mut().enumerate() {
        let own = to_u32(index);
        let mut public = PassedOn {
            files: vec![own],
            complete: true,
        };
        let mut visible = vec![own];
        let public_positions = &file.proto.public_dependency;
        for (position, import) in (0i32..).zip(file.imports.iter().chain(&file.option_imports)) {
            let is_public = public_positions.contains(&position);
            // An import that comes later closes a cycle, which was told.
            let from = import.and_then(|import| passed_on.get(import as usize));
            file.complete &= from.is_some_and(|from| from.complete);
            if let Some(from) = from {
                visible.extend_from_slice(&from.files);
                if is_public {
                    public.files.extend_from_slice(&from.files);
                }
            }
            if is_public {
                public.complete &= from.is_some_and(|from| from.complete);
            }
        }
        for list in [&mut public.files, &mut visible] {
            list.sort_unstable();
            list.dedup();
        }
        total += public.files.len() + visible.len();
        file.visible = visible;
        if total > MOST_VISIBLE {
            diagnostics.push(
                Diagnostic::error(
                    &codes::TOO_DEEP,
                    format!(
                        "the public imports behind `{}` pass on too many files",
                        file.proto.path
                    ),
                )
                .in_file(file.proto.path.clone())
                .help("import the files that are used directly"),
            );
            file.complete = false;
            total = 0;
            public = PassedOn {
                files: vec![own],
                complete: false,
            };
            passed_on.fill_with(|| PassedOn {
                files: Vec::new(),
                complete: false,
            });
        }
        passed_on.push(public);
    }
}
