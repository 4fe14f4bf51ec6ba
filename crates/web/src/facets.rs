//! The address of a list as its state: what is chosen, and the address with one choice more or
//! less. Everything is in the address, so a list can be shared, kept and gone back to.
//!
//! Percent-encoding as in application/x-www-form-urlencoded (URL Standard).

/// A choice that narrows a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it is, in words.
    pub label: String,
    /// How many there are of it.
    pub number: u64,
    /// Address of the list with this choice, or without it when it is chosen.
    pub address: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Address of the list without what is like this, or with it again when it is left out;
    /// empty where the list cannot do that.
    pub against: String,
    /// Whether it is left out.
    pub left_out: bool,
}

/// Choices of one sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// What they have in common, in words.
    pub label: String,
    /// The choices, the most frequent first.
    pub choices: Vec<Choice>,
}

/// The state of a list: an address with its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    path: String,
    parameters: Vec<(String, String)>,
}

impl State {
    /// The state of the list at `path`. Empty values say nothing and are left out.
    #[must_use]
    pub fn new(path: &str, parameters: &[(&str, &str)]) -> Self {
        let given = parameters.iter().filter(|(_, value)| !value.is_empty());
        Self {
            path: path.to_owned(),
            parameters: given
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        }
    }

    /// The value of a parameter; empty when it is not given.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        let found = self.parameters.iter().find(|(given, _)| given == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The parameters that are given.
    #[must_use]
    pub fn parameters(&self) -> &[(String, String)] {
        &self.parameters
    }

