//! A surface from elsewhere, through the public trait alone: the symbols of a C header that somebody generates.

use std::collections::BTreeMap;

use xlc::artifact::Artifact;
use xlc::compat::delta::{Both, Delta, Ends, Kind, MessageChange};
use xlc::compat::surface::{
    Case, Harm, Judge, SideEffect, Spot, Surface, Surfaces, Unfit, Verdict,
};
use xlc::compat::trial::{Direction, Payload, Readers, Witness};
use xlc::compat::{About, Finding, Policy, Requirement, findings};
use xlc::contract::{Contract, Message, MessageId};
use xlc::diagnostics::{Diagnostic, codes};
use xlc::load::Loaded;
use xlc::targets::{Capabilities, Options, Plan, Support, Target, TemplateSource};

use crate::parse;

const NAME: &str = "c-symbols";

/// A target that generates nothing and brings a surface.
struct Header;

impl Target for Header {
    fn name(&self) -> &'static str {
        "header"
    }

    fn about(&self) -> &'static str {
        "symbols"
    }

    fn capabilities(&self) -> Capabilities {
        let none = Support::None;
        Capabilities {
            binary: none,
            json: none,
            text: none,
            presence: none,
            defaults: none,
            open_enums: none,
            closed_enums: none,
            oneofs: none,
            maps: none,
            groups: none,
            extensions: none,
            message_sets: none,
            unknown_fields: none,
            well_known_types: none,
            services: none,
        }
    }

    fn options_schema(&self) -> schemars::Schema {
        schemars::Schema::default()
    }

    fn templates(&self) -> &'static [TemplateSource] {
        &[]
    }

    fn plan(&self, _: &Contract, _: &Options) -> Result<Plan, Vec<Diagnostic>> {
        Ok(Plan {
            artifacts: Vec::<Artifact>::new(),
            warnings: Vec::new(),
        })
    }

    fn surfaces(&self, options: &Options) -> Result<Vec<Box<dyn Surface>>, Vec<Diagnostic>> {
        let prefix = options.get("prefix").and_then(|it| it.as_str());
        let prefix = prefix.unwrap_or("x").to_owned();
        Ok(vec![Box::new(Symbols { prefix })])
    }
}

/// A symbol per message. Of two that come out alike the one that is declared later has its id behind it.
struct Symbols {
    prefix: String,
}

impl Symbols {
    fn of(&self, contract: &Contract) -> Result<BTreeMap<MessageId, String>, Vec<Diagnostic>> {
        let mut symbols = BTreeMap::new();
        for message in contract.messages() {
            if message.name == "Unspeakable" {
                let message = "a message cannot be called `Unspeakable`";
                return Err(vec![Diagnostic::error(&codes::CONFIG, message)]);
            }
            let mut symbol = format!("{}_{}", self.prefix, message.name.to_lowercase());
            if symbols.values().any(|it| *it == symbol) {
                symbol.push_str(&format!("_{}", message.id.index()));
            }
            symbols.insert(message.id, symbol);
        }
        Ok(symbols)
    }
}

impl Surface for Symbols {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "symbols of a C header"
    }

    fn minds(&self, kind: Kind) -> bool {
        kind == Kind::Message(MessageChange::Removed)
    }

    fn open<'c>(&'c self, case: &'c Case<'_>) -> Result<Box<dyn Judge + 'c>, Unfit> {
        let made = case.pairs.contracts.map(|it| self.of(it));
        match (made.old, made.new) {
            (Ok(old), Ok(new)) => Ok(Box::new(TwoHeaders {
                case,
                symbols: Both { old, new },
            })),
            (old, new) => Err(Unfit {
                surface: NAME,
                problems: Both {
                    old: old.err().unwrap_or_default(),
                    new: new.err().unwrap_or_default(),
                },
            }),
        }
    }
}

/// Two versions of the header.
struct TwoHeaders<'c, 'a> {
    case: &'c Case<'a>,
    symbols: Both<BTreeMap<MessageId, String>>,
}

fn gone(message: &Message, symbol: &str, seen: String) -> Verdict {
    Verdict {
        surface: NAME,
        direction: Direction::Backward,
        harm: Harm::Error,
        witness: Some(Witness {
            of: message.full_name.to_string(),
            payload: Payload::Source(symbol.to_owned()),
            meant: "linked".to_owned(),
            seen,
        }),
        route: None,
    }
}

impl Judge for TwoHeaders<'_, '_> {
    fn judge(&mut self, delta: &Delta<'_>, so_far: &[Verdict]) -> Vec<Verdict> {
        assert!(so_far.iter().all(|it| it.surface != NAME));
        if let Delta::Message(MessageChange::Removed, Ends::Old(message)) = delta {
            let symbol = &self.symbols.old[&message.id];
            return vec![gone(message, symbol, "undefined".to_owned())];
        }
        Vec::new()
    }

