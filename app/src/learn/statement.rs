//! Reading a statement and signing it.

use axum::{extract::Path, response::Response};
use domain::{
    curriculum::Statement,
    learning::{self, NotYours, Signing},
};
use leptos::prelude::*;
use types::Name;

use super::{enrolled, trail};
use crate::{
    error::Refusal,
    form::{Form, Problems, Sheet},
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark, Text},
    when,
};

/// GET /learn/{program}/statements/{statement}
pub async fn statement(visit: Visit, Path((program, statement)): Path<(String, String)>) -> Result<Response, Refusal> {
    with(&visit, &program, &statement, Sheet::default()).await
}

async fn with(visit: &Visit, program: &str, statement: &str, sheet: Sheet) -> Result<Response, Refusal> {
    let (enrolment, release) = enrolled(visit, program).await?;
    let statement = release.statement(statement).ok_or(Refusal::NotFound)?;
    let signed = learning::signatures(&visit.read(), enrolment.id).await?;
    let signed = signed.into_iter().find(|signature| signature.statement == statement.id && signature.version == statement.version);
    let end = match signed {
        Some(signature) => {
            let words = format!("Signed by {} on {}.", signature.typed_name, when::day(signature.at, &visit.site.zone));
            ui::section(
                "Your signature",
                view! { <p>{ui::status(Mark::Done, words)}</p> <p class="row"><a class="btn" href=Route::Ledger { program }.to_string()>"To your ledger"</a></p> },
            )
        }
        None => form(program, statement, &sheet),
    };
    let html = statement.html.replace("/~/", &format!("{}/", Route::Ledger { program }));
    let (title, version) =
        (statement.title.clone(), format!("Version {}. The version and the day are kept with your signature.", statement.version));
    Ok(visit.page(
        Page::new(title.clone()).section(Section::Learn).status(sheet.status()),
        view! {
            {ui::head(trail(program, None, Some(title.clone())), title, version)}
            {ui::error_summary(&sheet, "Nothing was signed yet.")}
            <article class="prose statement" inner_html=html></article>
            {end}
        },
    ))
}

fn form(program: &str, statement: &Statement, sheet: &Sheet) -> AnyView {
    let action = Route::Statement { program, statement: &statement.id }.to_string();
    view! {
        <form method="post" action=action novalidate=true>
            {ui::section("Sign", view! {
                <p>"By typing your name you say that you have read this and want to work by it."</p>
                {ui::hidden("version", statement.version.clone())}
                {ui::field(sheet, Text { name: "typed-name", label: "Your name", hint: "", kind: "", autocomplete: "name", width: "mid" })}
                {ui::button("Sign it")}
            })}
        </form>
    }
    .into_any()
}

/// POST /learn/{program}/statements/{statement}
pub async fn sign(visit: Visit, Path((program, statement)): Path<(String, String)>, form: Form) -> Result<Response, Refusal> {
    let (enrolment, release) = enrolled(&visit, &program).await?;
    let text = release.statement(&statement).ok_or(Refusal::NotFound)?;
    let mut problems = Problems::default();
    let Some(typed_name) = form.take::<Name>("typed-name", &mut problems) else {
        return with(&visit, &program, &statement, Sheet { form, problems }).await;
    };
    let signing = Signing { statement: text.id.clone(), version: text.version.clone(), digest: text.digest.clone(), typed_name };
    let mut write = visit.platform.write(&visit.actor).await?;
    match learning::sign(&mut write, enrolment.id, signing).await {
        Ok(_) => write.commit().await?,
        Err(NotYours::NotFound) => return Err(Refusal::NotFound),
        Err(NotYours::Unavailable(error)) => return Err(error.into()),
    }
    Ok(visit.redirect(Route::Ledger { program: &program }))
}
