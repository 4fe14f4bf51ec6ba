//! The thresholds of `data/lineage/rules.toml`: what counts as shared, as form, as common.

use serde::Deserialize;
use std::sync::LazyLock;

/// When shared words mean that one document copies another.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Fewest words that are the same in a passage, for it to be called shared.
    pub passage_words: u32,
    /// Fewest words that are the same in a form that is filled in differently.
    pub form_words: u32,
    /// Share of the longer side that is the same in a copy, in thousandths.
    pub copy_density: u32,
    /// Share of the longer side that is the same in a form, in thousandths.
    pub form_density: u32,
    /// Most words for each name or number that differs, for the facts to be others.
    pub words_per_fact: u32,
    /// Text in more documents than this is common.
    pub common_documents: usize,
    /// What is added to that for each million documents in the archive.
    pub common_per_million: usize,
    /// Words of common text that show copying all the same.
    pub long_words: u32,
    /// Share of the holders of common text that are copies of each other, in thousandths, from
    /// which on it is their text and not everybody's.
    pub one_lineage: usize,
    /// First holders of common text that a document is compared with.
    pub common_compared: usize,
    /// Share of a document's words, in thousandths, above which its text is another's.
    pub derived_share: u32,
    /// Share of passages with other facts in all that is shared, in thousandths, that makes the
    /// whole one form.
    pub form_share: u32,
    /// Days between two publications from which on one other number makes the later a reissue.
    pub reissue_days: u32,
}

static SHIPPED: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/lineage/rules.toml"))
        .expect("data/lineage/rules.toml is complete, which a test checks")
});

impl Default for Rules {
    /// The rules that ship with the program.
    fn default() -> Self {
        SHIPPED.clone()
    }
}

impl Rules {
    /// Reads rules from TOML.
    ///
    /// # Errors
    /// The text is no TOML, a rule is missing, or one is not known; the message says which.
    pub fn from_toml(text: &str) -> Result<Self, RulesError> {
        toml::from_str(text).map_err(|error| RulesError(error.to_string()))
    }
}

/// The rules cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "The rules for shared text cannot be used: {0} Correct the file, or remove it to use the rules that ship."
)]
pub struct RulesError(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_are_complete_and_in_order() {
        let rules = Rules::default();
        assert!(rules.form_density < rules.copy_density && rules.copy_density <= 1000);
        assert!(rules.passage_words <= rules.form_words);
        assert!(rules.common_compared <= rules.common_documents);
    }

    #[test]
    fn a_misspelt_rule_is_named() {
        let text =
            include_str!("../../../../data/lineage/rules.toml").replace("form_words", "from_words");
        let error = Rules::from_toml(&text).expect_err("the name is wrong");
        assert!(error.to_string().contains("from_words"), "{error}");
    }
}
