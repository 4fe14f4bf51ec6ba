//! What was gathered, and what comes of it.

use crate::gather::{self, Gathered};
use crate::names::Forms;
use crate::people::People;
use crate::{Error, Result};
use archive::Archive;
use estimate::Estimate;
use link::alerts::{self, Acknowledgement, Alerts};
use link::cases::{self, Register, Statuses};
use link::corroboration::{Assessor, Corroboration, Settings, StatusRule};
use link::incidents::{Grouping, Identities, Level, Rules, Types};
use link::lineage::{DocumentText, Lineages};
use link::patterns::{self, Counting, Dimension, Filter, Happening, Heard, Table};
use link::people::{Options, Progress};
use link::pictures::Pictures;
use link::stands::Stands;
use link::threads::{self, Threads};
use link::{Document, Provenance};
use model::{Compartment, Judgement, PartialDate, Record, RecordId, SourceId, Vocabularies};
use std::collections::HashMap;
use std::sync::OnceLock;
use view::{Standing, View};

/// Everything that an archive holds, laid side by side.
pub struct Assembled {
    gathered: Gathered,
    /// Where texts are fetched from, should they be asked for.
    archive: Archive,
    judgements: Vec<Judgement>,
    lineages: OnceLock<Lineages>,
    pictures: OnceLock<Pictures>,
    today: PartialDate,
    vocabularies: Vocabularies,
    by_id: HashMap<RecordId, usize>,
    identities: OnceLock<Identities>,
    grouping: OnceLock<Grouping>,
    threads: OnceLock<Threads>,
    register: OnceLock<Register>,
    warnings: OnceLock<Alerts>,
    estimated: OnceLock<Option<Estimate>>,
    people: OnceLock<People>,
    forms: OnceLock<Forms>,
    clusters: OnceLock<Vec<Vec<RecordId>>>,
    supports: OnceLock<Vec<Corroboration>>,
    stands: OnceLock<Stands>,
    tables: OnceLock<Vec<Table>>,
    heard: OnceLock<Heard>,
    settings: Settings,
    status: StatusRule,
}

impl Assembled {
    /// Lays out what may go where `up_to` goes. Silence is counted up to `today`.
    ///
    /// # Errors
    /// When the view or the archive cannot be read.
    pub fn gather(
        view: &View,
        archive: &Archive,
        up_to: Compartment,
        today: PartialDate,
    ) -> Result<Self> {
        let gathered = gather::gather(view, up_to)?;
        let by_id = gathered.records.iter().enumerate();
        Ok(Self {
            by_id: by_id.map(|(at, record)| (record.id, at)).collect(),
            judgements: gather::judgements(&gathered.standing),
            archive: archive.clone(),
            lineages: OnceLock::new(),
            pictures: OnceLock::new(),
            today,
            vocabularies: Vocabularies::shipped()?,
            identities: OnceLock::new(),
            grouping: OnceLock::new(),
            threads: OnceLock::new(),
            register: OnceLock::new(),
            warnings: OnceLock::new(),
            estimated: OnceLock::new(),
            people: OnceLock::new(),
            forms: OnceLock::new(),
            clusters: OnceLock::new(),
            supports: OnceLock::new(),
            stands: OnceLock::new(),
            tables: OnceLock::new(),
            heard: OnceLock::new(),
            settings: Settings::shipped().map_err(table)?,
            status: StatusRule::shipped().map_err(table)?,
            gathered,
        })
    }

    /// Makes every part that takes long, so that nobody waits for it later. What cannot be made
    /// says why when it is asked for.
    pub fn prepare(&self) {
        let _ = self.lineages();
        let _ = self.pictures();
        let _ = self.grouping();
        let _ = self.register();
        let _ = self.warnings();
        let _ = self.supports();
        let _ = self.table(Dimension::Type);
        let _ = self.heard();
        let _ = self.forms();
    }

    /// The same with another rule for the status of a violation than the shipped one.
    #[must_use]
    pub fn with_status(mut self, status: StatusRule) -> Self {
        self.status = status;
        self.supports = OnceLock::new();
        self
    }

