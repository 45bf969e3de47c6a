//! The Python block of the quick start runs against what the quick start generates.

use std::process::Command;

use crate::book;
use crate::support::toolchain;

#[test]
fn the_python_of_the_quick_start_runs() {
    let Some(python) = toolchain::python() else {
        return;
    };
    let page = std::fs::read_to_string(book().join("quickstart.md")).expect("the page");
    let (_, rest) = page.split_once("```python\n").expect("a Python block");
    let (program, _) = rest.split_once("```").expect("its end");

    let project = tempfile::tempdir().expect("a directory");
    let contract = book().join("quickstart.in/proto");
    let run = Command::new(env!("CARGO_BIN_EXE_xlc"))
        .current_dir(project.path())
        .args(["gen", "python", "--out", "gen/python", "--contract"])
        .arg(&contract)
        .arg("--include")
        .arg(&contract)
        .output()
        .expect("xlc starts");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let run = Command::new(python)
        .current_dir(project.path())
        .args(["-c", program])
        .output()
        .expect("Python starts");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}
