//! Merkle trees as in RFC 6962, section 2.1.

use sha2::{Digest as _, Sha256};

use crate::{Bytes, Hash};

/// The tree over a batch's leaves, in their order.
#[derive(Clone, Debug)]
pub struct Tree {
    /// From the leaves to the root; a node without a neighbour goes up as it is.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree over `leaves`, of which there is at least one.
    pub fn over(leaves: Vec<Hash>) -> Self {
        let mut levels = vec![leaves];
        while let Some(level) = levels.last()
            && level.len() > 1
        {
            let next = level.chunks(2).map(|pair| match pair {
                [left, right] => node(left, right),
                alone => alone.first().copied().unwrap_or(Bytes([0; 32])),
            });
            let next = next.collect();
            levels.push(next);
        }
        Self { levels }
    }

    /// The leaves.
    pub fn leaves(&self) -> &[Hash] {
        self.levels.first().map_or(&[], Vec::as_slice)
    }

    /// The root; of no leaves, the hash of nothing.
    pub fn root(&self) -> Hash {
        let root = self.levels.last().and_then(|level| level.first()).copied();
        root.unwrap_or_else(|| Bytes(Sha256::digest([]).into()))
    }

    /// The hashes that lead from leaf `index` to the root, from the leaf up: the audit path of RFC 6962.
    pub fn path(&self, index: usize) -> Vec<Hash> {
        let mut at = index;
        let mut path = Vec::with_capacity(self.levels.len());
        for level in &self.levels {
            path.extend(level.get(at ^ 1).copied());
            at /= 2;
        }
        path
    }
}

/// The root of the tree over `leaves` leaves to which `path` leads from `leaf`, the one at `index` (RFC 9162, section
/// 2.1.3.2); none when the path has another length than such a tree's.
pub fn root(leaf: Hash, index: u64, leaves: u64, path: &[Hash]) -> Option<Hash> {
    if index >= leaves {
        return None;
    }
    let (mut at, mut last) = (index, leaves - 1);
    let mut hash = leaf;
    for step in path {
        if last == 0 {
            return None;
        }
        // A node without a neighbour goes up as it is, until it has one on its left.
        while at == last && at.is_multiple_of(2) && last > 0 {
            at /= 2;
            last /= 2;
        }
        hash = if at.is_multiple_of(2) { node(&hash, step) } else { node(step, &hash) };
        at /= 2;
        last /= 2;
    }
    while at == last && at.is_multiple_of(2) && last > 0 {
        at /= 2;
        last /= 2;
    }
    (last == 0).then_some(hash)
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hash = Sha256::new();
    hash.update([1]);
    hash.update(left);
    hash.update(right);
    Bytes(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn leaves(count: usize) -> Vec<Hash> {
        (0..count).map(|number| Bytes(Sha256::digest(number.to_be_bytes()).into())).collect()
    }

    /// The definition of RFC 6962: split at the largest power of two that is smaller than the number of leaves.
    fn defined(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Bytes(Sha256::digest([]).into()),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
                node(&defined(left), &defined(right))
            }
        }
    }

    proptest! {
        #[test]
        fn every_leaf_leads_to_the_root_and_no_other_does(count in 1_usize..70, at in any::<prop::sample::Index>()) {
            let leaves = leaves(count);
            let tree = Tree::over(leaves.clone());
            prop_assert_eq!(tree.root(), defined(&leaves));
            let index = at.index(count);
            let path = tree.path(index);
            let (n, size) = (index as u64, count as u64);
            prop_assert_eq!(root(leaves[index], n, size, &path), Some(tree.root()));
            for other in (0..count).filter(|other| *other != index) {
                prop_assert_ne!(root(leaves[other], n, size, &path), Some(tree.root()));
                prop_assert_ne!(root(leaves[index], other as u64, size, &path), Some(tree.root()));
            }
            if let Some((_, shorter)) = path.split_last() {
                prop_assert_eq!(root(leaves[index], n, size, shorter), None);
            }
            let longer = [path.as_slice(), &[leaves[0]]].concat();
            prop_assert_eq!(root(leaves[index], n, size, &longer), None);
            prop_assert_eq!(root(leaves[index], size, size, &path), None);
        }
    }
}