    /// The documents, by id.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        &self.gathered.documents
    }

    /// One document.
    #[must_use]
    pub fn document(&self, source: &SourceId) -> Option<&Document> {
        find(&self.gathered.documents, source)
    }

    /// The records, in the order of the view.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.gathered.records
    }

    /// One record.
    #[must_use]
    pub fn record(&self, id: &RecordId) -> Option<&Record> {
        self.gathered.records.get(*self.by_id.get(id)?)
    }

    /// The judgements that hold, with who made them and when.
    #[must_use]
    pub fn standing(&self) -> &[Standing] {
        &self.gathered.standing
    }

    /// The judgements that hold.
    #[must_use]
    pub fn judgements(&self) -> &[Judgement] {
        &self.judgements
    }

    /// Sources that may not go where this goes.
    #[must_use]
    pub fn withheld(&self) -> u64 {
        self.gathered.withheld
    }

    /// The vocabularies.
    #[must_use]
    pub fn vocabularies(&self) -> &Vocabularies {
        &self.vocabularies
    }

    /// Which documents share text. Reads all texts, the first time it is asked for.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn lineages(&self) -> Result<&Lineages> {
        if let Some(lineages) = self.lineages.get() {
            return Ok(lineages);
        }
        let texts = gather::texts(&self.archive, &self.gathered.readings)?;
        let documents: Vec<DocumentText> = texts
            .iter()
            .filter_map(|text| {
                Some(DocumentText {
                    document: self.document(&text.source)?,
                    text: &text.text,
                    passages: &text.passages,
                })
            })
            .collect();
        let lineages = Lineages::of(&documents);
        Ok(self.lineages.get_or_init(|| lineages))
    }

    /// Which pictures look alike. Asks the archive for each, the first time it is asked for.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn pictures(&self) -> Result<&Pictures> {
        if let Some(pictures) = self.pictures.get() {
            return Ok(pictures);
        }
        let pictures = gather::pictures(&self.archive, &self.gathered.pictures)?;
        Ok(self.pictures.get_or_init(|| pictures))
    }

    /// Who and what records name, by identity.
    ///
    /// # Errors
    /// When a shipped gazetteer cannot be used.
    pub fn identities(&self) -> Result<&Identities> {
        if let Some(identities) = self.identities.get() {
            return Ok(identities);
        }
        let identities = Identities::shipped().map_err(table)?;
        let identities = identities.with_records(self.records());
        Ok(self.identities.get_or_init(|| identities))
    }

    /// The incidents.
    ///
    /// # Errors
    /// When a shipped table cannot be used.
    pub fn grouping(&self) -> Result<&Grouping> {
        if let Some(grouping) = self.grouping.get() {
            return Ok(grouping);
        }
        let list = self.vocabularies.list("violation");
        let types = list.map_or_else(Types::default, Types::of);
        let grouping = Grouping::of(
            self.records(),
            self.documents(),
            &self.judgements,
            self.identities()?,
            &types,
            &Rules::shipped().map_err(table)?,
        );
        Ok(self.grouping.get_or_init(|| grouping))
    }

    /// Assesses how well incidents and allegations are supported.
    ///
    /// # Errors
    /// When a shipped table cannot be used.
    pub fn assessor(&self) -> Result<Assessor<'_>> {
        Ok(Assessor::new(
            self.records(),
            self.documents(),
            self.lineages()?,
            self.identities()?,
            &self.settings,
            &self.status,
        ))
    }

    /// How well each incident of [`Assembled::grouping`] is supported, in its order.
    ///
    /// # Errors
    /// When a shipped table cannot be used.
    pub fn supports(&self) -> Result<&[Corroboration]> {
        if let Some(supports) = self.supports.get() {
            return Ok(supports);
        }
        let assessor = self.assessor()?;
        let incidents = self.grouping()?.incidents.iter();
        let supports = incidents.map(|one| assessor.incident(one)).collect();
        Ok(self.supports.get_or_init(|| supports))
    }

    /// Demands and pledges, with what became of them.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn threads(&self) -> Result<&Threads> {
        if let Some(threads) = self.threads.get() {
            return Ok(threads);
        }
        let inputs = threads::Inputs {
            records: self.records(),
            documents: self.documents(),
            provenance: Some(self.lineages()? as &dyn Provenance),
            judgements: &self.judgements,
            today: self.today,
        };
        let threads = Threads::of(&inputs, &threads::Rules::shipped());
        Ok(self.threads.get_or_init(|| threads))
    }

    /// What several parties put their names to together.
    #[must_use]
    pub fn stands(&self) -> &Stands {
        let of = || Stands::of(self.records(), self.documents(), self.today);
        self.stands.get_or_init(of)
    }

    /// Names of persons as they are written, to be found across scripts and spellings.
    #[must_use]
    pub fn forms(&self) -> &Forms {
        self.forms.get_or_init(|| Forms::of(self.records()))
    }

    /// Persons of lists and documents, linked.
    ///
    /// # Errors
    /// When there is something to link and nothing can be learnt from it.
    pub fn people(&self) -> Result<&People> {
        self.people_with(Options::default(), &mut |_| {})
    }

    /// The same with options of the user's, the first time it is asked for.
    ///
    /// # Errors
    /// As [`Assembled::people`].
    pub fn people_with(
        &self,
        options: Options,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<&People> {
        if let Some(people) = self.people.get() {
            return Ok(people);
        }
        let people = self.link_people(options, progress)?;
        Ok(self.people.get_or_init(|| people))
    }

    /// Links anew, with options of the user's: to see how results move with them.
    ///
    /// # Errors
    /// As [`Assembled::people`].
    pub fn link_people(
        &self,
        options: Options,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<People> {
        People::link(self.records(), &self.judgements, options, progress)
    }

    /// Records of persons, and of their cases, that are one person.
    ///
    /// # Errors
    /// As [`Assembled::people`].
    pub fn clusters(&self) -> Result<&[Vec<RecordId>]> {
        let clusters = self.people()?;
        Ok(self.clusters.get_or_init(|| clusters.clusters()))
    }

    /// Where the estimate of those in no list is kept.
    pub(crate) fn estimated(&self) -> &OnceLock<Option<Estimate>> {
        &self.estimated
    }

    /// The register of cases.
    ///
    /// # Errors
    /// As [`Assembled::people`].
    pub fn register(&self) -> Result<&Register> {
        if let Some(register) = self.register.get() {
            return Ok(register);
        }
        let inputs = cases::Inputs {
            records: self.records(),
            documents: self.documents(),
            clusters: self.clusters()?,
            judgements: &self.judgements,
            threads: Some(self.threads()?),
            today: self.today,
        };
        let register = Register::of(&inputs, &Statuses::shipped());
        Ok(self.register.get_or_init(|| register))
    }

    /// The alerts that the shipped rules raise.
    ///
    /// # Errors
    /// When a shipped table cannot be used.
    pub fn warnings(&self) -> Result<&Alerts> {
        if let Some(made) = self.warnings.get() {
            return Ok(made);
        }
        let made = self.alerts(&alerts::Rules::shipped(&self.vocabularies))?;
        Ok(self.warnings.get_or_init(|| made))
    }

    /// The alerts that rules raise.
    ///
    /// # Errors
    /// When a shipped table cannot be used.
    pub fn alerts(&self, rules: &alerts::Rules) -> Result<Alerts> {
        let groups: Vec<Vec<RecordId>> = self
            .grouping()?
            .incidents
            .iter()
            .filter(|incident| incident.level == Level::Event)
            .map(link::incidents::Incident::records)
            .collect();
        let acknowledged: Vec<Acknowledgement> = self
            .standing()
            .iter()
            .filter_map(|one| Acknowledgement::of(&one.judgement, one.at))
            .collect();
        let inputs = alerts::Inputs {
            records: self.records(),
            documents: self.documents(),
            provenance: Some(self.lineages()?),
            groups: &groups,
            register: Some(self.register()?),
            threads: Some(self.threads()?),
            acknowledged: &acknowledged,
            today: self.today,
        };
        Ok(Alerts::of(&inputs, rules))
    }

    /// Everything on record counted by a dimension, without a filter.
    ///
    /// # Errors
    /// When a shipped table cannot be used.
    pub fn table(&self, by: Dimension) -> Result<&Table> {
        if self.tables.get().is_none() {
            let tables = self.counting(|counting| {
                let all = Dimension::ALL.into_iter();
                all.map(|one| counting.table(one, &Filter::default()))
                    .collect()
            })?;
            let _ = self.tables.set(tables);
        }
        let at = Dimension::ALL.iter().position(|one| *one == by);
        let tables = self.tables.get();
        let found = tables.zip(at).and_then(|(tables, at)| tables.get(at));
        Ok(found.expect("every dimension has its table"))
    }

    /// Whose voices are on record, by sex.
    #[must_use]
    pub fn heard(&self) -> &Heard {
        self.heard.get_or_init(|| Heard::of(self.records()))
    }

    /// Calls `ask` with everything made ready for counting.
    ///
    /// # Errors
    /// When a shipped table cannot be used.
    pub fn counting<T>(&self, ask: impl FnOnce(&Counting<'_>) -> T) -> Result<T> {
        let happenings: Vec<Happening> = self
            .grouping()?
            .incidents
            .iter()
            .map(|incident| Happening {
                members: incident.records(),
                is_general: incident.level == Level::Pattern,
            })
            .collect();
        let inputs = patterns::Inputs {
            records: self.records(),
            documents: self.documents(),
            provenance: Some(self.lineages()?),
            happenings: &happenings,
            persons: self.clusters()?,
            vocabularies: &self.vocabularies,
            today: self.today,
        };
        Ok(ask(&Counting::of(&inputs)))
    }
}

fn find<'d>(documents: &'d [Document], source: &SourceId) -> Option<&'d Document> {
    let at = documents.binary_search_by_key(source, |document| document.id);
    documents.get(at.ok()?)
}

fn table(error: impl std::fmt::Display) -> Error {
    Error::Table(error.to_string())
}
