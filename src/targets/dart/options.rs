//! The options of the Dart target.

use schemars::JsonSchema;
use serde::Deserialize;

/// `[target.dart]`: there is nothing to choose yet.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Options {}
