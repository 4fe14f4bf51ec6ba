//! What a person states about sources as they put them on record.

use crate::place;
use collect::Terms;
use model::{Compartment, Edtf};

/// Flags of every command that puts sources on record.
#[derive(clap::Args, Clone, Default)]
pub struct Stated {
    /// Who may open it: open, restricted or sealed
    #[arg(long, default_value = "open", value_parser = compartment)]
    pub compartment: Compartment,
    /// Address it was published at, or the custodian who gave it
    #[arg(long)]
    pub origin: Option<String>,
    /// Consent under which it may be used, in words or by reference
    #[arg(long)]
    pub consent: Option<String>,
    /// Publisher
    #[arg(long)]
    pub publisher: Option<String>,
    /// Date of publication, as far as it is known: 2013, 2013-03, 2013-03-21
    #[arg(long, value_name = "DATE")]
    pub published: Option<Edtf>,
    /// Who collects; else ONRECORD_OPERATOR or the name of this user
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

impl Stated {
    /// As the collector takes them, without genre and reliability.
    pub fn terms(&self) -> Terms {
        Terms {
            compartment: self.compartment,
            by: self.by.clone().unwrap_or_else(place::operator),
            origin: self.origin.clone(),
            consent: self.consent.clone(),
            genre: None,
            reliability: None,
            publisher: self.publisher.clone(),
            published: self.published,
        }
    }
}

/// The compartment of that name.
pub fn compartment(name: &str) -> Result<Compartment, String> {
    Compartment::ALL
        .into_iter()
        .find(|compartment| compartment.name() == name)
        .ok_or_else(|| "say open, restricted or sealed".to_owned())
}
