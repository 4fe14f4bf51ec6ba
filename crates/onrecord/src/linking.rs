//! What the commands that look at an archive as a whole share: laying it out, and showing what
//! every answer rests on.

use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::print;
use crate::session::Session;
use assemble::Assembled;
use link::Evidence;
use link::incidents::{Cite, Reason};
use model::{Compartment, PartialDate, SourceId};
use view::View;

/// Whose records are used, and as of when.
#[derive(clap::Args, Clone)]
pub struct Scope {
    /// Nothing of a narrower compartment than this: open, restricted or sealed
    #[arg(long, value_name = "COMPARTMENT", default_value = "sealed", value_parser = crate::terms::compartment)]
    pub up_to: Compartment,
    /// Count silence up to this day instead of today
    #[arg(long, value_name = "DATE")]
    pub today: Option<PartialDate>,
}

/// An archive laid out.
pub struct Laid {
    /// The archive and this device's keys.
    pub session: Session,
    /// Its view.
    pub view: View,
    /// Everything in it.
    pub all: Assembled,
}

/// Opens the archive and lays it out.
pub fn lay_out(global: &Global, scope: &Scope) -> Result<Laid> {
    let session = Session::open(global)?;
    let view = session.view(global)?;
    let today = match scope.today {
        Some(today) => today,
        None => this_day()?,
    };
    let all = Assembled::gather(&view, &session.archive, scope.up_to, today)?;
    if all.withheld() > 0 && !global.quiet {
        print::line_err(&format!(
            "{} of narrower compartments left out",
            print::count(all.withheld(), "source", "sources")
        ));
    }
    Ok(Laid { session, view, all })
}

/// The day by this device's clock.
pub fn this_day() -> Result<PartialDate> {
    let date = jiff::Zoned::now().date();
    let parts = (
        u16::try_from(date.year()),
        u8::try_from(date.month()),
        u8::try_from(date.day()),
    );
    match parts {
        (Ok(year), Ok(month), Ok(day)) => PartialDate::day(year, month, day),
        _ => None,
    }
    .ok_or_else(|| Failure::new("this device's clock shows an impossible date; give --today"))
}

/// What a document is called, in a line.
pub fn called(all: &Assembled, source: Option<&SourceId>) -> String {
    let Some(source) = source else {
        return "entered by a person".to_owned();
    };
    let Some(document) = all.document(source) else {
        return source.to_string();
    };
    let title = document.title.as_deref().unwrap_or("without a title");
    let published = document.published.map(|date| date.to_string());
    let about: Vec<String> = [document.publisher.clone(), published]
        .into_iter()
        .flatten()
        .collect();
    match about.is_empty() {
        true => print::shorten(title, 70),
        false => format!("{}, {}", print::shorten(title, 60), about.join(", ")),
    }
}

/// A reason, with the words it rests on below it.
pub fn say_reason(all: &Assembled, reason: &Reason, indent: &str) -> Result<()> {
    print::line_out(&format!("{indent}{}", reason.text))?;
    for cite in &reason.cites {
        say_cite(all, cite, indent)?;
    }
    Ok(())
}

/// The words of a record and where they stand.
pub fn say_cite(all: &Assembled, cite: &Cite, indent: &str) -> Result<()> {
    let place = format!("{}  {}", called(all, cite.source.as_ref()), cite.record);
    print::line_out(&format!(
        "{indent}  “{}”  {}",
        print::shorten(&cite.quote, 100),
        print::faint(place)
    ))
}

/// A record's words, date and document.
pub fn say_evidence(all: &Assembled, evidence: &Evidence, indent: &str) -> Result<()> {
    let date = evidence.date.as_ref();
    let date = date.map_or_else(|| "undated".to_owned(), |dated| dated.date.to_string());
    let place = format!(
        "{}  {}",
        called(all, evidence.source.as_ref()),
        evidence.record
    );
    print::line_out(&format!(
        "{indent}{date}  “{}”  {}",
        print::shorten(&evidence.quote, 100),
        print::faint(place)
    ))
}

/// The one of `items` whose id begins with what was given.
pub fn one_by_id<'i, T>(
    items: impl Iterator<Item = (String, &'i T)>,
    prefix: &str,
    what: &str,
) -> Result<&'i T> {
    let prefix = prefix.to_lowercase();
    let mut found = items
        .filter(|(id, _)| id.starts_with(&prefix))
        .map(|(_, item)| item);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(Failure::new(format!(
            "no {what} has an id that begins with {prefix}"
        ))),
        _ => Err(Failure::new(format!(
            "several {what}s have ids that begin with {prefix}; give more of it"
        ))),
    }
}
