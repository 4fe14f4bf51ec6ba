use crate::cli::Global;
use crate::deciding;
use crate::failure::{Failure, Result};
use crate::print;
use crate::session::Session;
use crate::words::Words;
use assemble::json;
use console::{Key, Term};
use model::{Choice, Code, Reading, Record, RecordId, RecordKind, SourceId, Vocabularies};
use std::io::IsTerminal;
use std::process::ExitCode;
use view::{ReviewFilter, ReviewOrder, View};

/// Review proposals one by one: the passage is shown, one key decides
///
/// Grave types first, then document by document. Keys: a accept, x reject (then the number of the
/// reason), u unsure, z undo your last decision, space or s skip, q quit. Corrections need more than
/// a key: `onrecord decide ID correct`. With --list (or --json) the queue is printed instead.
#[derive(clap::Args)]
pub struct Args {
    /// Only this kind of record; may be given several times
    #[arg(long, short, value_name = "KIND", value_parser = super::list::kind)]
    pub kind: Vec<RecordKind>,
    /// Only records read from this source
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    /// Only records with this code, such as the type of violation: torture
    #[arg(long)]
    pub code: Option<String>,
    /// Only grave types of violation
    #[arg(long)]
    pub grave: bool,
    /// Document by document, without putting grave types first
    #[arg(long)]
    pub in_order: bool,
    /// Without showing what others decided
    #[arg(long)]
    pub blind: bool,
    /// Print the queue and how far it is
    #[arg(long)]
    pub list: bool,
    /// At most so many of the queue are printed
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Who decides; else ONRECORD_OPERATOR or the name of this user
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Reviews.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let by = super::judge::who(args.by.as_deref())?;
    let session = Session::open(global)?;
    let view = session.view(global)?;
    let source = match &args.source {
        Some(prefix) => Some(crate::holdings::find_source(&view, prefix)?.id),
        None => None,
    };
    let filter = ReviewFilter {
        by,
        kinds: args.kind.clone(),
        source,
        code: args.code.clone(),
        status: None,
        grave: args.grave,
    };
    let order = match args.in_order {
        true => ReviewOrder::BySource,
        false => ReviewOrder::GraveFirst,
    };
    let words = Words::new(Vocabularies::shipped()?);
    if args.list || global.json {
        list(global, &view, &words, &filter, order, args.limit)?;
        return Ok(ExitCode::SUCCESS);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new(
            "reviewing needs a terminal; `onrecord review --list` prints the queue, and `onrecord \
             decide` takes one decision",
        ));
    }
    let mut sitting = Sitting {
        session: &session,
        view,
        words,
        filter,
        order,
        blind: args.blind,
        after: None,
        last: None,
        at_hand: None,
        decided: 0,
    };
    sitting.sit()?;
    Ok(ExitCode::SUCCESS)
}

fn list(
    global: &Global,
    view: &View,
    words: &Words,
    filter: &ReviewFilter,
    order: ReviewOrder,
    limit: usize,
) -> Result<()> {
    for record in view.review_queue(filter, order, None, limit)? {
        if global.json {
            print::json(&json::record(&record, None, None))?;
        } else {
            super::list::line(words, &record)?;
        }
    }
    if !global.json {
        print::line_out(&progress(view, filter)?)?;
    }
    Ok(())
}

fn progress(view: &View, filter: &ReviewFilter) -> Result<String> {
    let progress = view.review_progress(filter)?;
    let parts = [
        (progress.grave, "grave"),
        (progress.second_review, "due for a second review"),
        (progress.unsure, "unsure"),
        (progress.disputed, "disputed"),
    ];
    let parts = parts.into_iter().filter(|(number, _)| *number > 0);
    let parts: Vec<_> = parts
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    let among = match parts.is_empty() {
        true => String::new(),
        false => format!(" ({})", parts.join(", ")),
    };
    let open = print::count(progress.open(), "record waits", "records wait");
    Ok(format!("{open}{among}; {} decided", progress.decided))
}

/// One person's review.
struct Sitting<'s> {
    session: &'s Session,
    view: View,
    words: Words,
    filter: ReviewFilter,
    order: ReviewOrder,
    blind: bool,
    after: Option<RecordId>,
    /// What was decided last, to be undone.
    last: Option<RecordId>,
    at_hand: Option<(SourceId, Reading)>,
    decided: u64,
}

