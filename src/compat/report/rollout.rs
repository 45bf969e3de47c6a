//! Which side of calls can be deployed first. Decided by what breaks between old clients and new servers, and between
//! new clients and old servers, whatever the policy requires.

use crate::compat::finding::Finding;
use crate::compat::surface::{Harm, Verdict};
use crate::compat::trial::Direction;

/// What breaks while both versions run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rollout {
    /// Between old clients and new servers: codes and messages.
    pub backward: Vec<String>,
    /// Between new clients and old servers: codes and messages.
    pub forward: Vec<String>,
}

/// The order in which clients and servers can be deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// In any order.
    Any,
    /// Servers first, then clients.
    ServersFirst,
    /// Clients first, then servers.
    ClientsFirst,
    /// There is none.
    None,
}

impl Rollout {
    /// What the findings say of calls.
    #[must_use]
    pub fn new(findings: &[Finding<'_>]) -> Self {
        let of = |direction: Direction| {
            let breaks = |it: &Verdict| {
                it.surface == "rpc"
                    && it.direction == direction
                    && matches!(it.harm, Harm::Lossy | Harm::Error)
            };
            let broken = findings.iter().filter(|it| it.verdicts.iter().any(breaks));
            let lines = broken.map(|it| format!("{} ({})", it.message, it.rule.code.name));
            lines.collect()
        };
        Self {
            backward: of(Direction::Backward),
            forward: of(Direction::Forward),
        }
    }

    /// The advice in words, line by line.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let order = Order::of(self);
        let mut lines = vec![
            match order {
                Order::Any => "clients and servers can be deployed in any order",
                Order::ServersFirst => "deploy servers first, then clients",
                Order::ClientsFirst => "deploy clients first, then servers",
                Order::None => {
                    "neither order is safe: make the change in two steps, each of which has one"
                }
            }
            .to_owned(),
        ];
        let parts = [
            (
                "new clients and old servers do not understand each other",
                &self.forward,
            ),
            (
                "old clients and new servers do not understand each other",
                &self.backward,
            ),
        ];
        for (title, broken) in parts {
            if !broken.is_empty() {
                lines.push(format!("{title}:"));
                lines.extend(broken.iter().map(|it| format!("  {it}")));
            }
        }
        lines
    }
}

impl Order {
    /// The order that a rollout leaves.
    #[must_use]
    pub fn of(rollout: &Rollout) -> Self {
        match (rollout.backward.is_empty(), rollout.forward.is_empty()) {
            (true, true) => Self::Any,
            (true, false) => Self::ServersFirst,
            (false, true) => Self::ClientsFirst,
            (false, false) => Self::None,
        }
    }

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::ServersFirst => "servers-first",
            Self::ClientsFirst => "clients-first",
            Self::None => "none",
        }
    }
}
