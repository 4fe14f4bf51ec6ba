//! The screens, one file each, with a template of the same name.

mod accountability;
mod added;
mod alerts;
mod coding;
mod corroboration;
mod estimate;
mod help;
mod home;
mod integrity;
mod masked;
mod message;
mod page;
mod people;
mod review;
mod search;
mod settings;
mod source;
mod sources;
mod statistics;
mod timeline;
mod unlock;
mod users;

pub use accountability::{
    AccountabilityPage, AnswerRow, BearerPage, BearerRow, CallRow, DemandPage, DemandRow,
    PledgeRow, StandRow, StandsPage, Year,
};
pub use added::{Added, AddedPage};
pub use alerts::{AlertRow, AlertsPage};
pub use coding::CodingPage;
pub use corroboration::{CorroborationPage, Dispute, IncidentPage, IncidentRow, OriginRow};
pub use estimate::{CaveatRow, EstimatePage, MethodRow};
pub use help::HelpPage;
pub use home::{Due, HomePage, Recent};
pub use integrity::{CustodyPage, EntryRow, Found, IntegrityPage, LogHead, LogPage};
pub use masked::MaskedPage;
pub use message::MessagePage;
pub use page::{Drawn, Marked, PagePage};
pub use people::{
    CasePage, CaseRow, FormRow, JoinRow, KinRow, KnownRow, PairRow, PairsPage, PeoplePage,
    PersonPage, RequestRow, SaysRow, Side,
};
pub use review::{Done, EditRow, Matter, Progress, Reason, ReviewPage, Step};
pub use search::{
    Chip, FoundPlace, FoundPlaces, FoundRecord, HitRow, NameRow, NamesPage, OtherForms, SavedRow,
    SearchPage, Way,
};
pub use settings::{OwnAccount, SessionRow, SettingsPage};
pub use source::{Beside, Fact, Legend, SourceHead, SourcePage, Telling, ViewLink};
pub use sources::{SourceRow, SourcesPage, UploadForm};
pub use statistics::{StatisticsPage, StatisticsRow};
pub use timeline::{DatedRow, MapPage, Narrowed, PlaceRow, TimelinePage};
pub use unlock::UnlockPage;
pub use users::{CodePage, JoinPage, UserRow, UsersPage};
