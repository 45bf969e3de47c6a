//! What `[compat]` of xlc.toml says.

use super::{OLD, repository};

const CONFIG: &str =
    "version = 1\ncontract = [\"proto/**/*.proto\"]\ninclude = [\"proto\"]\n\n[compat]\n";

#[test]
fn the_configuration_says_what_is_compared_and_required() {
    let project = repository();
    let with = |text: &str| {
        project.write("xlc.toml", &format!("{CONFIG}{text}"));
        project.xlc(&["check-compat"])
    };
    assert_eq!(with("against = [\"latest-tag\"]\n").code, 1);
    let weak = "against = [\"tags:v*\"]\nrequire = { wire = \"forward\" }\n";
    assert_eq!(with(weak).code, 0);
    let special = "against = [\"latest-tag\"]\npackages = { \"shop.*\" = { wire = \"off\", json = \"off\" } }\n";
    assert_eq!(with(special).code, 0);
    let nothing = with("");
    assert_eq!(nothing.code, 2);
    assert!(
        nothing.stderr.contains("there is nothing to compare with"),
        "{nothing:?}"
    );
    let wrong = with("require = { wires = \"full\" }\n");
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("did you mean `wire`?"), "{wrong:?}");
    assert!(wrong.stderr.contains("xlc.toml:6:13"), "{wrong:?}");
    let wrong = with("require = { wire = \"fulll\" }\n");
    assert!(wrong.stderr.contains("did you mean `full`?"), "{wrong:?}");
}

#[test]
fn lenient_readers_of_json_take_what_they_do_not_know() {
    let project = repository();
    project.write(
        "proto/shop/shop.proto",
        &OLD.replace("  string id = 1;\n", ""),
    );
    let with = |readers: &str| {
        let text =
            format!("{CONFIG}readers = \"{readers}\"\nrequire = {{ json = \"backward\" }}\n");
        project.write("xlc.toml", &text);
        project
            .xlc(&["check-compat", "--against", "git:v1.0.0"])
            .code
    };
    assert_eq!(with("official"), 1);
    assert_eq!(with("lenient-json"), 0);
}
