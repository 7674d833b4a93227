//! Letters by SMTP: a whole conversation with a mail server that listens on this machine.

use std::{os::unix::fs::PermissionsExt as _, path::Path, sync::Arc, time::Duration};

use domain::jobs;
use server::{mail::Mailer, worker::Worker};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};
use types::Moment;

use crate::world::World;

/// What a mail server was told and given.
type Heard = Arc<Mutex<Vec<String>>>;

/// A mail server that takes letters, but gives each of these answers once to the command beside it.
async fn mail_server(mut refusals: Vec<(&'static str, &'static str)>) -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Heard::default();
    let kept = heard.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            converse(stream, &kept, &mut refusals).await;
        }
    });
    (format!("smtp://{address}"), heard)
}

async fn converse(stream: TcpStream, heard: &Heard, refusals: &mut Vec<(&'static str, &'static str)>) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 mail.example ready\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let command = line.split([' ', ':']).next().unwrap_or_default();
        let refusal = refusals.iter().position(|(to, _)| *to == command).map(|n| refusals.remove(n).1);
        let answer = match command {
            _ if refusal.is_some() => refusal.unwrap_or_default(),
            "EHLO" => "250-mail.example\r\n250 8BITMIME\r\n",
            "MAIL" | "RCPT" | "RSET" | "NOOP" => "250 fine\r\n",
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await.unwrap();
                let mut letter = String::new();
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    letter.push_str(&line);
                    letter.push('\n');
                }
                heard.lock().await.push(letter);
                // After the letter, a refusal of the point that ends it.
                refusals.iter().position(|(to, _)| *to == ".").map_or("250 taken\r\n", |n| refusals.remove(n).1)
            }
            "QUIT" => {
                let _ = writer.write_all(b"221 bye\r\n").await;
                return;
            }
            _ => "502 not here\r\n",
        };
        heard.lock().await.push(line.clone());
        if writer.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

fn by_mail(world: &World, url: &str) -> Worker {
    Worker { mailer: Mailer::smtp(url, "Alongside <alongside@example.org>").unwrap(), ..world.worker.clone() }
}

/// How many letters the server took.
fn letters(heard: &[String]) -> usize {
    heard.iter().filter(|line| line.contains("Subject:")).count()
}

#[tokio::test]
async fn a_letter_leaves_by_smtp_and_its_link_works() {
    let world = World::new().await;
    let (url, heard) = mail_server(Vec::new()).await;
    let mut rosa = world.anonymous();
    rosa.post("/signup", &[("name", "Rosa"), ("email", "rosa@example.org")]).await;
    by_mail(&world, &url).drain().await;
    let heard = heard.lock().await;
    assert!(heard.iter().any(|line| line.starts_with("MAIL FROM:<alongside@example.org>")), "{heard:?}");
    assert!(heard.iter().any(|line| line == "RCPT TO:<rosa@example.org>"), "{heard:?}");
    let letter = heard.iter().find(|line| line.contains("Subject: Is this address yours?")).expect("a letter");
    assert!(letter.contains("To: rosa@example.org") && letter.contains("Date: Tue, 01 Sep 2026"), "{letter}");
    let text = letter.replace("=\n", "").replace("=3D", "=");
    let (_, link) = text.split_once("http://localhost:3000").unwrap();
    let page = rosa.get(link.split_whitespace().next().unwrap()).await;
    assert!(page.body.contains("One last step"), "{}", page.body);
}

#[tokio::test]
async fn a_mail_server_that_never_answers_holds_nothing_up_for_long() {
    let world = World::new().await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut mailer = Mailer::smtp(&format!("smtp://{}", silent.local_addr().unwrap()), "alongside@example.org").unwrap();
    if let Mailer::Smtp { patience, .. } = &mut mailer {
        *patience = Duration::from_millis(200);
    }
    world.anonymous().post("/signup", &[("name", "Rosa"), ("email", "rosa@example.org")]).await;
    Worker { mailer, ..world.worker.clone() }.drain().await;
    let left = jobs::left(&world.platform.read()).await.unwrap();
    let why = left.first().and_then(|left| left.error.clone()).unwrap();
    assert!(why.contains("did not answer in time") && left.len() == 1, "{why}");
}

/// The line of a letter's heads that begins with this word.
fn head<'a>(letter: &'a str, name: &str) -> &'a str {
    let (heads, _) = letter.split_once("\n\n").unwrap();
    let found: Vec<&str> = heads.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).collect();
    assert_eq!(found.len(), 1, "{name}: {heads}");
    found.first().copied().unwrap()
}

