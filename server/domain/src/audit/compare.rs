//! Comparing what is stored elsewhere with the acts that say how it came to be so.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Map, Value};

use super::{Place, entity::row};
use crate::{Look, Unavailable};

/// What a stored record says was done, which is to be found among the acts.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The act's name.
    pub(crate) act: &'static str,
    /// What it was about.
    pub(crate) subject: String,
    /// Details that the act has to tell alike. One from before such a detail was told may be without it.
    pub(crate) details: Vec<(&'static str, String)>,
}

/// What was found to fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many records there are of each act.
    pub records: BTreeMap<&'static str, u64>,
    /// How many of their acts are from before all of the details were told, and so vouch for less.
    pub unsealed: u64,
}

/// What is stored and what was done are not the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Strayed {
    /// No act says so.
    #[error("{subject} is stored with {act}, and no act says so: it was put there behind the site's back")]
    Unrecorded {
        /// The act that there should be.
        act: &'static str,
        /// What it would be about.
        subject: String,
    },
    /// The act says something else.
    #[error("{place} does not fit what is stored about {subject}: that was changed later")]
    Changed {
        /// The act.
        place: Place,
        /// What it is about.
        subject: String,
    },
    /// What the act did is not there.
    #[error("{place} is about {subject}, and what it did is not stored any more: it was taken out later")]
    Gone {
        /// The act.
        place: Place,
        /// What it is about.
        subject: String,
    },
}

/// Finds the act of each claim among those with these names, and sees that none is left over. `end` is the newest act
/// from before the claims were gathered: the site goes on meanwhile, and what is done later is for the next time.
pub(crate) async fn compare(
    look: &impl Look,
    acts: &[&'static str],
    claims: Vec<Claim>,
    end: i64,
) -> Result<Result<Compared, Strayed>, Unavailable> {
    let mut open = Open::read(look, acts).await?;
    let mut compared = Compared::default();
    for claim in &claims {
        *compared.records.entry(claim.act).or_default() += 1;
    }
    // First those that tell everything: an act that tells less fits more claims, and is not to be taken from another.
    let (_, rest): (Vec<Claim>, Vec<Claim>) = claims.into_iter().partition(|claim| open.take(claim, Told::tells_all));
    for claim in rest {
        if !open.take(&claim, Told::tells_nothing_else) {
            return Ok(Err(match open.about(&claim).first() {
                Some(told) => Strayed::Changed { place: told.place.clone(), subject: claim.subject },
                None => Strayed::Unrecorded { act: claim.act, subject: claim.subject },
            }));
        }
        compared.unsealed += 1;
    }
    Ok(match open.first_until(end) {
        Some((subject, place)) => Err(Strayed::Gone { place, subject }),
        None => Ok(compared),
    })
}

/// An act as far as it can be compared.
struct Told {
    place: Place,
    details: Map<String, Value>,
}

impl Told {
    fn tells_all(&self, claim: &Claim) -> bool {
        claim.details.iter().all(|(name, value)| self.details.get(*name).is_some_and(|told| told == value.as_str()))
    }

    fn tells_nothing_else(&self, claim: &Claim) -> bool {
        claim.details.iter().all(|(name, value)| self.details.get(*name).is_none_or(|told| told == value.as_str()))
    }
}

/// The acts that no claim has taken yet, by name and by what they are about.
struct Open(HashMap<(String, String), Vec<Told>>);

impl Open {
    async fn read(look: &impl Look, acts: &[&'static str]) -> Result<Self, Unavailable> {
        let rows =
            row::Entity::find().filter(row::Column::Act.is_in(acts.iter().copied())).order_by_asc(row::Column::Seq).all(look.db()).await?;
        let mut open: HashMap<(String, String), Vec<Told>> = HashMap::new();
        for row in rows {
            let details = serde_json::from_str(&row.details).map_err(|error| Unavailable::unreadable("act", error))?;
            let told = Told { place: Place::of(&row), details };
            open.entry((row.act, row.subject)).or_default().push(told);
        }
        Ok(Self(open))
    }

    /// Takes the first act of this claim that fits. Answers whether there was one.
    fn take(&mut self, claim: &Claim, fits: impl Fn(&Told, &Claim) -> bool) -> bool {
        let Some(about) = self.0.get_mut(&Self::key(claim)) else { return false };
        let Some(found) = about.iter().position(|told| fits(told, claim)) else { return false };
        about.remove(found);
        true
    }

    fn about(&self, claim: &Claim) -> &[Told] {
        self.0.get(&Self::key(claim)).map_or(&[], Vec::as_slice)
    }

    /// The first act up to this one that nothing has taken, with what it is about.
    fn first_until(&self, end: i64) -> Option<(String, Place)> {
        let left = self.0.iter().flat_map(|((_, subject), about)| about.iter().map(move |told| (subject, &told.place)));
        let first = left.filter(|(_, place)| place.seq <= end).min_by_key(|(_, place)| place.seq);
        first.map(|(subject, place)| (subject.clone(), place.clone()))
    }

    fn key(claim: &Claim) -> (String, String) {
        (claim.act.to_owned(), claim.subject.clone())
    }
}
