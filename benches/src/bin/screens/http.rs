//! As much of HTTP/1.1 as it takes to ask one server on loopback over one connection: a library
//! would measure itself as well.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Longest body that is taken (64 MiB).
const LONGEST: u64 = 64 << 20;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// What was answered.
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// From sending to the last byte.
    pub took: Duration,
}

impl Answer {
    /// The value of a header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        headers
            .find(|(of, _)| of == name)
            .map_or("", |(_, value)| value)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A connection that is kept open, with a session.
pub struct Client {
    address: String,
    reader: BufReader<TcpStream>,
    cookie: String,
}

impl Client {
    pub fn new(address: &str) -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            address: address.to_owned(),
            reader: connect(address)?,
            cookie: String::new(),
        })
    }

    /// Asks for an address; keeps the session that the answer begins.
    pub fn get(&mut self, path: &str) -> Result<Answer, Box<dyn Error>> {
        self.ask("GET", path, &[], "")
    }

    /// Sends a request with further headers and a body.
    pub fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Answer, Box<dyn Error>> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.address);
        request.push_str("Sec-Fetch-Site: same-origin\r\n");
        if !self.cookie.is_empty() {
            request.push_str(&format!("Cookie: {}\r\n", self.cookie));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        let begun = Instant::now();
        self.reader.get_mut().write_all(request.as_bytes())?;
        let mut answer = self.read(path)?;
        answer.took = begun.elapsed();
        if answer.header("connection") == "close" {
            self.reader = connect(&self.address)?;
        }
        let given = answer.header("set-cookie");
        if let Some(cookie) = given.split(';').next().filter(|one| !one.is_empty()) {
            self.cookie = cookie.to_owned();
        }
        Ok(answer)
    }

    fn read(&mut self, path: &str) -> Result<Answer, Box<dyn Error>> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or_else(|| format!("{path}: no answer but “{first}”"))?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer {
            status,
            headers,
            body: Vec::new(),
            took: Duration::ZERO,
        };
        let length: u64 = match answer.header("content-length") {
            "" if status == 204 || status == 304 => 0,
            length => length
                .parse()
                .map_err(|_| format!("{path}: an answer without its length"))?,
        };
        let mut body = (&mut self.reader).take(length.min(LONGEST));
        body.read_to_end(&mut answer.body)?;
        Ok(answer)
    }

    fn line(&mut self) -> Result<String, Box<dyn Error>> {
        let mut line = String::new();
        (&mut self.reader).take(64 << 10).read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}

fn connect(address: &str) -> Result<BufReader<TcpStream>, Box<dyn Error>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(BufReader::new(stream))
}
