//! Rows packed for comparison. Invariant: rows stand in the order of their ids and dictionary ids
//! in the order of the texts, so a table does not depend on the order in which rows came.

use super::PeopleError;
use super::dictionary::{Dictionary, Interner};
use super::packed::{Packed, Slot, bits, lay_out};
use super::row::{Cell, PartialDay, RowId};
use super::schema::{Kind, Schema};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Takes rows one by one; only what linking needs is kept of each.
#[derive(Debug)]
pub struct TableBuilder {
    schema: Schema,
    ids: Vec<RowId>,
    columns: Vec<Column>,
    single: BTreeSet<String>,
}

#[derive(Debug)]
enum Column {
    Text(Interner, Vec<u32>),
    Date(Vec<u32>),
    Set(Interner, HashMap<Vec<u32>, u32>, Vec<u32>),
}

/// Rows ready to be linked.
#[derive(Debug)]
pub struct Table {
    pub(crate) schema: Schema,
    pub(crate) ids: Vec<RowId>,
    pub(crate) records: Vec<Packed>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) dictionaries: Vec<Dictionary>,
    /// Of every set field: members of set `id`.
    pub(crate) sets: Vec<Vec<Vec<u32>>>,
    /// Of the field `list`: which lists claim to hold nobody twice.
    pub(crate) single: Vec<bool>,
}

impl TableBuilder {
    /// An empty table of this description.
    #[must_use]
    pub fn new(schema: Schema) -> Self {
        let column = |kind| match kind {
            Kind::Text => Column::Text(Interner::default(), Vec::new()),
            Kind::Date => Column::Date(Vec::new()),
            Kind::Set => Column::Set(Interner::default(), HashMap::new(), Vec::new()),
        };
        let columns = schema
            .fields
            .iter()
            .map(|field| column(field.kind))
            .collect();
        Self {
            schema,
            ids: Vec::new(),
            columns,
            single: BTreeSet::new(),
        }
    }

    /// Says that a list, a value of the field `list`, claims to hold nobody twice.
    pub fn claims_no_duplicates(&mut self, list: &str) {
        self.single.insert(list.into());
    }

    /// Adds a row; one cell a field, in their order. A cell of another kind than the field counts
    /// as unknown.
    ///
    /// # Errors
    /// A wrong number of cells, or more than 2^32 distinct texts.
    pub fn push(&mut self, id: RowId, cells: &[Cell<'_>]) -> Result<(), PeopleError> {
        if cells.len() != self.columns.len() {
            return Err(PeopleError::Cells {
                id,
                given: cells.len(),
                expected: self.columns.len(),
            });
        }
        let full = || PeopleError::TooMuch("a field holds more than 2^32 distinct texts".into());
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            match (column, cell) {
                (Column::Text(interner, values), Cell::Text(text)) => {
                    values.push(interner.intern(text).ok_or_else(full)?);
                }
                (Column::Date(values), Cell::Date(date)) => values.push(date.pack()),
                (Column::Set(interner, sets, values), Cell::Set(texts)) => {
                    let members: Option<BTreeSet<u32>> = texts
                        .iter()
                        .take(64)
                        .map(|text| interner.intern(text))
                        .collect();
                    let members: Vec<u32> = members
                        .ok_or_else(full)?
                        .into_iter()
                        .filter(|id| *id > 0)
                        .collect();
                    let next = u32::try_from(sets.len() + 1).map_err(|_| full())?;
                    values.push(if members.is_empty() {
                        0
                    } else {
                        *sets.entry(members).or_insert(next)
                    });
                }
                (Column::Text(_, values) | Column::Date(values) | Column::Set(_, _, values), _) => {
                    values.push(0)
                }
            }
        }
        self.ids.push(id);
        Ok(())
    }

    /// Packs the rows.
    ///
    /// # Errors
    /// Two rows with one id; more distinct values than 32 bytes a record tell apart.
    pub fn finish(self) -> Result<Table, PeopleError> {
        let (order, ids) = in_order(self.ids)?;
        let mut values: Vec<Vec<u32>> = Vec::new();
        let (mut dictionaries, mut sets) = (Vec::new(), Vec::new());
        for column in self.columns {
            let (dictionary, members, cells) = column.finish();
            if dictionary.size() > u32::MAX as usize {
                return Err(PeopleError::TooMuch(
                    "the texts of a field are longer than 4 GiB in all".into(),
                ));
            }
            dictionaries.push(dictionary);
            sets.push(members);
            values.push(cells);
        }
        let (slots, records) = pack(&self.schema, &order, values)?;
        let single = match self.schema.field("list") {
            Some(field) => {
                let lists = &dictionaries[field];
                (0..lists.len())
                    .map(|id| {
                        self.single
                            .contains(lists.text(u32::try_from(id).unwrap_or(0)))
                    })
                    .collect()
            }
            None => Vec::new(),
        };
        Ok(Table {
            schema: self.schema,
            ids,
            records,
            slots,
            dictionaries,
            sets,
            single,
        })
    }
}

