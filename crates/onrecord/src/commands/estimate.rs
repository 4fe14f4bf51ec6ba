use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::linking::{self, Laid, Scope};
use crate::print;
use assemble::People;
use clap::ValueEnum;
use estimate::{
    Coverage, Estimate, Histories, LinkError, Pattern, Person, Plan, Sensitivity, Stratified,
};
use link::people::Options;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Longest file of counts that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// Estimate how many people are in no list at all
///
/// Multiple systems estimation from overlapping lists: several methods side by side, a range that
/// is recommended, and everything that speaks against believing it. With too few lists or too
/// little overlap it refuses, and says why. Takes the linked persons of the archive, or a file of
/// counts: a column for each list with 0 or 1, and one named `count`.
#[derive(clap::Args)]
pub struct Args {
    /// Comma-separated counts instead of the archive's persons
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Only these lists
    #[arg(long = "list", value_name = "NAME")]
    pub lists: Vec<String>,
    /// Estimate apart by year or place of what happened, and add up
    #[arg(long, value_enum)]
    pub by: Option<By>,
    /// What each list covers, by year and place, instead of an estimate
    #[arg(long, conflicts_with_all = ["file", "by"])]
    pub coverage: bool,
    /// How the estimate moves when links are made more or less readily
    #[arg(long, conflicts_with_all = ["file", "by", "coverage"])]
    pub thresholds: bool,
    /// Chance with which ranges are meant to hold the truth
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    pub level: f64,
    /// Share of true links that are believed to be missed
    #[arg(long, value_name = "SHARE", default_value_t = 0.02)]
    pub missed: f64,
    /// Share of links that are believed to join strangers
    #[arg(long, value_name = "SHARE", default_value_t = 0.02)]
    pub wrong: f64,
    /// Seed of random draws: the same seed gives the same figures
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Write a picture of all methods (SVG)
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,
    /// Whose records, and as of when
    #[command(flatten)]
    pub scope: Scope,
}

/// By what an estimate is made apart.
#[derive(Clone, Copy, ValueEnum)]
pub enum By {
    /// Year of what happened
    Year,
    /// Place of what happened
    Place,
}

impl Args {
    fn plan(&self) -> Plan {
        Plan {
            level: self.level,
            link_error: LinkError {
                missed: self.missed,
                wrong: self.wrong,
            },
            ..Plan::usual(self.seed)
        }
    }
}

/// Estimates.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    if let Some(path) = &args.file {
        let table = read_counts(path, &args.lists)?;
        let found = estimate::estimate(&table, &args.plan())?;
        return say(global, args, &found);
    }
    let laid = linking::lay_out(global, &args.scope)?;
    let people = laid.all.people()?;
    let names = lists(people, &args.lists)?;
    if args.thresholds {
        return thresholds(global, args, &laid, &names);
    }
    let members = people.listed(&names)?;
    if args.coverage {
        let report = estimate::coverage(&names, members.iter())?;
        if global.json {
            print::json(&report)?;
            return Ok(ExitCode::SUCCESS);
        }
        say_coverage("Everybody", std::slice::from_ref(&report.all))?;
        say_coverage("By year", &report.by_year)?;
        say_coverage("By place", &report.by_place)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(by) = args.by {
        let strata = strata(&names, &members, by)?;
        let found = estimate::estimate_strata(&strata, &args.plan())?;
        return say_strata(global, &found);
    }
    let table = Histories::from_people(names, members.iter().map(|one| one.lists))?;
    let found = estimate::estimate(&table, &args.plan())?;
    say(global, args, &found)
}

/// Names of the archive's lists, or of those of them that are wanted.
fn lists(people: &People, wanted: &[String]) -> Result<Vec<String>> {
    let there = people.lists();
    if let Some(missing) = wanted.iter().find(|list| !there.contains(list)) {
        return Err(Failure::new(format!(
            "there is no list `{missing}`; there are: {}",
            there.join(", ")
        )));
    }
    let names: Vec<String> = match wanted.is_empty() {
        true => there,
        false => wanted.to_vec(),
    };
    if names.is_empty() {
        return Err(Failure::new(
            "there is no list of persons in this archive; `onrecord import` takes one, and a file \
             of counts can be given instead",
        ));
    }
    Ok(names)
}

fn strata(names: &[String], members: &[Person], by: By) -> Result<Vec<(String, Histories)>> {
    let mut groups: BTreeMap<String, Vec<Pattern>> = BTreeMap::new();
    for person in members {
        let group = match by {
            By::Year => person.year.map(|year| year.to_string()),
            By::Place => person.place.clone(),
        };
        let group = group.unwrap_or_else(|| "unknown".to_owned());
        groups.entry(group).or_default().push(person.lists);
    }
    let tables = groups.into_iter().map(|(group, people)| {
        let table = Histories::from_people(names.iter().cloned(), people)?;
        Ok((group, table))
    });
    tables.collect()
}

/// Cuts at which links are made, in bits: from readily to reluctantly.
const CUTS: [f32; 4] = [0.0, 3.0, 6.0, 9.0];

