//! Each rule has a fixture that shows it, and says no more than it shows.

use std::collections::BTreeSet;

use xlc::compat::rules::rules;
use xlc::compat::surface::Harm;

use crate::{brought, compare, compare_all, minded, read, root};

#[test]
fn every_rule_has_a_fixture_and_every_fixture_a_rule() {
    let rules: BTreeSet<String> = rules().map(|rule| rule.code.name.to_owned()).collect();
    let fixtures: BTreeSet<String> = std::fs::read_dir(root())
        .expect("the fixtures")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name != "history")
        .collect();
    assert_eq!(rules, fixtures);
}

/// The fixture of a rule shows it on every surface and in every direction of which the rule speaks.
#[test]
fn every_fixture_shows_its_rule() {
    let mut wrong = Vec::new();
    for rule in rules() {
        let name = rule.code.name;
        let old = read(&root().join(name).join("old"));
        let new = read(&root().join(name).join("new"));
        let findings = compare(&old, &new);
        let own = findings.iter().filter(|it| it.rule.code.name == name);
        let verdicts: Vec<_> = own.flat_map(|it| it.verdicts.clone()).collect();
        for on in rule.on {
            for &direction in on.directions {
                let shown = (verdicts.iter())
                    .filter(|it| it.surface == on.surface && it.direction == direction);
                match shown.map(|it| it.harm).max() {
                    None => wrong.push(format!("{name}: no {} {direction:?}", on.surface)),
                    Some(harm) if harm > on.harm => {
                        wrong.push(format!("{name}: {} is {harm:?}", on.surface));
                    }
                    Some(_) => {}
                }
            }
            let worst = verdicts.iter().filter(|it| it.surface == on.surface);
            if worst.map(|it| it.harm).max() != Some(on.harm) {
                wrong.push(format!("{name}: {} is never {:?}", on.surface, on.harm));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A rule that no surface of every contract shows is shown by one that a target brings.
#[test]
fn every_other_rule_is_shown_by_a_target() {
    let brought = brought();
    for rule in rules().filter(|rule| rule.on.is_empty()) {
        let name = rule.code.name;
        let old = read(&root().join(name).join("old"));
        let new = read(&root().join(name).join("new"));
        let findings = compare_all(&old, &new, &brought);
        let shown = findings.iter().any(|it| it.rule.code.name == name);
        assert!(shown, "{name}: {findings:#?}");
    }
}

/// What is found anywhere is on a surface and in a direction of which its rule speaks, and is proved unless it is hygiene.
#[test]
fn no_finding_says_more_than_its_rule() {
    let mut wrong = Vec::new();
    let brought = brought();
    for fixture in rules() {
        let name = fixture.code.name;
        let old = read(&root().join(name).join("old"));
        let new = read(&root().join(name).join("new"));
        // Both ways round: what is added in one is removed in the other.
        for findings in [
            compare_all(&old, &new, &brought),
            compare_all(&new, &old, &brought),
        ] {
            for finding in findings {
                for verdict in &finding.verdicts {
                    let minded = minded(finding.rule);
                    let is_brought = !["wire", "json", "rpc"].contains(&verdict.surface);
                    if is_brought && finding.delta().is_some() {
                        if !minded.contains(&verdict.surface) || verdict.witness.is_none() {
                            wrong.push(format!("{name}: {}: {verdict:?}", finding.rule.code.name));
                        }
                        continue;
                    } else if is_brought {
                        continue;
                    }
                    let told = finding.rule.on.iter().any(|on| {
                        on.surface == verdict.surface
                            && on.directions.contains(&verdict.direction)
                            && on.harm >= verdict.harm
                    });
                    let proved = verdict.witness.is_some() != (verdict.harm == Harm::Hygiene);
                    if !told || !proved {
                        let code = finding.rule.code.name;
                        wrong.push(format!("{name}: {code}: {verdict:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_version_is_compatible_with_itself() {
    for rule in rules() {
        for side in ["old", "new"] {
            let one = read(&root().join(rule.code.name).join(side));
            let other = read(&root().join(rule.code.name).join(side));
            let findings = compare_all(&one, &other, &brought());
            assert!(
                findings.is_empty(),
                "{}/{side}: {findings:#?}",
                rule.code.name
            );
        }
    }
}
