//! All decomposable graphs on a few lists, with their cliques and separators.
//!
//! Invariant: maximum cardinality search decides (Tarjan and Yannakakis 1984); the order of the graphs
//! is that of their edges as a number. There are 8 on three lists, 61 on four and 822 on five.

use crate::histories::Pattern;
use serde::Serialize;

/// A decomposable graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Graph {
    /// Largest sets of lists that all depend on each other.
    pub cliques: Vec<Pattern>,
    /// What neighbouring cliques share, with repetition; empty sets left out.
    pub separators: Vec<Pattern>,
}

impl Graph {
    /// Whether all lists depend on each other, so that the data say nothing of the unseen.
    pub fn is_complete(&self) -> bool {
        self.cliques.len() == 1
    }
}

/// Enumerates the graphs on `lists` lists (at most 5; more give none).
pub fn decomposable_graphs(lists: usize) -> Vec<Graph> {
    if lists == 0 || lists > 5 {
        return Vec::new();
    }
    let edges: Vec<(usize, usize)> = (0..lists)
        .flat_map(|a| (a + 1..lists).map(move |b| (a, b)))
        .collect();
    let graph_of = |chosen: u32| {
        let mut neighbours = vec![0_u16; lists];
        for (_, &(a, b)) in edges
            .iter()
            .enumerate()
            .filter(|(i, _)| chosen >> i & 1 == 1)
        {
            neighbours[a] |= 1 << b;
            neighbours[b] |= 1 << a;
        }
        decompose(&neighbours)
    };
    (0..1_u32 << edges.len()).filter_map(graph_of).collect()
}

/// Cliques and separators, or `None` where some cycle has no chord.
fn decompose(neighbours: &[u16]) -> Option<Graph> {
    let mut visited = 0_u16;
    let mut cliques: Vec<Pattern> = Vec::new();
    let mut separators = Vec::new();
    for _ in 0..neighbours.len() {
        let open = (0..neighbours.len()).filter(|&v| visited >> v & 1 == 0);
        // The first of those with most visited neighbours.
        let vertex =
            open.max_by_key(|&v| ((neighbours[v] & visited).count_ones(), std::cmp::Reverse(v)))?;
        let parents = neighbours[vertex] & visited;
        let complete = |a: usize| parents & !(neighbours[a] | 1 << a) == 0;
        if !Pattern(parents).lists().all(complete) {
            return None;
        }
        match cliques.last_mut() {
            Some(last) if last.0 == parents => last.0 |= 1 << vertex,
            Some(_) => {
                if parents != 0 {
                    separators.push(Pattern(parents));
                }
                cliques.push(Pattern(parents | 1 << vertex));
            }
            None => cliques.push(Pattern(1 << vertex)),
        }
        visited |= 1 << vertex;
    }
    cliques.sort();
    separators.sort();
    Some(Graph {
        cliques,
        separators,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_graphs_as_the_literature_counts() {
        let counts: Vec<usize> = (1..=6)
            .map(|lists| decomposable_graphs(lists).len())
            .collect();
        assert_eq!(counts, [1, 2, 8, 61, 822, 0]);
    }

    #[test]
    fn cliques_and_separators_make_up_each_graph() {
        for graph in decomposable_graphs(5) {
            let sizes = |sets: &[Pattern]| sets.iter().map(|s| s.size()).sum::<usize>();
            assert_eq!(
                sizes(&graph.cliques) - sizes(&graph.separators),
                5,
                "{graph:?}"
            );
            for (i, clique) in graph.cliques.iter().enumerate() {
                let inside = graph
                    .cliques
                    .iter()
                    .enumerate()
                    .any(|(j, other)| i != j && other.contains(*clique));
                assert!(!inside, "{graph:?}");
            }
        }
    }
}
