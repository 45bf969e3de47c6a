//! Which surfaces there are: those that need nothing but contracts, and those that others bring. Knows nobody who does.

use super::{Surface, data, rpc};
use crate::compat::policy::Policy;

/// The surfaces that need nothing but contracts, in the order in which they are asked.
pub static SURFACES: &[&dyn Surface] = &[&data::Wire, &data::Json, &rpc::Rpc];

/// All surfaces: [`SURFACES`], and after them what others brought.
#[derive(Default)]
pub struct Surfaces {
    brought: Vec<Box<dyn Surface>>,
}

impl Surfaces {
    /// With surfaces of others.
    #[must_use]
    pub fn new(brought: Vec<Box<dyn Surface>>) -> Self {
        Self { brought }
    }

    /// All of them, in the order in which they are asked.
    pub fn all(&self) -> impl Iterator<Item = &dyn Surface> {
        let own = SURFACES.iter().copied();
        own.chain(self.brought.iter().map(|it| it.as_ref() as &dyn Surface))
    }

    /// Those that are asked under a policy: what others bring only if the policy names it, as it has to be prepared.
    #[must_use]
    pub fn asked(&self, policy: &Policy) -> Vec<&dyn Surface> {
        let own = |it: &&dyn Surface| SURFACES.iter().any(|own| own.name() == it.name());
        let asked = |it: &&dyn Surface| own(it) || policy.asks(it.name());
        self.all().filter(asked).collect()
    }

    /// Their names, in the same order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.all().map(|it| it.name())
    }
}

impl std::fmt::Debug for Surfaces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}
