//! What differs between files, which are paired by their paths: generated code has those, payloads do not.

use std::collections::{BTreeMap, BTreeSet};

use crate::compat::delta::{Both, Delta, Ends, FileChange, PackageChange};
use crate::compat::options;
use crate::compat::pair::Pairs;
use crate::contract::File;

pub(super) fn files<'a>(pairs: &Pairs<'a>, deltas: &mut Vec<Delta<'a>>) {
    let asked = pairs.asked_files();
    let paths = Both {
        old: by_path(&asked.old),
        new: by_path(&asked.new),
    };
    for old in &asked.old {
        match paths.new.get(old.path.as_str()) {
            Some(new) => {
                let both = Both { old: *old, new };
                let changes = differences(both).into_iter();
                deltas.extend(changes.map(|it| Delta::File(it, Ends::Both(both))));
            }
            None => deltas.push(Delta::File(FileChange::Removed, Ends::Old(old))),
        }
    }
    let fresh = (asked.new.iter()).filter(|it| !paths.old.contains_key(it.path.as_str()));
    deltas.extend(fresh.map(|it| Delta::File(FileChange::Added, Ends::New(it))));
    packages(pairs, &asked, deltas);
}

fn by_path<'a>(files: &[&'a File]) -> BTreeMap<&'a str, &'a File> {
    files.iter().map(|it| (it.path.as_str(), *it)).collect()
}

fn differences(files: Both<&File>) -> Vec<FileChange> {
    let Both { old, new } = files;
    let mut found = Vec::new();
    if old.package != new.package {
        found.push(FileChange::Package);
    }
    if old.edition != new.edition {
        found.push(FileChange::Edition);
    }
    found.extend(options::of_files(files));
    found
}

/// Packages that are gone, and not renamed; each by the first file that had it.
fn packages<'a>(pairs: &Pairs<'a>, asked: &Both<Vec<&'a File>>, deltas: &mut Vec<Delta<'a>>) {
    let left: BTreeSet<&str> = asked.new.iter().map(|it| it.package.as_str()).collect();
    let renamed = pairs.packages.iter();
    let renamed = renamed.map(|it| pairs.contracts.old.file(it.old).package.as_str());
    let mut told: BTreeSet<&str> = renamed.chain(left).collect();
    for file in &asked.old {
        if told.insert(&file.package) {
            deltas.push(Delta::Package(PackageChange::Removed, Ends::Old(file)));
        }
    }
}
