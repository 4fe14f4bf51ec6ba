//! Origins → documents → allegations → what they say, for a drawing from left to right.
//!
//! Invariant: edges lead from one layer to a later one; nodes and edges stand in a fixed order.

use super::result::{Corroboration, OriginKind};
use crate::incidents::Incident;
use model::{RecordId, SourceId};

/// A column of the drawing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Layer {
    /// Where reports come from.
    Origin,
    /// Documents.
    Document,
    /// Allegations.
    Allegation,
    /// The incident.
    Incident,
}

/// A node of the drawing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GraphNode {
    /// Its column.
    pub layer: Layer,
    /// What stands in it.
    pub label: String,
    /// The document it stands for.
    pub source: Option<SourceId>,
    /// The record it stands for.
    pub record: Option<RecordId>,
}

/// An edge between two nodes, by their positions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct GraphEdge {
    /// From this node, of an earlier layer.
    pub from: usize,
    /// To this one, of a later layer.
    pub to: usize,
}

/// A drawing from left to right.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Graph {
    /// Nodes, by layer.
    pub nodes: Vec<GraphNode>,
    /// Edges, ascending.
    pub edges: Vec<GraphEdge>,
}

impl Graph {
    /// The drawing of an incident; `title` names a document.
    pub fn of(
        incident: &Incident,
        corroboration: &Corroboration,
        title: impl Fn(SourceId) -> String,
    ) -> Self {
        let mut graph = Self::default();
        let origins: Vec<usize> = corroboration
            .origins
            .iter()
            .map(|origin| {
                let source = match origin.kind {
                    OriginKind::Document(source) => Some(source),
                    _ => None,
                };
                graph.node(Layer::Origin, origin.name.clone(), source, None)
            })
            .collect();
        let documents: Vec<(SourceId, usize)> = corroboration
            .documents
            .iter()
            .map(|source| {
                (
                    *source,
                    graph.node(Layer::Document, title(*source), Some(*source), None),
                )
            })
            .collect();
        let document = |source: SourceId| documents.iter().find(|(known, _)| *known == source);
        let reports: Vec<(RecordId, Option<SourceId>, usize)> = incident
            .members
            .iter()
            .filter(|member| {
                corroboration
                    .origins
                    .iter()
                    .any(|origin| origin.records.contains(&member.record))
            })
            .map(|member| {
                let label = member.modality.name().to_owned();
                let node = graph.node(Layer::Allegation, label, member.source, Some(member.record));
                (member.record, member.source, node)
            })
            .collect();
        let types: Vec<&str> = incident
            .types
            .iter()
            .map(|(code, _)| code.as_str())
            .collect();
        let whole = graph.node(Layer::Incident, types.join(", "), None, Some(incident.id));
        for (origin, from) in corroboration.origins.iter().zip(&origins) {
            for source in &origin.documents {
                if let Some((_, to)) = document(*source) {
                    graph.edges.push(GraphEdge {
                        from: *from,
                        to: *to,
                    });
                }
            }
        }
        for (_, source, node) in &reports {
            if let Some((_, from)) = source.and_then(document) {
                graph.edges.push(GraphEdge {
                    from: *from,
                    to: *node,
                });
            }
            graph.edges.push(GraphEdge {
                from: *node,
                to: whole,
            });
        }
        graph.edges.sort_unstable();
        graph.edges.dedup();
        graph
    }

    fn node(
        &mut self,
        layer: Layer,
        label: String,
        source: Option<SourceId>,
        record: Option<RecordId>,
    ) -> usize {
        self.nodes.push(GraphNode {
            layer,
            label,
            source,
            record,
        });
        self.nodes.len() - 1
    }
}
