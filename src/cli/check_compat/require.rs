//! `--require`: words into a policy.

use crate::compat::surface::Surfaces;
use crate::compat::{Policy, Requirement};
use crate::diagnostics::{Diagnostic, codes, nearest};

/// The policy that requires just this.
pub(super) fn policy(words: &[String], surfaces: &Surfaces) -> Result<Policy, Vec<Diagnostic>> {
    let mut policy = Policy {
        require: std::collections::BTreeMap::new(),
        packages: Vec::new(),
    };
    let mut problems = Vec::new();
    // `wire=full,json=backward` is what people try first.
    for word in words.iter().flat_map(|it| it.split(',')) {
        match requirement(word, surfaces) {
            Ok((surface, requirement)) => {
                policy.require.insert(surface.to_owned(), requirement);
            }
            Err(problem) => problems.push(*problem),
        }
    }
    match problems.is_empty() {
        true => Ok(policy),
        false => Err(problems),
    }
}

fn requirement<'w>(
    words: &'w str,
    surfaces: &Surfaces,
) -> Result<(&'w str, Requirement), Box<Diagnostic>> {
    let error = |message: String| Diagnostic::error(&codes::CONFIG, message);
    let Some((surface, word)) = words.split_once('=') else {
        let problem = error(format!("`{words}` is not of the form `SURFACE=DIRECTION`"));
        return Err(Box::new(problem.help("write `wire=full`, for example")));
    };
    let names = || surfaces.names();
    if !names().any(|name| name == surface) {
        let problem = error(format!("there is no surface `{surface}`"));
        return Err(Box::new(match nearest(surface, names()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(format!("the surfaces are {}", list(names()))),
        }));
    }
    let Some(requirement) = Requirement::find(word) else {
        let problem = error(format!("`{word}` is no direction"));
        let words = Requirement::ALL.map(Requirement::name);
        return Err(Box::new(
            problem.help(format!("the words are {}", list(words.into_iter()))),
        ));
    };
    Ok((surface, requirement))
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.map(|it| format!("`{it}`")).collect();
    quoted.join(", ")
}
