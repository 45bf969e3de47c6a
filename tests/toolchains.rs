//! Each installed tool starts and is what it claims to be; test and installer agree on where it is.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::toolchain;

/// Runs a tool here and returns both its streams; panics unless it exits with `code`.
fn output(tool: &Path, arguments: &[&str], code: i32) -> String {
    output_in(Path::new("."), tool, arguments, code)
}

fn output_in(directory: &Path, tool: &Path, arguments: &[&str], code: i32) -> String {
    let output = Command::new(tool)
        .args(arguments)
        .current_dir(directory)
        .output()
        .expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(code),
        "`{}` says:\n{text}",
        tool.display()
    );
    text.into_owned()
}

fn assert_says(tool: Option<PathBuf>, arguments: &[&str], expected: &str) {
    let Some(tool) = tool else { return };
    let text = output(&tool, arguments, 0);
    assert!(
        text.contains(expected),
        "`{}` says `{text}`, not `{expected}`",
        tool.display()
    );
}

#[test]
#[cfg(unix)]
fn installer_and_tests_use_one_directory() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/toolchain");
    let exports = output(&script, &["--env"], 0);
    let root = toolchain::root().expect("a home directory");
    assert!(
        exports.contains(root.to_str().expect("UTF-8")),
        "{} is not in:\n{exports}",
        root.display()
    );
}

#[test]
#[cfg(unix)]
fn the_book_names_every_step() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page =
        fs::read_to_string(repository.join("book/src/toolchains.md")).expect("the page is there");
    let list = output(&repository.join("scripts/toolchain"), &["--list"], 0);
    assert!(list.lines().count() >= 6, "{list}");
    for line in list.lines() {
        let step = line.split(' ').next().expect("a name");
        assert!(
            page.contains(&format!("| `{step}` |")),
            "{step} is not in the book's table"
        );
    }
}

#[test]
fn python_has_the_referees() {
    let code = "import google.protobuf.internal.api_implementation as api, grpc, fastavro, jsonschema; print(api.Type())";
    assert_says(toolchain::python(), &["-c", code], "upb");
}

#[test]
fn ruff_starts() {
    assert_says(toolchain::ruff(), &["--version"], "ruff 0.");
}

#[test]
fn mypy_starts() {
    assert_says(toolchain::mypy(), &["--version"], "mypy 2.");
}

#[test]
fn pyright_starts() {
    assert_says(toolchain::pyright(), &["--version"], "pyright 1.");
}

#[test]
fn pytest_starts() {
    assert_says(toolchain::pytest(), &["--version"], "pytest 9.");
}

#[test]
fn protoc_generates_and_finds_its_well_known_types() {
    let (Some(protoc), Some(include)) = (toolchain::protoc(), toolchain::protoc_include()) else {
        return;
    };
    let out = tempfile::tempdir().expect("a directory");
    let option = |name: &str, value: &Path| format!("--{name}={}", value.display());
    let arguments = [
        option("csharp_out", out.path()),
        option("proto_path", &include),
    ];
    output(
        &protoc,
        &[
            &arguments[0],
            &arguments[1],
            "google/protobuf/duration.proto",
        ],
        0,
    );
    assert!(out.path().join("Duration.cs").exists());
}

#[test]
fn conformance_runner_starts() {
    let Some(runner) = toolchain::conformance_runner() else {
        return;
    };
    assert!(output(&runner, &["--no-such-option"], 1).contains("--enforce_recommended"));
}

#[test]
fn conformance_protos_compile() {
    let (Some(protoc), Some(include)) = (toolchain::protoc(), toolchain::conformance_include())
    else {
        return;
    };
    let paths = [
        "conformance/conformance.proto",
        "google/protobuf/test_messages_edition2023.proto",
    ];
    let include = format!("--proto_path={}", include.display());
    output(
        &protoc,
        &[
            &include,
            "--descriptor_set_out=/dev/null",
            paths[0],
            paths[1],
        ],
        0,
    );
}

#[test]
fn go_builds_offline_against_the_pinned_modules() {
    let (Some(go), Some(gofmt), Some(module)) =
        (toolchain::go(), toolchain::gofmt(), toolchain::go_module())
    else {
        return;
    };
    let directory = tempfile::tempdir().expect("a directory");
    for name in ["go.mod", "go.sum"] {
        fs::copy(module.join(name), directory.path().join(name)).expect("it can be copied");
    }
    fs::write(directory.path().join("main.go"), GO).expect("it can be written");
    assert_eq!(
        output_in(directory.path(), &gofmt, &["-l", "main.go"], 0),
        ""
    );
    output_in(directory.path(), &go, &["vet", "."], 0);
    let said = output_in(directory.path(), &go, &["run", "."], 0);
    assert_eq!(said, "[8 7] DeadlineExceeded\n");
}

