//! Small readings of a template's parts: names, named arguments, block parameters, places of words.
//! Decides nothing about whether they are allowed.

use std::collections::HashMap;

use handlebars::Path;
use handlebars::template::{BlockParam, HelperTemplate, Parameter};
use serde_json::Value;

use super::helpers;
use super::scope::Scope;
use crate::diagnostics::nearest;

/// The first place where `word` stands as a whole.
pub(super) fn find_word(text: &str, word: &str) -> usize {
    let part = |c: char| c.is_alphanumeric() || "_-@".contains(c);
    text.match_indices(word)
        .map(|(at, _)| at)
        .find(|&at| {
            !text[..at].chars().next_back().is_some_and(part)
                && !text[at + word.len()..].chars().next().is_some_and(part)
        })
        .unwrap_or(0)
}

pub(super) fn raw(path: &Path) -> &str {
    match path {
        Path::Relative((_, raw)) | Path::Local((_, _, raw)) => raw,
    }
}

pub(super) fn block_params(it: &HelperTemplate) -> Vec<String> {
    let name = |param: &Parameter| param.as_name().map(str::to_owned);
    match &it.block_param {
        Some(BlockParam::Single(one)) => name(one).into_iter().collect(),
        Some(BlockParam::Pair((one, two))) => {
            [name(one), name(two)].into_iter().flatten().collect()
        }
        Some(_) | None => Vec::new(),
    }
}

/// Named arguments in the order of their names: the library keeps them in a hash map.
pub(super) fn sorted(hash: &HashMap<String, Parameter>) -> Vec<(&String, &Parameter)> {
    let mut pairs: Vec<_> = hash.iter().collect();
    pairs.sort_unstable_by_key(|(name, _)| *name);
    pairs
}

pub(super) fn unknown_helper(name: &str) -> String {
    let known: Vec<&str> = helpers::BLOCKS
        .iter()
        .chain(helpers::PURE)
        .copied()
        .collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "templates have `{}` and partials; a decision belongs in the view",
            known.join("`, `")
        ),
    }
}

/// A key for a template in a scope: by the identity of the schemas in it.
pub(super) fn key(name: &str, scope: &Scope<'_>) -> String {
    let mut key = format!("{name} {} {:?}", scope.in_each, scope.foreign);
    let mut add = |schemas: &[&Value]| {
        for schema in schemas {
            key.push_str(&format!(" {:p}", std::ptr::from_ref::<Value>(schema)));
        }
        key.push('|');
    };
    add(&[scope.root]);
    add(&scope.context.schemas);
    for schemas in scope.context.added.values() {
        add(schemas);
    }
    for name in scope.context.added.keys() {
        key.push_str(name);
        key.push(' ');
    }
    key
}
