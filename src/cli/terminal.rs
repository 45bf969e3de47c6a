//! The two streams: what is printed where, in which colours, and what happens when a stream is closed.

use std::io::{self, ErrorKind, IsTerminal as _, Write};

use anstream::{AutoStream, ColorChoice};

use super::{Status, When};
use crate::diagnostics::emit::{self, Human};
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::Sources;

/// Standard output for results, standard error for everything that is said about them.
pub(super) struct Terminal {
    color: ColorChoice,
    emitter: Human,
    /// Whether all diagnostics are shown, however many there are.
    all: bool,
    /// Why standard output could not be written to; nothing more is written then.
    broken: Option<io::Error>,
}

/// As many diagnostics are shown, if not all are asked for.
const MOST: usize = 100;

/// The colour of a status word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Done, or as it should be.
    Good,
    /// To be looked at.
    Attention,
    /// Refused.
    Bad,
}

impl Terminal {
    pub(super) fn new(when: When) -> Self {
        Self {
            color: match when {
                When::Auto => ColorChoice::Auto,
                When::Always => ColorChoice::AlwaysAnsi,
                When::Never => ColorChoice::Never,
            },
            // Everything is rendered with colour; the streams take it out where it is not wanted.
            emitter: Human::new(true),
            all: false,
            broken: None,
        }
    }

    /// Shows all diagnostics from now on.
    pub(super) fn show_all(mut self, all: bool) -> Self {
        self.all = all;
        self
    }

    /// Whether somebody watches standard error.
    pub(super) fn is_watched() -> bool {
        io::stderr().is_terminal()
    }

    /// Prints a result.
    pub(super) fn print(&mut self, text: &str) {
        self.print_bytes(text.as_bytes());
    }

    /// Prints a result that is not text, or must stay as it is.
    pub(super) fn print_bytes(&mut self, bytes: &[u8]) {
        if self.broken.is_none() {
            let mut out = io::stdout().lock();
            self.broken = out.write_all(bytes).and_then(|()| out.flush()).err();
        }
    }

    /// Prints a result, which may hold ANSI colours.
    pub(super) fn print_styled(&mut self, text: &str) {
        if self.broken.is_none() {
            let mut out = AutoStream::new(io::stdout().lock(), self.color);
            self.broken = out
                .write_all(text.as_bytes())
                .and_then(|()| out.flush())
                .err();
        }
    }

    /// Prints diagnostics that are a result: all of them.
    pub(super) fn print_diagnostics(&mut self, diagnostics: &[Diagnostic], sources: &Sources) {
        let text = self.emitter.render(diagnostics, sources);
        self.print_styled(&text);
    }

    /// Standard output, for a result that is written in pieces.
    pub(super) fn stream(&mut self) -> impl Write + '_ {
        Stream(self)
    }

    /// Whether standard output could not be written to.
    pub(super) fn is_broken(&self) -> bool {
        self.broken.is_some()
    }

    /// Says something. When nobody can hear it any more, that is no error.
    fn say(&self, text: &str) {
        let mut err = AutoStream::new(io::stderr().lock(), self.color);
        let _ = err.write_all(text.as_bytes());
    }

    /// Says what was done to something: a word, and the thing.
    pub(super) fn status(&self, tone: Tone, word: &str, thing: &str) {
        let color = match tone {
            Tone::Good => "\u{1b}[1;32m",
            Tone::Attention => "\u{1b}[1;33m",
            Tone::Bad => "\u{1b}[1;31m",
        };
        self.say(&format!("{color}{word:>12}\u{1b}[0m {thing}\n"));
    }

    /// Shows diagnostics. Of very many the first ones, errors before warnings: nobody reads a thousand, and the rest
    /// mostly follows from them.
    pub(super) fn show(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        let of = |severity| diagnostics.iter().filter(move |it| it.severity == severity);
        let mut chosen: Vec<&Diagnostic> = of(Severity::Error)
            .chain(of(Severity::Warning))
            .take(if self.all { usize::MAX } else { MOST })
            .collect();
        // In the order of the files, as they came.
        chosen.sort_by_key(|it| std::ptr::from_ref::<Diagnostic>(it));
        for diagnostic in &chosen {
            self.say(
                &self
                    .emitter
                    .render(std::slice::from_ref(*diagnostic), sources),
            );
        }
        if let hidden @ 1.. = diagnostics.len() - chosen.len() {
            self.help(&format!(
                "{hidden} more are not shown; `--verbose` shows all"
            ));
        }
    }

    /// Shows what stopped a run, and closes with how much there was of it.
    pub(super) fn fail(&self, what: &str, diagnostics: &[Diagnostic], sources: &Sources) -> Status {
        self.show(diagnostics, sources);
        self.error(&format!("{what}: {}", emit::tally(diagnostics)));
        Status::Failed
    }

    /// Shows an error without a code: the last line of a run.
    pub(super) fn error(&self, text: &str) {
        self.say(&self.emitter.title(Severity::Error, text));
    }

    /// Says that all is well: the last line of a run.
    pub(super) fn done(&self, text: &str) {
        self.say(&format!("\u{1b}[1;32mok\u{1b}[0m: {text}\n"));
    }

    /// Says what to do next.
    pub(super) fn help(&self, text: &str) {
        self.say(&format!("  = \u{1b}[1mhelp\u{1b}[0m: {text}\n"));
    }

    /// Shows a line that a longer line may have to make room for; only for a terminal.
    pub(super) fn transient(&self, line: &str) {
        self.say(&format!("\r\u{1b}[2K{line}"));
    }

    /// The status of the run, after all was written. A reader that had enough (`| head`) is no failure.
    pub(super) fn finish(&self, status: Status) -> Status {
        match &self.broken {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => {
                self.error(&format!("cannot write to standard output: {error}"));
                Status::Failed
            }
            Some(_) | None => status,
        }
    }
}

/// Standard output; why it cannot be written to is kept for the end of the run.
struct Stream<'a>(&'a mut Terminal);

impl Write for Stream<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.print_bytes(bytes);
        match &self.0.broken {
            None => Ok(bytes.len()),
            Some(error) => Err(error.kind().into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// From now on a panic is told as what it is: our mistake, and worth a report.
pub(super) fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(|at| format!(" at {}:{}", at.file(), at.line()))
            .unwrap_or_default();
        let reason = panic
            .payload()
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| panic.payload().downcast_ref::<String>().map(String::as_str))
            .unwrap_or("no reason given");
        let terminal = Terminal::new(When::Auto);
        let version = env!("CARGO_PKG_VERSION");
        terminal.error(&format!("internal error{place}: {reason}"));
        terminal.say(&format!(
            "This is a bug in xlc {version}; please report it, with the contract that brings it about.\n"
        ));
    }));
}
