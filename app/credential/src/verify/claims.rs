//! The contents of a token: that they are one of our certificates, and that nothing in it is said twice
//! in two ways.

use serde_json::Value;

use super::{report::Certificate, standing::Dated};
use crate::{
    BaseUrl, DateError, UtcTime,
    document::{AchievementKind, CONTEXTS, TYPES},
    status::has_type,
};

/// A payload that was signed by a key of the issuer.
pub(super) struct Claims<'a>(&'a Value);

/// What a certificate says, once its parts agree.
pub(super) struct Facts {
    id: String,
    holder: String,
    credential: String,
    kind: Option<AchievementKind>,
    description: Option<String>,
    pub(super) issuer_name: String,
    awarded: UtcTime,
    pub(super) valid_from: UtcTime,
    pub(super) valid_until: Option<UtcTime>,
}

/// Why contents are refused. The texts are for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum ClaimsError {
    #[error("The certificate is wrapped in something else.")]
    Wrapped,
    #[error("This is not an Open Badges certificate in the version that we know.")]
    Context,
    #[error("This is signed by the issuer, but it is not a certificate.")]
    NotACertificate,
    #[error("The certificate does not have a number of this issuer's.")]
    ForeignId,
    #[error("The certificate lacks its {0}.")]
    Missing(&'static str),
    #[error("The certificate's {0} has no time zone, so it names no moment.")]
    DateWithoutZone(&'static str),
    #[error("The certificate's {0} cannot be read.")]
    DateUnreadable(&'static str),
    #[error("The certificate ends before it begins.")]
    Period,
    #[error("Two parts of the token disagree: “{0}” says something else than the certificate.")]
    Disagree(&'static str),
}

impl<'a> Claims<'a> {
    pub(super) const fn new(payload: &'a Value) -> Self {
        Self(payload)
    }

    /// Why it is not this issuer's; nothing where it names this one. What stands in a wrapper names its issuer in
    /// there, so that it is the wrapper that is wrong with it.
    pub(super) fn not_by(&self, issuer: &BaseUrl) -> Option<&'static str> {
        match self.text("/issuer/id").or_else(|| self.text("/issuer")) {
            Some(named) if named == issuer.did() => None,
            Some(_) => Some("It names somebody else as the issuer than its key does."),
            None if self.is_wrapped() => None,
            None => Some("It does not say who its issuer is."),
        }
    }

    fn is_wrapped(&self) -> bool {
        ["vc", "vp"].iter().any(|wrapper| self.0.get(wrapper).is_some())
    }

    pub(super) fn status(&self) -> Option<&'a Value> {
        self.0.get("credentialStatus")
    }

    pub(super) fn facts(&self, issuer: &BaseUrl) -> Result<Facts, ClaimsError> {
        self.check_form()?;
        let id = self.text("/id").filter(|id| issuer.certificate_number(id).is_some());
        let id = id.ok_or(ClaimsError::ForeignId)?;
        let valid_from = self.date("/validFrom", "start")?.ok_or(ClaimsError::Missing("start"))?;
        let valid_until = self.date("/validUntil", "end")?;
        let awarded = self.date("/awardedDate", "award date")?.ok_or(ClaimsError::Missing("award date"))?;
        if valid_until.is_some_and(|until| until <= valid_from) {
            return Err(ClaimsError::Period);
        }
        self.check_claims(valid_from, valid_until)?;
        let said = |pointer, what| self.text(pointer).map(str::to_owned).ok_or(ClaimsError::Missing(what));
        Ok(Facts {
            id: id.to_owned(),
            holder: self.holder().ok_or(ClaimsError::Missing("holder's name"))?.to_owned(),
            credential: said("/credentialSubject/achievement/name", "name")?,
            kind: self.text("/credentialSubject/achievement/achievementType").and_then(AchievementKind::read),
            description: self.text("/credentialSubject/achievement/description").map(str::to_owned),
            issuer_name: said("/issuer/name", "issuer's name")?,
            awarded,
            valid_from,
            valid_until,
        })
    }

    fn check_form(&self) -> Result<(), ClaimsError> {
        if self.is_wrapped() {
            return Err(ClaimsError::Wrapped);
        }
        if !TYPES.iter().all(|wanted| has_type(self.0, wanted)) {
            return Err(ClaimsError::NotACertificate);
        }
        let contexts = self.0.get("@context").and_then(Value::as_array).ok_or(ClaimsError::Context)?;
        if !contexts.iter().take(CONTEXTS.len()).eq(CONTEXTS.iter()) {
            return Err(ClaimsError::Context);
        }
        Ok(())
    }

    /// The claims of the JWT repeat the credential: a reader may go by either, so both must say the same.
    fn check_claims(&self, from: UtcTime, until: Option<UtcTime>) -> Result<(), ClaimsError> {
        let texts = [("iss", "/iss", "/issuer/id"), ("jti", "/jti", "/id"), ("sub", "/sub", "/credentialSubject/id")];
        for (name, claim, member) in texts {
            if self.text(claim).is_none() || self.text(claim) != self.text(member) {
                return Err(ClaimsError::Disagree(name));
            }
        }
        let millis = |name| self.0.get(name).map(|value| value.as_i64().and_then(|s| s.checked_mul(1_000)));
        if millis("nbf") != Some(Some(from.0)) {
            return Err(ClaimsError::Disagree("nbf"));
        }
        if millis("exp") != until.map(|until| Some(until.0)) {
            return Err(ClaimsError::Disagree("exp"));
        }
        Ok(())
    }

    /// The name in plain text; a hashed e-mail address may stand beside it.
    fn holder(&self) -> Option<&str> {
        let identities = self.0.pointer("/credentialSubject/identifier")?.as_array()?;
        let named = |identity: &&Value| {
            identity.get("identityType").is_some_and(|kind| kind == "name") && identity.get("hashed") == Some(&Value::Bool(false))
        };
        identities.iter().find(named)?.get("identityHash")?.as_str()
    }

    fn date(&self, pointer: &str, what: &'static str) -> Result<Option<UtcTime>, ClaimsError> {
        let Some(value) = self.0.pointer(pointer) else {
            return Ok(None);
        };
        let text = value.as_str().ok_or(ClaimsError::DateUnreadable(what))?;
        UtcTime::parse(text).map(Some).map_err(|error| match error {
            DateError::NoZone => ClaimsError::DateWithoutZone(what),
            DateError::Unreadable => ClaimsError::DateUnreadable(what),
        })
    }

    fn text(&self, pointer: &str) -> Option<&'a str> {
        self.0.pointer(pointer).and_then(Value::as_str)
    }
}

impl Facts {
    pub(super) fn into_certificate(self, status: Dated) -> Certificate {
        Certificate {
            id: self.id,
            holder: self.holder,
            credential: self.credential,
            kind: self.kind,
            description: self.description,
            issuer: self.issuer_name,
            awarded_date: self.awarded,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            status: status.standing,
            status_since: status.since,
        }
    }
}

impl ClaimsError {
    /// The stable code of this refusal.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Wrapped => "wrapped",
            Self::Context => "context",
            Self::NotACertificate => "not_a_certificate",
            Self::ForeignId => "id_foreign",
            Self::Missing(_) => "member_missing",
            Self::DateWithoutZone(_) => "date_without_zone",
            Self::DateUnreadable(_) => "date_unreadable",
            Self::Period => "valid_until_not_after_valid_from",
            Self::Disagree("iss") => "iss_disagrees",
            Self::Disagree("jti") => "jti_disagrees",
            Self::Disagree("sub") => "sub_disagrees",
            Self::Disagree("nbf") => "nbf_disagrees",
            Self::Disagree(_) => "exp_disagrees",
        }
    }
}
