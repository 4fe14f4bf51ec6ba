//! Workbooks: XLSX, XLS and ODS, each sheet a table under its name.
//!
//! A cell's text is its value as stored, not as formatted: a date is an ISO 8601 date, a formula
//! its last result. Invariant: what a sheet claims of its size is not believed; memory grows
//! with the cells that are there, but for XLS and ODS: the library lays their sheets out from the
//! first filled cell to the last, up to half a gigabyte a sheet of XLS, which the worker's limit ends.
//! A workbook has no decoded text, so nothing maps to one.

use super::lay_out::LayOut;
use super::{Cell, Content, MAX_CELLS, MAX_TEXT, Row};
use crate::draft::Draft;
use crate::facts::Facts;
use crate::office::has_whole_content;
use calamine::{
    Data, DataRef, DataType, ExcelDateTime, Ods, Reader, SheetVisible, Xls, Xlsx, XlsxError,
    open_workbook_from_rs,
};
use model::PassageKind;
use std::io::Cursor;

/// What the cells that are still to come may take. One string of a workbook may fill many cells.
struct Left {
    cells: usize,
    bytes: usize,
}

const ALL: Left = Left {
    cells: MAX_CELLS,
    bytes: MAX_TEXT,
};

/// A cell on its sheet: row and column from 0, and its text.
type Found = (u32, u32, String);
type Bytes<'b> = Cursor<&'b [u8]>;

/// Reads the workbook `bytes` of that media type.
///
/// # Errors
/// In words for people: damaged, protected by a password, too large.
pub(crate) fn read(
    bytes: &[u8],
    media_type: &str,
    facts: &mut Facts,
) -> Result<Draft<'static>, String> {
    let mut draft = Draft::new("");
    let stream = Cursor::new(bytes);
    match media_type {
        "application/vnd.ms-excel" => {
            let book: Xls<Bytes<'_>> = open_workbook_from_rs(stream).map_err(damaged)?;
            ranges(book, &mut draft, facts)?;
        }
        "application/vnd.oasis.opendocument.spreadsheet" => {
            // The library would wait for ever for the end of a sheet that has none.
            if !has_whole_content(bytes)? {
                return Err(damaged("its content breaks off within a sheet"));
            }
            let book: Ods<Bytes<'_>> = open_workbook_from_rs(stream).map_err(damaged)?;
            ranges(book, &mut draft, facts)?;
        }
        _ => {
            let book: Xlsx<Bytes<'_>> = open_workbook_from_rs(stream).map_err(damaged)?;
            streamed(book, &mut draft, facts)?;
        }
    }
    Ok(draft)
}

fn damaged(error: impl std::fmt::Display) -> String {
    format!(
        "The workbook cannot be opened ({error}). If a password protects it, save it without one; \
         else check that it is complete."
    )
}

/// Sheets whose cells come one by one.
fn streamed(
    mut book: Xlsx<Bytes<'_>>,
    draft: &mut Draft<'static>,
    facts: &mut Facts,
) -> Result<(), String> {
    let mut left = ALL;
    for (name, hidden) in sheets(&book) {
        let mut cells = Vec::new();
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // Charts and macros are sheets without cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(damaged(error)),
        };
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let text = match cell.get_value() {
                DataRef::SharedString(text) => (*text).to_owned(),
                other => value(&Data::from(other.clone())),
            };
            take(&mut cells, &mut left, (row, column, text))?;
        }
        sheet(draft, facts, &name, hidden, cells);
    }
    Ok(())
}

/// Sheets that come whole.
fn ranges<'b, R>(mut book: R, draft: &mut Draft<'static>, facts: &mut Facts) -> Result<(), String>
where
    R: Reader<Bytes<'b>>,
    R::Error: std::fmt::Display,
{
    let mut left = ALL;
    for (name, hidden) in sheets(&book) {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let (top, first) = range.start().unwrap_or_default();
        let mut cells = Vec::new();
        for (row, column, data) in range.used_cells() {
            let at = (top + row as u32, first + column as u32);
            take(&mut cells, &mut left, (at.0, at.1, value(data)))?;
        }
        sheet(draft, facts, &name, hidden, cells);
    }
    Ok(())
}

/// Names of the sheets, and whether each is hidden.
fn sheets<'b, R: Reader<Bytes<'b>>>(book: &R) -> Vec<(String, bool)> {
    let sheets = book.sheets_metadata().iter();
    sheets
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect()
}

fn take(cells: &mut Vec<Found>, left: &mut Left, found: Found) -> Result<(), String> {
    if found.2.is_empty() {
        return Ok(());
    }
    let bytes = left.bytes.checked_sub(found.2.len());
    let (Some(fewer), Some(bytes)) = (left.cells.checked_sub(1), bytes) else {
        return Err(format!(
            "The workbook is larger than a reading holds: {MAX_CELLS} filled cells, or {} MiB of \
             text. Split it into parts.",
            MAX_TEXT >> 20
        ));
    };
    *left = Left {
        cells: fewer,
        bytes,
    };
    cells.push(found);
    Ok(())
}

fn sheet(
    draft: &mut Draft<'static>,
    facts: &mut Facts,
    name: &str,
    hidden: bool,
    mut cells: Vec<Found>,
) {
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    cells.dedup_by_key(|(row, column, _)| (*row, *column));
    if cells.is_empty() {
        return;
    }
    if hidden {
        let remark = format!("The sheet “{name}” is hidden in the workbook; it was read.");
        facts.remarks.push(remark);
    }
    draft.open(PassageKind::Heading, 0, 2);
    draft.push_made(name);
    let mut table = LayOut::new(draft, Some(name));
    let mut cells = cells.into_iter().peekable();
    while let Some((row, column, text)) = cells.next() {
        let cell = |column: u32, text| Cell {
            column: column as usize,
            content: Content::Made(text),
        };
        let mut of_row = vec![cell(column, text)];
        while let Some((_, column, text)) = cells.next_if(|(next, ..)| *next == row) {
            of_row.push(cell(column, text));
        }
        let row = Row {
            number: row.saturating_add(1),
            cells: of_row,
        };
        if !table.row(row, facts) {
            break;
        }
    }
    table.finish(facts);
}

/// The text of a value.
fn value(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::DateTime(time) => moment(time),
        Data::DateTimeIso(text) => text
            .strip_suffix("T00:00:00")
            .unwrap_or(text)
            .replace('T', " "),
        Data::Float(number) => decimal(*number),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        other => other.as_string().unwrap_or_else(|| other.to_string()),
    }
}

/// A number as people write it: a year is `1954`, not `1954.0`.
fn decimal(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    format!("{number}")
}

/// Days from the epoch of a workbook to the end of year 9999.
const LAST_DAY: f64 = 2_958_466.0;

/// A date as ISO 8601, with the time when there is one.
fn moment(time: &ExcelDateTime) -> String {
    let days = time.as_f64();
    if !(0.0..LAST_DAY).contains(&days) {
        return decimal(days);
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    if time.is_duration() || days < 1.0 {
        return clock;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date} {clock}"),
    }
}
