//! How a name is looked up from a place in a file: protoc's rules of scope and visibility, exactly.
//! Source: language guide, "Packages and Name Resolution", and the behaviour of protoc 36.

use super::{Linked, Symbol, SymbolId};

/// What a lookup may find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// Types only: other symbols of the same name in inner scopes are passed over.
    Types,
    /// Anything: the innermost symbol of the name ends the search.
    Anything,
}

/// What a lookup gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lookup {
    /// A symbol that the file may use.
    Found(SymbolId),
    /// The name exists in a file that is not imported.
    NotImported(SymbolId),
    /// The first part of the name was found in an inner scope, where the rest does not exist: the full name that
    /// was tried.
    Shadowed(String),
    /// No such name.
    Missing,
}

/// Looks `name` up from inside the element `from` (a full name) of a file. `scratch` is reused between calls.
pub(super) fn lookup(
    linked: &Linked,
    file: u32,
    name: &str,
    from: &str,
    want: Want,
    scratch: &mut String,
) -> Lookup {
    if let Some(absolute) = name.strip_prefix('.') {
        return match find(linked, file, absolute) {
            Ok(found) => Lookup::Found(found),
            Err(hidden) => hidden.map_or(Lookup::Missing, Lookup::NotImported),
        };
    }
    let first = name.split('.').next().unwrap_or(name);
    let mut hidden = None;
    let mut scope = from;
    while let Some(dot) = scope.rfind('.') {
        scope = &scope[..dot];
        scratch.clear();
        scratch.push_str(scope);
        scratch.push('.');
        scratch.push_str(first);
        let found = match find(linked, file, scratch) {
            Ok(found) => found,
            Err(invisible) => {
                hidden = hidden.or(invisible.filter(|_| first.len() == name.len()));
                continue;
            }
        };
        let symbol = linked.symbols.symbol(found);
        if first.len() < name.len() {
            if !symbol.is_scope() {
                continue;
            }
            scratch.push_str(&name[first.len()..]);
            return match find(linked, file, scratch) {
                Ok(found) => Lookup::Found(found),
                Err(Some(invisible)) => Lookup::NotImported(invisible),
                Err(None) => Lookup::Shadowed(scratch.clone()),
            };
        }
        if want == Want::Anything || symbol.is_type() {
            return Lookup::Found(found);
        }
    }
    match find(linked, file, name) {
        Ok(found) => Lookup::Found(found),
        Err(invisible) => hidden
            .or(invisible)
            .map_or(Lookup::Missing, Lookup::NotImported),
    }
}

/// The symbol of a full name if the file may use it; otherwise, as the error, the symbol that it may not use.
fn find(linked: &Linked, file: u32, name: &str) -> Result<SymbolId, Option<SymbolId>> {
    let Some(found) = linked.symbols.find(name) else {
        return Err(None);
    };
    let visible = &linked.files[file as usize].visible;
    if visible.binary_search(&linked.symbols.file(found)).is_ok() {
        return Ok(found);
    }
    // Many files share a package; the table knows only the first of them.
    if linked.symbols.symbol(found) == Symbol::Package
        && visible.iter().any(|&other| {
            linked.files[other as usize]
                .proto
                .package
                .strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    {
        return Ok(found);
    }
    Err(Some(found))
}
