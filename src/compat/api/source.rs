//! The surface of generated source code: programs written against the old API meet the new one. A target gives its API
//! as data and the words for what its tools do; each difference goes to the change of the contract that causes it.

use super::cause::{Cause, minds};
use super::{Api, Difference, Differences, Item, Owner, What};
use crate::compat::delta::{Both, Delta, Ends, FileChange, Kind};
use crate::compat::surface::{Case, Judge, SideEffect, Surface, Unfit, Verdict};
use crate::compat::trial::{Direction, Payload, Witness};
use crate::contract::Contract;
use crate::diagnostics::Diagnostic;

/// What happens in a language to code that relies on what is no longer so.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// It names what is gone: `code that names it does not compile`.
    pub gone: &'static str,
    /// It relies on another type.
    pub changed: &'static str,
    /// It relies on another value.
    pub valued: &'static str,
    /// It relies on another place.
    pub placed: &'static str,
    /// The options of files that say where code of this language goes.
    pub options: &'static [FileChange],
}

/// Makes the API of a contract, or says why there is none.
type Make = dyn Fn(&Contract) -> Result<Api, Vec<Diagnostic>> + Sync;

/// The surface of the source code that a target generates.
pub struct Source {
    name: &'static str,
    about: &'static str,
    words: Words,
    make: Box<Make>,
}

impl Source {
    /// A surface by its name, such as `source.python`.
    #[must_use]
    pub fn new(
        name: &'static str,
        about: &'static str,
        words: Words,
        make: impl Fn(&Contract) -> Result<Api, Vec<Diagnostic>> + Sync + 'static,
    ) -> Self {
        Self {
            name,
            about,
            words,
            make: Box::new(make),
        }
    }
}

impl Surface for Source {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn minds(&self, kind: Kind) -> bool {
        minds(kind, self.words.options)
    }

    fn api(&self, contract: &Contract) -> Option<Result<Api, Vec<Diagnostic>>> {
        Some((self.make)(contract))
    }

    fn open<'c>(&'c self, case: &'c Case<'_>) -> Result<Box<dyn Judge + 'c>, Unfit> {
        let made = case.pairs.contracts.map(|it| (self.make)(it));
        let apis = match (made.old, made.new) {
            (Ok(old), Ok(new)) => Both { old, new },
            (old, new) => {
                return Err(Unfit {
                    surface: self.name,
                    problems: Both {
                        old: old.err().unwrap_or_default(),
                        new: new.err().unwrap_or_default(),
                    },
                });
            }
        };
        let sides = Both {
            old: &apis.old,
            new: &apis.new,
        };
        let differences = Differences::new(sides, &case.pairs).list;
        let felt = differences
            .into_iter()
            .filter(|it| it.harm(sides).is_some());
        Ok(Box::new(TwoApis {
            surface: self,
            contracts: case.pairs.contracts,
            rest: felt.collect(),
            apis,
        }))
    }
}

/// Two APIs, and what was not told yet of how they differ.
struct TwoApis<'c> {
    surface: &'c Source,
    contracts: Both<&'c Contract>,
    apis: Both<Api>,
    rest: Vec<Difference>,
}

