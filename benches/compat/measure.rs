//! What a command costs from its start to its end: CPU time in user and system mode, and the most memory that it held. A
//! process can only ask that of all its children together, so each command is run by a process of its own, this program.
//! Knows nothing of what is compared.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

/// The argument by which this program knows that it is to run a command and print what it cost.
const MEASURE: &str = "--measure";

/// What a command costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// CPU time, user and system.
    pub cpu: Duration,
    /// The most memory that was resident at a time, in KiB.
    pub peak: u64,
}

/// A command line, where it is run, and the exit code that it must have.
#[derive(Debug, Clone)]
pub struct Run {
    pub program: PathBuf,
    pub arguments: Vec<OsString>,
    pub directory: PathBuf,
    pub exit: i32,
}

impl Run {
    /// Runs it; what it prints goes into a file.
    pub fn cost(&self, printed: &Path) -> Cost {
        let measured = Command::new(std::env::current_exe().expect("this program has a path"))
            .arg(MEASURE)
            .arg(&self.directory)
            .arg(printed)
            .arg(&self.program)
            .args(&self.arguments)
            .stderr(Stdio::inherit())
            .output()
            .expect("this program starts again");
        let text = String::from_utf8_lossy(&measured.stdout);
        let numbers: Vec<u64> = (text.split_whitespace())
            .filter_map(|word| word.parse().ok())
            .collect();
        let [micros, peak, exit] = numbers[..] else {
            panic!("{self:?} was not measured: {text}");
        };
        assert_eq!(
            exit,
            u64::from(self.exit.unsigned_abs()),
            "{self:?} did not do its work: {}",
            std::fs::read_to_string(printed).unwrap_or_default()
        );
        Cost {
            cpu: Duration::from_micros(micros),
            peak,
        }
    }
}

/// Runs the command that the arguments of this process name and prints what it cost; `false` if they name none.
pub fn is_measuring() -> bool {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_none_or(|it| it != MEASURE) {
        return false;
    }
    let mut next = || arguments.next().expect("a complete command line");
    let (directory, printed, program) = (next(), next(), next());
    let file = std::fs::File::create(printed).expect("the file can be written");
    let errors = file.try_clone().expect("the file is open");
    let status = Command::new(program)
        .args(arguments)
        .current_dir(directory)
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(errors)
        .status()
        .expect("the command starts");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system tells");
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    let exit = status.code().unwrap_or(255);
    println!("{micros} {} {exit}", usage.max_rss());
    true
}
