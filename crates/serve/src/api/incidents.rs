//! Incidents: what several allegations describe in common, how well each is supported, when and
//! where it happened.

use super::bench::Answer;
use super::input::{Path, Query};
use super::laid::{Computed, ComputedOne, Page, list, one};
use super::linked::record_id;
use super::problem::Problem;
use super::who::Caller;
use crate::app::App;
use assemble::Assembled;
use axum::extract::State;
use axum::{Extension, Json};
use link::corroboration::{Corroboration, KindOfSource, Origin, OriginKind, Want};
use link::incidents::{Cite, Incident, Level, Named, Reason};
use serde::Deserialize;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Whether an incident is one event or a general claim.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum LevelShape {
    /// One act or event.
    Event,
    /// A claim about what is usual, a policy, or many events at once.
    Pattern,
}

/// Which incidents.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// How many, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Where the list goes on, as the list before said.
    cursor: Option<String>,
    /// Of this type of violation, by its code.
    #[serde(rename = "type")]
    #[param(rename = "type")]
    violation: Option<String>,
    /// With this status of the violation, by its code.
    status: Option<String>,
    /// At this place, by its identity.
    place: Option<String>,
    /// One event, or a general claim.
    #[param(inline)]
    level: Option<LevelShape>,
    /// With so many origins at least.
    origins: Option<u32>,
    /// Only those that accounts contradict or somebody denies (true), or only the others (false).
    disputed: Option<bool>,
    /// That may have happened in this year or later.
    #[param(minimum = 1, maximum = 9999)]
    since: Option<u16>,
    /// That may have happened in this year or earlier.
    #[param(minimum = 1, maximum = 9999)]
    until: Option<u16>,
}

type Held<'a> = (&'a Incident, &'a Corroboration);

impl Asked {
    fn wants(&self, (incident, support): &Held<'_>) -> bool {
        let is =
            |wanted: &Option<String>, is: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(is);
        is(&self.violation, &|code| {
            incident.types.iter().any(|(of, _)| of.as_str() == code)
        }) && is(&self.status, &|code| support.status.code == code)
            && is(&self.place, &|place| {
                incident.places.iter().any(|one| one.identity == place)
            })
            && self.level.is_none_or(|level| level == level_of(incident))
            && self
                .origins
                .is_none_or(|least| support.origins.len() >= least as usize)
            && self
                .disputed
                .is_none_or(|wanted| wanted == is_disputed(incident, support))
            && self.may_be_in_years(incident)
    }

    fn may_be_in_years(&self, incident: &Incident) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some(time) = &incident.time else {
            return false;
        };
        let first = time.range.earliest().map_or(0, |day| day.0);
        let last = time.range.latest().map_or(u16::MAX, |day| day.0);
        self.since.is_none_or(|since| last >= since)
            && self.until.is_none_or(|until| first <= until)
    }

    fn page(&mut self) -> Page {
        Page {
            limit: self.limit,
            cursor: self.cursor.take(),
        }
    }
}

fn level_of(incident: &Incident) -> LevelShape {
    match incident.level {
        Level::Event => LevelShape::Event,
        Level::Pattern => LevelShape::Pattern,
    }
}

/// Whether accounts contradict, or somebody denies this and not everything.
fn is_disputed(incident: &Incident, support: &Corroboration) -> bool {
    let mut denials = support.denials.iter();
    !incident.contradictions.is_empty() || denials.any(|one| one.about_this)
}

/// The incidents that are asked for, each with its support.
fn held<'a>(all: &'a Assembled, asked: &Asked) -> Answer<Vec<Held<'a>>> {
    let every = all.grouping()?.incidents.iter().zip(all.supports()?);
    Ok(every.filter(|held| asked.wants(held)).collect())
}

/// Incidents, those with the most origins first
#[utoipa::path(get, path = "/incidents", tag = "incidents", params(Asked),
    responses((status = 200, body = Computed)))]
pub(crate) async fn incidents(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(mut asked): Query<Asked>,
) -> Answer<Json<Computed>> {
    let page = asked.page();
    list(app, caller, "incidents", page, move |_, all, window| {
        let mut held = held(all, &asked)?;
        held.sort_by_key(|(incident, support)| {
            let (origins, documents) = (support.origins.len(), support.documents.len());
            (Reverse(origins), Reverse(documents), incident.id)
        });
        window.fill(held, |held| Ok(summary(&held)))
    })
    .await
}

