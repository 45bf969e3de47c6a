//! The `xlc` command, and the plugin `protoc-gen-xlc` under that name.

use std::process::ExitCode;

fn main() -> ExitCode {
    xlc::cli::main()
}
