//! Recognises sources that are written in an edition, which the parser does not know, and says what to do instead.

use crate::diagnostics::{Diagnostic, codes};
use crate::source::Span;

/// The byte range of the `edition` keyword, if that is the first word of a text.
pub(super) fn find(text: &str) -> Option<std::ops::Range<usize>> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("//") {
            rest = &comment[comment.find('\n')?..];
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = &comment[comment.find("*/")? + 2..];
        } else {
            break;
        }
    }
    let start = text.len() - rest.len();
    let after = rest.strip_prefix("edition")?.trim_start();
    after
        .starts_with('=')
        .then_some(start..start + "edition".len())
}

/// The error, with the commands that make a descriptor set.
pub(super) fn refuse(path: &str, span: Span) -> Diagnostic {
    let set = format!(
        "{}.binpb",
        path.rsplit('/')
            .next()
            .unwrap_or(path)
            .trim_end_matches(".proto")
    );
    Diagnostic::error(
        &codes::EDITION_SOURCE,
        format!("`{path}` is written in an edition, which is read from a descriptor set only"),
    )
    .at(Some(span), "this makes it an edition")
    .note("sources are read in proto2 and proto3; every edition up to 2024 is read from descriptor sets")
    .help(format!(
        "with protoc: `protoc --include_imports --include_source_info --descriptor_set_out={set} {path}`"
    ))
    .help(format!("with buf: `buf build -o {set}`"))
    .help(format!("then name `{set}` in place of the file: `contract = [\"{set}\"]`"))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn an_edition_is_seen_behind_comments() {
        assert_eq!(find("// a\n/* b */ edition = \"2023\";"), Some(13..20));
        assert_eq!(find("message edition {}"), None);
        assert_eq!(find("// edition = 1"), None);
        assert_eq!(find("edition x"), None);
        assert_eq!(find("/* open"), None);
    }
}
