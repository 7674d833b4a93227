//! Letters by SMTP: a whole conversation with a mail server that listens on this machine.

use std::sync::Arc;

use server::{mail::Mailer, worker::Worker};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};

use crate::world::World;

/// What a mail server was told and given.
type Heard = Arc<Mutex<Vec<String>>>;

/// A mail server that takes letters, but for the first `busy` of them, which it puts off.
async fn mail_server(mut busy: usize) -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Heard::default();
    let kept = heard.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            converse(stream, &kept, &mut busy).await;
        }
    });
    (format!("smtp://{address}"), heard)
}

async fn converse(stream: TcpStream, heard: &Heard, busy: &mut usize) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 mail.example ready\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250-mail.example\r\n250 8BITMIME\r\n",
            "RCPT" if *busy > 0 => {
                *busy -= 1;
                "451 come back later\r\n"
            }
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
                "250 taken\r\n"
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

#[tokio::test]
async fn a_letter_leaves_by_smtp_and_its_link_works() {
    let world = World::new().await;
    let (url, heard) = mail_server(0).await;
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
async fn a_letter_that_is_put_off_is_sent_later_and_once() {
    let world = World::new().await;
    let (url, heard) = mail_server(1).await;
    world.anonymous().post("/signup", &[("name", "Rosa"), ("email", "rosa@example.org")]).await;
    let worker = by_mail(&world, &url);
    worker.drain().await;
    let letters = |heard: &[String]| heard.iter().filter(|line| line.contains("Subject:")).count();
    assert_eq!(letters(&heard.lock().await), 0);
    world.clock.move_to(world.platform.now().plus(types::Moment::DAY));
    worker.drain().await;
    worker.drain().await;
    assert_eq!(letters(&heard.lock().await), 1);
}
