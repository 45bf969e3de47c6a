//! What people will read: whole schemas of the shipped contract and of a small one, in every form.

use serde_json::Value;

use crate::contracts::{of_directory, of_text};
use crate::schemas;

fn pretty(schema: &Value) -> String {
    serde_json::to_string_pretty(schema).expect("a value")
}

#[test]
fn the_study() {
    let all = schemas::documents(&of_directory("schemas"), "");
    insta::assert_snapshot!("study", pretty(&all["radiology.study.v1.Study"]));
}

/// A contract in which every keyword of the mapping occurs once.
const SMALL: &str = r#"
    syntax = "proto2";
    package small.v1;

    // buf:lint:ignore COMMENT_MESSAGE
    // A parcel
    // on its way.
    //
    // It has exactly one *sender*.
    message Parcel {
      option deprecated = true;
      // Given at the desk.
      required int64 tracking_number = 1;
      optional Size size = 2 [default = LARGE];
      optional float weight_kg = 3 [default = 0.1, deprecated = true];
      map<uint32, bytes> labels = 4;
      // Who sent it.
      oneof sender {
        string name = 5;
        // By contract.
        Parcel.Customer customer = 6;
      }
      message Customer {}
      repeated group Stop = 7 {
        optional uint64 at = 1 [default = 18446744073709551615];
      }
      extensions 100 to 200;
    }

    // How large.
    enum Size {
      // Fits through the slot.
      SMALL = 1;
      LARGE = 2 [deprecated = true];
    }

    extend Parcel {
      optional string note = 100 [default = "none"];
    }
"#;

#[test]
fn a_small_contract_in_both_dialects_and_bundles() {
    let contract = of_text(SMALL);
    for (name, options) in [
        ("small_canonical", ""),
        ("small_accept", "dialect = \"accept\"\nunknown = \"open\""),
        (
            "small_message",
            "bundle = \"message\"\nid_prefix = \"https://example.com/\"\nnames = \"proto\"",
        ),
    ] {
        let all = schemas::documents(&contract, options);
        insta::assert_snapshot!(name, pretty(&all["small.v1.Parcel"]));
    }
}