#[tokio::test]
async fn a_letter_has_the_heads_that_mail_programs_ask_for() {
    let world = World::new().await;
    let (url, heard) = mail_server(Vec::new()).await;
    world.anonymous().post("/signup", &[("name", "Rosa"), ("email", "rosa@example.org")]).await;
    let mailer = Mailer::smtp(&url, "alongside@example.org").unwrap();
    let worker = Worker { mailer, ..world.worker.clone() };
    worker.drain().await;
    let heard = heard.lock().await;
    let letter = heard.iter().find(|line| line.contains("Subject:")).expect("a letter");
    assert_eq!(head(letter, "MIME-Version"), "1.0");
    assert_eq!(head(letter, "Content-Type"), "text/plain; charset=utf-8");
    assert_eq!(head(letter, "Auto-Submitted"), "auto-generated", "no machine answers it");
    let from = head(letter, "From").replace('"', "");
    assert_eq!(from, "Example Training <alongside@example.org>", "an address without a name has the organization's");
}

#[tokio::test]
async fn a_letter_has_the_same_number_at_each_try_and_none_shares_it() {
    let world = World::new().await;
    let (url, heard) = mail_server(vec![(".", "451 come back later\r\n")]).await;
    world.anonymous().post("/signup", &[("name", "Rosa"), ("email", "rosa@example.org")]).await;
    let worker = by_mail(&world, &url);
    worker.drain().await;
    world.clock.move_to(world.platform.now().plus(Moment::DAY));
    worker.drain().await;
    world.anonymous().post("/signup", &[("name", "Omar"), ("email", "omar@example.org")]).await;
    worker.drain().await;
    let heard = heard.lock().await;
    let letters: Vec<&String> = heard.iter().filter(|line| line.contains("Subject:")).collect();
    let numbers: Vec<&str> = letters.iter().map(|letter| head(letter, "Message-ID")).collect();
    let [first, again, other] = numbers[..] else { panic!("{numbers:?}") };
    assert!(first.starts_with('<') && first.ends_with("@localhost>"), "{first}");
    assert_eq!(first, again, "whoever got it twice sees it once");
    assert_ne!(first, other);
    assert_eq!(head(letters[0], "From").replace('"', ""), "Alongside <alongside@example.org>", "a name that was given stays");
}

#[tokio::test]
async fn a_letter_that_is_put_off_is_sent_later_and_once() {
    let world = World::new().await;
    let (url, heard) = mail_server(vec![("RCPT", "451 come back later\r\n")]).await;
    world.anonymous().post("/signup", &[("name", "Rosa"), ("email", "rosa@example.org")]).await;
    let worker = by_mail(&world, &url);
    worker.drain().await;
    assert_eq!(letters(&heard.lock().await), 0);
    world.clock.move_to(world.platform.now().plus(Moment::DAY));
    worker.drain().await;
    worker.drain().await;
    assert_eq!(letters(&heard.lock().await), 1);
}

#[tokio::test]
async fn what_the_operator_can_mend_does_not_lose_a_letter() {
    let world = World::new().await;
    let refusals = vec![
        ("MAIL", "530 5.7.0 sign in first\r\n"),
        ("MAIL", "550 5.1.8 a sender whom we do not know\r\n"),
        ("RCPT", "550 5.7.1 relaying denied\r\n"),
        ("RCPT", "554 not today\r\n"),
    ];
    let tries = refusals.len();
    let (url, heard) = mail_server(refusals).await;
    world.anonymous().post("/signup", &[("name", "Rosa"), ("email", "rosa@example.org")]).await;
    let worker = by_mail(&world, &url);
    for _ in 0..tries {
        worker.drain().await;
        assert_eq!((letters(&heard.lock().await), jobs::given_up(&world.platform.read()).await.unwrap()), (0, 0));
        world.clock.move_to(world.platform.now().plus(Moment::HOUR));
    }
    worker.drain().await;
    assert_eq!(letters(&heard.lock().await), 1);
}

#[tokio::test]
async fn a_recipient_whom_nobody_knows_is_written_to_once() {
    let world = World::new().await;
    let (url, heard) = mail_server(vec![("RCPT", "550 5.1.1 nobody of this name\r\n")]).await;
    world.anonymous().post("/signup", &[("name", "Rosa"), ("email", "rosa@example.org")]).await;
    let worker = by_mail(&world, &url);
    worker.drain().await;
    world.clock.move_to(world.platform.now().plus(Moment::DAY));
    worker.drain().await;
    assert_eq!((letters(&heard.lock().await), jobs::given_up(&world.platform.read()).await.unwrap()), (0, 1));
}

#[tokio::test]
async fn letters_in_the_outbox_are_for_its_user_alone() {
    let world = World::new().await;
    world.anonymous().post("/signup", &[("name", "Rosa"), ("email", "rosa@example.org")]).await;
    assert_eq!(world.letters().await.len(), 1);
    let Mailer::Outbox { folder, .. } = &world.worker.mailer else { unreachable!("these letters are files") };
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder), 0o700);
    for entry in std::fs::read_dir(folder).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}
