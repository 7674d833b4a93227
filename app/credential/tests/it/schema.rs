//! The payload against the schema of 1EdTech, which may not be copied into the project: the variable
//! `ALONGSIDE_OB_SCHEMA` says where it lies. Without it these tests say that they did not run.

use std::{fs, io::Write};

use credential::document::{AchievementKind, Draft, Hours, HoursKind};
use serde_json::{Value, json};

use crate::{
    Tested, forge,
    world::{Made, World, parts},
};

/// The schema, or a word on standard error that there is none.
fn schema(test: &str) -> Made<Option<jsonschema::Validator>> {
    let Some(path) = std::env::var_os("ALONGSIDE_OB_SCHEMA") else {
        writeln!(std::io::stderr(), "not run: {test}: ALONGSIDE_OB_SCHEMA names no schema")?;
        return Ok(None);
    };
    let schema: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    Ok(Some(jsonschema::options().should_validate_formats(true).build(&schema)?))
}

fn faults(schema: &jsonschema::Validator, document: &Value) -> Vec<String> {
    schema.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_kind_of_certificate_fits_the_schema() -> Tested {
    let Some(schema) = schema("every_kind_of_certificate_fits_the_schema")? else {
        return Ok(());
    };
    let world = World::new()?;
    let training = Hours { kind: HoursKind::Training, required_minutes: 3_600, earned_minutes: 3_610 };
    let practicum = Hours { kind: HoursKind::Practicum, required_minutes: 7_200, earned_minutes: 7_200 };
    let changes: [&dyn Fn(&mut Draft); 4] = [
        &|_| (),
        &|draft| (draft.valid_until, draft.email, draft.issuer.email) = (None, None, None),
        &|draft| draft.achievement.kind = AchievementKind::CourseCompletion,
        &|draft| draft.hours = vec![training, practicum],
    ];
    for change in changes {
        let mut draft = world.draft()?;
        change(&mut draft);
        let (_, payload) = parts(&world.issue(&draft)?)?;
        assert_eq!(faults(&schema, &payload), Vec::<String>::new(), "{payload:#}");
    }
    Ok(())
}

/// A schema that takes everything would make the test above worthless.
#[test]
fn the_schema_refuses_what_is_wrong() -> Tested {
    let Some(schema) = schema("the_schema_refuses_what_is_wrong")? else {
        return Ok(());
    };
    let (_, payload) = parts(&World::new()?.token()?)?;
    let status = payload.get("credentialStatus").cloned().unwrap_or_default();
    for (pointer, value) in [
        ("/credentialStatus", json!([status])),
        ("/type", json!("OpenBadgeCredential")),
        ("/validFrom", json!("2026-11-02")),
        ("/credentialSubject/achievement/achievementType", json!("Diploma of Peers")),
    ] {
        let mut wrong = payload.clone();
        forge::set(&mut wrong, pointer, value)?;
        assert_ne!(faults(&schema, &wrong), Vec::<String>::new(), "{pointer}");
    }
    Ok(())
}
