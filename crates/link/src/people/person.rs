//! Rows of persons as people write them: names in any script are folded to keys, ages become years
//! of birth, and those who stand in one list at one place and time become each other's companions.

use super::PeopleError;
use super::row::{Cell, PartialDay, RowId};
use super::schema::Schema;
use super::table::{Table, TableBuilder};
use crate::names::{Habits, keys_of};
use std::collections::BTreeMap;

/// Groups of at most this many rows at one place and time know of each other: more is a whole
/// camp in a year, which says nothing.
const MOST_COMPANIONS: usize = 40;

/// One row of a list of persons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonRow {
    /// Its id.
    pub id: Option<RowId>,
    /// The list it stands in.
    pub list: String,
    /// Names as written, the most certain first; every form of one name may stand here.
    pub names: Vec<String>,
    /// A code for the sex, the same in all lists.
    pub sex: Option<String>,
    /// Date of birth, or [`PartialDay::from_age`].
    pub born: Option<PartialDay>,
    /// Date of death.
    pub died: Option<PartialDay>,
    /// Date of what happened: arrest, disappearance, last seen.
    pub event: Option<PartialDay>,
    /// Country, province, county, facility, folded alike in all lists.
    pub place: [Option<String>; 4],
    /// Names of relatives as written.
    pub relatives: Vec<String>,
}

/// Packs rows after [`Schema::persons`]; `single` are the lists that claim to hold nobody twice.
///
/// # Errors
/// Two rows with one id, or a row without; more distinct values than can be packed.
pub fn persons(rows: &[PersonRow], single: &[String]) -> Result<Table, PeopleError> {
    let mut builder = TableBuilder::new(Schema::persons());
    single
        .iter()
        .for_each(|list| builder.claims_no_duplicates(list));
    let keys: Vec<[String; 2]> = rows.iter().map(|row| keys(&row.names)).collect();
    let companions = companions(rows, &keys);
    for ((row, [surname, given]), companions) in rows.iter().zip(&keys).zip(&companions) {
        let id = row
            .id
            .ok_or_else(|| PeopleError::Schema("a row of persons has no id".into()))?;
        let relatives: Vec<String> = row
            .relatives
            .iter()
            .take(64)
            .map(|name| self::keys(std::slice::from_ref(name)).concat())
            .collect();
        let text = |text: &'_ Option<String>| text.as_deref().map_or(String::new(), str::to_owned);
        let [country, province, county, facility] = row.place.each_ref().map(text);
        let sex = text(&row.sex);
        let date = |date: Option<PartialDay>| date.map_or(Cell::Unknown, Cell::Date);
        builder.push(
            id,
            &[
                Cell::Text(surname),
                Cell::Text(given),
                Cell::Text(&sex),
                date(row.born),
                date(row.died),
                date(row.event),
                Cell::Text(&country),
                Cell::Text(&province),
                Cell::Text(&county),
                Cell::Text(&facility),
                Cell::Set(&relatives),
                Cell::Set(companions),
                Cell::Text(&row.list),
            ],
        )?;
    }
    builder.finish()
}

/// Folded surname and given name of the most certain form that has both, or of the first.
fn keys(names: &[String]) -> [String; 2] {
    let mut folded = names.iter().take(16).map(|name| {
        let keys = keys_of(name, Habits::default());
        [
            keys.surname.as_str().to_owned(),
            keys.given.as_str().to_owned(),
        ]
    });
    let first = folded.next().unwrap_or_default();
    if first.iter().all(|key| !key.is_empty()) {
        return first;
    }
    folded
        .find(|keys| keys.iter().all(|key| !key.is_empty()))
        .unwrap_or(first)
}

/// Of each row, the folded names of those who stand in the same list at the same place in the
/// same month or on the same day.
fn companions(rows: &[PersonRow], keys: &[[String; 2]]) -> Vec<Vec<String>> {
    let mut together: BTreeMap<(&str, &str, PartialDay), Vec<usize>> = BTreeMap::new();
    for (position, row) in rows.iter().enumerate() {
        let place = row.place[3].as_deref().or(row.place[2].as_deref());
        if let (Some(place), Some(event)) = (place, row.event.filter(|event| event.month > 0)) {
            together
                .entry((&row.list, place, event))
                .or_default()
                .push(position);
        }
    }
    let mut companions = vec![Vec::new(); rows.len()];
    for group in together
        .into_values()
        .filter(|group| (2..=MOST_COMPANIONS).contains(&group.len()))
    {
        for &position in &group {
            let others = group
                .iter()
                .filter(|&&other| other != position && !keys[other][1].is_empty());
            companions[position] = others.map(|&other| keys[other].concat()).collect();
        }
    }
    companions
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn row(id: u128, name: &str, facility: &str, event: &str) -> PersonRow {
        PersonRow {
            id: Some(RowId(id)),
            list: "A".into(),
            names: vec![name.into()],
            event: PartialDay::parse(event),
            place: [None, None, None, Some(facility.into())],
            ..PersonRow::default()
        }
    }

    #[test]
    fn those_who_stand_together_know_of_each_other() {
        let rows = [
            row(1, "김혜숙", "camp 18", "1975-02"),
            row(2, "박철수", "camp 18", "1975-02"),
            row(3, "리영희", "camp 18", "1976-02"),
            row(4, "최은희", "camp 18", "1975"),
        ];
        let table = persons(&rows, &[]).unwrap();
        let field = table.schema().field("companions").unwrap();
        let known: Vec<bool> = (0..4)
            .map(|row| table.words(row, field).is_some())
            .collect();
        assert_eq!(known, [true, true, false, false]);
    }

    #[test]
    fn forms_of_one_name_have_one_key() {
        let forms = ["김혜숙", "Kim Hye-sook", "Kim Hye Suk"];
        let keys: Vec<[String; 2]> = forms
            .iter()
            .map(|name| keys(&[(*name).to_owned()]))
            .collect();
        assert!(
            keys.iter().all(|key| *key == keys[0] && !key[1].is_empty()),
            "{keys:?}"
        );
    }
}
