//! Draws questions for a paper.

use std::collections::HashSet;

use foundation::Random;
use question_api::QuestionId;

/// A draw: `count` of `pool`.
#[derive(Clone, Copy, Debug)]
pub struct Draw<'a> {
    /// How many.
    pub count: usize,
    /// From which.
    pub pool: &'a [QuestionId],
}

/// A draw that found too few questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew {
    /// Which draw, counted from 0.
    pub draw: usize,
    /// Questions that it could take.
    pub found: usize,
}

/// Draws for one paper: no question twice, none that is `taken`; within a pool each equally likely. Answers one list
/// per draw, in the order of `draws`.
///
/// Narrow pools draw first, so that a wide one doesn't take what a narrow one needs.
///
/// # Errors
/// For each draw that found too few.
pub fn draw(
    draws: &[Draw<'_>],
    taken: &HashSet<QuestionId>,
    random: &dyn Random,
) -> Result<Vec<Vec<QuestionId>>, Vec<TooFew>> {
    let mut taken = taken.clone();
    let mut drawn = vec![Vec::new(); draws.len()];
    let mut too_few = Vec::new();
    let mut narrow_first: Vec<usize> = (0..draws.len()).collect();
    narrow_first.sort_by_key(|place| draws[*place].pool.len());
    for place in narrow_first {
        let Draw { count, pool } = draws[place];
        let mut free: Vec<QuestionId> = pool.iter().filter(|id| !taken.contains(id)).copied().collect();
        if free.len() < count {
            too_few.push(TooFew { draw: place, found: free.len() });
            continue;
        }
        for first in 0..count {
            let other = first + random.below((free.len() - first) as u64) as usize;
            free.swap(first, other);
        }
        free.truncate(count);
        taken.extend(&free);
        drawn[place] = free;
    }
    too_few.sort_by_key(|failure| failure.draw);
    if too_few.is_empty() { Ok(drawn) } else { Err(too_few) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use foundation::SeededRandom;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn ids(numbers: impl IntoIterator<Item = u128>) -> Vec<QuestionId> {
        numbers.into_iter().map(|number| QuestionId::from_uuid(Uuid::from_u128(number))).collect()
    }

    #[test]
    fn a_wide_draw_leaves_a_narrow_one_what_it_needs() {
        let (wide, narrow) = (ids(0..4), ids(0..2));
        for seed in 0..50 {
            let draws = [Draw { count: 2, pool: &wide }, Draw { count: 2, pool: &narrow }];
            let drawn = draw(&draws, &HashSet::new(), &SeededRandom::new(seed)).unwrap();
            let mut second = drawn[1].clone();
            second.sort();
            assert_eq!(second, narrow);
        }
    }

    #[test]
    fn too_few_are_said_per_draw() {
        let pool = ids(0..3);
        let taken = ids([0, 1]).into_iter().collect();
        let draws = [Draw { count: 1, pool: &pool }, Draw { count: 4, pool: &pool }];
        let too_few = draw(&draws, &taken, &SeededRandom::new(1)).unwrap_err();
        assert_eq!(too_few, [TooFew { draw: 1, found: 0 }]);
    }

    #[test]
    fn each_question_is_equally_likely() {
        let pool = ids(0..10);
        let mut times: BTreeMap<QuestionId, u32> = BTreeMap::new();
        let random = SeededRandom::new(7);
        for _ in 0..10_000 {
            let drawn = draw(&[Draw { count: 3, pool: &pool }], &HashSet::new(), &random).unwrap();
            drawn[0].iter().for_each(|id| *times.entry(*id).or_default() += 1);
        }
        // 3,000 expected each; six standard deviations of a binomial are 275.
        assert!(times.values().all(|times| (2_725..3_275).contains(times)), "{times:?}");
    }

    proptest! {
        #[test]
        fn no_question_is_drawn_twice(
            pools in prop::collection::vec((0u128..20, 0u128..20, 0usize..6), 0..6),
            seed: u64,
        ) {
            let lists: Vec<(usize, Vec<QuestionId>)> =
                pools.iter().map(|(from, many, count)| (*count, ids(*from..from + many))).collect();
            let draws: Vec<Draw<'_>> =
                lists.iter().map(|(count, pool)| Draw { count: *count, pool }).collect();
            if let Ok(drawn) = draw(&draws, &HashSet::new(), &SeededRandom::new(seed)) {
                let all: Vec<QuestionId> = drawn.concat();
                prop_assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
                for (draw, drawn) in draws.iter().zip(&drawn) {
                    prop_assert_eq!(drawn.len(), draw.count);
                    prop_assert!(drawn.iter().all(|id| draw.pool.contains(id)));
                }
            }
        }
    }
}
