//! Patterns of packs: `(a|b)`, `(a)?`, and `*` for whatever else belongs to the word.
//!
//! Invariant: a pattern stands for at most [`MOST`] finite strings, whatever its brackets.

/// Strings that one pattern may stand for.
const MOST: usize = 4_000;
/// Characters of one of them.
const LONGEST: usize = 200;
/// Brackets within brackets.
const DEEPEST: usize = 6;

/// One string of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub words: String,
    /// Whether the rest of the word, whatever it is, belongs to it.
    pub open: bool,
}

/// The strings that a pattern stands for; `loose` makes its blanks optional, `unspaced` drops them.
pub(super) fn expand(pattern: &str, loose: bool, unspaced: bool) -> Result<Vec<Form>, String> {
    let letters: Vec<char> = pattern.trim().chars().collect();
    if letters.is_empty() {
        return Err("a pattern has at least one character".to_owned());
    }
    let mut at = 0;
    let mut words = alternatives(&letters, &mut at, 0, loose)?;
    if at < letters.len() {
        return Err("it has a `)` too many".to_owned());
    }
    if unspaced {
        for word in &mut words {
            word.retain(|letter| letter != ' ');
        }
    }
    for word in &mut words {
        let tidy: Vec<&str> = word.split(' ').filter(|part| !part.is_empty()).collect();
        *word = tidy.join(" ");
    }
    words.sort();
    words.dedup();
    words.retain(|word| !word.is_empty());
    if words.is_empty() {
        return Err("it stands for nothing".to_owned());
    }
    words.into_iter().map(form).collect()
}

fn form(words: String) -> Result<Form, String> {
    let open = words.ends_with('*');
    let words = words.trim_end_matches('*').trim_end().to_owned();
    if words.is_empty() || words.contains('*') {
        return Err("`*` stands at the end of a word only".to_owned());
    }
    Ok(Form { words, open })
}

/// `a|b|c` up to a closing bracket or the end.
fn alternatives(
    letters: &[char],
    at: &mut usize,
    depth: usize,
    loose: bool,
) -> Result<Vec<String>, String> {
    if depth > DEEPEST {
        return Err(format!("its brackets are more than {DEEPEST} deep"));
    }
    let mut all = Vec::new();
    let mut here = vec![String::new()];
    while let Some(&letter) = letters.get(*at) {
        match letter {
            ')' => break,
            '|' => {
                *at += 1;
                all.append(&mut here);
                here = vec![String::new()];
            }
            '(' => {
                *at += 1;
                let mut inner = alternatives(letters, at, depth + 1, loose)?;
                if letters.get(*at) != Some(&')') {
                    return Err("a bracket is not closed".to_owned());
                }
                *at += 1;
                if letters.get(*at) == Some(&'?') {
                    *at += 1;
                    inner.push(String::new());
                }
                here = joined(&here, &inner)?;
            }
            ' ' if loose => {
                *at += 1;
                here = joined(&here, &[" ".to_owned(), String::new()])?;
            }
            '?' | '[' | ']' | '{' | '}' | '\\' => {
                return Err(format!("`{letter}` cannot stand there"));
            }
            letter => {
                *at += 1;
                for words in &mut here {
                    words.push(letter);
                }
            }
        }
    }
    all.append(&mut here);
    if all.len() > MOST {
        return Err(format!("it stands for more than {MOST} strings"));
    }
    Ok(all)
}

fn joined(before: &[String], after: &[String]) -> Result<Vec<String>, String> {
    if before.len().saturating_mul(after.len()) > MOST {
        return Err(format!("it stands for more than {MOST} strings"));
    }
    let mut all = Vec::with_capacity(before.len() * after.len());
    for one in before {
        for other in after {
            if one.len() + other.len() > LONGEST * 4 {
                return Err(format!("it is longer than {LONGEST} characters"));
            }
            all.push(format!("{one}{other}"));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pattern: &str, loose: bool) -> Vec<String> {
        let forms = expand(pattern, loose, false).unwrap();
        forms.into_iter().map(|form| form.words).collect()
    }

    #[test]
    fn alternatives_options_and_blanks() {
        assert_eq!(words("détenu(e|s|es)?", false).len(), 4);
        assert_eq!(words("강제 송환", true), ["강제 송환", "강제송환"]);
        assert!(expand("tortur*", false, false).unwrap()[0].open);
        assert_eq!(words("(a|b (c|d))", false), ["a", "b c", "b d"]);
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for pattern in [
            "",
            "(a",
            "a)",
            "a*b",
            "a?",
            "()",
            "(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)",
        ] {
            assert!(expand(pattern, false, false).is_err(), "{pattern}");
        }
    }
}
