//! Makes a tree of contracts in the manner of googleapis (packages of a few files, services with HTTP options, documented
//! messages, resource and behaviour options, shared types), of about 7.5 kB a file. The same bytes every time, and a larger
//! tree begins with the files of a smaller one; nothing here knows how they are read.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A package of the tree has a service file, a resources file, and two of types.
pub const FILES_PER_PACKAGE: usize = 4;

/// A small generator of numbers (SplitMix64), so that the tree needs no dependency and never changes.
pub struct Numbers(pub u64);

impl Numbers {
    /// A number from 0 to `end`, which it never is.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const NOUNS: &[&str] = &[
    "study",
    "series",
    "instance",
    "finding",
    "reader",
    "archive",
    "worklist",
    "model",
    "result",
    "report",
    "patient",
    "device",
    "schedule",
    "protocol",
    "region",
    "measurement",
    "annotation",
    "dataset",
    "job",
    "queue",
    "policy",
    "audit",
    "index",
    "snapshot",
    "window",
    "threshold",
    "segment",
    "volume",
    "session",
    "consent",
];

const ADJECTIVES: &[&str] = &[
    "pending",
    "primary",
    "clinical",
    "remote",
    "current",
    "derived",
    "verified",
    "partial",
    "nested",
    "imported",
    "scheduled",
    "anonymous",
    "critical",
    "archived",
    "external",
    "calibrated",
];

const SCALARS: &[&str] = &[
    "string", "int32", "int64", "bool", "double", "bytes", "uint32", "float", "fixed64", "sint64",
];

const SENTENCES: &[&str] = &[
    "Output only. Set by the server when the resource is created, and never changed after that.",
    "The name of the parent in the form `projects/{project}/locations/{location}`.",
    "If this is not set, the value of the enclosing resource applies; see the guide on inheritance.",
    "At most one thousand are returned, even if a larger number is asked for.",
    "The checksum of the other fields. It may be sent on update and delete requests to ensure that the client has an\n// up-to-date value before it proceeds.",
    "Values are in the unit that the device reports, without any rounding.",
    "Deprecated names are kept for one year, as the policy on compatibility says.",
    "An opaque token from an earlier call; all other parameters must be the same as in that call.",
    "Immutable. Identifies the one who asked, as the identity provider knows them.",
    "Fields that are not listed keep the value that they have.",
];

/// A file of the tree.
pub struct File {
    /// Where it is below the root.
    pub path: String,
    /// The package that it is of, by its place in the tree; none for what all share.
    #[allow(dead_code, reason = "one of the benches asks for it")]
    pub package: Option<usize>,
    /// What it says.
    pub text: String,
}

/// The first files of the tree.
pub fn files(count: usize) -> impl Iterator<Item = File> {
    let shared = File {
        path: "shared/annotations.proto".to_owned(),
        package: None,
        text: annotations(),
    };
    let mut numbers = Numbers(36);
    let mut name = String::new();
    let rest = (0..count.saturating_sub(1)).map(move |index| {
        let (package, part) = (index / FILES_PER_PACKAGE, index % FILES_PER_PACKAGE);
        if part == 0 {
            name = format!("{}{package}", numbers.pick(NOUNS));
        }
        let (file, text) = contract(&mut numbers, &name, part);
        File {
            path: format!("shared/{name}/v1/{file}.proto"),
            package: Some(package),
            text,
        }
    });
    std::iter::once(shared).chain(rest)
}

/// Writes files below a directory and gives their paths.
pub fn write(root: &Path, files: impl Iterator<Item = File>) -> std::io::Result<Vec<PathBuf>> {
    files
        .map(|file| {
            let path = root.join(file.path);
            std::fs::create_dir_all(path.parent().unwrap_or(root))?;
            std::fs::write(&path, file.text)?;
            Ok(path)
        })
        .collect()
}

/// What every file begins with.
pub const LICENCE: &str = "// Copyright of the authors of this tree.
//
// Licensed under the Apache License, Version 2.0 (the \"License\");
// you may not use this file except in compliance with the License.
// You may obtain a copy of the License at
//
//     http://www.apache.org/licenses/LICENSE-2.0
//
// Unless required by applicable law or agreed to in writing, software
// distributed under the License is distributed on an \"AS IS\" BASIS,
// WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
// See the License for the specific language governing permissions and
// limitations under the License.

";

