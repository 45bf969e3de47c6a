//! Ranges of reserved numbers: which hold others, and what is left of them. Knows nothing of why they are reserved.

use hashbrown::HashMap;

use super::item::{Item, Kept};
use crate::contract::NumberRange;

/// The reserved numbers of each type.
pub(super) fn by_owner<'a, 'i>(
    items: impl Iterator<Item = &'i Item<'a>>,
) -> HashMap<&'a str, Vec<NumberRange>>
where
    'a: 'i,
{
    let mut found: HashMap<&str, Vec<NumberRange>> = HashMap::new();
    for item in items {
        if let Item::Reserved(owner, Kept::Numbers(range)) = item {
            found.entry(owner).or_default().push(*range);
        }
    }
    found
}

/// Whether ranges together hold all numbers of another one.
pub(super) fn covers(ranges: &[NumberRange], range: NumberRange) -> bool {
    let rest = ranges
        .iter()
        .fold(vec![range], |rest, taken| without(rest, *taken));
    rest.is_empty()
}

/// What is left of ranges without the numbers of another one.
pub(super) fn without(ranges: Vec<NumberRange>, taken: NumberRange) -> Vec<NumberRange> {
    let mut rest = Vec::with_capacity(ranges.len() + 1);
    for range in ranges {
        if taken.last < range.first || range.last < taken.first {
            rest.push(range);
            continue;
        }
        if range.first < taken.first {
            rest.push(NumberRange {
                first: range.first,
                last: taken.first - 1,
            });
        }
        if taken.last < range.last {
            rest.push(NumberRange {
                first: taken.last + 1,
                last: range.last,
            });
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(first: i32, last: i32) -> NumberRange {
        NumberRange { first, last }
    }

    #[test]
    fn ranges_hold_others_and_leave_a_rest() {
        assert!(covers(&[range(1, 3), range(4, 9)], range(2, 8)));
        assert!(!covers(&[range(1, 3), range(5, 9)], range(2, 8)));
        assert_eq!(
            without(vec![range(1, 9)], range(4, 5)),
            [range(1, 3), range(6, 9)]
        );
        assert_eq!(
            without(vec![range(i32::MIN, i32::MAX)], range(i32::MIN, i32::MAX)),
            []
        );
    }
}