impl Sitting<'_> {
    fn sit(&mut self) -> Result<()> {
        let term = Term::stdout();
        print::line_out(&progress(&self.view, &self.filter)?)?;
        loop {
            let after = self.after.as_ref();
            let next = self.view.review_queue(&self.filter, self.order, after, 1)?;
            let Some(record) = next.into_iter().next() else {
                return print::line_out(&self.done()?);
            };
            self.show(&record)?;
            match term.read_key()? {
                Key::Char('a') => self.decide(&record, Choice::Accept, None)?,
                Key::Char('u') => self.decide(&record, Choice::Unsure, None)?,
                Key::Char('x') => {
                    let reason = reason(&term)?;
                    if reason.is_some() {
                        self.decide(&record, Choice::Reject, reason)?;
                    }
                }
                Key::Char('s' | ' ') => self.after = Some(record.id),
                Key::Char('z') => self.undo()?,
                Key::Char('q') | Key::Escape | Key::CtrlC => {
                    return print::line_out(&self.done()?);
                }
                _ => print::line_out(
                    "a accept · x reject · u unsure · z undo · space skip · q quit",
                )?,
            }
        }
    }

    fn done(&self) -> Result<String> {
        let decided = print::count(self.decided, "decision is", "decisions are");
        Ok(format!(
            "{decided} on record. {}",
            progress(&self.view, &self.filter)?
        ))
    }

    fn reading(&mut self, record: &Record) -> Result<Reading> {
        let source = record.source;
        if let Some((of, reading)) = &self.at_hand
            && Some(*of) == source
        {
            return Ok(reading.clone());
        }
        let reading = deciding::reading(self.session, &self.view, record)?;
        self.at_hand = source.map(|source| (source, reading.clone()));
        Ok(reading)
    }

    fn show(&mut self, record: &Record) -> Result<()> {
        let reading = self.reading(record)?;
        let seen = match self.blind {
            true => self.view.as_proposed(record)?,
            false => None,
        };
        let seen = seen.as_ref().unwrap_or(record);
        let grave = if view::needs_two(seen) { "  grave" } else { "" };
        let kind = seen.body.kind().name();
        print::line_out(&format!(
            "\n{}  {}{}",
            print::faint(kind),
            print::strong(self.words.headline(seen)),
            print::alarm(grave)
        ))?;
        for line in super::show::in_passages(&reading, seen) {
            print::line_out(&line)?;
        }
        if !seen.history.is_empty() {
            print::line_out(&print::faint(deciding::standing(seen)))?;
        }
        let keys = "a accept · x reject · u unsure · z undo · space skip · q quit";
        print::line_out(&print::faint(format!("{}   {keys}", record.id)))
    }

    fn decide(&mut self, record: &Record, choice: Choice, reason: Option<Code>) -> Result<()> {
        let reading = self.reading(record)?;
        let seen = match self.blind {
            true => self.view.as_proposed(record)?,
            false => None,
        };
        let seen = seen.as_ref().unwrap_or(record);
        let decision = view::decision_of(seen, choice, &self.filter.by)?;
        let mut decision = decision.ok_or_else(|| Failure::new("this record cites no source"))?;
        decision.upon = view::upon(record)?;
        decision.reason = reason;
        decision.blind = self.blind;
        deciding::put(self.session, &decision, &reading)?;
        self.decided += 1;
        self.after = Some(record.id);
        self.last = Some(record.id);
        deciding::catch_up(self.session, &mut self.view)?;
        if let Some(now) = self.view.record(&record.id)? {
            print::line_out(&print::sound(deciding::standing(&now)))?;
        }
        Ok(())
    }

    /// Takes the last decision back, and shows its record again.
    fn undo(&mut self) -> Result<()> {
        let last = self.last.take();
        let record = match last {
            Some(id) => self.view.record(&id)?,
            None => None,
        };
        let Some(record) = record else {
            return print::line_out("Nothing was decided in this sitting that is not undone.");
        };
        self.decide(&record, Choice::Withdraw, None)?;
        self.last = None;
        self.after = None;
        Ok(())
    }
}

/// Asks for the reason to reject, by its number; any other key goes back.
fn reason(term: &Term) -> Result<Option<Code>> {
    let lists = Vocabularies::shipped()?;
    let terms = lists.list("rejection").map_or(&[][..], |list| &list.terms);
    for (number, of) in terms.iter().enumerate() {
        print::line_out(&format!("  {number}  {}", of.label("en")))?;
    }
    let Key::Char(key) = term.read_key()? else {
        return Ok(None);
    };
    let number = key.to_digit(10).map(|digit| digit as usize);
    let chosen = number.and_then(|number| terms.get(number));
    Ok(chosen.map(|of| of.code.clone()))
}
