//! Links a table of tab-separated rows as a job file says, and prints what it cost and, where the
//! truth is known, how good it is. Used by `benches/peers/linkage/`.
//!
//! usage: people_link JOB.toml ROWS.tsv [threads]
#![allow(clippy::print_stdout)]

use onrecord_link::people::{
    Blocking, Cell, Edges, InMemory, Kind, Options, PartialDay, Partition, Plan, Prior, RowId,
    Schema, TableBuilder, Training,
};
use serde::Deserialize;
use std::collections::HashMap;
use std::error::Error;
use std::io::BufRead;
use std::time::Instant;

#[derive(Deserialize)]
struct Job {
    schema: Schema,
    id: String,
    truth: Option<String>,
    /// Columns with a name as written, the most certain first; their keys fill `sur` and `giv`.
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    single_lists: Vec<String>,
    rules: Option<Vec<Vec<String>>>,
    pairs_per_record: Option<f64>,
    training: Option<Vec<Vec<String>>>,
    prior: Option<StrictRule>,
    keep_bits: Option<f32>,
    join_bits: Option<f32>,
    group_bits: Option<f32>,
    review_bits: Option<f32>,
    run_limit: Option<usize>,
}

#[derive(Deserialize)]
struct StrictRule {
    atoms: Vec<String>,
    recall: f64,
}

struct Phases {
    cpu: f64,
    wall: Instant,
}

fn cpu() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

impl Phases {
    fn lap(&mut self, name: &str) {
        let (cpu, wall) = (cpu(), Instant::now());
        println!(
            "{name:<12} cpu {:>8.3} s  wall {:>8.3} s  peak {} MB",
            cpu - self.cpu,
            (wall - self.wall).as_secs_f64(),
            peak_mb()
        );
        (self.cpu, self.wall) = (cpu, wall);
    }
}

/// The cells of a line: cut at bytes, because a search for each tab costs more than short cells do.
fn cells_of(line: &[u8]) -> Result<impl Iterator<Item = &str>, std::str::Utf8Error> {
    let mut rest = Some(std::str::from_utf8(line)?.trim_end_matches(['\n', '\r']));
    Ok(std::iter::from_fn(move || {
        let here = rest?;
        match here.bytes().position(|byte| byte == b'\t') {
            Some(tab) => {
                rest = here.get(tab + 1..);
                here.get(..tab)
            }
            None => {
                rest = None;
                Some(here)
            }
        }
    }))
}

/// The table, and for every row in the order of ids the entity that it truly is.
fn load(job: &Job, path: &str) -> Result<(onrecord_link::people::Table, Vec<u64>), Box<dyn Error>> {
    let mut lines = std::io::BufReader::with_capacity(1 << 20, std::fs::File::open(path)?);
    let mut line = Vec::new();
    lines.read_until(b'\n', &mut line)?;
    let header: Vec<String> = cells_of(&line)?.map(str::to_owned).collect();
    let column = |name: &str| {
        header
            .iter()
            .position(|known| known == name)
            .ok_or(format!("no column {name}"))
    };
    let fields = job.schema.fields.clone();
    // Keys of names stand behind the last column.
    let place = |field: &onrecord_link::people::Field| match field.name.as_str() {
        "sur" if !job.names.is_empty() => Ok(header.len()),
        "giv" if !job.names.is_empty() => Ok(header.len() + 1),
        name => column(name),
    };
    let columns: Vec<usize> = fields.iter().map(place).collect::<Result<_, _>>()?;
    let names: Vec<usize> = job
        .names
        .iter()
        .map(|name| column(name))
        .collect::<Result<_, _>>()?;
    let (id, truth) = (
        column(&job.id)?,
        job.truth.as_deref().map(column).transpose()?,
    );
    let mut builder = TableBuilder::new(job.schema.clone().checked()?);
    job.single_lists
        .iter()
        .for_each(|list| builder.claims_no_duplicates(list));
    let (mut entities, mut truths) = (HashMap::<String, u64>::new(), Vec::new());
    line.clear();
    let has_sets = fields.iter().any(|field| field.kind == Kind::Set);
    while lines.read_until(b'\n', &mut line)? > 0 {
        let mut cells = [""; 40];
        let mut count = 0;
        for cell in cells_of(&line)?.take(38) {
            cells[count] = cell;
            count += 1;
        }
        if count != header.len() {
            return Err(
                "a line has another number of cells than the header, or more than 38".into(),
            );
        }
        let written = names
            .iter()
            .map(|&at| cells[at])
            .find(|name| !name.is_empty());
        let keys = written.map(|name| {
            onrecord_link::names::keys_of(name, onrecord_link::names::Habits::default())
        });
        if let Some(keys) = &keys {
            cells[count] = keys.surname.as_str();
            cells[count + 1] = keys.given.as_str();
        }
        let row: u64 = cells[id].parse()?;
        let sets: Vec<Vec<String>> = if has_sets {
            cells
                .iter()
                .map(|cell| cell.split('|').map(str::to_owned).collect())
                .collect()
        } else {
            Vec::new()
        };
        let mut row_cells = [Cell::Unknown; 24];
        for ((place, &at), field) in row_cells.iter_mut().zip(&columns).zip(&fields) {
            *place = match field.kind {
                _ if cells[at].is_empty() => Cell::Unknown,
                Kind::Text => Cell::Text(cells[at]),
                Kind::Date => PartialDay::parse(cells[at]).map_or(Cell::Unknown, Cell::Date),
                Kind::Set => Cell::Set(&sets[at]),
            };
        }
        builder.push(RowId(row.into()), &row_cells[..columns.len()])?;
        if let Some(truth) = truth {
            let next = entities.len() as u64;
            let entity = match cells[truth].parse() {
                Ok(number) => number,
                Err(_) => *entities.entry(cells[truth].to_owned()).or_insert(next),
            };
            truths.push((row, entity));
        }
        line.clear();
    }
    truths.sort_unstable();
    Ok((
        builder.finish()?,
        truths.into_iter().map(|(_, entity)| entity).collect(),
    ))
}

