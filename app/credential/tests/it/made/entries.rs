//! Where the certificate says its status stands, signed by the issuer as it is.

use credential::status::MIN_BITS;
use serde_json::{Value, json};

use super::{Maker, rows};
use crate::{forge, world::Made};

/// Name, member of the entry, its value, code without `status_`, why.
const CHANGED: &str = r#"
type | type | "StatusList2021Entry" | type_unknown | The type of an older specification.
type_array | type | ["BitstringStatusListEntry"] | type_unknown | The type in an array.
size | statusSize | 2 | type_unknown | Two bits for each certificate.
purpose | statusPurpose | "suspension" | wrong_purpose | About suspension.
message | statusPurpose | "message" | wrong_purpose | About a message.
no_list | statusListCredential | null | list_foreign | No list is named.
foreign | statusListCredential | "https://evil.test/status/revocation/3" | list_foreign | The list of somebody else.
prefix | statusListCredential | "https://certify.example.evil.test/status/revocation/3" | list_foreign | A host that begins like the issuer's.
user | statusListCredential | "https://certify.example@evil.test/status/revocation/3" | list_foreign | The issuer's host as a user name.
scheme | statusListCredential | "http://certify.example/status/revocation/3" | list_foreign | Another scheme.
climb | statusListCredential | "https://certify.example/status/revocation/../revocation/3" | list_foreign | A path that climbs.
other_purpose | statusListCredential | "https://certify.example/status/suspension/3" | list_foreign | The list about suspension.
end | statusListIndex | "131072" | index_out_of_range | One past the end.
huge | statusListIndex | "99999999999999999999" | index_out_of_range | Far past the end.
negative | statusListIndex | "-1" | index_out_of_range | Below zero.
plus | statusListIndex | "+94567" | index_out_of_range | With a sign.
zeros | statusListIndex | "094567" | index_out_of_range | With a leading zero.
number | statusListIndex | 94567 | index_out_of_range | A number where a text belongs.
id | id | "https://certify.example/status/revocation/3#5" | entry_disagrees | Its name says another place.
id_list | id | "https://certify.example/status/suspension/3#94567" | entry_disagrees | Its name says another list.
id_number | id | 94567 | entry_disagrees | Its name is a number.
"#;

pub(super) fn make(maker: &mut Maker<'_>) -> Made<()> {
    for [name, member, value, code, why] in rows(CHANGED)? {
        let value: Value = serde_json::from_str(value)?;
        let mut payload = maker.payload()?;
        forge::set(&mut payload, &format!("/credentialStatus/{member}"), value)?;
        let token = maker.sign(&payload)?;
        maker.token(&format!("entry_{name}"), why, token, &format!("invalid status fail status_{code}"))?;
    }
    let mut payload = maker.payload()?;
    let entry = payload.get("credentialStatus").cloned().unwrap_or_default();
    forge::set(&mut payload, "/credentialStatus", json!([entry]))?;
    let token = maker.sign(&payload)?;
    let expected = "invalid status fail status_not_single";
    maker.token("entry_array", "The entry stands in an array.", token, expected)?;

    forge::remove(&mut payload, "/credentialStatus")?;
    let token = maker.sign(&payload)?;
    let why = "The certificate says nothing of its status.";
    maker.token("entry_missing", why, token, "invalid status fail status_missing")?;

    let mut payload = maker.payload()?;
    forge::remove(&mut payload, "/credentialStatus/id")?;
    let token = maker.sign(&payload)?;
    maker.token("valid_entry_unnamed", "The entry has no name of its own.", token, "valid status pass ok")?;

    let mut draft = maker.world.draft()?;
    draft.status.list = 4;
    let token = maker.world.issue(&draft)?;
    let why = "The list that it names is not at hand, another one is.";
    maker.token("entry_other_list", why, token, "unknown status unknown list_missing")?;

    draft = maker.world.draft()?;
    draft.status.index = MIN_BITS - 1;
    let token = maker.world.issue(&draft)?;
    maker.token("valid_last_index", "The last place of the list.", token, "valid status pass ok")
}