/// Incidents that are dated, in the order in which they may have begun; uncertain dates are ranges
#[utoipa::path(get, path = "/timeline", tag = "incidents", params(Asked),
    responses((status = 200, body = Computed)))]
pub(crate) async fn timeline(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(mut asked): Query<Asked>,
) -> Answer<Json<Computed>> {
    let page = asked.page();
    list(app, caller, "timeline", page, move |_, all, window| {
        let mut held = held(all, &asked)?;
        let begins = |incident: &Incident| {
            let range = incident.time.as_ref().map(|time| time.range)?;
            range.earliest().or_else(|| range.latest())
        };
        held.retain(|(incident, _)| begins(incident).is_some());
        held.sort_by_key(|(incident, _)| (begins(incident), incident.id));
        window.fill(held, |held| Ok(summary(&held)))
    })
    .await
}

/// Places of incidents, those of the most first, with what is known of where they are
#[utoipa::path(get, path = "/places", tag = "incidents", params(Asked),
    responses((status = 200, body = Computed)))]
pub(crate) async fn places(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(mut asked): Query<Asked>,
) -> Answer<Json<Computed>> {
    let page = asked.page();
    list(app, caller, "places", page, move |_, all, window| {
        let mut places: BTreeMap<&str, (&str, u64)> = BTreeMap::new();
        for (incident, _) in held(all, &asked)? {
            for place in &incident.places {
                let at = places.entry(&place.identity);
                at.or_insert((place.name.as_str(), 0)).1 += 1;
            }
        }
        let mut places: Vec<_> = places.into_iter().collect();
        places.sort_by_key(|(key, (_, number))| (Reverse(*number), *key));
        window.fill(places, |(key, (name, number))| {
            let position = web::map::position(key).map(|at| {
                json!({"latitude": at.latitude, "longitude": at.longitude, "radius_km": at.radius})
            });
            Ok(json!({
                "place": key, "name": name, "incidents": number, "position": position,
            }))
        })
    })
    .await
}

/// One incident, by its id or that of any of its allegations: origins, contradictions, denials
#[utoipa::path(get, path = "/incidents/{id}", tag = "incidents",
    params(("id" = String, Path, description = "Id of the incident or of an allegation of it")),
    responses((status = 200, body = ComputedOne)))]
pub(crate) async fn incident(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<Json<ComputedOne>> {
    one(app, caller, move |_, all| {
        let (incident, support) = find(all, &id)?;
        Ok(whole(incident, support))
    })
    .await
}

/// How well one allegation is supported by itself, and the incident that it is of
#[utoipa::path(get, path = "/records/{id}/corroboration", tag = "incidents",
    params(("id" = String, Path, description = "Id of the allegation")),
    responses((status = 200, body = ComputedOne)))]
pub(crate) async fn of_record(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<Json<ComputedOne>> {
    one(app, caller, move |_, all| {
        let record = record_id(&id)?;
        let alone = all.assessor()?.allegation(record);
        let alone = alone.ok_or_else(Problem::nothing)?;
        let incident = find(all, &id).ok();
        Ok(json!({
            "record": record,
            "alone": supported(&alone),
            "incident": incident.map(|held| summary(&held)),
        }))
    })
    .await
}

/// The incident with this id, or with an allegation of this id.
fn find<'a>(all: &'a Assembled, id: &str) -> Answer<Held<'a>> {
    let id = record_id(id)?;
    let incidents = &all.grouping()?.incidents;
    let holds = |one: &Incident| one.members.iter().any(|member| member.record == id);
    let at = incidents.iter().position(|one| one.id == id);
    let at = at.or_else(|| incidents.iter().position(holds));
    let at = at.ok_or_else(Problem::nothing)?;
    let support = all.supports()?.get(at).ok_or_else(Problem::nothing)?;
    Ok((&incidents[at], support))
}

/// An incident in a list.
fn summary((incident, support): &Held<'_>) -> Value {
    let types = incident.types.iter();
    let types = types.map(|(code, records)| json!({"type": code, "records": records}));
    let time = incident.time.as_ref();
    let day = |day: Option<(u16, u8, u8)>| day.map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
    json!({
        "id": incident.id,
        "level": match incident.level { Level::Event => "event", Level::Pattern => "pattern" },
        "types": types.collect::<Vec<_>>(),
        "places": named(&incident.places),
        "time": time.map(|time| json!({
            "range": time.range.to_string(),
            "earliest": day(time.range.earliest()), "latest": day(time.range.latest()),
            "agreed": time.agreed, "of_telling": time.of_telling,
        })),
        "victims": {
            "named": named(&incident.victims.named), "groups": named(&incident.victims.groups),
            "least": incident.victims.least, "most": incident.victims.most,
            "because": incident.victims.because,
        },
        "perpetrators": named(&incident.perpetrators),
        "allegations": incident.records(),
        "documents": support.documents,
        "origins_at_most": support.origins.len(),
        "status": support.status.code,
        "disputed": is_disputed(incident, support),
    })
}