impl Judge for TwoApis<'_> {
    fn judge(&mut self, delta: &Delta<'_>, _: &[Verdict]) -> Vec<Verdict> {
        if !self.surface.minds(delta.kind()) {
            return Vec::new();
        }
        let cause = Cause {
            delta,
            contracts: self.contracts,
        };
        let rest = std::mem::take(&mut self.rest);
        let (caused, rest): (Vec<_>, Vec<_>) = rest
            .into_iter()
            .partition(|it| cause.causes(it, &self.apis));
        self.rest = rest;
        let (old, new) = delta.names();
        let of = old.or(new).unwrap_or_default();
        self.verdict(&caused, of).into_iter().collect()
    }

    fn side_effects(&mut self) -> Vec<SideEffect> {
        let rest = std::mem::take(&mut self.rest);
        let effects = rest.into_iter().filter_map(|difference| {
            let (was, is) = self.items(&difference);
            let spot = |item: &Item, contract| item.owner.spot(contract);
            let element = match (was, is) {
                (Some(was), Some(is)) => Ends::Both(Both {
                    old: spot(was, self.contracts.old),
                    new: spot(is, self.contracts.new),
                }),
                (Some(was), None) => Ends::Old(spot(was, self.contracts.old)),
                (None, Some(is)) => Ends::New(spot(is, self.contracts.new)),
                (None, None) => return None,
            };
            let of = element.as_ref().any().name.clone();
            let item = was.or(is)?;
            let message = match difference.what {
                What::Gone => format!("{} `{}` is gone", item.kind, item.path),
                What::Moved => {
                    let path = &is?.path;
                    format!("{} `{}` is `{path}` now", item.kind, item.path)
                }
                What::Changed | What::Valued => {
                    format!("{} `{}` is declared otherwise", item.kind, item.path)
                }
                What::Taken => format!("{} `{}` is another element now", item.kind, item.path),
                What::Placed => format!("{} `{}` has another place", item.kind, item.path),
                What::Added => format!("{} `{}` is new", item.kind, item.path),
            };
            Some(SideEffect {
                element,
                message,
                verdicts: vec![self.verdict(&[difference], of)?],
            })
        });
        effects.collect()
    }
}

impl TwoApis<'_> {
    fn items(&self, difference: &Difference) -> (Option<&Item>, Option<&Item>) {
        let old = difference.old.map(|it| &self.apis.old.items()[it]);
        let new = difference.new.map(|it| &self.apis.new.items()[it]);
        (old, new)
    }

    /// One verdict on all that a change does: the worst of it is the evidence.
    fn verdict(&self, caused: &[Difference], of: String) -> Option<Verdict> {
        let apis = Both {
            old: &self.apis.old,
            new: &self.apis.new,
        };
        let harms = caused.iter().filter_map(|it| Some((it.harm(apis)?, it)));
        let (harm, worst) = harms.reduce(|a, b| match b.0 > a.0 {
            true => b,
            false => a,
        })?;
        let (was, is) = self.items(worst);
        let words = &self.surface.words;
        let line =
            |item: Option<&Item>| item.map_or(String::new(), |it| format!("`{}`", it.line()));
        let (meant, seen) = match worst.what {
            What::Gone => (line(was), format!("gone: {}", words.gone)),
            What::Moved => (
                format!("`{}`", self.apis.old.place(was?)),
                format!("`{}`: {}", self.apis.new.place(is?), words.gone),
            ),
            What::Changed => (line(was), format!("{}: {}", line(is), words.changed)),
            What::Valued => (line(was), format!("{}: {}", line(is), words.valued)),
            What::Taken => {
                let name =
                    |owner: Owner, contract| format!("field `{}`", owner.spot(contract).name);
                (
                    name(was?.owner, self.contracts.old),
                    format!("{}: {}", name(is?.owner, self.contracts.new), words.valued),
                )
            }
            What::Placed => {
                let seen = is.map_or_else(|| "nothing".to_owned(), |it| format!("`{}`", it.name));
                (
                    format!("`{}` in this place", was?.name),
                    format!("{seen}: {}", words.placed),
                )
            }
            What::Added => {
                let what = is?.obliges.map_or("", |it| it.what);
                ("nothing".to_owned(), format!("{}: {what}", line(is)))
            }
        };
        let more = match caused.len() - 1 {
            0 => String::new(),
            1 => "; 1 more difference".to_owned(),
            more => format!("; {more} more differences"),
        };
        Some(Verdict {
            surface: self.surface.name,
            direction: Direction::Backward,
            harm,
            witness: Some(Witness {
                of,
                payload: Payload::Source(was.or(is)?.path.clone()),
                meant: format!("old API: {meant}"),
                seen: format!("new API: {seen}{more}"),
            }),
            route: None,
        })
    }
}
