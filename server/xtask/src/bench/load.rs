//! The load generator: kept-alive connections, one request at a time on each, in a process of its own on the load's core.

use std::{
    io::{self, Read},
    net::SocketAddr,
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use super::{
    ground::{Core, Ground, quiet},
    random::{Random, Words, instant, now_ms},
    wire::{Answer, Connection},
};

/// Answers looked at as a whole, one in this many; of the others status and length are compared.
const LOOKED_AT: u64 = 64;
const WARM_UP: Duration = Duration::from_millis(800);

/// What to ask, of whom, on how many connections, for how long.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// The server.
    pub addr: SocketAddr,
    /// Connections, each with a thread.
    pub connections: usize,
    /// Milliseconds measured, after a warm-up.
    pub measured_ms: u64,
    /// What.
    pub ask: Ask,
}

/// A request, over and over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Ask {
    /// A page that must hold `mark` exactly `marks` times.
    Page { path: String, headers: String, mark: String, marks: usize },
    /// A finished visit to one of `clients`, each a new one.
    Visits { token: String, clients: Vec<String>, seed: u64 },
}

/// What came of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// Good answers within the measured time.
    pub measured: u64,
    /// The measured time.
    pub seconds: f64,
    /// All good answers, the warm-up's too.
    pub good: u64,
    /// Half of the measured answers came within this many microseconds.
    pub median_us: u32,
    /// 99 of 100 did.
    pub slow_us: u32,
    /// What the first bad answer was.
    pub bad: Option<String>,
}

impl Outcome {
    /// Good answers per second.
    pub fn per_second(&self) -> f64 {
        self.measured as f64 / self.seconds
    }
}

impl Plan {
    /// Runs the plan in a process of its own; a bad answer fails it.
    pub fn run(&self, ground: &Ground) -> Result<Outcome> {
        let this = std::env::current_exe()?;
        let mut generator = ground.on(Core::Load, &this);
        let said = quiet(generator.args(["bench", "--generate"]), &serde_json::to_string(self)?)?;
        let outcome: Outcome = serde_json::from_str(&said).with_context(|| format!("the load generator said {said:?}"))?;
        ensure!(outcome.bad.is_none(), "a bad answer: {}", outcome.bad.unwrap_or_default());
        Ok(outcome)
    }
}

/// Is the load generator: plan in, outcome out.
pub fn generate() -> Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let plan: Plan = serde_json::from_str(&text).context("no plan on standard input")?;
    println!("{}", serde_json::to_string(&press(&plan))?);
    Ok(())
}

/// What one connection saw.
#[derive(Default)]
struct Seen {
    measured_us: Vec<u32>,
    good: u64,
    bad: Option<String>,
}

fn press(plan: &Plan) -> Outcome {
    let (words, together) = (Words::new(), Barrier::new(plan.connections));
    let connection = &|number| one_connection(plan, &words, number, &together);
    let seen: Vec<Seen> = thread::scope(|scope| {
        let threads: Vec<_> = (0..plan.connections).map(|number| scope.spawn(move || connection(number))).collect();
        let ended = |_| Seen { bad: Some("a connection's thread ended".into()), ..Seen::default() };
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(ended)).collect()
    });
    let mut outcome = Outcome { seconds: plan.measured_ms as f64 / 1000.0, ..Outcome::default() };
    let mut times = Vec::new();
    for connection in seen {
        outcome.good += connection.good;
        outcome.bad = outcome.bad.or(connection.bad);
        times.extend(connection.measured_us);
    }
    times.sort_unstable();
    outcome.measured = times.len() as u64;
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or_default();
    (outcome.median_us, outcome.slow_us) = (at(0.5), at(0.99));
    outcome
}

fn one_connection(plan: &Plan, words: &Words, number: usize, together: &Barrier) -> Seen {
    let mut seen = Seen::default();
    let connection = Connection::open(plan.addr);
    let mut asking = Asking::new(&plan.ask, words, number);
    together.wait();
    let (begin, measured) = (Instant::now(), Duration::from_millis(plan.measured_ms));
    let outcome = connection.map_err(|error| error.to_string()).and_then(|mut connection| {
        while begin.elapsed() < WARM_UP + measured {
            let asked = Instant::now();
            asking.once(&mut connection)?;
            seen.good += 1;
            let since = begin.elapsed();
            if since >= WARM_UP && since < WARM_UP + measured {
                seen.measured_us.push(asked.elapsed().as_micros() as u32);
            }
        }
        Ok(())
    });
    seen.bad = outcome.err();
    seen
}

