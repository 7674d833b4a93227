//! The authorization table of acts: each act of each form, as each role, with a thing of its own every time, so
//! that nobody is refused for what somebody before them did. A row says the status, and whether anything was done.
//!
//! The words that forms choose between are read from the source: an act that does not stand here fails.

use std::{collections::BTreeSet, fmt::Write as _, path::Path};

use domain::{
    accounts::{self, Actor},
    assessment, audit, curriculum, learning, practicum,
};
use http::StatusCode;
use jiff::{ToSpan as _, civil};
use types::{EnrolmentId, EntryId, Minutes, Role};

use crate::world::{Answer, Client, PASSWORD, World};

/// Where it is asked, which act it is, and the form.
type Act = (&'static str, &'static str, fn(&Fresh) -> String);

const ACTS: [Act; 32] = [
    ("/account", "names", |_| "act=names&chosen-name=Alex".to_owned()),
    ("/account", "password", |fresh| format!("act=password&old-password={}&password=seven+quiet+lanterns+drift", fresh.password)),
    ("/account", "end-session", |fresh| format!("act=end-session&session={}", fresh.session_of_owner)),
    ("/attempts/{attempt}", "save", |fresh| format!("act=save&version={}&answer={}&once={}", fresh.version, fresh.option, fresh.n)),
    ("/attempts/{attempt}", "submit", |_| "act=submit".to_owned()),
    ("/learn/foundations-2026/modules/m02/check", "start", |_| String::new()),
    ("/learn/foundations-2026/modules/m02/many-names", "done", |_| String::new()),
    ("/learn/foundations-2026/statements/code-of-ethics", "sign", |fresh| format!("digest={}&name=Rosa+Diaz", fresh.statement)),
    ("/office", "invite", |fresh| format!("act=invite&name=Alex&email=alex{}@example.org&role=trainer&once=o{}", fresh.n, fresh.n)),
    ("/office", "withdraw", |fresh| format!("act=withdraw&invitation={}", fresh.invitation)),
    ("/practicum/new", "draft", |fresh| fresh.entry_form("draft")),
    ("/practicum/new", "send", |fresh| fresh.entry_form("send")),
    ("/practicum/{draft}", "draft", |fresh| fresh.entry_form("draft")),
    ("/practicum/{draft}", "send", |fresh| fresh.entry_form("send")),
    ("/practicum/new", "draft half filled in", |fresh| format!("do=draft&once=half-{}&note=Half+a+thought", fresh.n)),
    ("/practicum/unfinished/{unfinished}", "draft", |fresh| fresh.entry_form("draft")),
    ("/practicum/unfinished/{unfinished}", "throw-away", |_| "do=throw-away".to_owned()),
    ("/practicum/{draft}", "discard", |_| "do=discard".to_owned()),
    ("/practicum/{sent}", "discard what was sent", |_| "do=discard".to_owned()),
    ("/practicum/{sent}", "withdraw", |_| "do=withdraw".to_owned()),
    ("/practicum/placements", "add", |fresh| {
        format!("organization=Harbor+{}&setting=peer-center&supervisor=Ines&supervisor-kind=peer&from=2026-08-01", fresh.n)
    }),
    ("/programs/model-aligned-2026", "join", |_| String::new()),
    // Its trainee joined in the row above.
    ("/learn/model-aligned-2026/modules/m13/drill", "start", |_| String::new()),
    ("/trainer/practicum/{sent}", "approve", |_| "do=approve&version=1&line-1=2&line-2=2&line-3=2".to_owned()),
    ("/trainer/practicum/{sent}", "return", |_| "do=return&version=1&reason=other&mend=Say+what+you+practiced.".to_owned()),
    ("/trainer/practicum/{sent}", "look", |_| "do=look&version=1&line-1=2".to_owned()),
    ("/trainer/practicum/{draft}", "approve a draft", |_| "do=approve&version=1&line-1=2&line-2=2&line-3=2".to_owned()),
    ("/trainer/sessions", "schedule", |fresh| {
        format!("once={}&module=m02/live-1&date=2026-09-{:02}&time=10:00&minutes=120&place=Room+{}", fresh.free, fresh.n % 28 + 1, fresh.n)
    }),
    ("/trainer/sessions/{live}", "record", |fresh| format!("act=record&minutes-{}=60", fresh.owner)),
    ("/trainer/sessions/{live}", "call-off", |_| "act=call-off&why=The+room+is+flooded".to_owned()),
    ("/signup", "make an account", |fresh| format!("name=Sam&email=sam{}@example.net", fresh.n)),
    ("/logout", "sign out", |_| String::new()),
];

