//! What a path means at one place of a template: the value in scope, block parameters, `@` variables.
//! Decides whether a path exists; does not walk templates.

use std::collections::BTreeMap;

use handlebars::{Path, PathSeg};
use serde_json::Value;

use super::schema::{self, Alternatives};
use crate::diagnostics::nearest;

/// A value in scope: its schema, and what a partial's `key=value` arguments add to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Context<'a> {
    pub(super) schemas: Alternatives<'a>,
    pub(super) added: BTreeMap<String, Alternatives<'a>>,
}

/// What is in scope at one place of a template.
#[derive(Debug, Clone)]
pub(super) struct Scope<'a> {
    /// The schema of the whole view: `@root`, and the definitions that references point to.
    pub(super) root: &'a Value,
    /// What `this` is.
    pub(super) context: Context<'a>,
    /// Block parameters, innermost last.
    pub(super) params: Vec<(String, Alternatives<'a>)>,
    /// Block parameters of the templates that include this one. They shadow properties at run time.
    pub(super) foreign: Vec<String>,
    /// Whether `@index`, `@first`, `@last` and `@key` are set.
    pub(super) in_each: bool,
}

/// Why a path is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) help: String,
}

fn refuse(message: impl Into<String>, help: impl Into<String>) -> Refusal {
    Refusal {
        message: message.into(),
        help: help.into(),
    }
}

impl<'a> Scope<'a> {
    /// The scope of a whole view.
    pub(super) fn of_view(root: &'a Value) -> Self {
        Self {
            root,
            context: Context {
                schemas: schema::expand(root, root),
                added: BTreeMap::new(),
            },
            params: Vec::new(),
            foreign: Vec::new(),
            in_each: false,
        }
    }

    /// The schemas of what a path points at.
    pub(super) fn resolve(&self, path: &Path) -> Result<Context<'a>, Refusal> {
        let (names, raw) = match path {
            Path::Relative((segments, raw)) => (segments, raw),
            Path::Local((level, name, raw)) => return self.local(*level, name, raw),
        };
        if raw.split(['/', '.']).any(str::is_empty) && raw.contains("..") {
            return Err(refuse(
                format!("`{raw}` reaches for the value around this one"),
                "put what is needed into the view of this element, or use `@root`",
            ));
        }
        let names: Vec<&str> = names
            .iter()
            .filter_map(|segment| match segment {
                PathSeg::Named(name) => Some(name.as_str()),
                PathSeg::Ruled(_) | _ => None,
            })
            .collect();
        if raw.starts_with("@root") {
            return self.follow(Self::of_view(self.root).context, &names);
        }
        let Some((first, rest)) = names.split_first() else {
            return Ok(self.context.clone());
        };
        let explicit = raw.starts_with("this") || raw.starts_with("./");
        let param = self.params.iter().rev().find(|(name, _)| name == first);
        if let (false, Some((_, schemas))) = (explicit, param) {
            let context = Context {
                schemas: schemas.clone(),
                added: BTreeMap::new(),
            };
            return self.follow(context, rest);
        }
        if self.foreign.iter().any(|name| name == first) {
            return Err(refuse(
                format!("`{first}` is a block parameter of a template that includes this one"),
                "rename the block parameter: inside the partial it hides the property",
            ));
        }
        self.follow(self.context.clone(), &names)
    }

    fn follow(&self, mut context: Context<'a>, names: &[&str]) -> Result<Context<'a>, Refusal> {
        for name in names {
            let mut schemas = context.added.remove(*name).unwrap_or_default();
            if schemas.is_empty() {
                schemas = schema::property(self.root, &context.schemas, name);
            }
            if schemas.is_empty() {
                return Err(self.missing(&context, name));
            }
            context = Context {
                schemas,
                added: BTreeMap::new(),
            };
        }
        Ok(context)
    }

    fn missing(&self, context: &Context<'a>, name: &str) -> Refusal {
        let mut known = schema::properties(&context.schemas);
        known.extend(context.added.keys().map(String::as_str));
        known.sort_unstable();
        known.dedup();
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "there is a plain value here, without properties".into(),
            None => format!("it has `{}`", known.join("`, `")),
        };
        refuse(format!("the view has no `{name}` here"), help)
    }

    fn local(&self, level: usize, name: &str, raw: &str) -> Result<Context<'a>, Refusal> {
        if level > 0 {
            return Err(refuse(
                format!("`{raw}` reaches for the loop around this one"),
                "put what is needed into the view of this element",
            ));
        }
        match name {
            "index" | "first" | "last" | "key" if self.in_each => Ok(Context {
                schemas: schema::scalar(),
                added: BTreeMap::new(),
            }),
            "index" | "first" | "last" | "key" => Err(refuse(
                format!("`{raw}` is not set here"),
                "it is known directly inside an `each`",
            )),
            _ => Err(refuse(
                format!("`{raw}` is not known"),
                "known are `@root`, `@index`, `@first`, `@last` and `@key`",
            )),
        }
    }
}
