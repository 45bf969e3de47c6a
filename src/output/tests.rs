//! Tests of comparing and carrying out, on real directories.

use std::collections::BTreeMap;
use std::path::Path;

use super::claim::Claim;
use super::{ChangeKind, Conflict, Event, MANIFEST, Planned, STAGING, Tree, commit, reconcile};

fn tree(directory: &Path, files: &[(&str, &str)]) -> Tree {
    targeted(directory, "t", files)
}

fn targeted(directory: &Path, target: &str, files: &[(&str, &str)]) -> Tree {
    let mut tree = Tree::new(directory.to_path_buf());
    tree.targets.push(target.to_owned());
    for (path, text) in files {
        let planned = Planned {
            text: (*text).to_owned(),
            target: target.to_owned(),
        };
        tree.add(path, planned).unwrap();
    }
    tree
}

fn write(trees: &[Tree]) {
    commit(trees, false, &mut |_| {}).unwrap();
}

fn errors(trees: &[Tree], force: bool) -> Vec<String> {
    let failed = commit(trees, force, &mut |_| {}).unwrap_err();
    failed.into_iter().map(|it| it.message).collect()
}

fn kinds(trees: &[Tree]) -> BTreeMap<String, ChangeKind> {
    reconcile(trees, false)
        .unwrap()
        .files()
        .map(|change| (change.path.clone(), change.kind))
        .collect()
}

/// All files below a directory with their content.
fn disk(directory: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(directory)
        .min_depth(1)
        .into_iter()
        .map(Result::unwrap)
        .map(|entry| {
            let path = entry.path().strip_prefix(directory).unwrap();
            let text = match entry.file_type().is_file() {
                true => std::fs::read_to_string(entry.path()).unwrap(),
                false => "<directory>".to_owned(),
            };
            (path.to_string_lossy().into_owned(), text)
        })
        .collect()
}

#[test]
fn files_are_created_kept_updated_and_deleted_with_their_directories() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("gen/t");
    write(&[tree(&out, &[("a", "1\n"), ("d/e/b", "1\n"), ("c", "1\n")])]);
    let before = std::fs::metadata(out.join("a"))
        .unwrap()
        .modified()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let next = [tree(&out, &[("a", "1\n"), ("c", "2\n"), ("n", "1\n")])];
    assert_eq!(
        kinds(&next),
        [
            ("a".to_owned(), ChangeKind::Unchanged),
            ("c".to_owned(), ChangeKind::Update),
            ("d/e/b".to_owned(), ChangeKind::Delete),
            ("n".to_owned(), ChangeKind::Create),
        ]
        .into()
    );
    write(&next);
    let now = disk(&out);
    let paths: Vec<&str> = now.keys().map(String::as_str).collect();
    assert_eq!(paths, [MANIFEST, "a", "c", "n"]);
    assert_eq!(now["c"], "2\n");
    let after = std::fs::metadata(out.join("a"))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(before, after, "an unchanged file was rewritten");
    assert!(reconcile(&next, false).unwrap().is_clean());
}