/// One connection's requests.
enum Asking<'a> {
    Page { path: &'a str, headers: &'a str, mark: &'a str, marks: usize, turn: u64, length: usize },
    Visits { token: &'a str, clients: &'a [String], random: Random, words: &'a Words },
}

impl<'a> Asking<'a> {
    fn new(ask: &'a Ask, words: &'a Words, number: usize) -> Self {
        match ask {
            Ask::Page { path, headers, mark, marks } => Self::Page { path, headers, mark, marks: *marks, turn: 0, length: 0 },
            Ask::Visits { token, clients, seed } => {
                Self::Visits { token, clients, random: Random(seed.wrapping_mul(1_000_003) ^ ((number as u64) << 40)), words }
            }
        }
    }

    fn once(&mut self, connection: &mut Connection) -> Result<(), String> {
        match self {
            Self::Page { path, headers, mark, marks, turn, length } => {
                let answer = connection.get(path, headers).map_err(|error| error.to_string())?;
                *turn += 1;
                page_is_good(&answer, mark, *marks, *turn, length)
            }
            Self::Visits { token, clients, random, words } => {
                let id = random.id();
                let headers = format!("authorization: Bearer {token}\r\nidempotency-key: {id}\r\n");
                let body = visit(&id, &clients[random.below(clients.len())], random, words);
                let answer = connection.ask("POST", "/api/v1/visits", &headers, &body).map_err(|error| error.to_string())?;
                if (200..300).contains(&answer.status) { Ok(()) } else { Err(said(&answer)) }
            }
        }
    }
}

/// The body of a visit finished within the last two days: what is logged is fresh.
pub fn visit(id: &str, client: &str, random: &mut Random, words: &Words) -> String {
    let began = instant(now_ms() - 60_000 * (30 + random.below(2 * 24 * 60) as i64));
    let outcome = random.pick(&["order", "quote", "follow_up", "done"]);
    let kind = random.pick(&["sales", "service", "demo"]);
    let notes = words.note(random);
    format!(r#"{{"id":"{id}","clientId":"{client}","startedAt":"{began}","type":"{kind}","outcome":"{outcome}","notes":"{notes}"}}"#)
}

fn page_is_good(answer: &Answer, mark: &str, marks: usize, turn: u64, length: &mut usize) -> Result<(), String> {
    if answer.status != 200 {
        return Err(said(answer));
    }
    if turn % LOOKED_AT == 1 {
        let found = answer.body.windows(mark.len()).filter(|window| *window == mark.as_bytes()).count();
        if found != marks {
            return Err(format!("{found} times {mark} instead of {marks} in {} bytes", answer.body.len()));
        }
        *length = answer.body.len();
    }
    // numbers that change with time may be a digit longer or shorter
    let near = answer.body.len().abs_diff(*length) <= 64;
    if near { Ok(()) } else { Err(format!("{} bytes after {length}", answer.body.len())) }
}

/// The beginning of an unwanted answer.
fn said(answer: &Answer) -> String {
    let body = String::from_utf8_lossy(&answer.body);
    format!("{} {}", answer.status, body.chars().take(400).collect::<String>())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use std::{
        io::{BufRead, BufReader, Write},
        net::TcpListener,
    };

    use super::*;

    /// Answers every request on every connection with `answer` after reading its head and body.
    fn answering(answer: &'static str) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                thread::spawn(move || {
                    let mut reader = BufReader::new(socket.try_clone().unwrap());
                    let (mut socket, mut line, mut length) = (socket, String::new(), 0);
                    while reader.read_line(&mut line).is_ok_and(|read| read > 0) {
                        length = line.strip_prefix("content-length: ").map_or(length, |text| text.trim().parse().unwrap());
                        if line == "\r\n" {
                            reader.read_exact(&mut vec![0; std::mem::take(&mut length)]).unwrap();
                            socket.write_all(answer.as_bytes()).unwrap();
                        }
                        line.clear();
                    }
                });
            }
        });
        addr
    }

    fn pressed(answer: &'static str, ask: Ask) -> Outcome {
        press(&Plan { addr: answering(answer), connections: 3, measured_ms: 200, ask })
    }

    fn page(marks: usize) -> Ask {
        Ask::Page { path: "/".into(), headers: String::new(), mark: "<li>".into(), marks }
    }

    #[test]
    fn good_pages_are_counted_and_a_page_with_a_row_too_few_is_not_good() {
        const PAGE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n<li><li>";
        let outcome = pressed(PAGE, page(2));
        assert!(outcome.bad.is_none() && outcome.measured > 0 && outcome.good > outcome.measured, "{outcome:?}");
        assert!(outcome.median_us <= outcome.slow_us);
        assert!(pressed(PAGE, page(3)).bad.unwrap().starts_with("2 times <li> instead of 3"));
    }

    #[test]
    fn a_visit_refused_ends_the_measurement_with_the_reason() {
        let ask = Ask::Visits { token: "t".into(), clients: vec!["c".into()], seed: 1 };
        assert!(pressed("HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\n{}", ask.clone()).bad.is_none());
        let refused = pressed("HTTP/1.1 422 No\r\ncontent-length: 5\r\n\r\nnotes", ask);
        assert_eq!((refused.bad.unwrap().as_str(), refused.good), ("422 notes", 0));
    }
}
