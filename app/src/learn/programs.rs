//! What programs there are, what each asks for, and joining one.

use axum::{extract::Path, response::Response};
use domain::{
    curriculum, learning,
    learning::EnrolError,
    programs::{self, Issue, Program, Requirement},
};
use jiff::civil::Date;
use leptos::prelude::*;
use types::Role;

use crate::{
    error::Refusal,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
};

/// The programs of the newest release, and its digest.
async fn offered(visit: &Visit) -> Result<(String, Vec<Program>), Refusal> {
    let digest = curriculum::current(&visit.read()).await?.ok_or(Refusal::NotFound)?;
    let programs = programs::programs_of(&visit.platform, &digest).await?;
    Ok((digest, programs.as_ref().clone()))
}

/// GET /programs
pub async fn programs(visit: Visit) -> Result<Response, Refusal> {
    let (_, programs) = offered(&visit).await?;
    let list = programs
        .iter()
        .map(|program| {
            let href = Route::Program { program: &program.id }.to_string();
            let (title, summary) = (program.title.clone(), program.summary.clone());
            let kind = kind(program.issue);
            let missing = missing(program);
            let state = (missing > 0).then(|| ui::status(Mark::Look, "Not all of it is offered here yet"));
            ui::section(
                title.clone(),
                view! {
                    <p>{summary}</p>
                    <p class="small soft">{kind}" "{costs(program)}</p>
                    {state}
                    <p class="row"><a class="btn second" href=href>"What it asks for"<span class="vh">": "{title}</span></a></p>
                },
            )
        })
        .collect_view();
    Ok(visit.page(
        Page::new("Programs").section(Section::Programs),
        view! {
            {ui::head(Vec::new(), "Programs", "Each says what it asks for, where its rules come from, and what it costs, before you join.")}
            {list}
        },
    ))
}

fn kind(issue: Issue) -> &'static str {
    match issue {
        Issue::Automatic => "Ends with a certificate of completion.",
        Issue::Officer => "Ends with a decision by a certification officer.",
    }
}

fn costs(program: &Program) -> String {
    let cents: i64 = program.fees.iter().map(|fee| fee.cents).sum();
    if cents == 0 { "It costs nothing.".to_owned() } else { format!("Fees of {} dollars in all.", cents / 100) }
}

fn missing(program: &Program) -> usize {
    program.requirements.iter().filter(|requirement| is_missing(requirement)).count()
}

fn is_missing(requirement: &Requirement) -> bool {
    requirement.declared_missing || requirement.rule.missing_here().is_some()
}

/// GET /programs/{program}
pub async fn program(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (_, programs) = offered(&visit).await?;
    let program = programs.into_iter().find(|program| program.id == id).ok_or(Refusal::NotFound)?;
    let enrolled = match visit.actor.person() {
        Some(person) => learning::enrolment_in(&visit.read(), person, &program.id).await?.is_some(),
        None => false,
    };
    let join = join(&visit, &program, enrolled);
    let asked = program
        .requirements
        .iter()
        .map(|requirement| {
            let (title, note) = (requirement.title.clone(), requirement.note.clone());
            let source = format!("{}. Looked up on {}.", requirement.source.words.trim_end_matches('.'), day(requirement.source.checked_on));
            let state = is_missing(requirement).then(|| ui::status(Mark::Unknown, "Not yet offered here"));
            let url = requirement.source.url.clone().map(|url| view! { " "<a href=url>"The text"<span class="vh">" of the rule: "{title.clone()}</span></a> });
            view! { <li><div><p><strong>{title.clone()}</strong><br/><span>{note}</span></p><p class="small soft">{source}{url}</p></div>{state}</li> }
        })
        .collect_view();
    let not_asked = program
        .not_asked
        .iter()
        .map(|line| {
            let line = line.clone();
            view! { <li>{line}"."</li> }
        })
        .collect_view();
    let fees = program
        .fees
        .iter()
        .map(|fee| {
            let amount = if fee.cents == 0 { "nothing".to_owned() } else { format!("{}.{:02} dollars", fee.cents / 100, fee.cents % 100) };
            let line = format!("{}: {amount}. {}.", fee.title, fee.note.trim_end_matches('.'));
            view! { <li>{line}</li> }
        })
        .collect_view();
    let version = format!(
        "Version {}, in force since {}. {}.",
        program.version,
        day(program.effective_from),
        program.source.words.trim_end_matches('.')
    );
    let valid = program
        .certificate
        .valid_months
        .map(|months| format!("It holds for {months} months. {}.", program.certificate.valid_note.trim_end_matches('.')));
    let (title, summary, confirm) = (program.title.clone(), program.summary.clone(), program.confirm.clone());
    let certificate = format!("{} {}", program.certificate.title, kind(program.issue));
    let trail = vec![(Some(Route::Programs.to_string()), "Programs".to_owned()), (None, title.clone())];
    Ok(visit.page(
        Page::new(title.clone()).section(Section::Programs),
        view! {
            {ui::head(trail, title, summary)}
            {join}
            {ui::section("What it asks for", view! { <ul class="plain rows">{asked}</ul> })}
            {ui::section("What it does not ask", view! { <ul>{not_asked}</ul> })}
            {ui::section("What it costs", view! { <ul>{fees}</ul> })}
            {ui::section("What you get", view! { <p>{certificate}</p> <p>{valid}</p> })}
            {ui::section("Confirm with your board", view! { <p>{confirm}</p> <p class="small soft">{version}</p> })}
        },
    ))
}

fn join(visit: &Visit, program: &Program, enrolled: bool) -> AnyView {
    if enrolled {
        let href = Route::Ledger { program: &program.id }.to_string();
        return ui::section("You are in this program", view! { <p class="row"><a class="btn" href=href>"Go to your ledger"</a></p> });
    }
    if visit.actor.person().is_none() {
        return ui::section(
            "Join",
            view! {
                <p>"Make an account first. It takes a name and an address."</p>
                <p class="row"><a class="btn" href=Route::SignUp.to_string()>"Make an account"</a><a class="tap" href=format!("{}?back={}", Route::SignIn, visit.path)>"Sign in"</a></p>
            },
        );
    }
    if !visit.actor.is(Role::Trainee) {
        return ().into_any();
    }
    let action = Route::Program { program: &program.id }.to_string();
    ui::section(
        "Join",
        view! {
            <p>"You stay on the version of today, also when the program changes. You may stop at any time; nothing is lost."</p>
            <form method="post" action=action><p class="row"><button class="btn">"Join this program"</button></p></form>
        },
    )
}

/// POST /programs/{program}: joins. Joining again changes nothing.
pub async fn enrol(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    visit.person()?;
    let (digest, programs) = offered(&visit).await?;
    let program = programs.into_iter().find(|program| program.id == id).ok_or(Refusal::NotFound)?;
    let mut write = visit.platform.write(&visit.actor).await?;
    match learning::enrol(&mut write, &program.id, &program.version, &digest).await {
        Ok(_) => write.commit().await?,
        Err(error @ EnrolError::NotATrainee) => return Err(Refusal::Forbidden(error.to_string())),
        Err(EnrolError::Unavailable(error)) => return Err(error.into()),
    }
    Ok(visit.redirect(Route::Ledger { program: &program.id }))
}

/// `19 November 2026`
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
