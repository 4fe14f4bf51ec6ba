//! How well an incident or allegation is supported: by independent origins, kinds of source,
//! reliability, contradictions and denials, with a status by a published rule.
//!
//! Start with [`Assessor::new`] and [`Assessor::incident`].
//!
//! Invariant: the number of origins is an upper bound and is called one: copies, quotations and common
//! sources that the archive does not show may make it smaller. What is feared never supports that it
//! happened. Everything counted can be asked [`Corroboration::why`].

mod assess;
mod denials;
mod graph;
mod origins;
mod result;
mod settings;
mod status;
mod voices;
mod wants;

pub use assess::Assessor;
pub use graph::{Graph, GraphEdge, GraphNode, Layer};
pub use result::{Corroboration, Denial, Origin, OriginKind};
pub use settings::{KindOfSource, Settings, SettingsError};
pub use status::{Counts, Status, StatusError, StatusRule};
pub use wants::Want;