fn options(job: &Job, threads: usize) -> Options {
    let mut options = Options {
        threads,
        keep_bits: job.keep_bits.unwrap_or(-3.0),
        ..Options::default()
    };
    options.join_bits = job.join_bits.unwrap_or(options.join_bits);
    options.group_bits = job.group_bits.unwrap_or(options.group_bits);
    options.review_bits = job.review_bits.unwrap_or(options.review_bits);
    options.run_limit = job.run_limit.unwrap_or(options.run_limit);
    if let Some(rules) = &job.rules {
        options.blocking = Blocking::Given(rules.clone());
    } else if let Some(pairs_per_record) = job.pairs_per_record {
        options.blocking = Blocking::Chosen { pairs_per_record };
    }
    if let Some(blocks) = &job.training {
        options.training = Training::Given(blocks.clone());
    }
    if let Some(rule) = &job.prior {
        options.prior = Prior::FromRule {
            atoms: rule.atoms.clone(),
            recall: rule.recall,
        };
    }
    options
}

/// Best F1 over all cuts; pairs that no rule made count as missed.
fn evaluate(scored: &[(f32, bool)], true_pairs: f64) {
    let (mut found, mut best, mut at_99) = (0.0, (0.0, 0.0, 0.0, 0.0), 0.0f64);
    for (position, &(bits, same)) in scored.iter().enumerate() {
        found += f64::from(u8::from(same));
        if scored.get(position + 1).is_some_and(|next| next.0 == bits) {
            continue; // a cut cannot part equal weights
        }
        let (precision, recall) = (found / (position + 1) as f64, found / true_pairs);
        let f1 = 2.0 * found / ((position + 1) as f64 + true_pairs);
        if f1 > best.0 {
            best = (f1, f64::from(bits), precision, recall);
        }
        if precision >= 0.99 {
            at_99 = recall;
        }
    }
    let (f1, bits, precision, recall) = best;
    println!(
        "pairs: F1 {f1:.4} at {bits:.2} bits, precision {precision:.4}, recall {recall:.4}, recall at precision .99 {at_99:.4}, recall of kept {:.4}",
        found / true_pairs
    );
}

