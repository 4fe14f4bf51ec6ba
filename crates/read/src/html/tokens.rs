//! html5gum's tokens, with each stretch of text at its exact place in the source.
//!
//! The tokenizer reports text as it is decoded; where that differs from the source (character
//! references, line ends) the place is that of the reference's first character.

use html5gum::emitters::ForwardingEmitter;
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, Error, Span, Tokenizer};
use std::convert::Infallible;

/// What takes the tokens of a page.
pub(super) trait Sink<'s> {
    /// A start tag begins.
    fn open_tag(&mut self, name: &[u8]);
    /// An attribute of that tag.
    fn attribute(&mut self, name: &[u8], value: &str);
    /// The start tag ends.
    fn close_tag(&mut self, self_closing: bool);
    /// An end tag.
    fn end_tag(&mut self, name: &[u8]);
    /// Text as it stands in the source at byte `at`.
    fn text(&mut self, text: &'s str, at: usize);
    /// Text that the source writes otherwise, beginning at byte `at`.
    fn decoded(&mut self, text: &str, at: usize);
}

/// Longer values are cut: no class, address or description needs more.
const MAX_VALUE: usize = 8 << 10;

/// Feeds the tokens of `source` to `sink`.
pub(super) fn feed<'s, S: Sink<'s>>(source: &'s str, sink: &mut S) {
    let mut inner = CallbackEmitter::new(Events {
        sink,
        attribute: Vec::new(),
        in_tag: false,
        unfinished: None,
        reported: 0,
        source,
    });
    inner.naively_switch_states(true);
    let emitter = Placing { inner, position: 0 };
    // Reading from a text cannot fail, and no token is ever returned.
    let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
}

/// Turns html5gum's events into calls.
struct Events<'a, 's, S> {
    sink: &'a mut S,
    source: &'s str,
    /// Name of the attribute whose value may follow.
    attribute: Vec<u8>,
    in_tag: bool,
    /// Bytes of a character that has not been reported whole.
    unfinished: Option<(usize, usize)>,
    /// One past the last byte of the source that has been reported.
    reported: usize,
}

impl<'s, S: Sink<'s>> Events<'_, 's, S> {
    fn flush_attribute(&mut self, value: &[u8]) {
        if self.attribute.is_empty() {
            return;
        }
        if self.in_tag {
            let value = String::from_utf8_lossy(&value[..value.len().min(MAX_VALUE)]);
            self.sink.attribute(&self.attribute, &value);
        }
        self.attribute.clear();
    }

    fn text(&mut self, text: &[u8], end: usize) {
        // The tokenizer may be a few bytes ahead of what it reports.
        for ahead in 0..4 {
            let Some(from) = end.checked_sub(text.len() + ahead) else {
                break;
            };
            let to = from + text.len();
            if from < self.reported {
                break;
            }
            if self.source.as_bytes().get(from..to) == Some(text) {
                self.literal(from, to);
                return;
            }
        }
        self.unfinished = None;
        let decoded = String::from_utf8_lossy(text);
        let mut floor = end
            .saturating_sub(64)
            .max(self.reported)
            .min(self.source.len());
        while !self.source.is_char_boundary(floor) {
            floor += 1;
        }
        // A reference begins with "&"; a line end that is written otherwise, with a return.
        let mark = if text.starts_with(b"\n") { '\r' } else { '&' };
        let before = self.source.get(floor..end).unwrap_or_default();
        let at = floor + before.rfind(mark).unwrap_or(0);
        self.reported = end.max(at).min(self.source.len());
        self.sink.decoded(&decoded, at);
    }
}

impl<'s, S: Sink<'s>> Events<'_, 's, S> {
    /// Passes on bytes `from..to` of the source; the start of a character that is not whole yet
    /// waits for the rest.
    fn literal(&mut self, from: usize, to: usize) {
        let mut start = match self.unfinished.take() {
            Some((start, end)) if end == from => start,
            _ => from,
        };
        self.reported = to;
        let mut end = to;
        while !self.source.is_char_boundary(end) {
            end -= 1;
        }
        while !self.source.is_char_boundary(start) {
            start += 1;
        }
        if start < end {
            self.sink.text(&self.source[start..end], start);
        }
        if end < to {
            self.unfinished = Some((end.max(start), to));
        }
    }
}

impl<'s, S: Sink<'s>> Callback<Infallible, ()> for Events<'_, 's, S> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.in_tag = true;
                self.sink.open_tag(name);
            }
            CallbackEvent::AttributeName { name } => {
                self.flush_attribute(b"");
                self.attribute
                    .extend_from_slice(&name[..name.len().min(64)]);
            }
            CallbackEvent::AttributeValue { value } => self.flush_attribute(value),
            CallbackEvent::CloseStartTag { self_closing } => {
                self.flush_attribute(b"");
                self.in_tag = false;
                self.sink.close_tag(self_closing);
            }
            CallbackEvent::EndTag { name } => {
                self.attribute.clear();
                self.sink.end_tag(name);
            }
            _ => {}
        }
        None
    }
}

/// Keeps the tokenizer's position, which its own emitter does not give away for text.
struct Placing<'a, 's, S: Sink<'s>> {
    inner: CallbackEmitter<Events<'a, 's, S>, Infallible, ()>,
    position: usize,
}

impl<'s, S: Sink<'s>> ForwardingEmitter for Placing<'_, 's, S> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.inner
    }

    fn emit_string(&mut self, text: &[u8]) {
        let end = self.position;
        self.inner.callback_mut().text(text, end);
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}
}