#[test]
fn each_state_is_told_apart() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path();
    write(&[tree(
        out,
        &[
            ("edited", "1\n"),
            ("crlf", "1\n"),
            ("gone", "1\n"),
            ("stale", "1\n"),
            ("orphan", "1\n"),
            ("both", "1\n"),
            ("stalecrlf", "1\n"),
            ("same", "1\n"),
        ],
    )]);
    std::fs::write(out.join("edited"), "mine\n").unwrap();
    std::fs::write(out.join("crlf"), "1\r\n").unwrap();
    std::fs::write(out.join("stalecrlf"), "1\r\n").unwrap();
    std::fs::write(out.join("both"), "mine\n").unwrap();
    std::fs::write(out.join("foreign"), "mine\n").unwrap();
    std::fs::write(out.join("adopted"), "1\n").unwrap();
    std::fs::create_dir(out.join("directory")).unwrap();
    std::fs::write(out.join("directory/x"), "").unwrap();
    std::fs::remove_file(out.join("gone")).unwrap();
    let next = [tree(
        out,
        &[
            ("edited", "1\n"),
            ("crlf", "1\n"),
            ("gone", "1\n"),
            ("stale", "2\n"),
            ("foreign", "1\n"),
            ("adopted", "1\n"),
            ("directory", "1\n"),
            ("stalecrlf", "2\n"),
            ("same", "1\n"),
        ],
    )];
    let states = kinds(&next);
    for (path, kind) in [
        ("edited", ChangeKind::Conflict(Conflict::HandEdited)),
        ("crlf", ChangeKind::LineEndings),
        ("gone", ChangeKind::Create),
        ("stale", ChangeKind::Update),
        ("stalecrlf", ChangeKind::Update),
        ("orphan", ChangeKind::Delete),
        ("both", ChangeKind::Conflict(Conflict::HandEditedOrphan)),
        ("foreign", ChangeKind::Conflict(Conflict::Foreign)),
        ("adopted", ChangeKind::Unchanged),
        ("directory", ChangeKind::Conflict(Conflict::Directory)),
        ("same", ChangeKind::Unchanged),
    ] {
        assert_eq!(states[path], kind, "{path}");
    }
    let before = disk(out);
    assert_eq!(errors(&next, false).len(), 4);
    assert_eq!(disk(out), before, "a refused run wrote something");
    assert_eq!(
        errors(&next, true),
        [format!(
            "`{}/directory` is a directory, and a file is to be written there",
            out.display()
        )]
    );
    std::fs::remove_dir_all(out.join("directory")).unwrap();
    commit(&next, true, &mut |_| {}).unwrap();
    assert!(reconcile(&next, false).unwrap().is_clean());
    assert_eq!(disk(out)["foreign"], "1\n");
    assert!(!out.join("both").exists());
}

#[test]
fn a_directory_becomes_a_file_and_a_file_a_directory() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path();
    let one = [tree(out, &[("x/y/z", "1\n"), ("f", "1\n")])];
    let two = [tree(out, &[("x", "2\n"), ("f/g", "2\n")])];
    for trees in [&one, &two, &one] {
        write(trees);
        assert!(reconcile(trees, false).unwrap().is_clean());
    }
}

#[test]
fn a_file_that_ends_up_as_planned_needs_no_force() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path();
    write(&[tree(out, &[("a", "1\n")])]);
    std::fs::write(out.join("a"), "2\n").unwrap();
    write(&[tree(out, &[("a", "2\n")])]);
    write(&[tree(out, &[("a", "3\n")])]);
    assert_eq!(disk(out)["a"], "3\n");
}

#[test]
fn targets_that_share_a_directory_leave_each_other_alone() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path();
    let mut both = targeted(out, "one", &[("a", "1\n")]);
    let planned = Planned {
        text: "1\n".into(),
        target: "two".into(),
    };
    both.add("b", planned).unwrap();
    write(&[both]);
    let mut one = targeted(out, "one", &[("c", "1\n")]);
    one.resting.push("two".into());
    write(&[one]);
    assert_eq!(disk(out).keys().collect::<Vec<_>>(), [MANIFEST, "b", "c"]);
    // A target that the configuration no longer has leaves orphans.
    write(&[targeted(out, "one", &[("c", "1\n")])]);
    assert_eq!(disk(out).keys().collect::<Vec<_>>(), [MANIFEST, "c"]);
    write(&[targeted(out, "one", &[])]);
    assert_eq!(disk(out).len(), 0);
}

#[test]
#[cfg(unix)]
fn symbolic_links_are_followed_to_the_directory_but_not_inside() {
    use std::os::unix::fs::symlink;
    let place = tempfile::tempdir().unwrap();
    let (real, link) = (place.path().join("real"), place.path().join("link"));
    let outside = place.path().join("outside");
    std::fs::create_dir_all(&real).unwrap();
    std::fs::create_dir_all(&outside).unwrap();
    symlink(&real, &link).unwrap();
    write(&[tree(&link, &[("a", "1\n")])]);
    assert_eq!(disk(&real)["a"], "1\n");
    symlink(&outside, real.join("sub")).unwrap();
    assert!(
        errors(&[tree(&link, &[("a", "1\n"), ("sub/b", "1\n")])], true)[0]
            .contains("symbolic link")
    );
    std::fs::write(outside.join("target"), "theirs\n").unwrap();
    symlink(outside.join("target"), real.join("b")).unwrap();
    let next = [tree(&link, &[("a", "1\n"), ("b", "1\n")])];
    assert_eq!(kinds(&next)["b"], ChangeKind::Conflict(Conflict::Foreign));
    commit(&next, true, &mut |_| {}).unwrap();
    assert_eq!(disk(&outside)["target"], "theirs\n", "wrote through a link");
}

