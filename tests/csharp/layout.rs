//! The layout of all that the target writes, as far as it can be told without a formatter: `dotnet format` needs
//! packages, which there are none of.

use crate::generated;

/// What is wrong with a line, given the one before it.
fn fault(before: &str, line: &str) -> Option<&'static str> {
    let code = line.trim_start();
    let indent = line.len() - code.len();
    let is_comment = code.starts_with("//");
    if line.ends_with(char::is_whitespace) {
        Some("white space at the end")
    } else if line.contains('\r') || (line.contains('\t') && !is_comment) {
        Some("a tab or a carriage return")
    } else if !indent.is_multiple_of(4) {
        Some("an indentation of no four spaces")
    } else if line.is_empty() && (before.is_empty() || before.trim_start() == "{") {
        Some("a blank line too many")
    } else if code.starts_with('}') && before.is_empty() {
        Some("a blank line before a brace")
    } else if code != "{" && code.ends_with('{') && !is_comment {
        Some("a brace that is not on a line of its own")
    } else if (code == "}" && before.trim_start() == "{") && indent != before.len() - 1 {
        Some("braces that do not stand below each other")
    } else {
        None
    }
}

#[test]
fn every_file_is_laid_out_as_the_tools_of_the_language_would() {
    let mut count = 0;
    for path in generated::files(generated::sources()) {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.ends_with('\n') && !text.ends_with("\n\n"),
            "{}",
            path.display()
        );
        let mut before = "";
        for (number, line) in text.lines().enumerate() {
            let found = fault(before, line);
            assert!(
                found.is_none(),
                "{}:{}: {found:?}: {line:?}",
                path.display(),
                number + 1
            );
            before = line;
        }
        count += 1;
    }
    assert!(count > 60, "{count} files");
}

#[test]
fn a_fault_is_found() {
    for (before, line) in [
        ("", "x "),
        ("", "\tx"),
        ("", "   x"),
        ("{", ""),
        ("", ""),
        ("", "}"),
        ("x", "if (x) {"),
    ] {
        assert!(fault(before, line).is_some(), "{line:?} after {before:?}");
    }
    assert_eq!(fault("    {", "        x;"), None);
}
