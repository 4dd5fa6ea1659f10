//! A small mail server that takes mails from the loopback address, and misbehaves when it is told
//! to. What it keeps is what a recipient would have.

use std::sync::{Arc, Mutex};

use loco_rs::config::{Mailer, SmtpMailer};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How it behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mood {
    Takes,
    /// Greets nobody.
    Silent,
    /// `421` for a greeting.
    Closed,
    /// `550 5.1.1` to the recipient.
    KnowsNobody,
    /// `550 5.7.1` to the recipient: it is no address that is wrong.
    Relays,
    /// `552 5.2.2` to the recipient, whose mailbox has no room.
    HasNoRoom,
    /// `550` to the sender.
    KnowsUsNot,
    /// `451` to the recipient.
    Greylists,
    /// Ends when it is told whom the mail is for.
    LeavesEarly,
    /// `421` to the mail.
    Leaves,
    /// `451` to the mail.
    Busy,
    /// `554` to the mail.
    Dislikes,
    /// Has the mail, and says so a while later.
    Slow,
    /// Has the mail, and ends without a word.
    Drops,
    /// Has the mail, and says no word.
    Hangs,
}

const SLOW: std::time::Duration = std::time::Duration::from_millis(200);

/// A mail server.
#[derive(Clone)]
pub struct Smtp {
    port: u16,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Smtp {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let smtp = Self { port, mood: Arc::new(Mutex::new(Mood::Takes)), taken: Arc::default() };
        let serving = smtp.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = serving.clone();
                tokio::spawn(async move { serving.talk(stream).await });
            }
        });
        smtp
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn mailer(&self) -> Mailer {
        let smtp = SmtpMailer {
            enable: true,
            host: "127.0.0.1".to_owned(),
            port: self.port,
            secure: false,
            tls: None,
            auth: None,
            hello_name: Some("localhost".to_owned()),
        };
        Mailer { smtp: Some(smtp), stub: false }
    }

    pub fn is(&self, mood: Mood) {
        *self.mood.lock().expect("a mood") = mood;
    }

    /// The mails that it has, as they came.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().expect("mails").clone()
    }

    /// A talk, until somebody ends it.
    async fn talk(&self, stream: TcpStream) -> Option<()> {
        let mood = *self.mood.lock().expect("a mood");
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        match mood {
            Mood::Silent => return std::future::pending().await,
            Mood::Closed => return write.write_all(b"421 later\r\n").await.ok(),
            _ => write.write_all(b"220 here\r\n").await.ok()?,
        }
        while let Some(line) = lines.next_line().await.ok()? {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            let reply = match (verb.as_str(), mood) {
                ("RCPT", Mood::KnowsNobody) => "550 5.1.1 no such user",
                ("RCPT", Mood::HasNoRoom) => "552 5.2.2 mailbox full",
                ("RCPT", Mood::Relays) => "550 5.7.1 relaying denied",
                ("MAIL", Mood::KnowsUsNot) => "550 5.4.5 enough for today",
                ("RCPT", Mood::Greylists) => "451 come again",
                ("RCPT", Mood::LeavesEarly) => return None,
                ("DATA", _) => {
                    write.write_all(b"354 go on\r\n").await.ok()?;
                    let mut mail = String::new();
                    loop {
                        // Who goes away within a mail has sent none.
                        let line = lines.next_line().await.ok()??;
                        if line == "." {
                            break;
                        }
                        mail.push_str(line.strip_prefix('.').unwrap_or(&line));
                        mail.push_str("\r\n");
                    }
                    match mood {
                        Mood::Leaves => "421 not now",
                        Mood::Busy => "451 later",
                        Mood::Dislikes => "554 not that",
                        mood => {
                            self.taken.lock().expect("mails").push(mail);
                            match mood {
                                Mood::Drops => return None,
                                Mood::Hangs => return std::future::pending().await,
                                Mood::Slow => tokio::time::sleep(SLOW).await,
                                _ => {}
                            }
                            "250 taken"
                        }
                    }
                }
                ("QUIT", _) => "221 bye",
                _ => "250 well",
            };
            write.write_all(format!("{reply}\r\n").as_bytes()).await.ok()?;
        }
        Some(())
    }
}