fn annotations() -> String {
    format!(
        "{LICENCE}syntax = \"proto3\";

package shared;

import \"google/protobuf/descriptor.proto\";

// How a method is called over HTTP.
message Http {{
  string get = 1;
  string post = 2;
  string patch = 3;
  string body = 4;
  repeated Http more = 5;
}}

// What a resource is called.
message Resource {{
  string type = 1;
  repeated string pattern = 2;
  string plural = 3;
}}

// What may be done with a field.
enum Behavior {{
  BEHAVIOR_UNSPECIFIED = 0;
  REQUIRED = 1;
  OUTPUT_ONLY = 2;
  IMMUTABLE = 3;
}}

extend google.protobuf.MethodOptions {{
  Http http = 72295728;
  repeated string signature = 1051;
}}

extend google.protobuf.MessageOptions {{
  Resource resource = 1053;
}}

extend google.protobuf.FieldOptions {{
  repeated Behavior behavior = 1052 [packed = false];
}}
"
    )
}

fn comment(out: &mut String, numbers: &mut Numbers, indent: &str, sentences: usize) {
    for _ in 0..sentences {
        let sentence = numbers
            .pick(SENTENCES)
            .replace('\n', &format!("\n{indent}"));
        let _ = writeln!(out, "{indent}// {sentence}");
    }
}

fn pascal(words: &str) -> String {
    words
        .split('_')
        .map(|word| word[..1].to_uppercase() + &word[1..])
        .collect()
}

/// One file of a package: 0 is the service, which uses the resources in 1; 2 and 3 are types.
fn contract(numbers: &mut Numbers, package: &str, part: usize) -> (String, String) {
    let file = ["service", "resources", "common", "events"][part];
    let mut out = String::from(LICENCE);
    let _ = writeln!(
        out,
        "syntax = \"proto3\";\n\npackage shared.{package}.v1;\n"
    );
    let mut imports = vec![
        "google/protobuf/duration.proto".to_owned(),
        "google/protobuf/timestamp.proto".to_owned(),
        "shared/annotations.proto".to_owned(),
    ];
    if part == 0 || part == 3 {
        imports.push(format!("shared/{package}/v1/resources.proto"));
        imports.push(format!("shared/{package}/v1/common.proto"));
    }
    for import in &imports {
        let _ = writeln!(out, "import \"{import}\";");
    }
    let _ = write!(
        out,
        "\noption csharp_namespace = \"Shared.{0}.V1\";\noption go_package = \"example.com/shared/{package}/v1;{package}\";\noption java_multiple_files = true;\noption java_outer_classname = \"{0}{1}\";\noption java_package = \"com.example.shared.{package}.v1\";\n",
        pascal(package),
        pascal(file)
    );
    let mut types: Vec<String> = Vec::new();
    if part == 0 {
        service(&mut out, numbers, package);
    }
    enumeration(&mut out, numbers, file);
    for index in 0..[1, 3, 3, 3][part] {
        let name = format!(
            "{}{}{}",
            pascal(numbers.pick(ADJECTIVES)),
            pascal(numbers.pick(NOUNS)),
            pascal(file)
        ) + &index.to_string();
        message(&mut out, numbers, &name, &types, file);
        types.push(name);
    }
    let _ = writeln!(
        out,
        "\n// From when on, and for how long.\nmessage {}Window {{\n  google.protobuf.Timestamp start_time = 1;\n\n  google.protobuf.Duration length = 2 [(shared.behavior) = REQUIRED];\n}}",
        pascal(file)
    );
    match part {
        1 => resource(&mut out, numbers, package),
        2 => {
            let _ = writeln!(
                out,
                "\n// What all calls carry.\nmessage Context {{\n  string caller = 1;\n}}"
            );
        }
        3 => {
            let noun = pascal(package);
            let _ = writeln!(
                out,
                "\n// What happened to which one.\nmessage Event {{\n  {noun} subject = 1;\n\n  Context context = 2;\n}}"
            );
        }
        _ => {}
    }
    (file.to_owned(), out)
}

