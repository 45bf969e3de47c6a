//! What buf says of files, which it knows by their paths, and of packages.

use super::view::View;
use super::{Remarks, rules};
use crate::compat::delta::{Both, Delta, Ends, FileChange, Kind, PackageChange};
use crate::compat::options;
use crate::contract::{Edition, File};

pub(super) fn files<'a>(views: &Both<View<'a>>, remarks: &mut Remarks<'a>) {
    for (path, old) in &views.old.files {
        match views.new.files.get(path) {
            Some(new) => pair(Both { old, new }, remarks),
            None => {
                let delta = Delta::File(FileChange::Removed, Ends::Old(old));
                remarks.say_at(&rules::FILE_NO_DELETE, delta, None, *path);
            }
        }
    }
    for (name, old) in &views.old.packages {
        if !views.new.packages.contains_key(name) {
            let delta = Delta::Package(PackageChange::Removed, Ends::Old(old));
            remarks.say_at(&rules::PACKAGE_NO_DELETE, delta, None, *name);
        }
    }
}

fn pair<'a>(files: Both<&'a File>, remarks: &mut Remarks<'a>) {
    let path = &files.new.path;
    let mut say = |rule, change| {
        remarks.say(rule, Delta::File(change, Ends::Both(files)), path, path);
    };
    if files.old.package != files.new.package {
        say(&rules::FILE_SAME_PACKAGE, FileChange::Package);
    }
    // All editions are one syntax.
    let syntax = files.map(|it| match it.edition {
        Edition::Proto2 => 2,
        Edition::Proto3 => 3,
        Edition::Edition2023 | Edition::Edition2024 => 4,
    });
    if syntax.old != syntax.new {
        say(&rules::FILE_SAME_SYNTAX, FileChange::Edition);
    }
    for change in options::of_files(files) {
        let mut all = rules::all();
        if let Some(rule) = all.find(|it| it.rule.kinds == [Kind::File(change)]) {
            say(rule, change);
        }
    }
}
