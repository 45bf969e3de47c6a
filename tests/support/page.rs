//! Tables of the book that are printed by tests: `XLC_BLESS=1` writes them anew.

use std::path::{Path, PathBuf};

/// Where the pages are.
pub fn book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src")
}

/// Compares the text between a page's `<!-- printed: NAME -->` and `<!-- end -->` with what is printed now.
pub fn check(page: &str, name: &str, printed: &str) {
    let path = book().join(page);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{page}: {error}"));
    let begin = format!("<!-- printed: {name} -->\n");
    let (head, rest) = text
        .split_once(&begin)
        .unwrap_or_else(|| panic!("{page} has no `{begin}`"));
    let (old, tail) = rest.split_once("<!-- end -->").expect("an end mark");
    let printed = format!("\n{}\n\n", printed.trim());
    if old == printed {
        return;
    }
    if std::env::var_os("XLC_BLESS").is_some() {
        let fresh = format!("{head}{begin}{printed}<!-- end -->{tail}");
        std::fs::write(&path, fresh).expect("the page can be written");
        return;
    }
    panic!("`{name}` in {page} is not up to date: run the test with `XLC_BLESS=1`\n{printed}");
}
