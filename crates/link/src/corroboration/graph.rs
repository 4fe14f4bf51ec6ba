//! Origins → documents → allegations → what they say, for a drawing from left to right.
//!
//! Invariant: edges lead from one layer to a later one; nodes and edges stand in a fixed order.

use super::result::{Corroboration, OriginKind};
use crate::incidents::Incident;
use model::{RecordId, SourceId};
use std::collections::{HashMap, HashSet};

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
        let origins = graph.origins(corroboration);
        let documents: HashMap<SourceId, usize> = corroboration
            .documents
            .iter()
            .map(|source| {
                let node = graph.node(Layer::Document, title(*source), Some(*source), None);
                (*source, node)
            })
            .collect();
        let reports = graph.reports(incident, corroboration);
        let types: Vec<&str> = incident
            .types
            .iter()
            .map(|(code, _)| code.as_str())
            .collect();
        let whole = graph.node(Layer::Incident, types.join(", "), None, Some(incident.id));
        for (origin, from) in corroboration.origins.iter().zip(origins) {
            let told = origin
                .documents
                .iter()
                .filter_map(|source| documents.get(source));
            graph
                .edges
                .extend(told.map(|to| GraphEdge { from, to: *to }));
        }
        for (source, node) in reports {
            if let Some(from) = source.and_then(|source| documents.get(&source)) {
                graph.edges.push(GraphEdge {
                    from: *from,
                    to: node,
                });
            }
            graph.edges.push(GraphEdge {
                from: node,
                to: whole,
            });
        }
        graph.edges.sort_unstable();
        graph.edges.dedup();
        graph
    }

    /// A node for each origin.
    fn origins(&mut self, corroboration: &Corroboration) -> Vec<usize> {
        let mut nodes = Vec::new();
        for origin in &corroboration.origins {
            let source = match origin.kind {
                OriginKind::Document(source) => Some(source),
                _ => None,
            };
            nodes.push(self.node(Layer::Origin, origin.name.clone(), source, None));
        }
        nodes
    }

    /// A node for each allegation that goes back to an origin, with its document.
    fn reports(
        &mut self,
        incident: &Incident,
        corroboration: &Corroboration,
    ) -> Vec<(Option<SourceId>, usize)> {
        let counted = corroboration
            .origins
            .iter()
            .flat_map(|origin| &origin.records);
        let counted: HashSet<&RecordId> = counted.collect();
        let mut nodes = Vec::new();
        for member in &incident.members {
            if counted.contains(&member.record) {
                let label = member.modality.name().to_owned();
                let node = self.node(Layer::Allegation, label, member.source, Some(member.record));
                nodes.push((member.source, node));
            }
        }
        nodes
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
