//! The start page, and what it promises: privacy and access.

use axum::response::Response;
use leptos::prelude::*;

use crate::{
    error::Refusal,
    form::Sheet,
    request::Visit,
    routes::Route,
    shell::Page,
    ui::{self, Text},
};

/// GET /
pub async fn home(visit: Visit) -> Result<Response, Refusal> {
    let programs = (Route::Programs, "See the programs");
    // Who is signed in most likely wants to go on; everybody else to know what there is.
    let (first, second) = if visit.actor.person().is_some() {
        ((super::start_of(&visit.actor), "Go on where you were"), programs)
    } else {
        (programs, (Route::SignIn, "Sign in to go on"))
    };
    Ok(visit.page(
        Page::new("Train to support others from your own recovery"),
        view! {
            <div class="hero">
                <h1>"Your recovery taught you something. Learn to stand beside others with it."</h1>
                <p class="lede">
                    "Alongside trains peer support specialists: people who have lived through mental health or substance use recovery, and who support others. You learn, you practice with a trainer beside you, and you leave with a certificate that is yours."
                </p>
                <div class="row">
                    <a class="btn" href=first.0.to_string()>{first.1}</a>
                    <a class="tap" href=second.0.to_string()>{second.1}</a>
                </div>
            </div>
            <svg class="paths" width="100%" height="160" fill="none" stroke="currentColor" viewBox="0 0 1200 160" preserveAspectRatio="none" aria-hidden="true">
                <path class="mk-a" d="M0 14C180 10 300 50 470 56S900 96 1200 40"></path>
                <path class="mk-b" d="M0 146C160 150 300 74 470 76S900 116 1200 60"></path>
            </svg>
            <ol class="steps">
                {step("1", "Learn", "Read at your own pace, on a phone if you like. Meet a trainer and a small group in the live sessions.")}
                {step("2", "Practice", "Log what you did in your practicum. You write down what you did, never who you met.")}
                {step("3", "Be read", "A trainer reads every entry, approves it, or says what is missing. You see each reason.")}
                {step("4", "Keep it", "A signed certificate that anyone can check in seconds. Print it, share it, take it with you.")}
            </ol>
            {ui::section("What we will not ask", view! {
                <p>"You will not be asked for a diagnosis, a medicine, a hospital or a date of last use. Where a program asks for lived experience, you say that you have it, and you sign. That is all we keep."</p>
                <p>"You may pass on any sharing exercise. You may stop for a week or a season and come back. No hours are lost."</p>
                <p><a href=Route::Privacy.to_string()>"What we keep, for how long, and who sees it"</a></p>
            })}
            {ui::section("What it costs", view! {
                <p>"Each program shows its fees before you sign up. The two that come with Alongside cost nothing."</p>
                <p><a href=Route::Programs.to_string()>"Compare the programs"</a></p>
            })}
            {ui::section("Check a certificate", view! {
                <form action=Route::Verify.to_string() method="get">
                    {ui::field(&Sheet::default(), Text { name: "id", label: "Certificate number or address", hint: "It stands on the certificate.", kind: "", autocomplete: "off", width: "mid" })}
                    <p class="row after"><button class="btn second">"Check it"</button></p>
                </form>
            })}
        },
    ))
}

fn step(number: &'static str, title: &'static str, text: &'static str) -> impl IntoView {
    view! { <li><span class="n" aria-hidden="true">{number}</span><h2>{title}</h2><p>{text}</p></li> }
}

/// GET /privacy
pub async fn privacy(visit: Visit) -> Result<Response, Refusal> {
    Ok(visit.page(
        Page::new("Privacy"),
        view! {
            {ui::head(Vec::new(), "What we keep, and who sees it", "As little as the work needs. No advertising, no tracking, no script from anybody else.")}
            {ui::section("About you", view! {
                <p>"Your name, the name for your certificate, your e-mail address, and your password in a form that nobody can read back."</p>
                <p>"What you did here: lessons marked as done, answers to checks, live sessions you came to, statements you signed, practicum entries, and what was decided about them, each with its date."</p>
                <p>"From which browser you signed in, from when, and until when. Of somebody who is invited: the name and the address that the officer typed. Of a practicum place: the name of its supervisor. Until your account is ready: the program whose page you came from."</p>
            })}
            {ui::section("Never about the people you support", view! {
                <p>"A practicum entry says what you did. It never says who it was with. Names, places, dates of events and health facts about a person do not belong here. We warn you when a note seems to hold one, and a trainer returns it."</p>
            })}
            {ui::section("Who sees what", view! {
                <ul>
                    <li>"You see everything of yours, at any time, but for two things: why a trainer changed your minutes at a live session, and why a certificate was suspended or revoked. Ask, and you are told."</li>
                    <li>"Trainers see your practicum entries once you send them, your results, and your attendance."</li>
                    <li>"Certification officers see what trainers see, and everybody’s e-mail address and role. They invite people, and look after certificates."</li>
                    <li>"Drafts are yours alone until you send them. Other trainees see nothing of yours."</li>
                    <li>"An employer who checks your certificate sees your name, the certificate, its dates, and whether it is in force. Nothing else."</li>
                </ul>
            })}
            {ui::section("Cookies", view! {
                <p>"One, while you are signed in. It holds a random number and nothing about you. It is gone when you sign out, and after 14 days."</p>
            })}
            {ui::section("For how long", view! {
                <p>"Your records stay while you need them to prove your training. A certificate that was issued can be checked for ever. Ask the organization that runs this site to correct or remove what is wrong."</p>
            })}
        },
    ))
}

/// GET /access
pub async fn access(visit: Visit) -> Result<Response, Refusal> {
    Ok(visit.page(
        Page::new("Access and formats"),
        view! {
            {ui::head(Vec::new(), "Access and formats", "You need no doctor’s letter to be given what helps you.")}
            {ui::section("How these pages work", view! {
                <ul>
                    <li>"Everything works with a keyboard, with a screen reader, and on a small phone."</li>
                    <li>"Everything works without script. Where there is some, it only saves you a step."</li>
                    <li>"Text grows with your browser’s text size. Dark and light follow your device."</li>
                    <li>"Every lesson prints well on paper."</li>
                    <li>"Nothing here moves, blinks or plays by itself, and no page has a clock that runs against you."</li>
                </ul>
            })}
            {ui::section("Ask for what you need", view! {
                <p>"More time, breaks, large print, reading aloud, another format, a support person beside you: tell your trainer. You need no proof, and nobody else is told."</p>
            })}
            {ui::section("When something is in your way", view! {
                <p>"Tell your trainer or the organization that runs this site which page it was and what you use. A page that keeps somebody out is a fault of ours, and we want to mend it."</p>
            })}
        },
    ))
}
