//! The screens, one file each, with a template of the same name.

mod added;
mod help;
mod home;
mod message;
mod source;
mod sources;
mod unlock;

pub use added::{Added, AddedPage};
pub use help::HelpPage;
pub use home::{Due, HomePage, Recent};
pub use message::MessagePage;
pub use source::{Beside, Fact, SourcePage, Telling};
pub use sources::{SourceRow, SourcesPage, UploadForm};
pub use unlock::UnlockPage;