/// One of each thing, made anew for each who asks. They are Rosa's of the demonstration, where they are somebody's.
struct Fresh {
    n: usize,
    owner: types::PersonId,
    enrolment: EnrolmentId,
    placement: types::PlacementId,
    attempt: types::AttemptId,
    version: String,
    option: String,
    statement: String,
    draft: EntryId,
    unfinished: types::UnfinishedId,
    sent: EntryId,
    live: types::LiveSessionId,
    free: types::LiveSessionId,
    invitation: String,
    session_of_owner: types::SessionId,
    /// The password of who asks, as a form writes it.
    password: String,
}

impl Fresh {
    fn path(&self, path: &str) -> String {
        path.replace("{attempt}", &self.attempt.to_string())
            .replace("{draft}", &self.draft.to_string())
            .replace("{unfinished}", &self.unfinished.to_string())
            .replace("{sent}", &self.sent.to_string())
            .replace("{live}", &self.live.to_string())
    }

    fn entry_form(&self, act: &str) -> String {
        format!(
            "do={act}&once=new-{}&enrolment={}&placement={}&day={}&start=05:00&end=05:30&category=P1&domain=MEN&direct=yes\
             &format=one-to-one&hours=volunteer&people=1&note=Practiced+open+questions.&observed=no",
            self.n,
            self.enrolment,
            self.placement,
            day(self.n)
        )
    }
}

/// A day for the n-th of up to sixty entries of an hour, before the demonstration's own.
fn day(n: usize) -> civil::Date {
    civil::date(2026, 7, 1).checked_add(i64::try_from(n % 50).unwrap().days()).unwrap()
}

/// The people of the demonstration, for making things.
struct Cast {
    rosa: Actor,
    tess: Actor,
    office: Client,
    rosas_sign_in: (String, String),
}

impl Cast {
    async fn of(world: &World, told: &serde_json::Value) -> Self {
        let sign_in = |n: usize| {
            let text = |key: &str| told.pointer(&format!("/signIns/{n}/{key}")).unwrap().as_str().unwrap().to_owned();
            (text("email"), text("password"))
        };
        let actor = async |n: usize| {
            let (email, password) = sign_in(n);
            let signed_in =
                accounts::sign_in(&world.platform, &Actor::nobody(), &email.parse().unwrap(), password, "a test").await.unwrap();
            accounts::actor_of(&world.platform.read(), &signed_in.secret).await.unwrap()
        };
        Self { rosa: actor(0).await, tess: actor(1).await, office: world.person("Olga", Role::Officer).await, rosas_sign_in: sign_in(0) }
    }

