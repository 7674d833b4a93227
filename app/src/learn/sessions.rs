//! Live sessions as a trainee sees them: those to come, and what was written down of those that were.

use axum::{extract::Path, response::Response};
use domain::{
    learning::{self, LiveSession},
    programs::{Program, facts::AttendanceFact},
};
use leptos::prelude::*;
use types::Minutes;

use crate::{
    error::Refusal,
    request::Visit,
    shell::{Page, Section},
    ui::{self, Mark},
    when,
};

/// GET /learn/{program}/sessions
pub async fn sessions(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (enrolment, _) = super::enrolled(&visit, &id).await?;
    let program = super::program_of(&visit, &enrolment).await?;
    let modules: Vec<String> = program.modules.iter().map(|module| module.id.clone()).collect();
    let read = visit.read();
    let to_come = learning::sessions_to_come(&read, &modules).await?;
    let mut attended = learning::attendance_facts(&read, &[enrolment.person]).await?.take(&enrolment.person);
    attended.retain(|fact| modules.contains(&fact.module));
    attended.reverse();
    Ok(visit.page(
        Page::new(format!("Live sessions: {}", program.title)).section(Section::Learn),
        view! {
            {ui::head(super::trail(&id, None, Some("Live sessions".to_owned())), "Live sessions", "You need not sign up. Come as you are, by phone too. You may pass on any question. If one is called off, we write to you.")}
            {ui::section("To come", coming(&visit, &program, &to_come))}
            {ui::section("Where you were", been(&visit, &program, &attended))}
        },
    ))
}

fn coming(visit: &Visit, program: &Program, sessions: &[LiveSession]) -> AnyView {
    if sessions.is_empty() {
        return view! { <p>"None is set at the moment. Your trainer sets them, and you see them here."</p> }.into_any();
    }
    let rows = sessions.iter().map(|session| row(visit, program, session)).collect_view();
    view! { <ul class="plain rows">{rows}</ul> }.into_any()
}

/// One session to come.
pub(super) fn row(visit: &Visit, program: &Program, session: &LiveSession) -> impl IntoView + use<> {
    let title = program.module(&session.module).map_or("", |module| module.title.as_str()).to_owned();
    let which = which(program, &session.module, session.guide.as_deref()).map(|which| view! { {which}<br/> });
    let starts = when::day_and_time(session.starts_at, &visit.site.zone);
    let off = session.called_off.as_ref().map(|off| view! { <br/>{ui::status(Mark::Fail, format!("Called off: {}", off.why))} });
    let place = session.called_off.is_none().then(|| ui::linked_paragraphs(&session.place));
    view! {
        <li>
            <div class="flow">
                <p><strong>{title}</strong><br/>{which}<time datetime=when::machine(session.starts_at)>{starts}</time>{format!(", {}", session.minutes)}{off}</p>
                {place}
            </div>
        </li>
    }
}

/// Which of its module's sessions this is, where that is known.
fn which(program: &Program, module: &str, guide: Option<&str>) -> Option<String> {
    program.module(module)?.session(guide?).map(|which| format!("Live {which}"))
}

fn been(visit: &Visit, program: &Program, facts: &[AttendanceFact]) -> AnyView {
    if facts.is_empty() {
        return view! { <p>"Nothing is written down yet. A trainer does so after each session. Tell them when something is missing or wrong; a correction is a new record, and we keep the old one."</p> }.into_any();
    }
    let rows = facts
        .iter()
        .map(|fact| {
            let title = program.module(&fact.module).map_or("", |module| module.title.as_str()).to_owned();
            let which = which(program, &fact.module, fact.guide.as_deref()).map(|which| view! { {which}<br/> });
            let on = when::day(fact.at, &visit.site.zone);
            let state = match fact.minutes {
                Minutes::ZERO => ui::status(Mark::NotYet, "Not there"),
                minutes => ui::status(Mark::Done, format!("There for {minutes}")),
            };
            view! { <li><p>{title}<br/>{which}<time class="small soft" datetime=when::machine(fact.at)>{on}</time></p><p>{state}</p></li> }
        })
        .collect_view();
    view! { <ul class="plain rows">{rows}</ul> <p class="small soft">"Something is wrong? Tell your trainer. A correction is a new record, and we keep the old one."</p> }.into_any()
}
