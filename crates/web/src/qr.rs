//! A QR code as the path of an SVG: what an authenticator reads from the screen.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Modules of quiet around the code (ISO/IEC 18004).
const QUIET: usize = 4;

/// A code that was drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Qr {
    /// Modules along a side, the quiet ones included.
    pub side: usize,
    /// The dark modules, as the data of a path in units of a module.
    pub path: String,
}

impl Qr {
    /// The code of a text; `None` when it is too long for one.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let colors = code.to_colors();
        let mut path = String::new();
        for (y, row) in colors.chunks(width).enumerate() {
            let mut x = 0;
            while x < width {
                let dark = row[x..]
                    .iter()
                    .take_while(|one| **one == Color::Dark)
                    .count();
                if dark > 0 {
                    let (left, top) = (x + QUIET, y + QUIET);
                    write!(path, "M{left} {top}h{dark}v1h-{dark}z")
                        .expect("a string takes any text");
                }
                x += dark.max(1);
            }
        }
        Some(Self {
            side: width + 2 * QUIET,
            path,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_quiet_around() {
        let qr =
            Qr::of("otpauth://totp/onrecord:Ann?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        assert!(qr.side > 29 && qr.side % 4 == 1, "{}", qr.side);
        // The finder patterns: seven dark modules in the first row, left and right.
        let right = qr.side - 4 - 7;
        assert!(qr.path.starts_with("M4 4h7v1h-7z"));
        assert!(qr.path.contains(&format!("M{right} 4h7v1h-7z")));
        let below = qr.side - 4 - 1;
        assert!(qr.path.contains(&format!("M4 {below}h7v1h-7z")));
        assert!(Qr::of(&"x".repeat(5000)).is_none());
    }
}