    async fn fresh(&mut self, world: &World, n: usize) -> Fresh {
        let platform = &world.platform;
        let owner = self.rosa.person().unwrap();
        let enrolment = learning::enrolment_in(&platform.read(), owner, "foundations-2026").await.unwrap().unwrap();
        let release = curriculum::release(platform, &enrolment.release).await.unwrap().unwrap();
        let placement = practicum::placements_of(&platform.read(), owner).await.unwrap().pop().unwrap().id;
        let zone = &world.worker.site.zone;

        let mut write = platform.write(&self.rosa).await.unwrap();
        let attempt = assessment::start(&mut write, owner, enrolment.id, &release, "m02").await.unwrap();
        let (mut draft, mut sent) = (None, None);
        for (hour, kept) in [(1, &mut draft), (3, &mut sent)] {
            let hour = hour + i8::try_from(n / 50).unwrap() * 4;
            let when = practicum::When { day: day(n), start: civil::time(hour, 0, 0, 0), end: civil::time(hour, 45, 0, 0) };
            let content = practicum::Content {
                placement,
                when,
                category: types::Category::OneToOne,
                domain: types::Domain::Mentoring,
                direct: true,
                format: practicum::Format::OneToOne,
                hours: practicum::Hours::Volunteer,
                people: practicum::Band::One,
                note: "One-to-one support. Practiced open questions.".parse().unwrap(),
                learned: None,
                observed: false,
                safe_because: None,
            };
            let once = format!("fresh-{n}-{hour}");
            let entry = practicum::save_draft(&mut write, enrolment.id, None, &content, zone, &once).await.unwrap();
            *kept = Some(entry);
        }
        practicum::submit(&mut write, sent.unwrap()).await.unwrap();
        let typed = vec![("note".to_owned(), format!("Half a thought {n}"))];
        let unfinished = practicum::keep_unfinished(&mut write, None, None, &typed, &format!("half-{n}")).await.unwrap();
        write.commit().await.unwrap();

        let mut write = platform.write(&self.tess).await.unwrap();
        let new = learning::NewSession {
            id: write.new_id(),
            module: "m02".to_owned(),
            guide: Some("m02-live-1".to_owned()),
            // Each on a day of its own, before the demonstration's: nobody is at two sessions at once.
            starts_at: platform.now().plus(-(100 + i64::try_from(n).unwrap()) * types::Moment::DAY),
            minutes: Minutes(120),
            place: format!("Room {n}").parse().unwrap(),
        };
        let live = learning::schedule(&mut write, new).await.unwrap();
        let free = write.new_id();
        write.commit().await.unwrap();

        let email = format!("guest{n}@example.org");
        let invited = self.office.post("/office", &[("act", "invite"), ("name", "Guest"), ("email", &email), ("role", "trainer")]).await;
        assert_eq!(invited.status, StatusCode::SEE_OTHER, "{}", invited.body);
        let invitations = accounts::invitations(&platform.read()).await.unwrap();
        let invitation = invitations.iter().find(|invitation| invitation.email.to_string() == email).unwrap().id.to_string();

        // A session of Rosa's besides the one that she asks with.
        let (email, password) = self.rosas_sign_in.clone();
        accounts::sign_in(platform, &Actor::nobody(), &email.parse().unwrap(), password, "another device").await.unwrap();
        let sessions = accounts::sessions(&platform.read(), owner).await.unwrap();
        let session_of_owner = sessions.iter().find(|session| session.browser == "another device").unwrap().id;

        let paper = assessment::paper(&platform.read(), attempt).await.unwrap();
        let question = paper.questions.first().unwrap();
        Fresh {
            n,
            owner,
            enrolment: enrolment.id,
            placement,
            attempt,
            version: question.version.clone(),
            option: question.choices.first().unwrap().id.clone(),
            statement: release.statement("code-of-ethics").unwrap().digest.clone(),
            draft: draft.unwrap(),
            unfinished,
            sent: sent.unwrap(),
            live,
            free,
            invitation,
            session_of_owner,
            password: PASSWORD.replace(' ', "+"),
        }
    }

    /// Who asks, each with a session of their own.
    async fn asker(&self, world: &World, who: &str, n: usize) -> Client {
        let role = match who {
            "nobody" => return world.anonymous(),
            "its trainee" => {
                let mut owner = world.anonymous();
                owner.sign_in(&self.rosas_sign_in.0, &self.rosas_sign_in.1).await;
                return owner;
            }
            "trainer" => Role::Trainer,
            "officer" => Role::Officer,
            _ => Role::Trainee,
        };
        world.person(&format!("{role}{n}"), role).await
    }
}

const ASKERS: [&str; 5] = ["nobody", "another trainee", "its trainee", "trainer", "officer"];

async fn acts_so_far(world: &World) -> u64 {
    audit::verify(&world.platform.read()).await.unwrap().unwrap()
}

fn told(answer: &Answer, did: bool) -> String {
    let to = if answer.location().starts_with("/login") { " sign in" } else { "" };
    format!("{}{to}{}", answer.status.as_u16(), if did { ", done" } else { "" })
}