#[test]
fn a_manifest_that_points_outside_or_is_broken_stops_the_run() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let trees = [tree(&out, &[("a", "1\n")])];
    write(&trees);
    std::fs::write(place.path().join("precious"), "x").unwrap();
    let text = std::fs::read_to_string(out.join(MANIFEST)).unwrap();
    std::fs::write(out.join(MANIFEST), text.replace("\"a\"", "\"../precious\"")).unwrap();
    assert!(errors(&trees, false)[0].contains("is not valid"));
    commit(&trees, true, &mut |_| {}).unwrap();
    assert!(place.path().join("precious").exists());
    std::fs::write(out.join(MANIFEST), "<<<<<<< HEAD\n").unwrap();
    assert!(errors(&trees, false)[0].contains("is not valid"));
}

#[test]
fn a_rename_that_fails_undoes_the_others() {
    let place = tempfile::tempdir().unwrap();
    let (one, two) = (place.path().join("one"), place.path().join("two"));
    write(&[
        tree(&one, &[("a", "1\n"), ("gone", "1\n")]),
        tree(&two, &[("b", "1\n")]),
    ]);
    let before = disk(place.path());
    let trees = [
        tree(&one, &[("a", "2\n"), ("new/n", "2\n")]),
        tree(&two, &[("b", "2\n"), ("z", "2\n")]),
    ];
    // The last file to come finds a directory in its place that was not there when the run looked.
    let blocker = two.join("z");
    let failed = commit(&trees, false, &mut |event| {
        if event == Event::Committed {
            std::fs::create_dir(&blocker).unwrap();
            std::fs::write(blocker.join("x"), "").unwrap();
        }
    });
    let problem = &failed.unwrap_err()[0];
    assert!(problem.notes[0].contains("was undone"), "{problem:?}");
    std::fs::remove_dir_all(&blocker).unwrap();
    assert_eq!(disk(place.path()), before);
    write(&trees);
    assert!(reconcile(&trees, false).unwrap().is_clean());
}

#[test]
fn an_error_before_the_commit_leaves_nothing_behind() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("file"), "").unwrap();
    let out = place.path().join("file/out");
    assert_eq!(errors(&[tree(&out, &[("a", "1\n")])], false).len(), 1);
    let (one, two) = (place.path().join("deep/one"), place.path().join("deep/two"));
    std::fs::create_dir_all(&two).unwrap();
    std::fs::write(two.join(STAGING), "a file where the directory goes").unwrap();
    let before = disk(place.path());
    let trees = [tree(&one, &[("a", "1\n")]), tree(&two, &[("a", "1\n")])];
    assert_eq!(errors(&trees, false).len(), 1);
    assert_eq!(disk(place.path()), before);
}

#[test]
fn what_another_run_has_half_done_is_no_hand_edit() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path();
    write(&[tree(out, &[("a", "0\n"), ("b", "0\n")])]);
    let other = Claim::acquire(out, &mut || {}).unwrap();
    std::fs::write(out.join("a"), "1\n").unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let run = scope.spawn(move || {
            let trees = [tree(out, &[("a", "2\n"), ("b", "2\n")])];
            let outcome = commit(&trees, false, &mut |event| tell.send(event).unwrap());
            outcome.map(|_| ())
        });
        // Whatever comes first, the other run has to end.
        let first = told.recv();
        std::fs::write(out.join("a"), "0\n").unwrap();
        other.release();
        assert_eq!(run.join().unwrap().map_err(|it| it.len()), Ok(()));
        assert_eq!(first, Ok(Event::Waiting));
    });
    assert_eq!(disk(out)["a"], "2\n");
}

#[test]
fn runs_at_the_same_time_leave_the_tree_of_one_of_them() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path();
    write(&[tree(out, &[("a", "0\n"), ("b", "0\n")])]);
    std::thread::scope(|scope| {
        for run in 1..=4 {
            scope.spawn(move || {
                for round in 0..10 {
                    let text = format!("{run} {round}\n");
                    write(&[tree(out, &[("a", &text), ("b", &text)])]);
                }
            });
        }
    });
    let now = disk(out);
    assert_eq!(now["a"], now["b"]);
    assert_eq!(now.len(), 3);
}
