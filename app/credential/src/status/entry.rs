//! Where a certificate says its status stands: `credentialStatus`.

use serde_json::Value;

use super::Purpose;
use crate::BaseUrl;

/// A certificate's place in the two lists of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatusPosition {
    /// The number of the lists, the last part of their addresses.
    pub list: u32,
    /// The bit. Handed out at random by the issuer, never in order.
    pub index: u32,
}

/// Why a certificate's status entry is refused. The texts are for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EntryError {
    /// There is none.
    #[error("The certificate does not say where to look up whether it was revoked.")]
    Missing,
    /// An array, or something else than an object.
    #[error("The certificate must name exactly one place to look up whether it was revoked.")]
    NotSingle,
    /// Another type of status than the one we know.
    #[error("The certificate keeps its status in a way that we do not know.")]
    UnknownType,
    /// Its purpose is not revocation.
    #[error("The certificate's status entry is not about revocation.")]
    WrongPurpose,
    /// The list is not one of this issuer's.
    #[error("The certificate names a status list that is not this issuer's.")]
    ForeignList,
    /// Not a whole number as text, or past the end of the list.
    #[error("The certificate's place is not in the status list.")]
    OutOfRange,
    /// Its own name says another place.
    #[error("The certificate's status entry names two places in the list.")]
    Disagrees,
}

pub(crate) fn read_entry(status: Option<&Value>, base: &BaseUrl) -> Result<StatusPosition, EntryError> {
    let entry = status.ok_or(EntryError::Missing)?.as_object().ok_or(EntryError::NotSingle)?;
    let text = |name| entry.get(name).and_then(Value::as_str);
    if text("type") != Some("BitstringStatusListEntry") || entry.contains_key("statusSize") {
        return Err(EntryError::UnknownType);
    }
    if text("statusPurpose") != Some(Purpose::Revocation.as_str()) {
        return Err(EntryError::WrongPurpose);
    }
    let list =
        text("statusListCredential").and_then(|url| base.status_list_number(Purpose::Revocation, url)).ok_or(EntryError::ForeignList)?;
    let digits = text("statusListIndex").ok_or(EntryError::OutOfRange)?;
    let index = digits.parse::<u32>().map_err(|_| EntryError::OutOfRange)?;
    // One text for one number: "007" and "+7" are refused.
    if index.to_string() != digits {
        return Err(EntryError::OutOfRange);
    }
    Ok(StatusPosition { list, index })
}

/// The entry's own name, where it has one, is the list's with the place behind it. Readers who go by the name would
/// look elsewhere than those who go by the index.
pub(crate) fn check_place(status: Option<&Value>, position: StatusPosition, base: &BaseUrl) -> Result<(), EntryError> {
    let Some(name) = status.and_then(|entry| entry.get("id")) else { return Ok(()) };
    let place = format!("{}#{}", base.status_list(Purpose::Revocation, position.list), position.index);
    if name == place.as_str() { Ok(()) } else { Err(EntryError::Disagrees) }
}

impl EntryError {
    /// The stable code of this refusal.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Missing => "status_missing",
            Self::NotSingle => "status_not_single",
            Self::UnknownType => "status_type_unknown",
            Self::WrongPurpose => "status_wrong_purpose",
            Self::ForeignList => "status_list_foreign",
            Self::OutOfRange => "status_index_out_of_range",
            Self::Disagrees => "status_entry_disagrees",
        }
    }
}