    fn side_effects(&mut self) -> Vec<SideEffect> {
        let mut effects = Vec::new();
        for (ids, _) in self.case.pairs.messages.iter() {
            let (was, is) = (&self.symbols.old[&ids.old], &self.symbols.new[&ids.new]);
            if was == is {
                continue;
            }
            let contracts = self.case.pairs.contracts;
            let spot = |contract: &Contract, id| {
                let message = contract.message(id);
                Spot::new(
                    contract,
                    message.file,
                    message.full_name.as_str(),
                    message.span,
                )
            };
            effects.push(SideEffect {
                element: Ends::Both(Both {
                    old: spot(contracts.old, ids.old),
                    new: spot(contracts.new, ids.new),
                }),
                message: format!("`{was}` is `{is}` now"),
                verdicts: vec![gone(
                    contracts.old.message(ids.old),
                    was,
                    format!("it is `{is}`"),
                )],
            });
        }
        effects
    }
}

fn surfaces(options: &Options) -> Surfaces {
    Surfaces::new(Header.surfaces(options).expect("the options are right"))
}

fn policy() -> Policy {
    Policy {
        require: [(NAME.to_owned(), Requirement::Backward)].into(),
        packages: Vec::new(),
    }
}

fn compare<'a>(old: &'a Loaded, new: &'a Loaded) -> Result<Vec<Finding<'a>>, Unfit> {
    let contracts = Both {
        old: &old.contract,
        new: &new.contract,
    };
    let surfaces = surfaces(&Options::new());
    findings(contracts, &surfaces.asked(&policy()), Readers::Official)
}

#[test]
fn a_surface_from_elsewhere_speaks_of_the_same_change_in_the_same_finding() {
    let old = parse(
        "syntax = \"proto3\"; import \"google/protobuf/any.proto\"; message A { google.protobuf.Any a = 1; } message B {}",
    );
    let new = parse(
        "syntax = \"proto3\"; import \"google/protobuf/any.proto\"; message A { google.protobuf.Any a = 1; }",
    );
    let found = compare(&old, &new).expect("both can be judged");
    assert_eq!(found.len(), 1, "{found:#?}");
    let on: Vec<&str> = found[0].verdicts.iter().map(|it| it.surface).collect();
    assert_eq!(on, ["json", NAME]);
    assert_eq!(found[0].rule.code.name, "message-removed");
}

#[test]
fn what_shows_on_an_element_that_did_not_change_is_told_with_both_places() {
    let old = parse("syntax = \"proto3\"; message Ab { string x = 1; }");
    let new =
        parse("syntax = \"proto3\";\nmessage AB { int32 y = 9; }\nmessage Ab { string x = 1; }");
    let found = compare(&old, &new).expect("both can be judged");
    let [finding] = &found[..] else {
        panic!("{found:#?}");
    };
    assert_eq!(finding.rule.code.name, "side-effect");
    assert!(matches!(finding.about, About::SideEffect(Ends::Both(_))));
    assert_eq!(finding.message, "`x_ab` is `x_ab_1` now");
    let (was, is) = finding.about.names();
    assert_eq!((was.as_deref(), is.as_deref()), (Some("Ab"), Some("Ab")));
    let lines = (finding.about.old_span(), finding.about.new_span());
    assert_eq!(
        (
            lines.0.map(|it| it.start_line),
            lines.1.map(|it| it.start_line)
        ),
        (Some(0), Some(2))
    );
    assert_eq!(finding.level(&policy()), xlc::compat::Level::Error);
}

#[test]
fn the_options_of_the_target_reach_its_surface() {
    let mut options = Options::new();
    options.insert("prefix".to_owned(), "shop".into());
    let old = parse("syntax = \"proto3\"; message A {} message B {}");
    let new = parse("syntax = \"proto3\"; message A {}");
    let contracts = Both {
        old: &old.contract,
        new: &new.contract,
    };
    let surfaces = surfaces(&options);
    let found = findings(contracts, &surfaces.asked(&policy()), Readers::Official);
    let found = found.expect("both can be judged");
    let witness = found[0].verdicts[0].witness.clone().expect("evidence");
    assert_eq!(witness.payload, Payload::Source("shop_b".to_owned()));
}

#[test]
fn a_version_that_a_surface_cannot_look_at_is_told_apart_from_a_finding() {
    let old = parse("syntax = \"proto3\"; message A {}");
    let new = parse("syntax = \"proto3\"; message Unspeakable {}");
    let unfit = compare(&old, &new).expect_err("the new one is not fit");
    assert_eq!(unfit.surface, NAME);
    assert_eq!(unfit.problems.map(|it| it.len()), Both { old: 0, new: 1 });
}

#[test]
fn a_surface_from_elsewhere_is_asked_only_if_something_is_required_of_it() {
    let surfaces = surfaces(&Options::new());
    let names = |policy: &Policy| {
        let asked = surfaces.asked(policy);
        asked.iter().map(|it| it.name()).collect::<Vec<_>>()
    };
    assert_eq!(names(&Policy::default()), ["wire", "json", "rpc"]);
    assert_eq!(names(&policy()), ["wire", "json", "rpc", NAME]);
    let mut off = policy();
    off.require.insert(NAME.to_owned(), Requirement::Off);
    assert_eq!(names(&off), ["wire", "json", "rpc"]);
    let glob = globset::Glob::new("a.*").expect("a glob").compile_matcher();
    off.packages.push((glob, policy().require));
    assert_eq!(names(&off), ["wire", "json", "rpc", NAME]);
}
