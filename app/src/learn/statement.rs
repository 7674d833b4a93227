//! A statement: to read, and to sign.

use axum::{extract::Path, response::Response};
use domain::{
    curriculum::{Release, Statement},
    learning::{self, Signature},
    programs::Program,
};
use leptos::prelude::*;

use super::certificate;
use crate::{
    error::Refusal,
    form::Sheet,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark, Text},
    when,
};

/// GET /learn/{program}/statements/{statement}
pub async fn statement(visit: Visit, Path((program, statement)): Path<(String, String)>) -> Result<Response, Refusal> {
    statement_with(&visit, &program, &statement, Sheet::default()).await
}

pub(super) async fn statement_with(visit: &Visit, program: &str, id: &str, sheet: Sheet) -> Result<Response, Refusal> {
    let (enrolment, release) = super::enrolled(visit, program).await?;
    let asked = super::program_of(visit, &enrolment).await?;
    let statement = asked_for(&asked, &release, id)?;
    let signatures = learning::signatures(&visit.read(), enrolment.id).await?;
    let signed = signatures.into_iter().find(|signature| signature.statement == id && signature.version == statement.version);
    let action = Route::Statement { program, statement: id }.to_string();
    let lede = if signed.is_some() {
        "You have signed this. It stays here to be read."
    } else {
        "Read it as slowly as you like. Sign only what you understand and mean."
    };
    let html = statement.html.replace("/~/", &format!("{}/", Route::Ledger { program }));
    let name = match signed {
        None => certificate::name(visit, &enrolment, certificate::of(visit, &enrolment).await?).await?,
        Some(_) => None,
    };
    let form = match &signed {
        Some(signature) => ui::section("Your signature", signature_facts(visit, signature)),
        None => view! {
            <form method="post" action=action novalidate=true>
                {ui::section("Sign", view! {
                    // Which text was read: a signature never lands on another one.
                    {ui::hidden("digest", statement.digest.clone())}
                    {name}
                    {ui::field(&sheet, Text { name: "name", label: "Type your name to sign", hint: "As you sign your name elsewhere. We keep it with this version of the text and the date.", kind: "", autocomplete: "name", width: "mid" })}
                    <p class="row after"><button class="btn">"Sign this statement"</button><a class="tap" href=Route::Ledger { program }.to_string()>"Not now"</a></p>
                })}
            </form>
        }
        .into_any(),
    };
    Ok(visit.page(
        Page::new(format!("{}: {}", statement.title, asked.title)).section(Section::Learn).status(sheet.status()),
        view! {
            {ui::head(super::trail(program, None, Some(statement.title.clone())), statement.title.clone(), lede)}
            {ui::error_summary_of(&sheet, "You have not signed yet.", &[("name", "Type your name to sign")])}
            <article class="prose" inner_html=html></article>
            <p class="small soft after">"Version "{statement.version.clone()}</p>
            {form}
        },
    ))
}

/// The statement, where the program asks for it and the release has it.
pub(super) fn asked_for<'r>(program: &Program, release: &'r Release, id: &str) -> Result<&'r Statement, Refusal> {
    let asked = program.requirements.iter().any(|requirement| !requirement.declared_missing && requirement.rule.statement() == Some(id));
    release.statement(id).filter(|_| asked).ok_or(Refusal::NotFound)
}

fn signature_facts(visit: &Visit, signature: &Signature) -> AnyView {
    let on = when::day_and_time(signature.at, &visit.site.zone);
    view! {
        <p>{ui::status(Mark::Done, "Signed")}</p>
        {ui::facts(vec![
            ("By", signature.typed_name.to_string().into_any()),
            ("On", on.into_any()),
            ("Version", signature.version.clone().into_any()),
        ])}
    }
    .into_any()
}
