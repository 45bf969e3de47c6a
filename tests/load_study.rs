//! The shipped Study contract loads from its sources into the contract model.

use std::path::PathBuf;

use xlc::contract::{Element, Presence, Scalar, Shape, Type};
use xlc::load::{Input, load};

#[test]
fn the_study_contract_loads() {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/schemas"));
    let input = Input::File(root.join("radiology/study/v1/study.proto"));
    let loaded = load(&[input], &[root]).unwrap();
    let contract = &loaded.contract;
    let requested: Vec<_> = contract
        .requested_files()
        .map(|file| file.path.as_str())
        .collect();
    assert_eq!(requested, ["radiology/study/v1/study.proto"]);
    let Some(Element::Message(study)) = contract.find("radiology.study.v1.Study") else {
        panic!("no message Study");
    };
    let study = contract.message(study);
    let first: Vec<_> = study
        .fields
        .iter()
        .take(3)
        .map(|field| (field.name.as_str(), field.number, field.shape))
        .collect();
    let string = Shape::Singular {
        ty: Type::Scalar(Scalar::String),
        presence: Presence::Implicit,
    };
    assert_eq!(
        first,
        [
            ("id", 1, string),
            ("accession_number", 2, string),
            ("modality", 3, string)
        ]
    );
    assert!(study.docs.leading.is_some());
    let place = loaded.sources.place(study.span.unwrap());
    assert!(place.0.ends_with("radiology/study/v1/study.proto"));
}
