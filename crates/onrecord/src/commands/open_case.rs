use super::{import, judge};
use crate::cli::Global;
use crate::failure::Result;
use crate::terms::{Stated, compartment};
use model::{Compartment, Edtf};
use std::fmt::Write;
use std::process::ExitCode;

/// Open a case by hand: a person to be found, freed or reunited
///
/// What you say is put on record as a source of its own, with you as its custodian, and read like
/// a list of one row: every value cites your words. Look at it with `onrecord cases`.
#[derive(clap::Args)]
pub struct Args {
    /// Name, as you know it; other forms with --also
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What it is a case of: a code of the vocabulary `case-category`, such as abductee
    #[arg(long, value_name = "CODE")]
    pub category: String,
    /// Another written form of the name; may be given several times
    #[arg(long, value_name = "NAME")]
    pub also: Vec<String>,
    /// Sex: female, male or other
    #[arg(long)]
    pub sex: Option<String>,
    /// Date of birth, as far as it is known
    #[arg(long, value_name = "DATE")]
    pub born: Option<Edtf>,
    /// Nationality
    #[arg(long)]
    pub nationality: Option<String>,
    /// Where the person was last seen
    #[arg(long, value_name = "PLACE")]
    pub last_seen_at: Option<String>,
    /// When the person was last seen
    #[arg(long, value_name = "DATE")]
    pub last_seen_on: Option<Edtf>,
    /// What is known of the person now, in words
    #[arg(long)]
    pub status: Option<String>,
    /// Since when that is known
    #[arg(long, value_name = "DATE", requires = "status")]
    pub status_on: Option<Edtf>,
    /// A relative; give such cases a narrow --compartment
    #[arg(long, value_name = "NAME")]
    pub relative: Option<String>,
    /// Anything else, kept as text
    #[arg(long)]
    pub note: Option<String>,
    /// Who may open it: open, restricted or sealed
    #[arg(long, default_value = "restricted", value_parser = compartment)]
    pub compartment: Compartment,
    /// Consent under which it may be used, in words or by reference
    #[arg(long)]
    pub consent: Option<String>,
    /// Who opens it; else ONRECORD_OPERATOR or the name of this user
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Puts the case on record.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let by = judge::who(args.by.as_deref())?;
    let list = import::List {
        name: "case-opened-by-hand.csv".to_owned(),
        bytes: table(args).into_bytes(),
        modified: None,
    };
    let options = import::Options {
        list: Some(format!("opened by hand: {}", args.name.trim())),
        category: Some(args.category.clone()),
        stated: Stated {
            compartment: args.compartment,
            origin: Some(format!("opened by hand by {by}")),
            consent: args.consent.clone(),
            by: Some(by),
            ..Stated::default()
        },
        ..import::Options::default()
    };
    import::import(global, list, &options)
}

/// The case as a list of one row.
fn table(args: &Args) -> String {
    let date = |date: &Option<Edtf>| date.as_ref().map(ToString::to_string);
    let aliases = (!args.also.is_empty()).then(|| args.also.join("; "));
    let cells = [
        ("Name", Some(args.name.clone())),
        ("Alias", aliases),
        ("Sex", args.sex.clone()),
        ("Date of birth", date(&args.born)),
        ("Nationality", args.nationality.clone()),
        ("Last seen at", args.last_seen_at.clone()),
        ("Last seen on", date(&args.last_seen_on)),
        ("Status", args.status.clone()),
        ("Status date", date(&args.status_on)),
        ("Relative", args.relative.clone()),
        ("Note", args.note.clone()),
    ];
    let told: Vec<_> = cells
        .into_iter()
        .filter_map(|(heading, value)| Some((heading, value?)))
        .collect();
    let mut rows = [String::new(), String::new()];
    for (at, (heading, value)) in told.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        for (row, cell) in rows.iter_mut().zip([*heading, value]) {
            let quoted = cell.replace('"', "\"\"");
            write!(row, "{comma}\"{quoted}\"").expect("a string takes any text");
        }
    }
    format!("{}\n{}\n", rows[0], rows[1])
}
