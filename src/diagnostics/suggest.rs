//! The nearest word: what somebody probably meant by a name that is not known.

/// The known word that is nearest to `word`, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    known
        .into_iter()
        .map(|known| {
            (
                strsim::damerau_levenshtein(&lower, &known.to_lowercase()),
                known,
            )
        })
        .filter(|(distance, known)| *distance <= known.chars().count().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typo_is_recognised_and_another_word_is_not() {
        let known = ["contract", "include", "version", "target"];
        assert_eq!(nearest("contracts", known), Some("contract"));
        assert_eq!(nearest("inlcude", known), Some("include"));
        assert_eq!(nearest("Target", known), Some("target"));
        assert_eq!(nearest("output", known), None);
        assert_eq!(nearest("ou", ["out", "on"]), Some("out"));
    }
}
