//! Which files' names a file may use: its own, those of its imports, and what those import publicly.

use super::Linked;
use crate::load::paths::to_u32;

/// Fills [`super::LinkedFile::visible`]. Files stand in dependency order, so that the public imports of an import are known.
pub(super) fn compute(linked: &mut Linked) {
    // For each file: itself and everything it passes on by `import public`.
    let mut passed_on: Vec<Vec<u32>> = Vec::with_capacity(linked.files.len());
    for (index, file) in linked.files.iter_mut().enumerate() {
        let own = to_u32(index);
        let mut public = vec![own];
        for &position in &file.proto.public_dependency {
            let import = usize::try_from(position)
                .ok()
                .and_then(|position| *file.imports.get(position)?);
            if let Some(import) = import.filter(|&import| import < own) {
                public.extend_from_slice(&passed_on[import as usize]);
            }
        }
        public.sort_unstable();
        public.dedup();
        let mut visible = vec![own];
        for import in file.imports.iter().chain(&file.option_imports).flatten() {
            if *import < own {
                visible.extend_from_slice(&passed_on[*import as usize]);
            }
        }
        visible.sort_unstable();
        visible.dedup();
        file.visible = visible;
        passed_on.push(public);
    }
}
