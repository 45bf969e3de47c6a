//! The templates that ship with xlc: all are registered, short, and sound for the views that they print.

use std::collections::BTreeSet;
use std::path::Path;

use xlc::diagnostics::emit::Human;
use xlc::render::Renderer;
use xlc::source::Sources;
use xlc::targets::TARGETS;

/// A template longer than this decides too much.
const LINES: usize = 80;

#[test]
fn every_shipped_template_passes_the_lint() {
    let mut linted = 0;
    for target in TARGETS {
        let mut sources = Sources::default();
        if let Err(problems) = Renderer::new(target.templates(), &[], &mut sources) {
            let shown = Human::new(false).render(&problems, &sources);
            panic!(
                "the templates of `{}` are not sound:\n{shown}",
                target.name()
            );
        }
        linted += target.templates().len();
    }
    assert_eq!(
        linted,
        files().len(),
        "a template is not registered, or twice"
    );
}

#[test]
fn every_template_is_registered_under_its_path() {
    let registered: BTreeSet<String> = TARGETS
        .iter()
        .flat_map(|target| target.templates())
        .map(|template| template.name.to_owned())
        .collect();
    assert_eq!(registered, files());
    for target in TARGETS {
        for template in target.templates() {
            let prefix = format!("{}/", target.name());
            assert!(template.name.starts_with(&prefix), "{}", template.name);
        }
    }
}

#[test]
fn no_template_is_long() {
    for target in TARGETS {
        for template in target.templates() {
            let lines = template.text.lines().count();
            assert!(lines <= LINES, "{} has {lines} lines", template.name);
        }
    }
}

/// The names of the `.hbs` files under `templates/`.
fn files() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    walkdir::WalkDir::new(&root)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|it| it == "hbs"))
        .map(|entry| {
            let path = entry.path().with_extension("");
            let below = path.strip_prefix(&root).expect("it was found there");
            below.to_string_lossy().replace('\\', "/")
        })
        .collect()
}
