//! The office page.

use axum::response::Response;
use domain::accounts::{self, Invitation, InvitationState, Member};
use leptos::prelude::*;
use types::Role;

use crate::{
    error::Refusal,
    form::Sheet,
    request::Visit,
    routes::Route,
    shell::{Page, Section},
    ui::{self, Choice, Mark, Text},
    when,
};

const NAME: Text = Text { name: "name", label: "Their name", kind: "", hint: "", autocomplete: "off", width: "mid" };
const EMAIL: Text = Text { name: "email", label: "Their e-mail address", kind: "email", hint: "", autocomplete: "off", width: "mid" };

/// GET /office
pub async fn office(visit: Visit) -> Result<Response, Refusal> {
    office_with(&visit, Sheet::default()).await
}

pub(super) async fn office_with(visit: &Visit, sheet: Sheet) -> Result<Response, Refusal> {
    visit.only(&[Role::Officer])?;
    let read = visit.read();
    let (members, invitations) = (accounts::members(&read).await?, accounts::invitations(&read).await?);
    // Drawn with the form: the same form sent twice invites once.
    let once = match sheet.form.get("once") {
        "" => visit.platform.ids().secret().reveal().to_owned(),
        drawn => drawn.to_owned(),
    };
    let roles = [Role::Trainer, Role::Officer, Role::Trainee].map(|role| Choice::new(role.code(), role.title()));
    let roles = std::iter::once(Choice::new("", "Choose a role")).chain(roles).collect();
    let labels = [(NAME.name, NAME.label), (EMAIL.name, EMAIL.label)];
    let first = (!members.iter().any(|member| member.roles.contains(&Role::Trainer)))
        .then(|| view! { <p>"Invite a trainer first: live sessions and practicum entries need one."</p> });
    Ok(visit.page(
        Page::new("Office").section(Section::Office).status(sheet.status()),
        view! {
            {ui::head(Vec::new(), "Office", "Who is here, in which role, and who is invited.")}
            {ui::error_summary_of(&sheet, "Nobody was invited yet. What you typed is still here.", &labels)}
            <form method="post" action=Route::Office.to_string() novalidate=true>
                {ui::section("Invite somebody", view! {
                    {ui::hidden("act", "invite")}
                    {ui::once_field(once)}
                    {first}
                    {ui::field(&sheet, NAME)}
                    {ui::field(&sheet, EMAIL)}
                    {ui::select(&sheet, "role", "Their role", "Trainers lead sessions and decide about entries. Officers see all of it, and invite. Trainees can also sign up by themselves.", roles)}
                    {ui::button("Send the invitation")}
                })}
            </form>
            {ui::section("Invitations", invitation_list(visit, invitations))}
            {ui::section("People", member_list(members))}
            {ui::section("Certificates", view! {
                <p>"A certificate is suspended, given back or revoked at the command line of the machine that this site runs on. This says how: "<code>"alongside certificate --help"</code></p>
                <p class="row"><a class="tap" href=Route::Verify.to_string()>"Check a certificate, as anybody sees it"</a></p>
            })}
        },
    ))
}

fn invitation_list(visit: &Visit, invitations: Vec<Invitation>) -> AnyView {
    if invitations.is_empty() {
        return view! { <p>"Nobody is invited at the moment."</p> }.into_any();
    }
    let (waiting, over): (Vec<_>, Vec<_>) = invitations.into_iter().partition(|invitation| invitation.state == InvitationState::Waiting);
    let rows = |some: Vec<Invitation>| {
        let rows = some.into_iter().map(|invitation| invitation_row(visit, &invitation)).collect_view();
        view! { <ul class="plain rows">{rows}</ul> }.into_any()
    };
    let count = over.len();
    let over = (count > 0).then(|| {
        view! { <details class="fold"><summary>{format!("Accepted, withdrawn or too old: {count}")}</summary>{rows(over)}</details> }
    });
    let waiting = if waiting.is_empty() { view! { <p>"No invitation waits for an answer."</p> }.into_any() } else { rows(waiting) };
    view! { {waiting} {over} }.into_any()
}

fn invitation_row(visit: &Visit, invitation: &Invitation) -> impl IntoView + use<> {
    let zone = &visit.site.zone;
    let (mark, words) = match invitation.state {
        InvitationState::Waiting => (Mark::Waiting, format!("Waiting until {}", when::day(invitation.until, zone))),
        InvitationState::Accepted(at) => (Mark::Done, format!("Accepted on {}", when::day(at, zone))),
        InvitationState::Withdrawn(at) => (Mark::NotYet, format!("Withdrawn on {}", when::day(at, zone))),
        InvitationState::TooOld => (Mark::NotYet, "Too old; invite again if it still holds".to_owned()),
    };
    let who = format!("{} ({}), {}", invitation.name, invitation.email, invitation.role.title());
    let withdraw = (invitation.state == InvitationState::Waiting).then(|| {
        view! {
            <form method="post" action=Route::Office.to_string()>
                {ui::hidden("act", "withdraw")}
                {ui::hidden("invitation", invitation.id.to_string())}
                <button class="btn second">"Withdraw"<span class="vh">": "{who.clone()}</span></button>
            </form>
        }
    });
    view! { <li><p>{who.clone()}<br/>{ui::status(mark, words)}</p>{withdraw}</li> }
}

fn member_list(members: Vec<Member>) -> AnyView {
    let rows = members
        .into_iter()
        .map(|member| {
            let roles = member.roles.iter().map(|role| role.title()).collect::<Vec<_>>().join(", ");
            view! { <li><p><strong>{member.name.to_string()}</strong><br/><span class="small soft">{member.email}</span></p><p class="role">{roles}</p></li> }
        })
        .collect_view();
    view! { <ul class="plain rows">{rows}</ul> }.into_any()
}