#[test]
fn go_plugins_answer_protoc() {
    let (Some(protoc), Some(messages), Some(codecs), Some(services), Some(include)) = (
        toolchain::protoc(),
        toolchain::protoc_gen_go(),
        toolchain::protoc_gen_go_vtproto(),
        toolchain::protoc_gen_go_grpc(),
        toolchain::conformance_include(),
    ) else {
        return;
    };
    let out = tempfile::tempdir().expect("a directory");
    for (name, plugin) in [
        ("go", messages),
        ("go-vtproto", codecs),
        ("go-grpc", services),
    ] {
        let arguments = [
            format!("--plugin=protoc-gen-{name}={}", plugin.display()),
            format!("--{name}_out={}", out.path().display()),
            format!("--{name}_opt=Mconformance/conformance.proto=xlc.test/conformance"),
            format!("--proto_path={}", include.display()),
            "conformance/conformance.proto".to_owned(),
        ];
        output(&protoc, &arguments.each_ref().map(String::as_str), 0);
    }
    for file in ["conformance.pb.go", "conformance_vtproto.pb.go"] {
        let path = out.path().join("xlc.test/conformance").join(file);
        assert!(path.exists(), "{}", path.display());
    }
}

#[test]
fn buf_starts() {
    assert_says(toolchain::buf(), &["--version"], "1.");
}

#[test]
fn dart_formats_analyzes_runs_and_compiles() {
    let Some(dart) = toolchain::dart() else {
        return;
    };
    let directory = tempfile::tempdir().expect("a directory");
    fs::write(directory.path().join("main.dart"), DART).expect("it can be written");
    let in_directory = |arguments: &[&str]| output_in(directory.path(), &dart, arguments, 0);
    in_directory(&["format", "--set-exit-if-changed", "main.dart"]);
    assert!(in_directory(&["analyze", "--fatal-infos", "main.dart"]).contains("No issues found!"));
    assert_eq!(
        in_directory(&["run", "main.dart"]),
        "hello from Dart, 2.0\n"
    );
    in_directory(&["compile", "exe", "main.dart", "-o", "main"]);
    assert_eq!(
        output(&directory.path().join("main"), &[], 0),
        "hello from Dart, 2.0\n"
    );
}

#[test]
fn dotnet_builds_and_runs_csharp_8() {
    let Some(dotnet) = toolchain::dotnet() else {
        return;
    };
    let directory = tempfile::tempdir().expect("a directory");
    fs::write(directory.path().join("hello.csproj"), CSHARP_PROJECT).expect("it can be written");
    fs::write(directory.path().join("Hello.cs"), CSHARP).expect("it can be written");
    output_in(
        directory.path(),
        &dotnet,
        &["build", "--nologo", "-warnaserror"],
        0,
    );
    let said = output_in(
        directory.path(),
        &dotnet,
        &["bin/Debug/netcoreapp3.1/hello.dll"],
        0,
    );
    assert_eq!(said, "hello from .NET 3.1: {\"byte\":7} E3B0\n");
}

#[test]
fn dotnet8_runs_what_csc12_builds() {
    let (Some(dotnet), Some(csc)) = (toolchain::dotnet8(), toolchain::csc12()) else {
        return;
    };
    let directory = tempfile::tempdir().expect("a directory");
    fs::write(directory.path().join("hello.cs"), CSHARP_12).expect("it can be written");
    let options = ["-nologo", "-warnaserror", "-out:hello.dll", "hello.cs"];
    assert_eq!(output_in(directory.path(), &csc, &options, 0), "");
    let said = output_in(directory.path(), &dotnet, &["hello.dll", "a", "b"], 3);
    assert_eq!(said, "hello from .NET 8.0: Point { X = 7 }, 2 arguments\n");
    fs::write(directory.path().join("hello.cs"), "nonsense").expect("it can be written");
    assert!(output_in(directory.path(), &csc, &options, 1).contains("hello.cs(1,"));
}

const GO: &str = r#"package main

import (
	"fmt"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

func main() {
	bytes, err := proto.Marshal(wrapperspb.Int32(7))
	if err != nil {
		panic(err)
	}
	fmt.Println(bytes, codes.DeadlineExceeded)
}
"#;

/// Calls C through `dart:ffi`, so that the loader is proven with a library of its own.
const DART: &str = r"import 'dart:ffi';

void main() {
  final sqrt = DynamicLibrary.open('libm.so.6')
      .lookupFunction<Double Function(Double), double Function(double)>('sqrt');
  print('hello from Dart, ${sqrt(4)}');
}
";

const CSHARP_PROJECT: &str = r#"<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>netcoreapp3.1</TargetFramework>
    <LangVersion>8.0</LangVersion>
    <Nullable>enable</Nullable>
  </PropertyGroup>
</Project>
"#;

/// Needs what the generated code needs (spans, JSON), and OpenSSL.
const CSHARP: &str = r#"using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

public static class Hello
{
    public static void Main()
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, 7);
        string json = JsonSerializer.Serialize(new { @byte = bytes[0] });
        using SHA256 hash = SHA256.Create();
        byte[] digest = hash.ComputeHash(Array.Empty<byte>());
        Console.WriteLine($"hello from .NET {Environment.Version.ToString(2)}: {json} {digest[0]:X2}{digest[1]:X2}");
    }
}
"#;

/// A record, a collection expression and a branch of the framework: C# 9, C# 12, .NET 8.
const CSHARP_12: &str = r#"using System;

int[] numbers = [7];
#if NET8_0_OR_GREATER
Console.WriteLine($"hello from .NET {Environment.Version.ToString(2)}: {new Point(numbers[0])}, {args.Length} arguments");
#endif
return 3;

record Point(int X);
"#;
