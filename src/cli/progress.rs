//! Progress of long work, on standard error, and only if somebody watches.

use std::time::{Duration, Instant};

use super::terminal::Terminal;
use crate::output::Event;
use crate::pipeline::Progress;

/// Work shorter than this needs no progress.
const PATIENCE: Duration = Duration::from_secs(1);
/// A terminal need not be written to more often than this.
const PACE: Duration = Duration::from_millis(80);

/// A line that says how far the work has come, once it has taken a second.
pub(super) struct Watcher<'a> {
    terminal: &'a Terminal,
    enabled: bool,
    started: Instant,
    last: Option<Instant>,
    written: usize,
}

impl<'a> Watcher<'a> {
    pub(super) fn new(terminal: &'a Terminal, quiet: bool) -> Self {
        Self {
            terminal,
            enabled: !quiet && Terminal::is_watched(),
            started: Instant::now(),
            last: None,
            written: 0,
        }
    }

    pub(super) fn progress(&mut self, progress: Progress<'_>) {
        match progress {
            Progress::Loading => self.line(|| "loading the contract".to_owned()),
            Progress::Planning(target) => self.line(|| format!("planning {target}")),
            Progress::Rendering(target, number, all) => {
                self.line(|| format!("rendering {target} {number}/{all}"));
            }
        }
    }

    pub(super) fn event(&mut self, event: Event) {
        match event {
            // Said at once: nothing else tells why nothing happens.
            Event::Waiting if self.enabled => {
                self.show("waiting for another xlc that writes to the same directory");
            }
            Event::Staged | Event::Applied => {
                self.written += 1;
                let written = self.written;
                self.line(|| format!("writing, step {written}"));
            }
            Event::Waiting
            | Event::Finished
            | Event::Undone
            | Event::Synced
            | Event::Committed
            | Event::Done => {}
        }
    }

    fn line(&mut self, text: impl FnOnce() -> String) {
        let due = self.last.is_none_or(|last| last.elapsed() >= PACE);
        if self.enabled && due && self.started.elapsed() >= PATIENCE {
            self.show(&text());
        }
    }

    fn show(&mut self, text: &str) {
        self.terminal.transient(text);
        self.last = Some(Instant::now());
    }
}

impl Drop for Watcher<'_> {
    fn drop(&mut self) {
        if self.last.is_some() {
            self.terminal.transient("");
        }
    }
}
