//! Puts files in dependency order (a file after all that it imports, ties by path), resolves imports to indices and
//! tells import cycles. Decides nothing about names.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use hashbrown::HashMap;

use super::descriptor::tag;
use super::link::LinkedFile;
use super::locate;
use super::paths::{to_i32, to_u32};
use crate::diagnostics::{Diagnostic, codes};

/// Orders the files and fills [`LinkedFile::imports`].
pub(crate) fn order(
    mut files: Vec<LinkedFile>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<LinkedFile> {
    files.sort_by(|a, b| (a.hidden, &a.proto.path).cmp(&(b.hidden, &b.proto.path)));
    let by_path: HashMap<&str, u32> = files
        .iter()
        .enumerate()
        .map(|(index, file)| (file.proto.path.as_str(), to_u32(index)))
        .collect();
    let resolve = |paths: &[String]| -> Vec<Option<u32>> {
        paths
            .iter()
            .map(|path| by_path.get(path.as_str()).copied())
            .collect()
    };
    let imports: Vec<_> = files
        .iter()
        .map(|file| {
            (
                resolve(&file.proto.dependency),
                resolve(&file.proto.option_dependency),
            )
        })
        .collect();
    drop(by_path);
    for (file, (imports, option_imports)) in files.iter_mut().zip(imports) {
        file.imports = imports;
        file.option_imports = option_imports;
    }
    let mut order = sorted(&files);
    if order.len() < files.len() {
        tell_cycles(&files, &order, diagnostics);
        let placed = marked(files.len(), &order);
        order.extend((0..to_u32(files.len())).filter(|&index| !placed[index as usize]));
    }
    reorder(files, &order)
}

fn marked(count: usize, indices: &[u32]) -> Vec<bool> {
    let mut marked = vec![false; count];
    for &index in indices {
        marked[index as usize] = true;
    }
    marked
}

/// The files in dependency order; those on or behind a cycle are left out.
fn sorted(files: &[LinkedFile]) -> Vec<u32> {
    let mut waiting: Vec<usize> = vec![0; files.len()];
    let mut importers: Vec<Vec<u32>> = vec![Vec::new(); files.len()];
    for (index, file) in files.iter().enumerate() {
        for &import in file.imports.iter().chain(&file.option_imports).flatten() {
            waiting[index] += 1;
            importers[import as usize].push(to_u32(index));
        }
    }
    // Files are sorted by path, so the smallest index is the smallest path; a hidden file comes last of all.
    let mut ready: BinaryHeap<Reverse<u32>> = (0..to_u32(files.len()))
        .filter(|&index| waiting[index as usize] == 0)
        .map(Reverse)
        .collect();
    let mut order = Vec::with_capacity(files.len());
    while let Some(Reverse(next)) = ready.pop() {
        order.push(next);
        for &importer in &importers[next as usize] {
            waiting[importer as usize] -= 1;
            if waiting[importer as usize] == 0 {
                ready.push(Reverse(importer));
            }
        }
    }
    order
}

fn reorder(files: Vec<LinkedFile>, order: &[u32]) -> Vec<LinkedFile> {
    let mut place = vec![0u32; files.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old as usize] = to_u32(new);
    }
    let mut slots: Vec<Option<LinkedFile>> = files.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(slots.len());
    for &old in order {
        let Some(mut file) = slots[old as usize].take() else {
            continue;
        };
        for import in file
            .imports
            .iter_mut()
            .chain(&mut file.option_imports)
            .flatten()
        {
            *import = place[*import as usize];
        }
        ordered.push(file);
    }
    ordered
}

/// Tells each cycle once, starting from its smallest path.
fn tell_cycles(files: &[LinkedFile], placed: &[u32], diagnostics: &mut Vec<Diagnostic>) {
    let mut done = marked(files.len(), placed);
    for start in 0..files.len() {
        if done[start] {
            continue;
        }
        // Every file that is left imports one that is left: following the first such import ends in a cycle.
        let mut chain: Vec<(usize, usize)> = Vec::new();
        let mut on_chain = vec![false; files.len()];
        let mut next = Some(start);
        while let Some(index) = next {
            if on_chain[index] {
                let first = chain
                    .iter()
                    .position(|&(file, _)| file == index)
                    .unwrap_or(0);
                diagnostics.push(cycle(files, &chain[first..]));
                break;
            }
            let import = files[index]
                .imports
                .iter()
                .enumerate()
                .find_map(|(position, import)| {
                    import
                        .filter(|&import| !done[import as usize])
                        .map(|import| (position, import))
                });
            on_chain[index] = true;
            next = import.map(|(position, import)| {
                chain.push((index, position));
                import as usize
            });
        }
        for (index, on_chain) in on_chain.into_iter().enumerate() {
            done[index] |= on_chain;
        }
    }
}

/// The diagnostic of a cycle: files, each with the position of the import that leads on.
fn cycle(files: &[LinkedFile], chain: &[(usize, usize)]) -> Diagnostic {
    let smallest = (0..chain.len()).min_by_key(|&at| chain[at].0).unwrap_or(0);
    let mut chain = chain.to_vec();
    chain.rotate_left(smallest);
    let span_of = |&(file, position): &(usize, usize)| {
        let file: &LinkedFile = &files[file];
        locate::span_of(
            &file.proto,
            file.source,
            &[tag::file::DEPENDENCY, to_i32(position)],
        )
    };
    let mut names: Vec<&str> = chain
        .iter()
        .map(|&(file, _)| files[file].proto.path.as_str())
        .collect();
    names.push(names[0]);
    let mut diagnostic = Diagnostic::error(
        &codes::IMPORT_CYCLE,
        format!("`{}` imports itself", names[0]),
    )
    .at(span_of(&chain[0]), "the cycle starts here")
    .in_file(names[0]);
    for link in &chain[1..] {
        diagnostic = diagnostic.and(span_of(link), "and goes on here");
    }
    diagnostic
        .note(format!("the chain is {}", names.join(" → ")))
        .help("move what both files need into a third one that imports neither")
}
