//! The words of a date: numbers with their digits, letters, signs; and what makes it approximate.

use super::data::LISTS;
use model::Qualifier;

/// One word of a date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    /// A number and how many digits it is written with.
    Number(u16, usize),
    Word(String),
    Sign(char),
}

/// Numbers, words and signs, without the words that make a date approximate or uncertain.
pub(super) fn tokens(text: &str) -> (Vec<Token>, Qualifier) {
    let lower = text.to_lowercase();
    // A time of day behind the date is none of it.
    let lower = match lower.split_once([' ', 't']) {
        Some((date, time)) if is_clock(time) => date,
        _ => lower.as_str(),
    };
    let mut tokens = Vec::new();
    let mut rest = lower;
    let (mut approximate, mut uncertain) = (false, false);
    while let Some(first) = rest.chars().next() {
        let kind = kind(first);
        let end = match kind {
            Kind::Sign => first.len_utf8(),
            _ => rest.find(|c| self::kind(c) != kind).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        let about = &LISTS.about;
        if about.approximate.contains(word) {
            approximate = true;
            continue;
        }
        if about.uncertain.contains(word) {
            uncertain = true;
            continue;
        }
        // 1954년경, 1954年頃: the word is written onto the unit.
        let ending = about
            .approximate
            .iter()
            .find_map(|it| word.strip_suffix(it.as_str()));
        let word = match ending.filter(|rest| kind == Kind::Han && !rest.is_empty()) {
            Some(unit) => {
                approximate = true;
                unit
            }
            None => word,
        };
        match kind {
            Kind::Blank => {}
            Kind::Digit => tokens.push(number(word)),
            Kind::Letter | Kind::Han => tokens.push(Token::Word(word.to_owned())),
            Kind::Sign => tokens.push(Token::Sign(first)),
        }
    }
    // "Oct." and "c. 1954": a full stop behind a word says nothing.
    let mut kept: Vec<Token> = Vec::new();
    for token in tokens {
        let after_number = matches!(kept.last(), Some(Token::Number(..)));
        if token == Token::Sign('.') && !after_number {
            continue;
        }
        kept.push(token);
    }
    while matches!(kept.last(), Some(Token::Sign('.' | ','))) {
        kept.pop();
    }
    let qualifier = match (approximate, uncertain) {
        (true, true) => Qualifier::Both,
        (true, false) => Qualifier::Approximate,
        (false, true) => Qualifier::Uncertain,
        (false, false) => Qualifier::Exact,
    };
    (kept, qualifier)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit,
    Letter,
    /// Letters of scripts written without spaces: each run between digits is a word.
    Han,
    Blank,
    Sign,
}

fn kind(letter: char) -> Kind {
    match letter {
        '0'..='9' | '０'..='９' => Kind::Digit,
        letter if letter.is_whitespace() => Kind::Blank,
        letter if super::data::is_unspaced(letter) => Kind::Han,
        letter if letter.is_alphabetic() => Kind::Letter,
        _ => Kind::Sign,
    }
}

fn number(digits: &str) -> Token {
    let ascii: String = digits
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + (u32::from(c) - u32::from('０')) as u8),
            other => other,
        })
        .collect();
    // 19771115 is a day by itself.
    match (ascii.len(), ascii.parse::<u32>()) {
        (8, Ok(_)) => Token::Word(ascii),
        (len @ ..=4, Ok(number)) => Token::Number(number as u16, len),
        (len, _) => Token::Number(u16::MAX, len),
    }
}

fn is_clock(text: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'z' | '+' | '-');
    text.contains(':') && text.chars().all(is_sign)
}
