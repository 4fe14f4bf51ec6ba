//! DER, as certificates and signatures are written in it: one value after another, each with its
//! kind and length before it.
//!
//! Invariant: lengths are checked against what is there; nothing recurses. Standard: X.690.

/// Kind and content of the first value, and what stands behind it.
pub(crate) fn value(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[kind, first], rest) = bytes.split_first_chunk::<2>()?;
    let (len, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x84 => {
            let (len, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            let len = len
                .iter()
                .fold(0usize, |n, byte| n << 8 | usize::from(*byte));
            (len, rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(len)?;
    Some((kind, content, rest))
}

/// The values that stand behind one another, until one is broken.
pub(crate) fn values(mut bytes: &[u8]) -> Vec<(u8, &[u8])> {
    let mut values = Vec::new();
    while let Some((kind, content, rest)) = value(bytes) {
        values.push((kind, content));
        bytes = rest;
    }
    values
}

/// The name and organisation in the subject of a certificate (X.501): what its maker vouches for.
pub(crate) fn names(subject: &[u8]) -> Vec<String> {
    const COMMON: &[u8] = &[0x55, 4, 3];
    const ORGANISATION: &[u8] = &[0x55, 4, 10];
    // Some hand the sequence over, some what is in it.
    let sets = match value(subject) {
        Some((0x30, content, [])) => values(content),
        _ => values(subject),
    };
    let pairs = sets.into_iter().flat_map(|(_, set)| values(set));
    let named: Vec<(&[u8], String)> = pairs
        .filter_map(|(_, pair)| match values(pair).as_slice() {
            [(6, kind), (_, text)] => Some((*kind, String::from_utf8_lossy(text).into_owned())),
            _ => None,
        })
        .collect();
    [COMMON, ORGANISATION]
        .into_iter()
        .filter_map(|wanted| named.iter().find(|(kind, _)| *kind == wanted))
        .map(|(_, name)| name.clone())
        .collect()
}

/// Two numbers of equal length, side by side, as the sequence that X.509 signs with.
pub(crate) fn numbers(both: &[u8]) -> Vec<u8> {
    let mut inner = Vec::with_capacity(both.len() + 8);
    for number in both.chunks(both.len().div_ceil(2).max(1)) {
        let number = match number.iter().position(|&byte| byte != 0) {
            Some(first) => &number[first..],
            None => &[0],
        };
        let sign = number[0] >= 0x80;
        inner.extend_from_slice(&[2, number.len() as u8 + u8::from(sign)]);
        if sign {
            inner.push(0);
        }
        inner.extend_from_slice(number);
    }
    let mut der = vec![0x30, inner.len() as u8];
    der.extend_from_slice(&inner);
    der
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_side_by_side_become_a_sequence() {
        let mut both = vec![0; 64];
        both[31] = 1;
        both[32] = 0x80;
        let der = numbers(&both);
        assert_eq!(der[..7], [0x30, 38, 2, 1, 1, 2, 33]);
        assert_eq!(der.len(), 40);
    }

    #[test]
    fn a_length_beyond_the_end_is_no_value() {
        assert_eq!(value(&[4, 2, 1, 2, 9]), Some((4, &[1, 2][..], &[9][..])));
        assert_eq!(value(&[4, 3, 1, 2]), None);
        assert_eq!(value(&[4, 0x84, 0xff, 0xff, 0xff, 0xff, 1]), None);
        assert_eq!(value(&[4, 0x80]), None);
    }
}
