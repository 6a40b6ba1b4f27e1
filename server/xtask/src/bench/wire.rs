//! HTTP/1.1 over one kept-alive connection, as little of it as a measurement needs, so that the load costs next to nothing.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

const PATIENCE: Duration = Duration::from_secs(180);
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// A kept-alive connection with the bytes of its last answer.
pub struct Connection {
    socket: TcpStream,
    host: SocketAddr,
    request: Vec<u8>,
    received: Vec<u8>,
    scratch: Box<[u8]>,
}

/// An answer; its body is as it came, compressed or not.
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Lines of the head.
    pub head: String,
    /// The body without the marks of its chunks.
    pub body: Vec<u8>,
    /// Bytes received, head and marks included.
    pub wire_bytes: usize,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        field(&self.head, name)
    }
}

impl Connection {
    /// Connects.
    pub fn open(host: SocketAddr) -> io::Result<Self> {
        let socket = TcpStream::connect_timeout(&host, PATIENCE)?;
        socket.set_nodelay(true)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { socket, host, request: Vec::new(), received: Vec::new(), scratch: vec![0; 65_536].into() })
    }

    /// Asks for a page; `headers` are whole lines.
    pub fn get(&mut self, path: &str, headers: &str) -> io::Result<Answer> {
        self.ask("GET", path, headers, "")
    }

    /// Sends JSON, or nothing, and waits for all of the answer.
    pub fn ask(&mut self, method: &str, path: &str, headers: &str, body: &str) -> io::Result<Answer> {
        self.request.clear();
        write!(self.request, "{method} {path} HTTP/1.1\r\nhost: {}\r\n{headers}", self.host)?;
        if !body.is_empty() {
            write!(self.request, "content-type: application/json\r\ncontent-length: {}\r\n", body.len())?;
        }
        write!(self.request, "\r\n{body}")?;
        self.socket.write_all(&self.request)?;
        self.answer()
    }

    fn answer(&mut self) -> io::Result<Answer> {
        self.received.clear();
        let end = loop {
            let from = self.received.len().saturating_sub(END_OF_HEAD.len());
            self.receive()?;
            if let Some(at) = find(&self.received[from..], END_OF_HEAD) {
                break from + at + END_OF_HEAD.len();
            }
        };
        let head = String::from_utf8_lossy(&self.received[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
        let body = match field(&head, "content-length").and_then(|length| length.parse().ok()) {
            Some(length) => self.plain(end, length)?,
            None if field(&head, "transfer-encoding").is_some() => self.chunks(end)?,
            None => Vec::new(),
        };
        Ok(Answer { status, head, body, wire_bytes: self.received.len() })
    }

    fn plain(&mut self, start: usize, length: usize) -> io::Result<Vec<u8>> {
        self.have(start + length)?;
        Ok(self.received[start..start + length].to_vec())
    }

    fn chunks(&mut self, mut at: usize) -> io::Result<Vec<u8>> {
        let mut body = Vec::with_capacity(self.received.len());
        loop {
            let line = loop {
                if let Some(length) = find(&self.received[at..], b"\r\n") {
                    break at + length;
                }
                self.receive()?;
            };
            let size = std::str::from_utf8(&self.received[at..line]).ok().and_then(|hex| usize::from_str_radix(hex.trim(), 16).ok());
            let size = size.ok_or(io::ErrorKind::InvalidData)?;
            self.have(line + 2 + size + 2)?;
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&self.received[line + 2..line + 2 + size]);
            at = line + 2 + size + 2;
        }
    }

    fn have(&mut self, length: usize) -> io::Result<()> {
        while self.received.len() < length {
            self.receive()?;
        }
        Ok(())
    }

    fn receive(&mut self) -> io::Result<()> {
        let came = self.socket.read(&mut self.scratch)?;
        self.received.extend_from_slice(&self.scratch[..came]);
        if came == 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let lines = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// Where `sought` first stands.
pub fn find(text: &[u8], sought: &[u8]) -> Option<usize> {
    text.windows(sought.len()).position(|window| window == sought)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use std::{net::TcpListener, thread};

    use super::*;

    /// Answers each request on one connection with the next of `answers`, in pieces of `piece` bytes.
    fn answering(answers: &'static [&'static str], piece: usize) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        thread::spawn(move || {
            let (mut socket, _) = listener.accept().unwrap();
            socket.set_nodelay(true).unwrap();
            for answer in answers {
                let mut request = [0; 4096];
                assert!(socket.read(&mut request).unwrap() > 0);
                for part in answer.as_bytes().chunks(piece) {
                    socket.write_all(part).unwrap();
                }
            }
        });
        addr
    }

    #[test]
    fn answers_with_a_length_and_in_chunks_are_read_whole_however_they_arrive() {
        const ANSWERS: &[&str] = &[
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n",
        ];
        for piece in [1, 3, 1000] {
            let mut connection = Connection::open(answering(ANSWERS, piece)).unwrap();
            let bodies: Vec<(u16, String, usize)> = (0..3)
                .map(|_| connection.get("/", "").unwrap())
                .map(|answer| (answer.status, String::from_utf8(answer.body).unwrap(), answer.wire_bytes))
                .collect();
            assert_eq!(bodies[0], (200, "hello".into(), ANSWERS[0].len()));
            assert_eq!(bodies[1], (200, "hello, world".into(), ANSWERS[1].len()));
            assert_eq!(bodies[2], (204, String::new(), ANSWERS[2].len()));
        }
    }

    #[test]
    fn a_connection_that_ends_early_is_an_error() {
        let mut connection = Connection::open(answering(&["HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf"], 100)).unwrap();
        assert_eq!(connection.get("/", "").unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