/// An incident with everything that is known of it.
fn whole(incident: &Incident, support: &Corroboration) -> Value {
    let mut value = summary(&(incident, support));
    let members = incident.members.iter();
    let members = members.map(|one| {
        json!({
            "record": one.record, "source": one.source, "modality": one.modality,
            "reasons": reasons(&one.reasons),
        })
    });
    let contradictions = incident.contradictions.iter().map(|one| {
        let accounts = one.accounts.iter();
        let accounts = accounts.map(|one| json!({"says": one.says, "cites": cites(&one.cites)}));
        json!({
            "about": one.about.words(), "text": one.text,
            "accounts": accounts.collect::<Vec<_>>(),
        })
    });
    let happenings = incident.happenings.iter();
    let happenings = happenings.map(|one| json!({"record": one.record, "reason": one.reason.text}));
    let apart = incident
        .apart
        .iter()
        .map(|one| json!({"member": one.member, "other": one.other, "reason": one.reason.text}));
    let wants = Want::of(incident, support);
    value["level_because"] = json!(incident.level_because);
    value["members"] = members.collect();
    value["contradictions"] = contradictions.collect();
    value["participants"] = named(&incident.participants);
    value["happenings"] = happenings.collect();
    value["apart"] = apart.collect();
    value["support"] = supported(support);
    value["would_strengthen"] = wants.iter().map(want).collect();
    value
}

/// What would make it better supported.
fn want(want: &Want) -> Value {
    match want {
        Want::Report => json!({"want": "report"}),
        Want::SecondOrigin => json!({"want": "second-origin"}),
        Want::FirstHand => json!({"want": "first-hand"}),
        Want::OwnWords(of) => json!({"want": "own-words", "of": of}),
        Want::NamedSources => json!({"want": "named-sources"}),
        Want::Reliability(origins) => json!({"want": "reliability", "origins": origins}),
        Want::Settled(accounts) => json!({"want": "settled", "contradictions": accounts}),
        Want::Date => json!({"want": "date"}),
        Want::Place => json!({"want": "place"}),
        Want::Victims => json!({"want": "victims"}),
    }
}

fn supported(support: &Corroboration) -> Value {
    let denials = support.denials.iter().map(|one| {
        json!({
            "record": one.record, "by": one.by, "by_accused": one.by_accused,
            "about_this": one.about_this, "cite": cite(&one.cite),
        })
    });
    json!({
        "summary": support.summary,
        "status": {"code": support.status.code, "because": support.status.because},
        "documents": support.documents,
        "origins": support.origins.iter().map(origin).collect::<Vec<_>>(),
        "denials": denials.collect::<Vec<_>>(),
        "warnings": cites(&support.warnings),
    })
}

fn origin(origin: &Origin) -> Value {
    json!({
        "kind": match origin.kind {
            OriginKind::Document(_) => "document",
            OriginKind::Named(_) => "named",
            OriginKind::Unnamed => "unnamed",
            OriginKind::Person(_) => "person",
        },
        "name": origin.name,
        "directness": match origin.directness {
            KindOfSource::FirstHand => "first-hand",
            KindOfSource::Official => "official",
            KindOfSource::Derived => "derived",
        },
        "at_hand": origin.at_hand, "found": origin.found, "reliability": origin.reliability,
        "documents": origin.documents, "records": origin.records,
        "reasons": reasons(&origin.reasons),
    })
}

fn named(all: &[Named]) -> Value {
    let all = all.iter();
    all.map(|one| json!({"name": one.name, "identity": one.identity, "records": one.records}))
        .collect()
}

fn reasons(all: &[Reason]) -> Value {
    let all = all.iter();
    all.map(|one| json!({"text": one.text, "cites": cites(&one.cites)}))
        .collect()
}

fn cites(all: &[Cite]) -> Value {
    all.iter().map(cite).collect()
}

fn cite(one: &Cite) -> Value {
    json!({"record": one.record, "source": one.source, "quote": one.quote})
}
