//! Checks templates against the JSON Schema of the view that they print: every path must exist, every helper must be
//! one of ours, every partial must be there. Strict mode alone is not enough: `{{#if typo}}` is silently false.

mod parts;
mod schema;
mod scope;

use std::collections::{BTreeMap, BTreeSet};

use handlebars::Handlebars;
use handlebars::template::{
    DecoratorTemplate, HelperTemplate, Parameter, Template, TemplateElement,
};
use serde_json::Value;

use super::{Text, helpers, offset};
use crate::diagnostics::{Diagnostic, codes, nearest};
use crate::source::Sources;
use parts::{block_params, find_word, key, raw, sorted, unknown_helper};
use schema::Kind;
use scope::{Context, Refusal, Scope};

/// Everything that is wrong with a set of templates. Templates that do not compile are skipped: that was said.
pub(super) fn lint(
    texts: &BTreeMap<&str, Text<'_>>,
    registry: &Handlebars<'_>,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let mut lint = Lint {
        texts,
        registry,
        sources,
        done: BTreeSet::new(),
        reached: BTreeSet::new(),
        found: Vec::new(),
    };
    // All schemas live as long as the lint: what was checked is remembered by the identity of a schema.
    let views: Vec<(&str, Value)> = texts
        .iter()
        .filter_map(|(name, text)| Some((*name, text.view?().to_value())))
        .collect();
    for (name, root) in &views {
        lint.template(name, &Scope::of_view(root));
    }
    let complete = lint.found.is_empty() && texts.keys().all(|name| registry.has_template(name));
    let unreached = texts.keys().filter(|name| !lint.reached.contains(**name));
    if complete {
        for name in unreached.map(|name| (*name).to_owned()).collect::<Vec<_>>() {
            lint.found.push(
                Diagnostic::error(&codes::TEMPLATE, format!("no template includes `{name}`"))
                    .in_file(sources.get(texts[name.as_str()].source).name())
                    .help("remove it, or include it with `{{> ...}}`"),
            );
        }
    }
    let mut unique: Vec<Diagnostic> = Vec::new();
    for diagnostic in lint.found {
        if !unique.contains(&diagnostic) {
            unique.push(diagnostic);
        }
    }
    unique
}

struct Lint<'t> {
    texts: &'t BTreeMap<&'t str, Text<'t>>,
    registry: &'t Handlebars<'t>,
    sources: &'t Sources,
    /// Templates that were checked, with what was in scope: a partial may include itself by way of others.
    done: BTreeSet<String>,
    reached: BTreeSet<String>,
    found: Vec<Diagnostic>,
}

/// A place in a template: the text and the byte from which what is at fault is looked for.
#[derive(Clone, Copy)]
struct At<'t> {
    name: &'t str,
    from: usize,
}

impl<'t> Lint<'t> {
    fn template(&mut self, name: &str, scope: &Scope<'_>) {
        self.reached.insert(name.to_owned());
        let (Some((name, _)), Some(template)) = (
            self.texts.get_key_value(name),
            self.registry.get_template(name),
        ) else {
            return;
        };
        if self.done.insert(key(name, scope)) {
            self.body(template, At { name, from: 0 }, scope);
        }
    }

    fn body(&mut self, template: &'t Template, around: At<'t>, scope: &Scope<'_>) {
        for (index, element) in template.elements.iter().enumerate() {
            let from = template
                .mapping
                .get(index)
                .and_then(|at| offset(self.texts[around.name].text, at.0, at.1))
                .unwrap_or(around.from);
            self.element(element, At { from, ..around }, scope);
        }
    }

    fn element(&mut self, element: &'t TemplateElement, at: At<'t>, scope: &Scope<'_>) {
        match element {
            TemplateElement::RawString(_) | TemplateElement::Comment(_) => {}
            TemplateElement::Expression(it) | TemplateElement::HtmlExpression(it) => {
                self.expression(it, at, scope);
            }
            TemplateElement::HelperBlock(it) => self.block(it, at, scope),
            TemplateElement::PartialExpression(it) => self.partial(it, at, scope),
            TemplateElement::PartialBlock(it) => self.refuse_tag(
                at,
                it.name.as_name(),
                "a partial with a block is not allowed",
                "include a plain partial: `{{> name value}}`",
            ),
            TemplateElement::DecoratorExpression(it) | TemplateElement::DecoratorBlock(it) => self
                .refuse_tag(
                    at,
                    it.name.as_name(),
                    "decorators are not allowed",
                    "put an inline partial into a template of its own",
                ),
            _ => self.refuse_tag(at, None, "this construct is not allowed", "see the book"),
        }
    }

