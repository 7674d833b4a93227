//! Words that look as if they point to a person, and the reason why they do not. A reason speaks for the words that
//! stood there when it was given, and for no others.

use std::collections::HashSet;

use guard::Finding;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use types::{EntryId, Note};

use super::{Content, entity::version};
use crate::{Look, Unavailable};

/// What in the note, and what in the words on what was learned, looks as if it points to a person and has no reason
/// yet why it does not.
pub(super) async fn unexplained(look: &impl Look, entry: EntryId, content: &Content) -> Result<(Vec<Finding>, Vec<Finding>), Unavailable> {
    let explained = match &content.safe_because {
        Some(reason) => explained(look, entry, reason).await?,
        None => HashSet::new(),
    };
    let open = |text: &str| -> Vec<Finding> {
        let known = |finding: &Finding| text.get(finding.range.clone()).is_some_and(|words| explained.contains(words));
        guard::find(text).into_iter().filter(|finding| !known(finding)).collect()
    };
    let learned = content.learned.as_ref().map(|learned| open(learned.as_str()));
    Ok((open(content.note.as_str()), learned.unwrap_or_default()))
}

/// The passages that this reason was given for: those of the first version that it stands in. A form carries the
/// reason on from one version to the next, and nobody gave it anew by that.
async fn explained(look: &impl Look, entry: EntryId, reason: &Note) -> Result<HashSet<String>, Unavailable> {
    let versions = version::Entity::find().filter(version::Column::Entry.eq(entry));
    let versions = versions.order_by_asc(version::Column::Number).all(look.db()).await?;
    let mut contents = versions.iter().filter_map(|version| Content::from_stored(&version.content));
    Ok(contents.find(|content| content.safe_because.as_ref() == Some(reason)).map(|content| passages(&content)).unwrap_or_default())
}

fn passages(content: &Content) -> HashSet<String> {
    let texts = std::iter::once(&content.note).chain(&content.learned);
    texts
        .flat_map(|text| {
            let text = text.as_str();
            guard::find(text).into_iter().filter_map(move |finding| text.get(finding.range).map(str::to_owned))
        })
        .collect()
}
