//! Boosted decision trees, as `data/reading/*.model` hold them.
//!
//! The file is lines of text: `forest WIDTH BASE`, then for each tree `tree` and its nodes, one a
//! line, `FEATURE THRESHOLD LEFT RIGHT` with the numbers of the nodes to go to (a number at or
//! below the threshold goes left) or `= VALUE` for a leaf. A child stands behind its parent, so
//! that every walk ends.

/// One node: where to go, or what to add.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// Number of the feature; of a leaf, [`LEAF`].
    feature: u16,
    left: u16,
    right: u16,
    /// Threshold, or value of the leaf.
    value: f32,
}

const LEAF: u16 = u16::MAX;

/// Trees whose values are summed.
#[derive(Debug, Default)]
pub(crate) struct Forest {
    width: usize,
    base: f32,
    nodes: Vec<Node>,
    /// First node of each tree.
    roots: Vec<usize>,
}

impl Forest {
    /// Reads the forests of a file, in order.
    ///
    /// # Errors
    /// The number of a line that is not as the format says.
    pub fn read_all(file: &str) -> Result<Vec<Self>, usize> {
        let mut forests: Vec<Self> = Vec::new();
        for (number, line) in (1usize..).zip(file.lines()) {
            if line.starts_with('#') {
                continue;
            }
            let bad = || number;
            let fields: Vec<&str> = line.split(' ').collect();
            match fields.as_slice() {
                ["forest", width, base] => forests.push(Self {
                    width: width.parse().map_err(|_| number)?,
                    base: base.parse().map_err(|_| number)?,
                    ..Self::default()
                }),
                ["tree"] => {
                    let forest = forests.last_mut().ok_or_else(bad)?;
                    forest.roots.push(forest.nodes.len());
                }
                fields => {
                    let forest = forests.last_mut().ok_or_else(bad)?;
                    let node = forest.node(fields).ok_or_else(bad)?;
                    forest.nodes.push(node);
                }
            }
        }
        let whole = |forest: &Self| forest.is_whole();
        if forests.iter().all(whole) {
            Ok(forests)
        } else {
            Err(0)
        }
    }

    fn node(&self, fields: &[&str]) -> Option<Node> {
        let own = self.nodes.len() - self.roots.last()?;
        match fields {
            ["=", value] => Some(Node {
                feature: LEAF,
                left: 0,
                right: 0,
                value: value.parse().ok()?,
            }),
            [feature, threshold, left, right] => {
                let node = Node {
                    feature: feature.parse().ok()?,
                    left: left.parse().ok()?,
                    right: right.parse().ok()?,
                    value: threshold.parse().ok()?,
                };
                let ahead = usize::from(node.left) > own && usize::from(node.right) > own;
                (ahead && usize::from(node.feature) < self.width).then_some(node)
            }
            _ => None,
        }
    }

    /// Whether every node that is named is there, in its own tree.
    fn is_whole(&self) -> bool {
        let ends = self.roots.iter().skip(1).copied();
        let ends = ends.chain(std::iter::once(self.nodes.len()));
        self.roots.iter().zip(ends).all(|(&from, to)| {
            let len = to - from;
            let inside =
                |node: &Node| node.feature == LEAF || usize::from(node.left.max(node.right)) < len;
            len > 0 && self.nodes[from..to].iter().all(inside)
        })
    }

    /// Numbers that a row must have.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The probability that the trees give a row, from 0 to 1.
    pub fn probability(&self, row: &[f32]) -> f32 {
        let mut sum = self.base;
        for &root in &self.roots {
            let mut at = root;
            loop {
                let node = self.nodes[at];
                if node.feature == LEAF {
                    sum += node.value;
                    break;
                }
                let goes_left = row[usize::from(node.feature)] <= node.value;
                at = root + usize::from(if goes_left { node.left } else { node.right });
            }
        }
        1.0 / (1.0 + (-sum).exp())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_row_walks_to_its_leaf() {
        let file = "# words\nforest 2 0.5\ntree\n1 3.5 1 2\n= -1.5\n= 2\ntree\n= 0\n";
        let forests = Forest::read_all(file).unwrap();
        assert_eq!(forests.len(), 1);
        let low = forests[0].probability(&[9.0, 3.5]);
        let high = forests[0].probability(&[0.0, 4.0]);
        assert!((low - 1.0 / (1.0 + 1f32.exp())).abs() < 1e-6);
        assert!(high > 0.9);
    }

    #[test]
    fn files_that_would_not_end_are_refused() {
        for file in [
            "tree\n= 1\n",
            "forest 1 0\ntree\n0 1 0 1\n= 1\n",
            "forest 1 0\ntree\n1 1 1 2\n= 1\n= 2\n",
            "forest 1 0\ntree\n0 1 1 2\n= 1\n",
            "forest 1 0\ntree\n",
        ] {
            assert!(Forest::read_all(file).is_err(), "{file}");
        }
    }
}
