//! Small files that a program keeps with this device: sealed with a key that is derived from the
//! identity, so that whoever has the folder and not its passphrase learns nothing but their size.
//!
//! Invariant: a file opens under its own name only. An older copy that is put back opens too.

use super::{Device, device_file, read_file, write_file};
use crate::Result;
use crate::crypto::{Secret, derive};
use crate::error::Error;
use crate::seal::{open_bytes, seal_bytes};
use zeroize::Zeroizing;

/// Longest file, in bytes.
const LONGEST: u64 = 16 << 20;

impl Device {
    /// Keeps `plain` under a name of lower-case letters, in the place of what was kept before.
    ///
    /// # Errors
    /// When the name is none, it is too long, or the folder cannot be written.
    pub fn keep(&self, name: &str, plain: &[u8]) -> Result<()> {
        let sealed = seal_bytes(&self.keeping_key(name)?, plain)?;
        if sealed.len() as u64 > LONGEST {
            return Err(Error::TooLarge {
                size: sealed.len() as u64,
                limit: LONGEST,
            });
        }
        write_file(self.folder(), &file(name), &sealed)
    }

    /// What is kept under a name; `None` when nothing is.
    ///
    /// # Errors
    /// When the name is none, or the file cannot be read or is not what was kept.
    pub fn kept(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let key = self.keeping_key(name)?;
        let path = self.folder().join(file(name));
        if !path
            .try_exists()
            .map_err(|error| device_file("read", &path, error))?
        {
            return Ok(None);
        }
        let sealed = read_file(&path, LONGEST)?;
        let plain = open_bytes(&key, &sealed).map_err(|error| Error::DeviceDamaged {
            path,
            why: format!("{error}; restore it from a backup"),
        })?;
        Ok(Some(Zeroizing::new(plain)))
    }

    fn keeping_key(&self, name: &str) -> Result<Secret> {
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(Error::Invalid {
                what: "the name of a kept file",
                why: "it has other than lower-case letters".to_owned(),
            });
        }
        let info: &[&[u8]] = &[b"onrecord/kept/v1/", name.as_bytes()];
        Ok(derive(&self.inner.seed, &[], info))
    }
}

fn file(name: &str) -> String {
    format!("{name}.sealed")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Protection;

    #[test]
    fn what_is_kept_comes_back_under_its_name_and_device_alone() {
        let folder = tempfile::tempdir().unwrap();
        let device = Device::create(folder.path(), Protection::None).unwrap();
        assert!(device.kept("users").unwrap().is_none());
        device.keep("users", b"Ann").unwrap();
        device.keep("users", b"Ann and Ben").unwrap();
        assert_eq!(&device.kept("users").unwrap().unwrap()[..], b"Ann and Ben");
        let at = |name: &str| folder.path().join(name);
        let sealed = std::fs::read(at("users.sealed")).unwrap();
        assert!(!sealed.windows(3).any(|part| part == b"Ann"));
        std::fs::copy(at("users.sealed"), at("others.sealed")).unwrap();
        assert!(device.kept("others").is_err());
        let other = tempfile::tempdir().unwrap();
        let stranger = Device::create(other.path(), Protection::None).unwrap();
        std::fs::copy(at("users.sealed"), other.path().join("users.sealed")).unwrap();
        assert!(stranger.kept("users").is_err());
        for bad in ["", "../users", "Users"] {
            assert!(device.keep(bad, b"x").is_err(), "{bad}");
        }
    }
}