fn thresholds(global: &Global, args: &Args, laid: &Laid, names: &[String]) -> Result<ExitCode> {
    let mut tables = Vec::new();
    for cut in CUTS {
        let options = Options {
            join_bits: cut,
            review_bits: cut.min(-3.0),
            ..Options::default()
        };
        let people = laid.all.link_people(options, &mut |_| {})?;
        let members = people.listed(names)?;
        let patterns = members.iter().map(|one| one.lists);
        let table = Histories::from_people(names.iter().cloned(), patterns)?;
        tables.push((f64::from(cut), table));
    }
    let found: Sensitivity = estimate::sensitivity(&tables, &args.plan())?;
    if global.json {
        print::json(&found)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows = found.rows.iter();
    let rows: Vec<_> = rows
        .map(|row| {
            let range = row.recommended.map_or_else(
                || "none".to_owned(),
                |figure| format!("{:.0} to {:.0}", figure.low, figure.high),
            );
            vec![
                format!("{:.0}", row.threshold),
                row.observed.to_string(),
                row.repeated.to_string(),
                range,
            ]
        })
        .collect();
    print::table(
        &[
            "joined from (bits)",
            "people",
            "on two lists or more",
            "range",
        ],
        &rows,
    )?;
    print::line_out(&found.words)?;
    Ok(ExitCode::SUCCESS)
}

fn say(global: &Global, args: &Args, found: &Estimate) -> Result<ExitCode> {
    if let Some(path) = &args.plot {
        std::fs::write(path, estimate::plot(found))
            .map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))?;
    }
    match global.json {
        true => print::json(found)?,
        false => print::line_out(estimate::text(found).trim_end())?,
    }
    Ok(match found.is_refused() {
        true => ExitCode::from(super::ATTENTION),
        false => ExitCode::SUCCESS,
    })
}

fn say_strata(global: &Global, found: &Stratified) -> Result<ExitCode> {
    if global.json {
        print::json(found)?;
        return Ok(ExitCode::SUCCESS);
    }
    let range = |figure: Option<estimate::Figure>| {
        figure.map_or_else(
            || "none, see its caveats".to_owned(),
            |figure| format!("{:.0} to {:.0}", figure.low, figure.high),
        )
    };
    let strata = found.strata.iter();
    let mut rows: Vec<_> = strata
        .map(|stratum| {
            vec![
                stratum.name.clone(),
                stratum.estimate.observed.to_string(),
                range(stratum.estimate.recommended),
            ]
        })
        .collect();
    rows.push(vec![
        "sum".to_owned(),
        found.observed.to_string(),
        range(found.total),
    ]);
    rows.push(vec![
        "all as one".to_owned(),
        found.pooled.observed.to_string(),
        range(found.pooled.recommended),
    ]);
    print::table(&["", "on a list", "range of all"], &rows)?;
    for caveat in &found.caveats {
        print::line_out(&format!("- {}", caveat.text))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn say_coverage(title: &str, groups: &[Coverage]) -> Result<()> {
    let mut rows = Vec::new();
    for group in groups {
        for list in &group.lists {
            let share = &list.of_the_others;
            let of_others = share.share.map_or_else(
                || "–".to_owned(),
                |value| {
                    format!(
                        "{:.0} % ({:.0} to {:.0}) of {}",
                        100.0 * value,
                        100.0 * share.low,
                        100.0 * share.high,
                        share.of
                    )
                },
            );
            rows.push(vec![
                group.group.clone(),
                list.list.clone(),
                list.people.to_string(),
                list.alone.to_string(),
                of_others,
            ]);
        }
    }
    print::line_out(&print::strong(title))?;
    print::table(
        &[
            "",
            "list",
            "people",
            "on no other",
            "of those on others, on it too",
        ],
        &rows,
    )
}

fn read_counts(path: &Path, wanted: &[String]) -> Result<Histories> {
    let shown = path.display();
    let failed = |error| Failure::new(format!("cannot read {shown}: {error}"));
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(LONGEST)
        .read_to_string(&mut text)
        .map_err(failed)?;
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let cells = |line: &str| -> Vec<String> {
        line.split([',', ';', '\t'])
            .map(|cell| cell.trim().trim_matches('"').to_owned())
            .collect()
    };
    let (_, head) = lines
        .next()
        .ok_or_else(|| Failure::new(format!("{shown} is empty")))?;
    let mut names = cells(head);
    if names
        .last()
        .is_none_or(|last| !last.eq_ignore_ascii_case("count"))
    {
        return Err(Failure::new(format!(
            "the first line of {shown} must name the lists and end with `count`"
        )));
    }
    names.pop();
    let mut counts = Vec::new();
    for (number, line) in lines {
        let wrong = |why: &str| Failure::new(format!("{shown}, line {}: {why}", number + 1));
        let cells = cells(line);
        let (count, marks) = cells.split_last().ok_or_else(|| wrong("it is empty"))?;
        if marks.len() != names.len() {
            return Err(wrong(&format!("{} columns are expected", names.len() + 1)));
        }
        let mut on = Vec::new();
        for (list, mark) in marks.iter().enumerate() {
            match mark.as_str() {
                "1" => on.push(list),
                "0" => {}
                other => return Err(wrong(&format!("`{other}` is neither 0 nor 1"))),
            }
        }
        let count: u64 = count
            .parse()
            .map_err(|_| wrong("the count is no whole number"))?;
        counts.push((Pattern::of(&on)?, count));
    }
    let table = Histories::new(names, counts)?;
    if wanted.is_empty() {
        return Ok(table);
    }
    let keep: Vec<usize> = wanted
        .iter()
        .map(|name| {
            let place = table.names().iter().position(|other| other == name);
            place.ok_or_else(|| Failure::new(format!("{shown} has no list `{name}`")))
        })
        .collect::<Result<_>>()?;
    Ok(table.keep_lists(&keep)?)
}
