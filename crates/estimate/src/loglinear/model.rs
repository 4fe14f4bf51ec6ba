//! Hierarchical log-linear models, and the families of them that are searched.
//!
//! Invariant: with an interaction, every part of it is in the model; every list has its main effect;
//! the interaction of all lists, which no data can determine, is in none.

use crate::error::{InputError, NoEstimate};
use crate::histories::{Histories, Pattern};
use serde::Serialize;

/// How the ease of being listed is taken to vary between people (Rivest and Baillargeon 2007).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Heterogeneity {
    /// Like a normal distribution on the logit scale (Darroch et al. 1993).
    Darroch,
    /// With few people who are very hard to list: the smallest correction.
    Poisson,
    /// With many people who are very hard to list: the largest correction.
    Gamma,
}

impl Heterogeneity {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Darroch, Self::Poisson, Self::Gamma];

    /// What the form adds to the predictor of somebody on so many lists, per unit of its coefficient.
    pub(crate) fn column(self, on: usize) -> f64 {
        let k = on as f64;
        match self {
            Self::Darroch => k * k / 2.0,
            Self::Poisson => (1_u64 << on.min(60)) as f64 - 1.0,
            Self::Gamma => crate::numeric::ln(3.5 / (3.5 + k)),
        }
    }
}

/// A hierarchical model: which sets of lists interact, and whether people differ in how easily they
/// are listed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Model {
    /// Main effects and interactions, by size and then by number.
    terms: Vec<Pattern>,
    /// Differences between people.
    #[serde(skip_serializing_if = "Option::is_none")]
    heterogeneity: Option<Heterogeneity>,
}

impl Model {
    /// The model in which the lists are independent.
    pub fn independent(lists: usize) -> Self {
        Self {
            terms: (0..lists.min(15)).map(|list| Pattern(1 << list)).collect(),
            heterogeneity: None,
        }
    }

    /// The smallest hierarchical model of so many lists that has these interactions.
    ///
    /// # Errors
    /// An interaction of a list that does not exist, or of all lists at once.
    pub fn generated_by(lists: usize, interactions: &[Pattern]) -> Result<Self, InputError> {
        let all = (1_u32 << lists.min(15)) - 1;
        let mut terms = Self::independent(lists).terms;
        for &interaction in interactions {
            if u32::from(interaction.0) > all {
                let index = 15 - interaction.0.leading_zeros() as usize;
                return Err(InputError::UnknownList { index, lists });
            }
            if u32::from(interaction.0) == all && lists > 1 {
                return Err(InputError::Setting {
                    name: "interaction",
                    value: interaction.digits(lists),
                    range: "within a part of the lists: the interaction of all lists cannot be known",
                });
            }
            terms.extend(
                (1..=interaction.0)
                    .map(Pattern)
                    .filter(|&part| interaction.contains(part)),
            );
        }
        Ok(Self::from_terms(terms))
    }

    /// Sorts the terms; they must already be closed under taking parts.
    pub(crate) fn from_terms(mut terms: Vec<Pattern>) -> Self {
        terms.sort_by_key(|term| (term.size(), term.0));
        terms.dedup();
        Self {
            terms,
            heterogeneity: None,
        }
    }

    /// The same model with one more interaction of two lists.
    pub(crate) fn with_pair(&self, pair: Pattern) -> Self {
        let mut terms = self.terms.clone();
        terms.push(pair);
        Self {
            heterogeneity: self.heterogeneity,
            ..Self::from_terms(terms)
        }
    }

    /// The same model with people who differ in how easily they are listed.
    #[must_use]
    pub fn with_heterogeneity(mut self, form: Heterogeneity) -> Self {
        self.heterogeneity = Some(form);
        self
    }

    /// How people differ in it.
    pub fn heterogeneity(&self) -> Option<Heterogeneity> {
        self.heterogeneity
    }

    /// Main effects and interactions, by size and then by number.
    pub fn terms(&self) -> &[Pattern] {
        &self.terms
    }

    /// Interactions of two or more lists.
    pub fn interactions(&self) -> impl Iterator<Item = Pattern> + '_ {
        self.terms.iter().copied().filter(|term| term.size() > 1)
    }

    /// Number of parameters, the constant included.
    pub fn parameters(&self) -> usize {
        self.terms.len() + 1 + usize::from(self.heterogeneity.is_some())
    }

    /// The terms that are no part of another: they name the model.
    pub fn generators(&self) -> Vec<Pattern> {
        let covered = |term: Pattern| {
            self.terms
                .iter()
                .any(|&other| other != term && other.contains(term))
        };
        let mut maximal: Vec<Pattern> = self
            .terms
            .iter()
            .copied()
            .filter(|&t| !covered(t))
            .collect();
        maximal.sort_by_key(|term| (std::cmp::Reverse(term.size()), term.0.reverse_bits()));
        maximal.reverse();
        maximal.sort_by_key(|term| std::cmp::Reverse(term.size()));
        maximal
    }

    /// The model in brackets, each holding lists that depend on each other: `[EXH, ABA][HRW]`.
    pub fn describe(&self, histories: &Histories) -> String {
        self.generators()
            .into_iter()
            .map(|g| format!("[{}]", histories.name_of(g)))
            .collect()
    }

    /// Whether there is a parameter for every cell that can be seen, so that the fit is perfect
    /// whatever the data and proves nothing.
    pub fn is_saturated(&self, lists: usize) -> bool {
        self.parameters() + 1 >= 1 << lists.min(15)
    }
}

