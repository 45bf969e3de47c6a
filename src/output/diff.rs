//! Unified diffs between what is on the disk and what would be written.

use similar::TextDiff;

/// A unified diff in the form that `patch` and reviewers read. `None` stands for a file that is not there.
#[must_use]
pub fn unified_diff(path: &str, old: Option<&str>, new: Option<&str>) -> String {
    let header = |side: char, text: Option<&str>| match text {
        Some(_) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    };
    TextDiff::from_lines(old.unwrap_or_default(), new.unwrap_or_default())
        .unified_diff()
        .context_radius(3)
        .header(&header('a', old), &header('b', new))
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::unified_diff;

    #[test]
    fn a_diff_has_both_names_and_marks_a_missing_line_end() {
        assert_eq!(
            unified_diff("gen/a.py", Some("one\ntwo\n"), Some("one\nTWO")),
            "--- a/gen/a.py\n+++ b/gen/a.py\n@@ -1,2 +1,2 @@\n one\n-two\n+TWO\n\\ No newline at end of file\n"
        );
        assert!(unified_diff("a", None, Some("x\n")).starts_with("--- /dev/null\n+++ b/a\n"));
    }
}
