//! Style sheet, scripts and icons, embedded. Their addresses hold a hash of all of them: they can
//! be kept by a browser for ever, and a new program never meets an old script.

use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// An embedded file.
#[derive(Debug)]
pub struct Asset {
    /// Its name in the address.
    pub name: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub content: &'static str,
}

macro_rules! style {
    ($($name:literal),* $(,)?) => {
        concat!($(include_str!(concat!("../assets/style/", $name, ".css")), "\n"),*)
    };
}

macro_rules! script {
    ($name:literal) => {
        Asset {
            name: $name,
            media_type: "text/javascript; charset=utf-8",
            content: include_str!(concat!("../assets/script/", $name)),
        }
    };
}

/// All assets. One line a concern of the style sheet, one line a script.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "style.css",
        media_type: "text/css; charset=utf-8",
        content: style![
            "base",
            "frame",
            "parts",
            "tables",
            "home",
            "sources",
            "reader",
            "page",
            "review",
            "search",
            "people",
            "accountability",
            "drawings",
            "maps",
            "users",
            "print"
        ],
    },
    Asset {
        name: "icons.svg",
        media_type: "image/svg+xml",
        content: include_str!("../assets/icons.svg"),
    },
    script!("keys.js"),
    script!("drop.js"),
    script!("reader.js"),
    script!("pairs.js"),
    script!("review.js"),
    script!("passkey.js"),
    script!("select.js"),
];

/// First sixteen hexadecimal digits of the SHA-256 of all assets.
#[must_use]
pub fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let mut all = Sha256::new();
        for asset in ASSETS {
            all.update(asset.name);
            all.update([0]);
            all.update(asset.content);
        }
        all.finalize()[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    })
}

/// The address of an asset.
#[must_use]
pub fn path(name: &str) -> String {
    format!("/assets/{}/{name}", version())
}

/// The asset at `/assets/<version>/<name>`; `None` for another version.
#[must_use]
pub fn find(wanted: &str, name: &str) -> Option<&'static Asset> {
    let asset = ASSETS.iter().find(|asset| asset.name == name)?;
    (wanted == version()).then_some(asset)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn assets_stay_small_and_fetch_nothing() {
        let bytes: usize = ASSETS.iter().map(|asset| asset.content.len()).sum();
        assert!(bytes < 100_000, "{bytes} bytes");
        for asset in ASSETS {
            let text = asset.content.replace("http://www.w3.org/", "");
            assert!(!text.contains("http:"), "{}", asset.name);
            assert!(!text.contains("https:"), "{}", asset.name);
            assert!(!text.contains("@import"), "{}", asset.name);
            assert!(!text.contains("eval("), "{}", asset.name);
        }
    }

    #[test]
    fn templates_mark_nothing_safe_and_hold_no_inline_code() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            for forbidden in [
                "|safe",
                "| safe",
                " style=",
                " onclick=",
                "<style",
                "javascript:",
            ] {
                assert!(!text.contains(forbidden), "{}: {forbidden}", path.display());
            }
            seen += 1;
        }
        assert!(seen > 5);
    }

    #[test]
    fn every_icon_that_is_used_is_drawn() {
        let icons = ASSETS
            .iter()
            .find(|a| a.name == "icons.svg")
            .unwrap()
            .content;
        for place in crate::frame::PLACES {
            assert!(
                icons.contains(&format!("id=\"{}\"", place.name)),
                "{}",
                place.name
            );
        }
    }
}
