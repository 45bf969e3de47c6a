//! Zero values and defaults as Go writes them. Knows nothing of where they stand.

use super::docs::{quote, quote_bytes};
use super::types::{Kind, Value};
use crate::contract::{Default, Scalar};

impl Value {
    /// A Go expression of a default value; the zero value without one.
    pub(super) fn literal(&self, default: Option<&Default>) -> String {
        match default {
            None => self.zero(),
            Some(Default::Bool(v)) => v.to_string(),
            Some(Default::Int(v)) => v.to_string(),
            Some(Default::Uint(v)) => v.to_string(),
            Some(Default::Float(v)) => float(f64::from(*v), &format!("{v:e}"), "float32(", ")"),
            Some(Default::Double(v)) => float(*v, &format!("{v:e}"), "", ""),
            Some(Default::String(v)) => quote(v),
            Some(Default::Bytes(v)) => format!("[]byte({})", quote_bytes(v)),
            Some(Default::Enum(v)) => format!("{}({v})", self.go),
        }
    }

    /// The zero value.
    pub(super) fn zero(&self) -> String {
        match &self.kind {
            Kind::Scalar {
                scalar: Scalar::Bool,
                ..
            } => "false",
            Kind::Scalar {
                scalar: Scalar::String,
                ..
            } => "\"\"",
            Kind::Scalar {
                scalar: Scalar::Bytes,
                ..
            }
            | Kind::Message { .. } => "nil",
            Kind::Scalar { .. } | Kind::Enum { .. } => "0",
        }
        .to_owned()
    }
}

/// A floating-point literal; `open` and `close` convert the results of package `math` to the type.
fn float(v: f64, text: &str, open: &str, close: &str) -> String {
    if v.is_nan() {
        format!("{open}math.NaN(){close}")
    } else if v.is_infinite() {
        let sign = if v > 0.0 { 1 } else { -1 };
        format!("{open}math.Inf({sign}){close}")
    } else if v == 0.0 && v.is_sign_negative() {
        format!("{open}math.Copysign(0, -1){close}")
    } else {
        // The shortest digits that lead to this number; Go's compiler reads them back to the same one.
        text.to_owned()
    }
}