    /// The same with a parameter set, or taken away by an empty value. A list that is narrowed
    /// begins at its first page again.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut parameters = self.parameters.clone();
        parameters.retain(|(given, _)| given != name && given != "page");
        if !value.is_empty() {
            parameters.push((name.to_owned(), value.to_owned()));
        }
        Self {
            path: self.path.clone(),
            parameters,
        }
    }

    /// All values of a parameter, in the order in which they were given.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        let given = self.parameters.iter();
        given
            .filter(move |(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    }

    /// The same with one more value of a parameter, or without it where it has it already.
    #[must_use]
    pub fn turned(&self, name: &str, value: &str) -> Self {
        let mut parameters = self.parameters.clone();
        let before = parameters.len();
        parameters.retain(|(given, it)| !(given == name && it == value));
        let is_new = parameters.len() == before;
        parameters.retain(|(given, _)| given != "page");
        if is_new {
            parameters.push((name.to_owned(), value.to_owned()));
        }
        Self {
            path: self.path.clone(),
            parameters,
        }
    }

    /// A facet of which several values can be chosen, and others left out (parameter
    /// `not-<name>`); what is chosen or left out first, then the most frequent, at most `most`.
    /// `None` where there is nothing to choose.
    #[must_use]
    pub fn wide_facet(
        &self,
        label: String,
        name: &str,
        values: impl IntoIterator<Item = (String, String, u64)>,
        most: usize,
    ) -> Option<Facet> {
        let not = format!("not-{name}");
        let has = |name: &str, value: &str| self.all(name).any(|given| given == value);
        let mut choices: Vec<Choice> = values
            .into_iter()
            .map(|(value, label, number)| Choice {
                label,
                number,
                address: self.turned(name, &value).address(),
                chosen: has(name, &value),
                against: self.turned(&not, &value).address(),
                left_out: has(&not, &value),
            })
            .collect();
        choices.sort_by(|a, b| {
            let is_set = |one: &Choice| one.chosen || one.left_out;
            (is_set(b).cmp(&is_set(a)))
                .then(b.number.cmp(&a.number))
                .then_with(|| a.label.cmp(&b.label))
        });
        let set = choices.iter().filter(|one| one.chosen || one.left_out);
        choices.truncate(most.max(set.count()));
        (!choices.is_empty()).then_some(Facet { label, choices })
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> String {
        let pairs: Vec<String> = self
            .parameters
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        match pairs.is_empty() {
            true => self.path.clone(),
            false => format!("{}?{}", self.path, pairs.join("&")),
        }
    }

    /// A facet over a parameter, from values with their labels and numbers; the most frequent
    /// first, at most `most`, but always the chosen one. `None` where there is nothing to choose.
    #[must_use]
    pub fn facet(
        &self,
        label: String,
        name: &str,
        values: impl IntoIterator<Item = (String, String, u64)>,
        most: usize,
    ) -> Option<Facet> {
        let chosen = self.get(name);
        let mut values: Vec<_> = values.into_iter().collect();
        values.sort_by(|a, b| {
            let is_chosen = |value: &str| value == chosen;
            (is_chosen(&b.0).cmp(&is_chosen(&a.0)))
                .then(b.2.cmp(&a.2))
                .then(a.1.cmp(&b.1))
        });
        let choices: Vec<Choice> = values
            .into_iter()
            .take(most)
            .map(|(value, label, number)| {
                let chosen = value == chosen;
                let address = self.with(name, if chosen { "" } else { &value }).address();
                Choice {
                    label,
                    number,
                    address,
                    chosen,
                    against: String::new(),
                    left_out: false,
                }
            })
            .collect();
        (!choices.is_empty()).then_some(Facet { label, choices })
    }
}

/// Percent-encodes a value for an address.
#[must_use]
pub fn encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The pages of a long list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pager {
    /// Number of the first line shown, from 1.
    pub first: u64,
    /// Number of the last one.
    pub last: u64,
    /// Lines in all.
    pub total: u64,
    /// Address of the page before; empty on the first.
    pub before: String,
    /// Address of the next page; empty on the last.
    pub after: String,
}

impl Pager {
    /// The pager of a list with `total` lines, `size` a page, on page `page` (from 1).
    #[must_use]
    pub fn new(state: &State, page: u64, size: u64, total: u64) -> Self {
        let offset = page.saturating_sub(1).saturating_mul(size);
        let last = offset.saturating_add(size).min(total);
        let to = |page: u64| state.with("page", &page.to_string()).address();
        let before = match page {
            0 | 1 => String::new(),
            2 => state.with("page", "").address(),
            _ => to(page - 1),
        };
        Self {
            first: offset.saturating_add(1).min(total),
            last,
            total,
            before,
            after: if last < total {
                to(page.max(1) + 1)
            } else {
                String::new()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_the_state() {
        let state = State::new(
            "/sources",
            &[
                ("language", "ko"),
                ("text", "a&b 김"),
                ("page", "3"),
                ("x", ""),
            ],
        );
        assert_eq!(
            state.address(),
            "/sources?language=ko&text=a%26b%20%EA%B9%80&page=3"
        );
        assert_eq!(
            state.with("language", "").address(),
            "/sources?text=a%26b%20%EA%B9%80"
        );
        assert_eq!(State::new("/sources", &[]).address(), "/sources");
    }

    #[test]
    fn a_choice_can_be_taken_back() {
        let state = State::new("/sources", &[("language", "ko")]);
        let values = [("en", 5), ("ko", 2)].map(|(code, n)| (code.to_owned(), code.to_owned(), n));
        let facet = state.facet("Language".to_owned(), "language", values, 10);
        let choices = facet.map(|facet| facet.choices).unwrap_or_default();
        assert!(choices[0].chosen);
        assert_eq!(choices[0].address, "/sources");
        assert_eq!(choices[1].address, "/sources?language=en");
    }

    #[test]
    fn several_can_be_chosen_and_others_left_out() {
        let state = State::new(
            "/search",
            &[("language", "ko"), ("not-language", "fr"), ("page", "2")],
        );
        let values = [("en", 5), ("ko", 2), ("fr", 0)];
        let values = values.map(|(code, n)| (code.to_owned(), code.to_owned(), n));
        let facet = state.wide_facet("Language".to_owned(), "language", values, 2);
        let choices = facet.map(|facet| facet.choices).unwrap_or_default();
        let labels: Vec<&str> = choices.iter().map(|one| one.label.as_str()).collect();
        assert_eq!(labels, ["ko", "fr"]);
        assert!(choices[0].chosen && choices[1].left_out);
        assert_eq!(choices[0].address, "/search?not-language=fr");
        assert_eq!(choices[1].against, "/search?language=ko");
        let more = state.turned("language", "en");
        assert_eq!(more.all("language").collect::<Vec<_>>(), ["ko", "en"]);
    }

    #[test]
    fn pages_end_where_the_list_ends() {
        let state = State::new("/s", &[]);
        let pager = Pager::new(&state, 2, 50, 120);
        assert_eq!((pager.first, pager.last), (51, 100));
        assert_eq!(
            (pager.before.as_str(), pager.after.as_str()),
            ("/s", "/s?page=3")
        );
        assert_eq!(Pager::new(&state, 3, 50, 120).after, "");
        assert_eq!(Pager::new(&state, u64::MAX, 50, 120).last, 120);
        assert_eq!(Pager::new(&state, 1, 50, 0).first, 0);
    }
}