    /// `{{path}}` or `{{helper argument}}`.
    fn expression(&mut self, it: &'t HelperTemplate, at: At<'t>, scope: &Scope<'_>) {
        if !it.params.is_empty() || !it.hash.is_empty() {
            self.call(it, at, scope);
            return;
        }
        if let Parameter::Path(path) = &it.name {
            if let Some(context) = self.path(path, at, scope) {
                self.printable(path, &context, at);
            }
        } else {
            self.argument(&it.name, at, scope);
        }
    }

    /// A call of one of the pure helpers.
    fn call(&mut self, it: &'t HelperTemplate, at: At<'t>, scope: &Scope<'_>) {
        let name = it.name.as_name().unwrap_or_default();
        if !helpers::PURE.contains(&name) {
            let help = unknown_helper(name);
            self.refuse_tag(
                at,
                Some(name),
                &format!("helper `{name}` is not allowed"),
                &help,
            );
        }
        for param in &it.params {
            self.argument(param, at, scope);
        }
        for (_, param) in sorted(&it.hash) {
            self.argument(param, at, scope);
        }
    }

    fn argument(&mut self, param: &'t Parameter, at: At<'t>, scope: &Scope<'_>) -> Option<()> {
        if let Parameter::Path(path) = param {
            return self.path(path, at, scope).map(|_| ());
        }
        if let Parameter::Subexpression(inner) = param
            && let TemplateElement::Expression(it) = inner.as_element()
        {
            self.call(it, at, scope);
            return Some(());
        }
        if let Parameter::Literal(_) = param {
            return Some(());
        }
        self.refuse_tag(at, param.as_name(), "a path was expected here", "");
        None
    }

    /// `{{#each}}`, `{{#if}}`, `{{#unless}}`, `{{#with}}`.
    fn block(&mut self, it: &'t HelperTemplate, at: At<'t>, scope: &Scope<'_>) {
        let name = it.name.as_name().unwrap_or_default();
        if !helpers::BLOCKS.contains(&name) {
            let help = unknown_helper(name);
            self.refuse_tag(
                at,
                Some(name),
                &format!("block `{name}` is not allowed"),
                &help,
            );
            return;
        }
        let subject = match it.params.as_slice() {
            [Parameter::Path(path)] => self.path(path, at, scope).map(|context| (path, context)),
            _ => {
                self.refuse_tag(
                    at,
                    Some(name),
                    &format!("`{name}` takes one path and nothing else"),
                    "a decision belongs in the view: give it a field of its own",
                );
                None
            }
        };
        if !it.hash.is_empty() {
            self.refuse_tag(
                at,
                Some(name),
                &format!("`{name}` takes no named arguments"),
                "remove them",
            );
        }
        let inner = subject.and_then(|(path, context)| match name {
            "each" => self.each(it, path, &context, at, scope),
            "with" => Some(with(it, context, scope)),
            _ => Some(scope.clone()),
        });
        if let (Some(template), Some(inner)) = (&it.template, inner) {
            self.body(template, at, &inner);
        }
        if let Some(inverse) = &it.inverse {
            self.body(inverse, at, scope);
        }
    }

