//! What programs there are, and what each of them asks for, costs and leads to. Anybody may read this.

use axum::{extract::Path, response::Response};
use domain::{
    learning::{self, Enrolment},
    programs::{CertificateKind, Fee, Issue, Module, Program, Renewal},
};
use leptos::prelude::*;
use types::{Minutes, Role};

use super::requirements;
use crate::{
    account::page::for_program,
    error::Refusal,
    form,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Mark},
    when,
};

/// GET /programs
pub async fn programs(visit: Visit) -> Result<Response, Refusal> {
    let (_, programs) = super::newest(&visit).await?;
    let none = programs.is_empty().then(|| {
        ui::section("None yet", view! { <p>"There are no programs here yet. The organization that runs this site is setting them up."</p> })
    });
    let sections = programs.iter().map(|program| ui::section(program.title.clone(), in_short(program))).collect_view();
    Ok(visit.page(
        Page::new("Programs").section(Section::Programs),
        view! {
            {ui::head(Vec::new(), "Programs", "What each asks for, what it costs, and what you leave with. Read as long as you like before you join.")}
            {none}
            {sections}
        },
    ))
}

fn in_short(program: &Program) -> AnyView {
    let href = Route::Program { program: &program.id }.to_string();
    let rows = vec![
        ("You leave with", leave_with(program).into_any()),
        ("It costs", costs_in_short(program).into_any()),
        ("It asks for", asks_in_short(program).into_any()),
    ];
    view! {
        <p>{program.summary.clone()}</p>
        {ui::facts(rows)}
        {requirements::missing(program).map(|words| view! { <p>{ui::status(Mark::NotYet, words)}</p> })}
        <p class="row"><a class="btn second" href=href>"Read about "{program.title.clone()}</a></p>
    }
    .into_any()
}

/// GET /programs/{program}
pub async fn program(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (_, programs) = super::newest(&visit).await?;
    let program = programs.iter().find(|program| program.id == id).ok_or(Refusal::NotFound)?;
    let mine = match visit.actor.person() {
        Some(person) => learning::enrolments_of(&visit.read(), person).await?,
        None => Vec::new(),
    };
    let (enrolment, is_elsewhere) = (mine.iter().find(|one| one.program == program.id), !mine.is_empty());
    let trail = vec![(Some(Route::Programs.to_string()), "Programs".to_owned()), (None, program.title.clone())];
    Ok(visit.page(
        Page::new(format!("{}: program", program.title)).section(Section::Programs),
        view! {
            {ui::head(trail, program.title.clone(), program.summary.clone())}
            {ui::section("Join", join(&visit, program, enrolment, is_elsewhere))}
            {ui::section("What you leave with", certificate(program))}
            {requirements::asked(program, &visit.site.zone)}
            {ui::section("Its modules", modules(program))}
            {ui::section("What it does not ask", not_asked(program))}
            {ui::section("What it costs", costs(program))}
            {program.renewal.as_ref().map(|rule| ui::section("To keep it in force", renewal(rule)))}
            {ui::section("Where this comes from", sources(program))}
        },
    ))
}

/// Whether the first day of a program has come, where the organization is.
pub(super) fn open_yet(visit: &Visit, program: &Program) -> bool {
    program.effective_from <= when::in_zone(visit.platform.now(), &visit.site.zone).date()
}

/// The ledger of who has joined; for others, first what they should know, then the way in.
fn join(visit: &Visit, program: &Program, enrolment: Option<&Enrolment>, is_elsewhere: bool) -> AnyView {
    if let Some(enrolment) = enrolment {
        let since = when::day(enrolment.enrolled_at, &visit.site.zone);
        let href = Route::Ledger { program: &program.id }.to_string();
        let other = (enrolment.program_version != program.version).then(|| {
            let (yours, newest) = (enrolment.program_version.clone(), program.version.clone());
            view! { <p>"You joined version "{yours}" and stay on it. What you read here is version "{newest}"."</p> }
        });
        return view! {
            <p>{ui::status(Mark::UnderWay, format!("You joined on {since}"))}</p>
            {other}
            <p class="row"><a class="btn" href=href>"Open your ledger"</a></p>
        }
        .into_any();
    }
    let again = is_elsewhere.then(|| {
        view! { <p>"A live session that you attended counts here, too. Lessons, checks, statements and practicum hours count in the program in which you did them, so you begin anew with these."</p> }
    });
    view! { {not_to_be_had(program)} {again} {way_in(visit, program)} }.into_any()
}

/// How much of a program is not offered here yet, and what follows from it.
fn not_to_be_had(program: &Program) -> Option<AnyView> {
    let words = requirements::missing(program)?;
    let what = match program.certificate.kind {
        CertificateKind::Completion => "certificate",
        CertificateKind::Certification => "certification",
    };
    let nobody = requirements::closed(program)
        .then(|| view! { <p>{format!("So nobody can get its {what} here yet. What is offered you can do all the same.")}</p> });
    Some(view! { <p>{ui::status(Mark::NotYet, words)}</p> {nobody} }.into_any())
}

/// The button, or first an account, or the day from which on one can join.
fn way_in(visit: &Visit, program: &Program) -> AnyView {
    let here = Route::Program { program: &program.id }.to_string();
    if !open_yet(visit, program) {
        let day = when::date(program.effective_from);
        return view! { <p>"You can join this program from "{day}" on."</p> }.into_any();
    }
    if visit.actor.is(Role::Trainee) {
        return view! {
            <p>"You stay on the version of today, "{program.version.clone()}", also when a newer one comes. You may stop for a week or a season, and no hour is lost."</p>
            <form method="post" action=here>{ui::button("Join this program")}</form>
        }
        .into_any();
    }
    if visit.actor.person().is_some() {
        return view! { <p>"Only trainees join a program. You are signed in without that role. An officer can give it to you."</p> }
            .into_any();
    }
    let sign_in = format!("{}?back={}", Route::SignIn, form::encode(&here));
    let sign_up = for_program(Route::SignUp, &program.id);
    view! {
        <p>"You need an account first: a name and an e-mail address. When it is ready, you come back to this page."</p>
        <p class="row"><a class="btn" href=sign_up>"Make an account"</a><a class="tap" href=sign_in>"I have one: sign in"</a></p>
    }
    .into_any()
}