/// A family of models to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// All sets of interactions between two lists: 64 models of four lists, 1,024 of five.
    Pairs,
    /// All hierarchical models: 113 of four lists, 6,893 of five.
    Hierarchical,
    /// All hierarchical models, and those of at most two interacting pairs in which people differ: 179
    /// models of four lists.
    Broad,
    /// The neighbourhood of one model; it has no models of its own to list.
    Around,
}

impl Family {
    /// All models of the family, or a refusal where they would be more than `most`.
    pub(crate) fn models(self, lists: usize, most: u64) -> Result<Vec<Model>, NoEstimate> {
        if lists < 2 {
            return Err(NoEstimate::TooFewLists { lists, needed: 2 });
        }
        let pairs = lists * (lists - 1) / 2;
        let at_least = if lists == 2 {
            1
        } else {
            1_u64 << pairs.min(62)
        };
        let refusal = NoEstimate::TooManyModels {
            models: at_least,
            most,
        };
        if at_least > most {
            return Err(refusal);
        }
        let largest = match self {
            Self::Pairs | Self::Around => 2.min(lists - 1),
            Self::Hierarchical | Self::Broad => lists - 1,
        };
        let mut models = vec![Model::independent(lists)];
        for size in 2..=largest {
            let mut larger = Vec::new();
            for model in &models {
                let possible = extensions(model, lists, size);
                if larger.len() as u64 + (1 << possible.len().min(62)) > most {
                    return Err(refusal);
                }
                larger.extend((0..1_u64 << possible.len()).map(|chosen| {
                    let added = possible
                        .iter()
                        .enumerate()
                        .filter(|(i, _)| chosen >> i & 1 == 1);
                    Model::from_terms(
                        model
                            .terms
                            .iter()
                            .chain(added.map(|(_, term)| term))
                            .copied()
                            .collect(),
                    )
                }));
            }
            models = larger;
        }
        if self == Self::Broad {
            models.extend(differing(lists));
        }
        Ok(models)
    }
}

/// Models of at most two interacting pairs in which people differ, in each form. Three lists carry no
/// pair beside it.
pub(crate) fn differing(lists: usize) -> Vec<Model> {
    if lists < 3 {
        return Vec::new();
    }
    let most = if lists == 3 { 0 } else { 2 };
    let independent = Model::independent(lists);
    let pairs: Vec<Pattern> = (0..1_u16 << lists)
        .map(Pattern)
        .filter(|set| set.size() == 2)
        .collect();
    let mut bases = vec![independent.clone()];
    for (i, &first) in pairs.iter().enumerate().filter(|_| most > 0) {
        bases.push(independent.with_pair(first));
        bases.extend(
            pairs[i + 1..]
                .iter()
                .map(|&second| independent.with_pair(first).with_pair(second)),
        );
    }
    let all = Heterogeneity::ALL;
    bases
        .iter()
        .flat_map(|base| all.map(|form| base.clone().with_heterogeneity(form)))
        .collect()
}

/// Sets of `size` lists whose parts are all in the model.
fn extensions(model: &Model, lists: usize, size: usize) -> Vec<Pattern> {
    let all = (0..1_u16 << lists)
        .map(Pattern)
        .filter(|set| set.size() == size);
    all.filter(|set| {
        set.lists()
            .all(|list| model.terms.contains(&Pattern(set.0 & !(1 << list))))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn families_have_as_many_models_as_the_literature_counts() {
        let count = |family: Family, lists| family.models(lists, 40_000).unwrap().len();
        assert_eq!(count(Family::Pairs, 5), 1024);
        assert_eq!(count(Family::Hierarchical, 3), 8);
        assert_eq!(count(Family::Hierarchical, 4), 113);
        assert_eq!(count(Family::Hierarchical, 5), 6893);
        assert_eq!(count(Family::Broad, 4), 113 + 3 * 22);
        assert!(matches!(
            Family::Hierarchical.models(6, 40_000),
            Err(NoEstimate::TooManyModels { .. })
        ));
        assert!(matches!(
            Family::Pairs.models(10, 40_000),
            Err(NoEstimate::TooManyModels { .. })
        ));
    }

    #[test]
    fn a_model_is_named_by_its_largest_dependences() {
        let table = Histories::new(["EXH", "ABA", "OSCE", "HRW"], []).unwrap();
        let model =
            Model::generated_by(4, &[Pattern(0b1100), Pattern(0b0111), Pattern(0b1001)]).unwrap();
        assert_eq!(
            model.describe(&table),
            "[EXH, ABA, OSCE][EXH, HRW][OSCE, HRW]"
        );
        assert_eq!(model.parameters(), 11);
        assert!(!model.is_saturated(4));
    }

    #[test]
    fn the_interaction_of_all_lists_is_refused() {
        assert!(Model::generated_by(3, &[Pattern(0b111)]).is_err());
        assert!(Model::generated_by(3, &[Pattern(0b1000)]).is_err());
    }
}