    /// The scope inside an `each`; `None` if there is nothing to visit.
    fn each<'a>(
        &mut self,
        it: &HelperTemplate,
        path: &handlebars::Path,
        context: &Context<'a>,
        at: At<'t>,
        scope: &Scope<'a>,
    ) -> Option<Scope<'a>> {
        let items = schema::items(scope.root, &context.schemas);
        if items.is_empty() {
            self.refuse_path(
                at,
                raw(path),
                Refusal {
                    message: format!("`{}` is not a list whose items are known", raw(path)),
                    help: "`each` takes a list or a map of the view".into(),
                },
            );
            return None;
        }
        let mut inner = scope.clone();
        inner.in_each = true;
        let names = block_params(it);
        if let Some(value) = names.first() {
            inner.params.push((value.clone(), items.clone()));
        }
        if let Some(index) = names.get(1) {
            inner.params.push((index.clone(), schema::scalar()));
        }
        inner.context = Context {
            schemas: items,
            added: BTreeMap::new(),
        };
        Some(inner)
    }

    /// `{{> name context key=value}}`.
    fn partial(&mut self, it: &'t DecoratorTemplate, at: At<'t>, scope: &Scope<'_>) {
        let Some(name) = it.name.as_name() else {
            self.refuse_tag(
                at,
                None,
                "a partial's name must be written out",
                "name it: `{{> name}}`",
            );
            return;
        };
        let mut context = match it.params.as_slice() {
            [] => Some(scope.context.clone()),
            [Parameter::Path(path)] => self.path(path, at, scope),
            _ => {
                self.refuse_tag(at, Some(name), "a partial takes one value", "name one path");
                None
            }
        };
        for (key, value) in sorted(&it.hash) {
            let added = if let Parameter::Path(path) = value {
                self.path(path, at, scope).map(|it| it.schemas)
            } else {
                self.argument(value, at, scope).map(|()| schema::scalar())
            };
            if let (Some(context), Some(added)) = (&mut context, added) {
                context.added.insert(key.clone(), added);
            }
        }
        if !self.texts.contains_key(name) {
            let help = match nearest(name, self.texts.keys().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "the target has no partial of that name".into(),
            };
            self.refuse_tag(at, Some(name), &format!("no partial `{name}`"), &help);
        } else if name == at.name {
            self.refuse_tag(
                at,
                Some(name),
                "a template cannot include itself",
                "include it by way of another partial",
            );
        } else if let Some(context) = context {
            let inner = Scope {
                root: scope.root,
                context,
                params: Vec::new(),
                foreign: scope
                    .params
                    .iter()
                    .map(|(name, _)| name.clone())
                    .chain(scope.foreign.iter().cloned())
                    .collect(),
                in_each: scope.in_each,
            };
            self.template(name, &inner);
        }
    }

    fn path<'a>(
        &mut self,
        path: &handlebars::Path,
        at: At<'t>,
        scope: &Scope<'a>,
    ) -> Option<Context<'a>> {
        match scope.resolve(path) {
            Ok(context) => Some(context),
            Err(refusal) => {
                self.refuse_path(at, raw(path), refusal);
                None
            }
        }
    }

    /// An object printed is `[object]`, which nobody wants.
    fn printable(&mut self, path: &handlebars::Path, context: &Context<'_>, at: At<'t>) {
        let plain = |schema: &&Value| match schema::kind(schema) {
            Kind::Scalar | Kind::Any => true,
            Kind::Object | Kind::Array => false,
        };
        if !context.schemas.iter().all(plain) || !context.added.is_empty() {
            self.refuse_path(
                at,
                raw(path),
                Refusal {
                    message: format!("`{}` is a list or an object and has no text", raw(path)),
                    help: "print its parts with `each` or a partial".into(),
                },
            );
        }
    }

    fn refuse_path(&mut self, at: At<'t>, path: &str, refusal: Refusal) {
        self.refuse_tag(at, Some(path), &refusal.message, &refusal.help);
    }

    /// Reports what is wrong with `word` in the tag at `at`.
    fn refuse_tag(&mut self, at: At<'t>, word: Option<&str>, message: &str, help: &str) {
        let text = &self.texts[at.name];
        let rest = text.text.get(at.from..).unwrap_or_default();
        let start = word.map_or(0, |word| find_word(rest, word));
        let range = at.from + start..at.from + start + word.map_or(2, str::len);
        let mut diagnostic = Diagnostic::error(&codes::TEMPLATE, message)
            .at(self.sources.span(text.source, range), "");
        if !help.is_empty() {
            diagnostic = diagnostic.help(help);
        }
        self.found.push(diagnostic);
    }
}

fn with<'a>(it: &HelperTemplate, context: Context<'a>, scope: &Scope<'a>) -> Scope<'a> {
    let mut inner = scope.clone();
    inner.in_each = false;
    if let Some(name) = block_params(it).first() {
        inner.params.push((name.clone(), context.schemas.clone()));
    }
    inner.context = context;
    inner
}
