//! A reading as documents of the text index.

use super::fields::Fields;
use model::{CharIndex, Compartment, Edtf, PassageKind, Reading, SourceId, Span};
use tantivy::TantivyDocument;

/// Most characters in one document; a longer passage becomes several, cut at spaces, so that a
/// hit never costs more than this to show.
const LONGEST: usize = 16_384;

/// What the index keeps of a source beside its passages.
#[derive(Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) source: SourceId,
    pub(crate) compartment: Compartment,
    pub(crate) publisher: Option<&'a str>,
    pub(crate) published: Option<Edtf>,
    pub(crate) language: Option<&'a str>,
    pub(crate) genre: Option<&'a str>,
}

/// A kind's name in the index.
pub(crate) fn kind_name(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Title => "title",
        PassageKind::Heading => "heading",
        PassageKind::Paragraph => "paragraph",
        PassageKind::ListItem => "list-item",
        PassageKind::Quotation => "quotation",
        PassageKind::TableRow => "table-row",
        PassageKind::Caption => "caption",
        PassageKind::Footnote => "footnote",
        PassageKind::Comment => "comment",
    }
}

/// First day that a date may mean, as a number that sorts as the day does: 20130321.
pub(crate) fn day_number((year, month, day): (u16, u8, u8)) -> u64 {
    u64::from(year) * 10_000 + u64::from(month) * 100 + u64::from(day)
}

/// The documents of a reading's clean text, in order. A title that is no passage of the clean
/// text is a document of its own, with the passage number 0.
pub(crate) fn documents(fields: &Fields, about: &About, reading: &Reading) -> Vec<TantivyDocument> {
    let index = CharIndex::new(&reading.text);
    let mut documents = Vec::new();
    let titled = reading
        .clean()
        .any(|passage| passage.kind == PassageKind::Title);
    if let Some(title) = reading.title.as_ref().filter(|_| !titled) {
        let span = title.span.unwrap_or(Span::new(0, 0));
        let title = cut(&title.value).next().map_or("", |(piece, _)| piece);
        documents.push(document(fields, about, PassageKind::Title, 0, span, title));
    }
    for passage in reading.clean() {
        let Some(text) = index.slice(&reading.text, passage.span) else {
            continue;
        };
        let mut start = passage.span.start;
        for (piece, chars) in cut(text) {
            let span = Span::new(start, start + chars);
            start += chars;
            documents.push(document(
                fields,
                about,
                passage.kind,
                passage.number,
                span,
                piece,
            ));
        }
    }
    documents
}

fn document(
    fields: &Fields,
    about: &About,
    kind: PassageKind,
    number: u32,
    span: Span,
    text: &str,
) -> TantivyDocument {
    let mut document = TantivyDocument::with_capacity(text.len() * 3 + 256);
    document.add_text(fields.stems, text);
    document.add_text(fields.words, text);
    if !text.is_ascii() {
        document.add_text(fields.pairs, text);
    }
    if kind == PassageKind::Title {
        document.add_text(fields.title, text);
    }
    let (high, low) = source_numbers(&about.source);
    document.add_bytes(fields.source, about.source.as_bytes());
    document.add_u64(fields.source_high, high);
    document.add_u64(fields.source_low, low);
    document.add_u64(fields.passage, u64::from(number));
    document.add_u64(fields.start, u64::from(span.start));
    document.add_u64(fields.end, u64::from(span.end));
    document.add_text(fields.kind, kind_name(kind));
    document.add_text(fields.compartment, about.compartment.name());
    let facets = [
        (fields.language, about.language),
        (fields.publisher, about.publisher),
        (fields.genre, about.genre),
    ];
    for (field, value) in facets {
        if let Some(value) = value {
            document.add_text(field, value);
        }
    }
    if let Some(day) = about.published.and_then(|date| date.earliest()) {
        document.add_u64(fields.published, day_number(day));
    }
    document
}

/// A source's id as two numbers that sort as the id does.
pub(crate) fn source_numbers(source: &SourceId) -> (u64, u64) {
    let both = u128::from_be_bytes(*source.as_bytes());
    ((both >> 64) as u64, both as u64)
}

/// The id that [`source_numbers`] was given.
pub(crate) fn source_of(high: u64, low: u64) -> SourceId {
    SourceId::from_bytes((u128::from(high) << 64 | u128::from(low)).to_be_bytes())
}

/// Pieces of at most [`LONGEST`] characters with their length, cut behind a space where there is
/// one in the second half of a piece.
fn cut(text: &str) -> impl Iterator<Item = (&str, u32)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = match rest.char_indices().nth(LONGEST) {
            None => rest.len(),
            Some((most, _)) => match rest[..most].rfind(char::is_whitespace) {
                Some(space) if space > most / 2 => {
                    space + rest[space..].chars().next().map_or(1, char::len_utf8)
                }
                _ => most,
            },
        };
        let (piece, later) = rest.split_at(end);
        rest = later;
        Some((piece, piece.chars().count() as u32))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_passages_are_cut_at_spaces_and_nothing_is_lost() {
        let text = "수용소에서 있었던 일 ".repeat(5_000);
        let pieces: Vec<_> = cut(&text).collect();
        assert!(pieces.len() > 2);
        assert_eq!(
            pieces.iter().map(|(piece, _)| *piece).collect::<String>(),
            text
        );
        for (piece, chars) in &pieces {
            assert!(*chars as usize <= LONGEST);
            assert_eq!(piece.chars().count(), *chars as usize);
        }
        assert!(pieces[0].0.ends_with(' '));
        let unbroken = "가".repeat(40_000);
        assert_eq!(cut(&unbroken).map(|(_, chars)| chars).sum::<u32>(), 40_000);
    }

    #[test]
    fn a_source_is_two_numbers_and_back() {
        let source = SourceId::new(1_700_000_000_000, [0xa5; 10]);
        let (high, low) = source_numbers(&source);
        assert_eq!(source_of(high, low), source);
    }
}