#[tokio::test]
async fn every_act_is_asked_as_everybody_with_a_thing_of_its_own() {
    let (world, demo) = World::with_demonstration().await;
    let mut cast = Cast::of(&world, &demo).await;
    let mut table = String::from("act | nobody | another trainee | its trainee | trainer | officer\n");
    for (row, (path, name, form)) in ACTS.iter().enumerate() {
        write!(table, "{path} {name}").unwrap();
        for (column, who) in ASKERS.iter().enumerate() {
            let n = row * ASKERS.len() + column;
            let mut fresh = cast.fresh(&world, n).await;
            if *who == "its trainee" {
                fresh.password = cast.rosas_sign_in.1.replace(' ', "+");
            }
            let mut asker = cast.asker(&world, who, n).await;
            let before = acts_so_far(&world).await;
            let answer = asker.post_raw(&fresh.path(path), form(&fresh)).await;
            write!(table, " | {}", told(&answer, acts_so_far(&world).await > before)).unwrap();
            if *name == "password" && *who == "its trainee" {
                cast.rosas_sign_in.1 = "seven quiet lanterns drift".to_owned();
            }
        }
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}

/// The folder whose forms are posted to this address, by the first part of the address.
fn room(path: &str) -> &str {
    match path.split('/').nth(1).unwrap_or_default() {
        "attempts" => "assess",
        "programs" => "learn",
        "signup" | "logout" => "account",
        room => room,
    }
}

#[test]
fn every_word_that_a_form_chooses_by_stands_in_the_table() {
    let known: BTreeSet<(&str, &str)> = ACTS.iter().map(|(path, name, _)| (room(path), *name)).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("app/src");
    let mut files = Vec::new();
    crate::authorization::collect(&root, &mut files);
    let mut found = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let room = file.strip_prefix(&root).unwrap().iter().next().unwrap().to_str().unwrap().to_owned();
        for chooser in [r#"form.get("act")"#, r#"form.get("do")"#] {
            for after in text.split(chooser).skip(1) {
                for word in words(after) {
                    assert!(
                        known.contains(&(room.as_str(), word)),
                        "{} knows the act “{word}”, and no row of this table asks for it",
                        file.display()
                    );
                    found.insert((room.clone(), word.to_owned()));
                }
            }
        }
    }
    assert!(found.len() >= 12, "this test no longer reads what it should: {found:?}");
}

/// Forms that anybody may send, or that a secret link opens: nobody's role is asked, and their own tests are in
/// `accounts` and `verification`. The calls of islands have a table of their own in `authorization`.
const WITHOUT_A_ROLE: [&str; 8] =
    ["/login", "/forgot", "/confirm", "/reset", "/invitation", "/verify", "/api/v1/verify", "/api/fn/{*name}"];

#[test]
fn every_form_stands_in_the_table() {
    let rows: Vec<Vec<&str>> = ACTS.iter().map(|(path, ..)| path.split('/').collect()).collect();
    for route in crate::authorization::routes_in_source() {
        let Some(path) = route.strip_prefix("POST ").filter(|path| !WITHOUT_A_ROLE.contains(path)) else { continue };
        let parts: Vec<&str> = path.split('/').collect();
        let fits =
            |row: &Vec<&str>| row.len() == parts.len() && row.iter().zip(&parts).all(|(one, part)| part.starts_with('{') || one == part);
        assert!(rows.iter().any(fits), "no row of this table asks for {path}");
    }
}

/// The words that what follows compares with: the arms of a match, or one after `==` or `!=`.
fn words(after: &str) -> Vec<&str> {
    let after = after.trim_start();
    if let Some(compared) = after.strip_prefix("== ").or_else(|| after.strip_prefix("!= ")) {
        return compared.strip_prefix('"').and_then(|rest| rest.split('"').next()).into_iter().collect();
    }
    let arms = after.strip_prefix('{').expect("a form chooses in a way that this test can read: a match, `==` or `!=`");
    let mut depth = 0;
    let end = arms
        .char_indices()
        .find(|(_, c)| {
            depth += match c {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            depth < 0
        })
        .map_or(arms.len(), |(end, _)| end);
    let lines = arms.get(..end).unwrap_or_default().lines().map(str::trim);
    lines.filter_map(|line| line.strip_prefix('"')?.split_once("\" =>").map(|(word, _)| word)).collect()
}