fn leave_with(program: &Program) -> String {
    let kind = match program.certificate.kind {
        CertificateKind::Completion => "A certificate of completion",
        CertificateKind::Certification => "A certification by this organization",
    };
    format!("{kind}: {}", program.certificate.title)
}

fn certificate(program: &Program) -> AnyView {
    let issued = match program.issue {
        Issue::Automatic => "By itself, as soon as everything is met",
        Issue::Officer => "By a certification officer, who looks at the whole record, decides, and writes down why",
    };
    let holds = match program.certificate.valid_months {
        Some(months) => format!("{months} months. {}", ended(&program.certificate.valid_note)),
        None => "Without an end".to_owned(),
    };
    let not = (program.certificate.kind == CertificateKind::Completion).then(|| {
        view! { <p>"It says that you finished a course. It does not say that you are certified, and nobody may present it so."</p> }
    });
    let rows = vec![("It is", leave_with(program).into_any()), ("Issued", issued.into_any()), ("It holds for", holds.into_any())];
    view! {
        {ui::facts(rows)}
        {not}
        <p class="notice"><strong>"Confirm with the board. "</strong>{program.confirm.clone()}</p>
    }
    .into_any()
}

fn modules(program: &Program) -> AnyView {
    let rows = program
        .modules
        .iter()
        .enumerate()
        .map(|(n, module)| {
            let state = (!module.offered).then(|| view! { <br/>{ui::status(Mark::NotYet, "Not yet offered")} });
            view! { <li><p>{format!("{}. {}", n + 1, module.title)}{state}</p><p class="small">{time(module)}</p></li> }
        })
        .collect_view();
    let (live, alone): (Vec<Minutes>, Vec<Minutes>) = program.modules.iter().map(|module| (module.live, module.alone)).unzip();
    let (live, alone): (Minutes, Minutes) = (live.into_iter().sum(), alone.into_iter().sum());
    view! {
        <p>{format!("{live} in live sessions and {alone} on your own, {} in all.", live + alone)}</p>
        <ul class="plain rows">{rows}</ul>
    }
    .into_any()
}

fn time(module: &Module) -> String {
    if module.alone == Minutes::ZERO {
        format!("{} live", module.live)
    } else {
        format!("{} live, {} on your own", module.live, module.alone)
    }
}

fn not_asked(program: &Program) -> AnyView {
    let items = program.not_asked.iter().map(|item| view! { <li>{ended(item)}</li> }).collect_view();
    view! { <ul>{items}</ul> }.into_any()
}

fn costs(program: &Program) -> AnyView {
    if program.fees.is_empty() {
        return view! { <p>"This program does not say what it costs. Ask before you join."</p> }.into_any();
    }
    let rows = program
        .fees
        .iter()
        .map(|fee| {
            let note = (!fee.note.is_empty()).then(|| view! { <br/><span class="small soft">{ended(&fee.note)}</span> });
            view! { <li><p>{fee.title.clone()}{note}</p><p>{amount(fee)}</p></li> }
        })
        .collect_view();
    view! { <ul class="plain rows">{rows}</ul> }.into_any()
}

fn costs_in_short(program: &Program) -> String {
    let sum: i64 = program.fees.iter().map(|fee| fee.cents).sum();
    match (program.fees.is_empty(), sum) {
        (true, _) => "Not said".to_owned(),
        (false, 0) => "Nothing".to_owned(),
        (false, cents) => format!("{} in all", dollars(cents)),
    }
}

fn asks_in_short(program: &Program) -> String {
    let modules = program.modules.len();
    let practicum = program.practicum().map(|rule| format!(", {} of practicum", rule.minutes)).unwrap_or_default();
    format!("{modules} modules{practicum}, {} requirements in all", program.requirements.len())
}

fn amount(fee: &Fee) -> String {
    if fee.cents == 0 { "Nothing".to_owned() } else { dollars(fee.cents) }
}

fn dollars(cents: i64) -> String {
    format!("${}.{:02}", cents / 100, cents % 100)
}

fn renewal(rule: &Renewal) -> AnyView {
    let not_yet = (!rule.offered).then(|| view! { <p>{ui::status(Mark::NotYet, "Not yet offered here")}</p> });
    let checked = when::date(rule.source.checked_on);
    view! {
        <p>{format!("Every {} months: {} of continuing education, {} of it on ethics.", rule.months, rule.minutes, rule.ethics)}</p>
        {not_yet}
        <p class="small soft">{ended(&rule.source.words)}" Looked up on "{checked}"."</p>
    }
    .into_any()
}

fn sources(program: &Program) -> AnyView {
    let link = program.source.url.clone().map(|url| view! { <p><a href=url.clone()>{url.clone()}</a></p> });
    let rows = vec![
        ("Version", program.version.clone().into_any()),
        ("In force from", when::date(program.effective_from).into_any()),
        ("Last looked up", when::date(program.source.checked_on).into_any()),
    ];
    view! {
        <p>{ended(&program.source.words)}</p>
        {link}
        {ui::facts(rows)}
    }
    .into_any()
}

/// With a full stop at its end.
pub(super) fn ended(text: &str) -> String {
    if text.is_empty() || text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}