fn service(out: &mut String, numbers: &mut Numbers, package: &str) {
    let noun = pascal(package);
    out.push('\n');
    comment(out, numbers, "", 3);
    let _ = writeln!(out, "service {noun}Service {{");
    for method in ["Get", "List", "Create", "Update"] {
        comment(out, numbers, "  ", 2);
        let verb = match method {
            "Create" => {
                format!("post: \"/v1/{{parent=projects/*}}/{package}s\"\n      body: \"{package}\"")
            }
            "Update" => {
                format!("patch: \"/v1/{{name=projects/*/{package}s/*}}\"\n      body: \"*\"")
            }
            _ => format!(
                "get: \"/v1/{{name=projects/*/{package}s/*}}\"\n      more {{ get: \"/v1/{{name=folders/*/{package}s/*}}\" }}"
            ),
        };
        let _ = write!(
            out,
            "  rpc {method}{noun}({method}{noun}Request) returns ({noun}) {{\n    option (shared.http) = {{\n      {verb}\n    }};\n    option (shared.signature) = \"parent,{package}\";\n    option (shared.signature) = \"name\";\n  }}\n\n"
        );
    }
    out.push_str("}\n");
    for method in ["Get", "List", "Create", "Update"] {
        out.push('\n');
        comment(out, numbers, "", 1);
        let _ = writeln!(out, "message {method}{noun}Request {{");
        comment(out, numbers, "  ", 2);
        let _ = writeln!(out, "  string name = 1 [(shared.behavior) = REQUIRED];\n");
        comment(out, numbers, "  ", 1);
        let _ = writeln!(
            out,
            "  {noun} {package} = 2 [\n    (shared.behavior) = REQUIRED,\n    (shared.behavior) = IMMUTABLE\n  ];\n"
        );
        comment(out, numbers, "  ", 2);
        let _ = writeln!(
            out,
            "  int32 page_size = 3;\n\n  string page_token = 4;\n\n  Context context = 5;\n}}"
        );
    }
}

fn enumeration(out: &mut String, numbers: &mut Numbers, file: &str) {
    out.push('\n');
    comment(out, numbers, "", 2);
    let prefix = file.to_uppercase();
    let _ = writeln!(
        out,
        "enum {}Kind {{\n  // Not set.\n  {prefix}_KIND_UNSPECIFIED = 0;",
        pascal(file)
    );
    for number in 1..6 + numbers.below(4) {
        comment(out, numbers, "  ", 1);
        let _ = writeln!(
            out,
            "  {prefix}_KIND_{}_{number} = {number};",
            numbers.pick(NOUNS).to_uppercase()
        );
    }
    out.push_str("}\n");
}

fn message(out: &mut String, numbers: &mut Numbers, name: &str, types: &[String], file: &str) {
    out.push('\n');
    comment(out, numbers, "", 2);
    let _ = writeln!(out, "message {name} {{");
    if numbers.below(3) == 0 {
        let _ = writeln!(
            out,
            "  // The state in the life of the thing.\n  enum State {{\n    STATE_UNSPECIFIED = 0;\n    ACTIVE = 1;\n    GONE = 2 [deprecated = true];\n  }}\n"
        );
        let _ = writeln!(
            out,
            "  // Output only. The current state.\n  State state = 90 [(shared.behavior) = OUTPUT_ONLY];\n"
        );
    }
    for number in 1..=4 + numbers.below(5) {
        let sentences = 1 + numbers.below(2);
        comment(out, numbers, "  ", sentences);
        let field = format!(
            "{}_{}_{number}",
            numbers.pick(ADJECTIVES),
            numbers.pick(NOUNS)
        );
        let ty = match numbers.below(8) {
            0 => "google.protobuf.Timestamp".to_owned(),
            1 => "repeated google.protobuf.Duration".to_owned(),
            2 => format!("{}Kind", pascal(file)),
            3 if !types.is_empty() => format!("repeated {}", types[numbers.below(types.len())]),
            4 => "map<string, string>".to_owned(),
            5 => format!("optional {}", numbers.pick(SCALARS)),
            _ => numbers.pick(SCALARS).to_owned(),
        };
        let options = [
            "",
            "",
            " [(shared.behavior) = OUTPUT_ONLY]",
            " [deprecated = true]",
        ][numbers.below(4)];
        let _ = writeln!(out, "  {ty} {field} = {number}{options};\n");
    }
    let _ = writeln!(
        out,
        "  // One of these is set.\n  oneof outcome {{\n    // It went well.\n    string accepted = 101;\n\n    // It did not.\n    bytes refused = 102;\n  }}\n}}"
    );
}

fn resource(out: &mut String, numbers: &mut Numbers, package: &str) {
    let noun = pascal(package);
    out.push('\n');
    comment(out, numbers, "", 3);
    let _ = writeln!(
        out,
        "message {noun} {{\n  option (shared.resource) = {{\n    type: \"shared.example.com/{noun}\"\n    pattern: \"projects/{{project}}/{package}s/{{{package}}}\"\n    pattern: \"folders/{{folder}}/{package}s/{{{package}}}\"\n    plural: \"{package}s\"\n  }};\n\n  // Identifier.\n  string name = 1 [(shared.behavior) = IMMUTABLE];\n}}"
    );
}
