//! Edits that real contracts went through, repeated in small: those of a telemetry protocol and of a key-value store's API.
//! What is only added alarms nobody, and each edit that hurts is found, once.

use xlc::compat::{Level, Policy, Requirement};

use crate::{brought, compare, compare_all, read, root};

/// The errors between two releases, under the default policy.
fn errors(history: &str, old: u32, new: u32) -> Vec<String> {
    let at = |release: u32| {
        read(
            &root()
                .join("history")
                .join(history)
                .join(release.to_string()),
        )
    };
    let (old, new) = (at(old), at(new));
    let policy = Policy::default();
    compare(&old, &new)
        .iter()
        .filter(|it| it.level(&policy) == Level::Error)
        .map(|it| format!("{}: {}", it.rule.code.name, it.message))
        .collect()
}

#[test]
fn additive_releases_alarm_nobody() {
    assert_eq!(errors("telemetry", 1, 2), Vec::<String>::new());
    assert_eq!(errors("store", 1, 2), Vec::<String>::new());
    assert_eq!(errors("telemetry", 5, 6), Vec::<String>::new());
    assert_eq!(errors("store", 3, 4), Vec::<String>::new());
}

/// New readers of old data, by the schemas that targets write.
#[test]
fn additive_releases_alarm_nobody_who_reads_by_a_schema() {
    let brought = brought();
    let require = ["avro", "json-schema"].map(|it| (it.to_owned(), Requirement::Backward));
    let policy = Policy {
        require: require.into(),
        packages: Vec::new(),
    };
    for history in ["telemetry", "store"] {
        let at = |release: &str| read(&root().join("history").join(history).join(release));
        let (old, new) = (at("1"), at("2"));
        let found = compare_all(&old, &new, &brought);
        let mut errors = found.iter().filter(|it| it.level(&policy) == Level::Error);
        assert!(errors.next().is_none(), "{history}: {found:#?}");
        // And it is no silence: those who have the old schema of documents refuse what is new.
        let surfaces = found.iter().flat_map(|it| &it.verdicts);
        assert!(surfaces.map(|it| it.surface).any(|it| it == "json-schema"));
    }
}

/// A field that moves into a new oneof keeps its bytes; its new name breaks documents.
#[test]
fn a_value_that_became_one_of_two() {
    assert_eq!(
        errors("telemetry", 2, 3),
        ["field-renamed: field `as_double` of `telemetry.v1.DataPoint` was `value`"]
    );
}

/// The type is renamed and nothing inside changes; the old name of the field lives on under another number.
#[test]
fn a_type_that_was_renamed_beside_its_old_name() {
    assert_eq!(
        errors("telemetry", 3, 4),
        [
            "field-renumbered: field `library_metrics` of `telemetry.v1.ResourceMetrics` had number 2 and has 1000"
        ]
    );
}

#[test]
fn a_field_that_was_removed_with_care() {
    assert_eq!(
        errors("telemetry", 4, 5),
        ["field-removed: field `labels` of `telemetry.v1.DataPoint` is gone"]
    );
}

#[test]
fn kinds_labels_and_numbers_that_changed() {
    assert_eq!(
        errors("store", 2, 3),
        [
            "field-renumbered: field `more` of `store.v3.RangeResponse` had number 2 and has 3",
            "field-renumbered: field `count` of `store.v3.RangeResponse` had number 3 and has 4",
            "field-kind: field `member_id` of `store.v3.AlarmMember` was `uint64` and is `int64`",
            "field-cardinality: field `alarm` of `store.v3.AlarmRequest` was `store.v3.AlarmType` and is `repeated store.v3.AlarmType`",
        ]
    );
}

/// What was an experiment is renamed with its package, and edited on the way; the service that nobody took up is gone.
#[test]
fn an_experiment_that_went_on_under_another_name() {
    assert_eq!(
        errors("telemetry", 6, 7),
        [
            "field-renumbered: field `period` of `telemetry.profiles.v1development.Profile` had number 3 and has 5",
            "field-kind: field `locations` of `telemetry.profiles.v1development.Sample` was `repeated uint64` and is `repeated int32`",
            "enum-value-renamed: value `SAMPLE_KIND_MEMORY` of enum `telemetry.profiles.v1development.SampleKind` was `SAMPLE_KIND_HEAP`",
            "service-removed: service `telemetry.profiles.v1experimental.Config` is gone",
        ]
    );
}

/// Keys became bytes: new writers have keys that old readers refuse, and documents are no longer read.
#[test]
fn keys_that_became_bytes() {
    let kind = |field: &str| {
        format!(
            "field-kind: field `{field}` of `store.v3.RevokeRequest` was `string` and is `bytes`"
        )
    };
    assert_eq!(errors("store", 4, 5), [kind("key"), kind("range_end")]);
}
