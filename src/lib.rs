//! xlc: one contract, any boundary.
