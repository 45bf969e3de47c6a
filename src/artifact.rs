//! What a target plans to write: a path and either a template with its view, a data value or a verbatim text.
//! Decides nothing about how it is rendered or written.

use serde::Serialize;

/// A planned output file.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Path relative to the target's `out` directory, with `/` between the parts.
    pub path: String,
    /// What goes into it.
    pub content: Content,
}

/// The content of an [`Artifact`], still unrendered.
#[derive(Debug, Clone)]
pub enum Content {
    /// A template of the target, by its name (`python/module`), and the view that it prints.
    Template {
        /// The template's registered name.
        name: &'static str,
        /// The serialised view.
        view: serde_json::Value,
    },
    /// A data document, printed as JSON with two spaces of indentation and a final newline.
    Json(serde_json::Value),
    /// A text that is copied as it is (a runtime file).
    Verbatim(&'static str),
}

impl Artifact {
    /// An artifact that `template` prints from `view`.
    ///
    /// # Errors
    /// If the view cannot be serialised (a map key that is no string).
    pub fn from_view<V: Serialize>(
        path: impl Into<String>,
        template: &'static str,
        view: &V,
    ) -> Result<Self, serde_json::Error> {
        Ok(Self {
            path: path.into(),
            content: Content::Template {
                name: template,
                view: serde_json::to_value(view)?,
            },
        })
    }

    /// An artifact that holds a JSON document.
    #[must_use]
    pub fn json(path: impl Into<String>, value: serde_json::Value) -> Self {
        Self {
            path: path.into(),
            content: Content::Json(value),
        }
    }

    /// An artifact that is a fixed text.
    #[must_use]
    pub fn verbatim(path: impl Into<String>, text: &'static str) -> Self {
        Self {
            path: path.into(),
            content: Content::Verbatim(text),
        }
    }
}
