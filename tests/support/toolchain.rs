//! Finds the tools that `scripts/toolchain` installs, and decides what a test does without one.
//!
//! Every function returns the path, or `None` after it printed why the test is skipped:
//!
//! ```ignore
//! let Some(mypy) = toolchain::mypy() else { return };
//! ```
//!
//! With `XLC_REQUIRE_TOOLCHAINS=1` (CI) it panics instead, so no check disappears unseen. The directory is found by the
//! same rule as in `scripts/toolchains/store.py`; a tool is `bin/NAME` in it, whatever it takes to start it. This
//! module must not know how a tool is installed.

use std::env;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// CPython with google's protobuf, grpcio, fastavro and jsonschema.
pub fn python() -> Option<PathBuf> {
    tool("python", "python")
}

/// pytest, run by [`python`].
pub fn pytest() -> Option<PathBuf> {
    tool("python", "pytest")
}

/// mypy, which sees the packages of [`python`].
pub fn mypy() -> Option<PathBuf> {
    tool("python", "mypy")
}

/// pyright, which knows the standard library alone.
pub fn pyright() -> Option<PathBuf> {
    tool("pyright", "pyright")
}

/// ruff, linter and formatter.
pub fn ruff() -> Option<PathBuf> {
    tool("python", "ruff")
}

/// protoc with all its built-in generators.
pub fn protoc() -> Option<PathBuf> {
    tool("python", "protoc")
}

/// The import root of the well-known types, as [`protoc`] has them.
pub fn protoc_include() -> Option<PathBuf> {
    include("python", "protoc")
}

/// The official protobuf conformance runner. It starts the testee on the machine's own libraries.
pub fn conformance_runner() -> Option<PathBuf> {
    tool("conformance", "conformance_test_runner")
}

/// The import root of `conformance/conformance.proto` and `google/protobuf/test_messages_*.proto`.
pub fn conformance_include() -> Option<PathBuf> {
    include("conformance", "conformance")
}

/// Java with Avro's own library on the class path; it takes the source of a program.
pub fn java_avro() -> Option<PathBuf> {
    tool("avro", "java-avro")
}

/// Contract trees of other projects: `googleapis`, `kubernetes`, `etcd` and `gogo` are import roots.
pub fn contract_trees() -> Option<PathBuf> {
    include("trees", "trees")
}

/// Go, offline: it sees the modules that [`go_module`] requires and no other.
pub fn go() -> Option<PathBuf> {
    tool("go", "go")
}

/// Go's formatter.
pub fn gofmt() -> Option<PathBuf> {
    tool("go", "gofmt")
}

/// staticcheck, Go's linter; it runs `go`, so it must be on the path.
pub fn staticcheck() -> Option<PathBuf> {
    tool("go", "staticcheck")
}

/// google's generator of Go messages, a peer.
pub fn protoc_gen_go() -> Option<PathBuf> {
    tool("go", "protoc-gen-go")
}

/// vtprotobuf's generator of Go codecs, a peer.
pub fn protoc_gen_go_vtproto() -> Option<PathBuf> {
    tool("go", "protoc-gen-go-vtproto")
}

/// grpc's generator of Go services, a peer.
pub fn protoc_gen_go_grpc() -> Option<PathBuf> {
    tool("go", "protoc-gen-go-grpc")
}

/// A directory with the `go.mod` and `go.sum` to copy into a test's own module: they pin protobuf and grpc.
pub fn go_module() -> Option<PathBuf> {
    include("go", "go")
}

/// buf, a peer.
pub fn buf() -> Option<PathBuf> {
    tool("buf", "buf")
}

/// The Dart SDK's `dart`: run, analyze, format, compile. There are no packages.
pub fn dart() -> Option<PathBuf> {
    tool("dart", "dart")
}

/// .NET Core SDK 3.1: C# 8, `netcoreapp3.1`. There are no packages, and no server outlives a command.
pub fn dotnet() -> Option<PathBuf> {
    tool("dotnet", "dotnet")
}

/// .NET 8, which runs a program: `dotnet8 PROGRAM.dll ...`. There is no SDK: [`csc12`] makes programs for it.
pub fn dotnet8() -> Option<PathBuf> {
    tool("dotnet8", "dotnet8")
}

/// The compiler of .NET 8 (C# 12), with the options of `csc`; it refers to the framework by itself.
pub fn csc12() -> Option<PathBuf> {
    tool("dotnet8", "csc12")
}

/// Node.
pub fn node() -> Option<PathBuf> {
    tool("protobuf_es", "node")
}

/// The directory of protobuf-es, `@bufbuild/protobuf`.
pub fn protobuf_es() -> Option<PathBuf> {
    include("protobuf_es", "protobuf_es")
}

/// Where tools are: `$XLC_TOOLCHAIN`, else `xlc/toolchain` in the user's cache directory.
pub fn root() -> Option<PathBuf> {
    let set = |name| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let root = set("XLC_TOOLCHAIN").or_else(|| {
        let cache = set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join(".cache")))?;
        Some(cache.join("xlc/toolchain"))
    })?;
    std::path::absolute(root).ok()
}

fn tool(step: &str, name: &str) -> Option<PathBuf> {
    find(step, &Path::new("bin").join(name))
}

fn include(step: &str, name: &str) -> Option<PathBuf> {
    find(step, &Path::new("include").join(name))
}

fn find(step: &str, place: &Path) -> Option<PathBuf> {
    let found = root()
        .map(|root| root.join(place))
        .filter(|path| path.exists());
    if found.is_none() {
        skip(&format!(
            "no `{}` (run scripts/toolchain {step})",
            place.display()
        ));
    }
    found
}

/// Says that the running test is skipped, and why; panics where skipping is not allowed.
pub fn skip(reason: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    let required = env::var_os("XLC_REQUIRE_TOOLCHAINS")
        .is_some_and(|value| !value.is_empty() && value != "0");
    assert!(
        !required,
        "{test} may not be skipped (XLC_REQUIRE_TOOLCHAINS): {reason}"
    );
    // Written to the stream itself: the test harness swallows what a passing test prints by macro.
    let line = format!("skipped: {test}: {reason}\n");
    std::io::stderr()
        .write_all(line.as_bytes())
        .expect("stderr is open");
}