/// Rows in the order of their ids, and the ids in that order.
fn in_order(ids: Vec<RowId>) -> Result<(Vec<u32>, Vec<RowId>), PeopleError> {
    let rows = u32::try_from(ids.len())
        .ok()
        .filter(|rows| *rows < u32::MAX);
    let rows = rows.ok_or_else(|| PeopleError::TooMuch("there are more than 2^32 rows".into()))?;
    let mut order: Vec<u32> = (0..rows).collect();
    if ids.windows(2).all(|pair| pair[0] < pair[1]) {
        return Ok((order, ids)); // as most lists are
    }
    order.sort_unstable_by_key(|&row| ids[row as usize]);
    let ids: Vec<RowId> = order.iter().map(|&row| ids[row as usize]).collect();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(twice) => Err(PeopleError::SameId(twice[0])),
        None => Ok((order, ids)),
    }
}

/// Records from columns of values. Dates take their whole width, so that their parts are at
/// known places.
fn pack(
    schema: &Schema,
    order: &[u32],
    values: Vec<Vec<u32>>,
) -> Result<(Vec<Slot>, Vec<Packed>), PeopleError> {
    let width = |(cells, field): (&Vec<u32>, &super::Field)| match field.kind {
        Kind::Date => 23,
        _ => bits(cells.iter().copied().max().unwrap_or(0)),
    };
    let widths: Vec<u8> = values.iter().zip(&schema.fields).map(width).collect();
    let slots = lay_out(&widths)?;
    let mut records = vec![Packed::default(); order.len()];
    for (slot, cells) in slots.iter().zip(values) {
        for (record, &row) in records.iter_mut().zip(order) {
            slot.set(record, cells[row as usize]);
        }
    }
    Ok((slots, records))
}

impl Column {
    /// Final ids: dictionary, members of sets, a value a row.
    fn finish(self) -> (Dictionary, Vec<Vec<u32>>, Vec<u32>) {
        match self {
            Self::Date(values) => (Dictionary::default(), Vec::new(), values),
            Self::Text(interner, mut values) => {
                let (dictionary, renumbered) = interner.finish();
                values
                    .iter_mut()
                    .for_each(|value| *value = renumbered[*value as usize]);
                (dictionary, Vec::new(), values)
            }
            Self::Set(interner, sets, mut values) => {
                let (dictionary, renumbered) = interner.finish();
                let mut ordered: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
                for (members, provisional) in sets {
                    let mut members: Vec<u32> = members
                        .iter()
                        .map(|&member| renumbered[member as usize])
                        .collect();
                    members.sort_unstable();
                    ordered.insert(members, provisional);
                }
                let mut ids = vec![0; ordered.len() + 1];
                let mut all = vec![Vec::new()];
                for (members, provisional) in ordered {
                    ids[provisional as usize] =
                        u32::try_from(all.len()).expect("sets were counted in u32");
                    all.push(members);
                }
                values
                    .iter_mut()
                    .for_each(|value| *value = ids[*value as usize]);
                (dictionary, all, values)
            }
        }
    }
}

impl Table {
    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The ids of the rows, ascending.
    #[must_use]
    pub fn ids(&self) -> &[RowId] {
        &self.ids
    }

    /// How the table is described.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Where a row stands.
    pub(crate) fn row(&self, id: RowId) -> Result<u32, PeopleError> {
        let row = self
            .ids
            .binary_search(&id)
            .map_err(|_| PeopleError::NoSuchRow(id))?;
        Ok(u32::try_from(row).expect("rows are counted in u32"))
    }

    #[inline]
    pub(crate) fn value(&self, row: u32, field: usize) -> u32 {
        self.slots[field].get(&self.records[row as usize])
    }

    /// What a row holds in a field, in words; `None` when unknown.
    pub(crate) fn words(&self, row: u32, field: usize) -> Option<String> {
        let value = self.value(row, field);
        if value == 0 {
            return None;
        }
        Some(match self.schema.fields[field].kind {
            Kind::Text => self.dictionaries[field].text(value).to_owned(),
            Kind::Date => PartialDay::unpack(value).to_string(),
            Kind::Set => {
                let members = &self.sets[field][value as usize];
                members
                    .iter()
                    .map(|&id| self.dictionaries[field].text(id))
                    .collect::<Vec<_>>()
                    .join(", ")
            }
        })
    }
}

impl Table {
    /// Pairs of rows that may be one person: two rows of one list that claims to hold nobody
    /// twice may not.
    pub(crate) fn comparable_pairs(&self) -> f64 {
        let of = |count: f64| count * (count - 1.0) / 2.0;
        let mut pairs = of(self.len() as f64);
        if let Some(list) = self.schema.field("list") {
            let mut counts = vec![0u64; self.dictionaries[list].len()];
            for record in &self.records {
                counts[self.slots[list].get(record) as usize] += 1;
            }
            let single = counts
                .iter()
                .zip(&self.single)
                .filter(|(_, single)| **single);
            pairs -= single.map(|(&count, _)| of(count as f64)).sum::<f64>();
        }
        pairs
    }

    /// Whether two records stand in one list that claims to hold nobody twice.
    #[inline]
    pub(crate) fn same_single_list(&self, list: Slot, a: &Packed, b: &Packed) -> bool {
        let id = list.get(a);
        id != 0 && id == list.get(b) && self.single[id as usize]
    }

    /// Where the list stands, when some list claims to hold nobody twice.
    pub(crate) fn single_slot(&self) -> Option<Slot> {
        let list = self.schema.field("list")?;
        self.single.contains(&true).then(|| self.slots[list])
    }
}