/// Of the true pairs that the comparison would recognise, how many no rule makes.
fn evaluate_blocking(
    plan: &Plan<'_>,
    table: &onrecord_link::people::Table,
    truth: &[u64],
) -> Result<(), Box<dyn Error>> {
    let mut rows: HashMap<u64, Vec<usize>> = HashMap::new();
    truth
        .iter()
        .enumerate()
        .for_each(|(row, entity)| rows.entry(*entity).or_default().push(row));
    let (mut recognised, mut missed, mut pairs, mut unmade) = (0u64, 0u64, 0u64, 0u64);
    for rows in rows.values() {
        for (position, &a) in rows.iter().enumerate() {
            for &b in &rows[position + 1..] {
                let why = plan.why(table.ids()[a], table.ids()[b])?;
                let (made, seen) = (why.rule.is_some(), why.bits >= 0.0);
                pairs += 1;
                unmade += u64::from(!made);
                recognised += u64::from(seen);
                missed += u64::from(seen && !made);
            }
        }
    }
    println!(
        "blocking: no rule makes {:.4} of the true pairs, and {:.4} of those that weigh 0 bits or more",
        unmade as f64 / pairs as f64,
        missed as f64 / recognised as f64
    );
    Ok(())
}

/// Pairs of rows within persons, whichever pairs joined them.
fn evaluate_persons(
    linkage: &onrecord_link::people::Linkage,
    table: &onrecord_link::people::Table,
    truth: &[u64],
    true_pairs: f64,
) {
    let (mut pairs, mut found) = (0.0, 0.0);
    for person in &linkage.persons {
        let entities: Vec<u64> = person
            .iter()
            .filter_map(|id| table.ids().binary_search(id).ok().map(|row| truth[row]))
            .collect();
        for (position, entity) in entities.iter().enumerate() {
            pairs += (entities.len() - position - 1) as f64;
            found += entities[position + 1..]
                .iter()
                .filter(|other| *other == entity)
                .count() as f64;
        }
    }
    println!(
        "persons: F1 {:.4} precision {:.4} recall {:.4}, {} persons of two rows or more, {} held apart, {} questions",
        2.0 * found / (pairs + true_pairs),
        found / pairs,
        found / true_pairs,
        linkage.persons.len(),
        linkage.apart.len(),
        linkage.questions.len()
    );
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let (job, rows) = (
        arguments.get(1).ok_or("no job")?,
        arguments.get(2).ok_or("no rows")?,
    );
    let threads = arguments.get(3).map_or(Ok(2), |threads| threads.parse())?;
    let job: Job = toml::from_str(&std::fs::read_to_string(job)?)?;
    let (start, clock) = (cpu(), Instant::now());
    let mut phases = Phases {
        cpu: start,
        wall: clock,
    };
    let (table, truth) = load(&job, rows)?;
    phases.lap("load");
    let options = options(&job, threads);
    let plan = Plan::learn(&table, &options, &mut |_| ())?;
    phases.lap("learn");
    let mut spill = InMemory::default();
    let mut edges = Edges::new(options.edges_in_memory, &mut spill);
    let reports = plan.score(Partition::WHOLE, &mut edges, &mut |_| ())?;
    phases.lap("compare");
    let candidates: u64 = reports.iter().map(|report| report.pairs).sum();
    let mut scored = Vec::with_capacity(usize::try_from(edges.count())?);
    let linkage = plan.group(edges, &[], &mut |_| (), &mut |edge| {
        scored.push((edge.bits, edge.a, edge.b))
    })?;
    phases.lap("group");
    println!(
        "TOTAL cpu {:.3} s wall {:.3} s peak {} MB rows {} candidates {candidates} kept {}",
        cpu() - start,
        clock.elapsed().as_secs_f64(),
        peak_mb(),
        table.len(),
        scored.len()
    );
    println!("{:#?}", plan.training);
    for report in &reports {
        println!(
            "rule {:<45} pairs {:>10} kept {:>9} expected pairs {:?} recall {:?}",
            report.rule,
            report.pairs,
            report.kept,
            report.expected_pairs.map(f64::round),
            report.expected_recall
        );
    }
    println!("estimated loss in blocking {:?}", plan.blocking_loss);
    if !truth.is_empty() {
        let mut sizes: HashMap<u64, f64> = HashMap::new();
        truth
            .iter()
            .for_each(|entity| *sizes.entry(*entity).or_default() += 1.0);
        let true_pairs: f64 = sizes.values().map(|size| size * (size - 1.0) / 2.0).sum();
        let same: Vec<(f32, bool)> = scored
            .iter()
            .map(|&(bits, a, b)| (bits, truth[a as usize] == truth[b as usize]))
            .collect();
        evaluate(&same, true_pairs);
        if plan.blocking_loss.is_some() {
            evaluate_blocking(&plan, &table, &truth)?;
        }
        evaluate_persons(&linkage, &table, &truth, true_pairs);
    }
    Ok(())
}
