//! Made-up lists of persons with known truth, a table of them, and a store of runs on disk.

use onrecord_link::people::{
    Cell, Edge, Edges, InMemory, Judgement, Linkage, Options, PartialDay, Partition, PeopleError,
    Plan, RowId, Schema, Spill, Table, TableBuilder, bits_of,
};
use std::io::{self, Read, Seek, SeekFrom, Write};

/// A row and the person that it truly is.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: RowId,
    pub entity: u64,
    pub list: String,
    pub surname: String,
    pub given: String,
    pub sex: &'static str,
    pub born: PartialDay,
    pub died: PartialDay,
    pub event: PartialDay,
    pub province: String,
    pub facility: String,
}

struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % below
    }
}

/// Three lists of persons with slips, gaps and a few duplicates; about `rows` rows.
pub fn lists(rows: usize, seed: u64) -> Vec<Row> {
    const SURNAMES: [&str; 12] = [
        "kim", "ri", "pak", "coe", "cong", "kang", "co", "yun", "cang", "rim", "han", "o",
    ];
    const SYLLABLES: [&str; 20] = [
        "yong", "sok", "myong", "col", "hye", "suk", "in", "ho", "son", "il", "kwang", "su", "un",
        "gyong", "hui", "min", "tae", "jun", "ok", "ran",
    ];
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut made = Vec::new();
    let mut entity = 0;
    while made.len() < rows {
        entity += 1;
        let surname = SURNAMES[(random.next(12) * random.next(12) / 11) as usize];
        let given = format!(
            "{}{}",
            SYLLABLES[random.next(20) as usize],
            SYLLABLES[random.next(20) as usize]
        );
        let born = PartialDay::new(
            1930 + random.next(50) as u16,
            1 + random.next(12) as u8,
            1 + random.next(28) as u8,
        );
        let event = PartialDay::new(
            born.year + 15 + random.next(20) as u16,
            1 + random.next(12) as u8,
            1 + random.next(28) as u8,
        );
        let (province, facility) = (random.next(9), random.next(6));
        let sex = if random.next(2) == 0 { "f" } else { "m" };
        for list in ["A", "B", "C"] {
            let copies = if random.next(100) < 45 {
                1 + u64::from(random.next(100) < 5)
            } else {
                0
            };
            for _ in 0..copies {
                let mut row = Row {
                    id: RowId(made.len() as u128 * 7 + 3),
                    entity,
                    list: list.into(),
                    surname: surname.into(),
                    given: given.clone(),
                    sex,
                    born,
                    died: PartialDay::default(),
                    event,
                    province: format!("p{province}"),
                    facility: format!("p{province}f{facility}"),
                };
                slip(&mut row, &mut random);
                made.push(row);
            }
        }
    }
    made
}

fn slip(row: &mut Row, random: &mut Random) {
    if random.next(100) < 8 {
        row.given = row.given.replacen('o', "u", 1);
    }
    match random.next(10) {
        0 => row.born = PartialDay::default(),
        1..4 => row.born = PartialDay::new(row.born.year, 0, 0),
        4 => row.born = PartialDay::new(row.born.year + 1, row.born.month, row.born.day),
        _ => {}
    }
    match random.next(6) {
        0 => row.event = PartialDay::default(),
        1 | 2 => row.event = PartialDay::new(row.event.year, 0, 0),
        _ => {}
    }
    if random.next(100) < 20 {
        row.facility.clear();
    }
    if random.next(100) < 8 {
        row.province.clear();
    }
}

/// The table of these rows; `single` lists hold nobody twice.
pub fn table_of(rows: &[Row], single: &[&str]) -> Table {
    try_table_of(rows, single).unwrap()
}

pub fn try_table_of(rows: &[Row], single: &[&str]) -> Result<Table, PeopleError> {
    build(rows, single, |_| Vec::new())
}

/// Rows know the names of two others who were with them: the same two in every list.
pub fn table_with_company(rows: &[Row]) -> Table {
    build(rows, &[], |row| {
        (1..3)
            .map(|other| format!("companion {}", row.entity * 2 + other))
            .collect()
    })
    .unwrap()
}

fn build(
    rows: &[Row],
    single: &[&str],
    company: impl Fn(&Row) -> Vec<String>,
) -> Result<Table, PeopleError> {
    let mut builder = TableBuilder::new(Schema::persons());
    single
        .iter()
        .for_each(|list| builder.claims_no_duplicates(list));
    for row in rows {
        let company = company(row);
        builder.push(
            row.id,
            &[
                Cell::Text(&row.surname),
                Cell::Text(&row.given),
                Cell::Text(row.sex),
                Cell::Date(row.born),
                Cell::Date(row.died),
                Cell::Date(row.event),
                Cell::Unknown,
                Cell::Text(&row.province),
                Cell::Unknown,
                Cell::Text(&row.facility),
                Cell::Unknown,
                Cell::Set(&company),
                Cell::Text(&row.list),
            ],
        )?;
    }
    builder.finish()
}

/// Runs in temporary files.
pub struct OnDisk(Vec<std::fs::File>);

impl OnDisk {
    pub fn new() -> Self {
        Self(Vec::new())
    }

    pub fn runs(&self) -> usize {
        self.0.len()
    }
}

impl Spill for OnDisk {
    fn keep(&mut self, run: &[u8]) -> io::Result<()> {
        let mut file = tempfile::tempfile()?;
        file.write_all(run)?;
        self.0.push(file);
        Ok(())
    }

    fn read(&mut self, run: usize, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let file = self.0.get_mut(run).ok_or(io::ErrorKind::NotFound)?;
        file.seek(SeekFrom::Start(offset))?;
        file.read(buffer)
    }
}

/// Options with fewer random pairs, so that tests are quick.
pub fn options() -> Options {
    Options {
        join_bits: bits_of(0.9),
        chance_pairs: 100_000,
        ..Options::default()
    }
}

/// Learns and links.
pub fn linked(table: &Table, options: &Options, judgements: &[Judgement]) -> Linkage {
    let plan = Plan::learn(table, options, &mut |_| ()).unwrap();
    plan.link(judgements, &mut InMemory::default(), &mut |_| ())
        .unwrap()
        .0
}

/// Whether two rows came out as one person.
pub fn together(linkage: &Linkage, a: RowId, b: RowId) -> bool {
    linkage
        .persons
        .iter()
        .any(|person| person.contains(&a) && person.contains(&b))
}

/// All pairs that are kept over some shares of the work, the heaviest first.
pub fn edges_of(plan: &Plan<'_>, partitions: &[Partition]) -> Vec<Edge> {
    let mut spill = InMemory::default();
    let mut edges = Edges::new(1 << 20, &mut spill);
    for partition in partitions {
        plan.score(*partition, &mut edges, &mut |_| ()).unwrap();
    }
    let mut all = Vec::new();
    edges.drain(|edge| all.push(edge)).unwrap();
    all
}
