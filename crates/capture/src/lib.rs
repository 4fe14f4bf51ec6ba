//! Fetches a page of the web with its resources into a WARC file: the only crate of this program
//! that opens a connection, and only to what the user named.
//!
//! Which function do I start with? [`capture`], with [`Settings`]. What it gives is a WARC 1.1 file
//! in memory, and a [`Line`] for each address that was asked for.
//!
//! Architecture invariants: an address is checked after it was resolved, at each redirect, and the
//! connection goes to the very address that was checked; private addresses are refused unless the
//! user named them. Bytes are written as they came, transfer coding included. Nothing is executed,
//! no cookie is kept, and the server is not told which program asks.

mod address;
mod connect;
mod exchange;
mod links;
mod proxy;
mod run;
mod search;
mod settings;
mod tls;
mod wacz;
mod warc;

pub use address::is_private;
pub use proxy::{Proxy, ProxyError};
pub use run::{Capture, Line, capture};
pub use settings::Settings;

/// Why a page could not be captured.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is no address that can be captured.
    #[error("{address} is no web address ({why}); write https://example.org/page")]
    Address {
        /// As it was given.
        address: String,
        /// What is wrong with it.
        why: String,
    },
    /// It stands on a private network.
    #[error(
        "{host} is at {ip}, an address of this machine or of a private network, and was not asked: a page may \
         try to reach what only you can. If you mean it, say --allow-private {ip}"
    )]
    Private {
        /// The host as it was named.
        host: String,
        /// Where it is.
        ip: std::net::IpAddr,
    },
    /// The name is known to nobody.
    #[error("the name {host} could not be resolved: {why}. Check the address and the connection")]
    Resolve {
        /// The host.
        host: String,
        /// Why.
        why: String,
    },
    /// Nobody answered.
    #[error("no connection to {host}: {why}")]
    Connect {
        /// The host.
        host: String,
        /// Why.
        why: String,
    },
    /// The server could not prove that it is who it says.
    #[error(
        "{host} could not prove who it is ({why}): somebody may stand between. To capture it all the same, and \
         have that on record, say --any-certificate"
    )]
    Certificate {
        /// The host.
        host: String,
        /// Why.
        why: String,
    },
    /// What came back is no answer.
    #[error("{host} gave no answer by HTTP: {why}")]
    Answer {
        /// The host.
        host: String,
        /// Why.
        why: String,
    },
    /// Time ran out.
    #[error("the time for the capture ran out; --seconds gives it more")]
    Late,
}
