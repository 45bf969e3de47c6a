//! One run at a time in a directory: its claim is a locked file in a staging directory that exists only while it writes.

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use same_file::Handle;

/// The directory, inside an output directory, that holds what a run prepares. Gone when the run is over.
pub const STAGING: &str = ".xlc-staging";

const LOCK: &str = "lock";

/// The right to write to an output directory. The operating system takes it back when the process dies.
#[derive(Debug)]
pub(super) struct Claim {
    root: PathBuf,
    file: File,
    /// Directories that had to be made for it, outermost first.
    made: Vec<PathBuf>,
}

impl Claim {
    /// Waits until the directory is free; `waiting` is called once if it is not. The directory is made if need be.
    pub(super) fn acquire(root: &Path, waiting: &mut dyn FnMut()) -> io::Result<Self> {
        let made: Vec<PathBuf> = root
            .ancestors()
            .take_while(|path| !path.exists())
            .map(Path::to_path_buf)
            .collect();
        let staging = root.join(STAGING);
        let path = staging.join(LOCK);
        loop {
            std::fs::create_dir_all(&staging)?;
            let opened = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path);
            let file = match opened {
                Ok(file) => file,
                // The run before us removed its staging directory just now.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    waiting();
                    file.lock()?;
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
            // The file that we waited for may have been removed by the run that held it.
            let current = Handle::from_path(&path).ok();
            if current == Some(Handle::from_file(file.try_clone()?)?) {
                let made = made.into_iter().rev().collect();
                let root = root.to_path_buf();
                return Ok(Self { root, file, made });
            }
        }
    }

    /// The directory that it is on.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Removes the staging directory with all that is in it, and gives the claim up. The lock file goes last and by its
    /// own name: a file of that name that appears later belongs to the next run.
    pub(super) fn release(self) {
        let staging = self.root.join(STAGING);
        for entry in std::fs::read_dir(&staging).into_iter().flatten().flatten() {
            if entry.file_name() != LOCK {
                // What cannot be removed is harmless: without a journal it means nothing.
                let _ = std::fs::remove_file(entry.path());
            }
        }
        let _ = std::fs::remove_file(staging.join(LOCK));
        let _ = std::fs::remove_dir(&staging);
        drop(self.file);
    }

    /// Releases, and removes the directories that were made for the claim, as far as they are empty.
    pub(super) fn abandon(mut self) {
        let made = std::mem::take(&mut self.made);
        self.release();
        for directory in made.iter().rev() {
            let _ = std::fs::remove_dir(directory);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn only_one_holds_the_claim_however_many_come_and_go() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path().join("out");
        std::fs::create_dir(&root).unwrap();
        let inside = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let claim = Claim::acquire(&root, &mut || {}).unwrap();
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        claim.release();
                    }
                });
            }
        });
        assert_eq!(std::fs::read_dir(&root).unwrap().count(), 0);
    }

    #[test]
    fn an_abandoned_claim_leaves_no_directory_behind() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path().join("a/b");
        Claim::acquire(&root, &mut || {}).unwrap().abandon();
        assert!(!directory.path().join("a").exists());
    }
}
