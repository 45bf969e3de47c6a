//! The locations of a file (`SourceCodeInfo`), packed: a file has several for every element, and as descriptors have them
//! each would be three allocations and more, which is most of what a large contract would hold while it is loaded.
//! Knows nothing of what a path leads to.

use prost_types::source_code_info::Location;

/// Where the parts of a file are, in the order in which they were told, and the comments there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Locations {
    /// Path and span of each, one after the other.
    numbers: Vec<i32>,
    places: Vec<Ends>,
    /// The comments of those that have any, with their position.
    comments: Vec<(usize, Comments)>,
}

/// Where path and span end in the numbers. The path starts where the location before ends.
#[derive(Debug, Clone, Copy)]
struct Ends {
    path: u32,
    span: u32,
}

/// The comments at a location, as the text has them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Comments {
    /// `leading_comments`.
    pub(crate) leading: Option<String>,
    /// `trailing_comments`.
    pub(crate) trailing: Option<String>,
    /// `leading_detached_comments`.
    pub(crate) detached: Vec<String>,
}

impl From<Vec<Location>> for Locations {
    fn from(list: Vec<Location>) -> Self {
        let numbers = list.iter().map(|it| it.path.len() + it.span.len()).sum();
        let mut locations = Self {
            numbers: Vec::with_capacity(numbers),
            places: Vec::with_capacity(list.len()),
            comments: Vec::new(),
        };
        for location in list {
            let comments = Comments {
                leading: location.leading_comments,
                trailing: location.trailing_comments,
                detached: location.leading_detached_comments,
            };
            locations.push(&location.path, &location.span, comments);
        }
        locations
    }
}

impl Locations {
    /// Adds a location. One whose numbers would not fit into 32-bit offsets has no path and no span: no file is that
    /// long, as the parser and descriptor sets end at 2 GiB.
    pub(crate) fn push(&mut self, path: &[i32], span: &[i32], comments: Comments) {
        if !comments.is_empty() {
            self.comments.push((self.places.len(), comments));
        }
        let start = self.numbers.len();
        let ends = (
            u32::try_from(start + path.len()),
            u32::try_from(start + path.len() + span.len()),
        );
        self.places.push(match ends {
            (Ok(path_end), Ok(span_end)) => {
                self.numbers.extend_from_slice(path);
                self.numbers.extend_from_slice(span);
                Ends {
                    path: path_end,
                    span: span_end,
                }
            }
            (Ok(_) | Err(_), _) => {
                let end = self.places.last().map_or(0, |it| it.span);
                Ends {
                    path: end,
                    span: end,
                }
            }
        });
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// The path of one.
    pub(crate) fn path(&self, position: usize) -> &[i32] {
        &self.numbers[self.start(position)..self.places[position].path as usize]
    }

    /// The span of one, as descriptors have it: three or four numbers.
    pub(crate) fn span(&self, position: usize) -> &[i32] {
        let ends = self.places[position];
        &self.numbers[ends.path as usize..ends.span as usize]
    }

    /// The span of one, to be changed.
    pub(crate) fn span_mut(&mut self, position: usize) -> &mut [i32] {
        let ends = self.places[position];
        &mut self.numbers[ends.path as usize..ends.span as usize]
    }

    /// Takes the comments: of each location that has any its position, in rising order, and its comments.
    pub(crate) fn take_comments(&mut self) -> Vec<(usize, Comments)> {
        std::mem::take(&mut self.comments)
    }

    fn start(&self, position: usize) -> usize {
        position
            .checked_sub(1)
            .map_or(0, |before| self.places[before].span as usize)
    }
}

impl Comments {
    fn is_empty(&self) -> bool {
        self.leading.is_none() && self.trailing.is_none() && self.detached.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_as_it_was() {
        let location = |path: &[i32], span: &[i32], leading: Option<&str>| Location {
            path: path.to_vec(),
            span: span.to_vec(),
            leading_comments: leading.map(str::to_owned),
            ..Location::default()
        };
        let mut locations = Locations::from(vec![
            location(&[], &[0, 0, 9, 1], None),
            location(&[4, 0], &[1, 2, 3], Some(" A.\n")),
            location(&[4, 0, 1], &[], None),
        ]);
        let all = |it: &Locations| -> Vec<(Vec<i32>, Vec<i32>)> {
            let one = |at| (it.path(at).to_vec(), it.span(at).to_vec());
            (0..it.len()).map(one).collect()
        };
        assert_eq!(
            all(&locations),
            [
                (vec![], vec![0, 0, 9, 1]),
                (vec![4, 0], vec![1, 2, 3]),
                (vec![4, 0, 1], vec![]),
            ]
        );
        locations.span_mut(1)[2] = 7;
        assert_eq!(locations.span(1), [1, 2, 7]);
        let comments = locations.take_comments();
        assert_eq!(comments.len(), 1);
        assert_eq!(
            (comments[0].0, comments[0].1.leading.as_deref()),
            (1, Some(" A.\n"))
        );
    }
}
