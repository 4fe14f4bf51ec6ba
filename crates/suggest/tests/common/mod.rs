//! A small model server on this machine that does what a test tells it, and remembers what it was
//! asked; and a reading to ask about.

use model::{OffsetMap, Passage, PassageKind, Reader, Reading, Span, Vocabularies};
use onrecord_suggest::{Address, Client, Limits, Model};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a server does with one request; `number` counts them from 0.
pub type Manners = dyn Fn(usize, &Asked, &mut TcpStream) -> std::io::Result<()> + Send + Sync;

/// A request.
#[derive(Clone)]
pub struct Asked {
    pub path: String,
    pub headers: Vec<String>,
    pub body: Value,
}

impl Asked {
    /// The passages that were sent, as they were sent.
    pub fn material(&self) -> Value {
        let material = self.body.pointer("/messages/1/content").unwrap();
        serde_json::from_str(material.as_str().unwrap()).unwrap()
    }
}

/// A server.
pub struct Server {
    pub address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub fn start(
        manners: impl Fn(usize, &Asked, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/v1", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (manners, remembered): (Arc<Manners>, _) = (Arc::new(manners), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (Ok(stream), manners) = (stream, Arc::clone(&manners)) else {
                    continue;
                };
                let remembered = Arc::clone(&remembered);
                std::thread::spawn(move || serve(stream, &*manners, &remembered));
            }
        });
        Self { address, asked }
    }

    /// A server that says these words as the model's.
    pub fn saying(words: impl Into<String>) -> Self {
        let words = words.into();
        Self::start(move |_, _, stream| say(stream, &words))
    }

    /// A server whose model gives these records.
    pub fn giving(records: Value) -> Self {
        Self::saying(json!({ "records": records }).to_string())
    }

    /// What it was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Its model.
    pub fn model(&self) -> Model {
        self.model_within(limits())
    }

    pub fn model_within(&self, limits: Limits) -> Model {
        let address = Address::parse(&self.address).unwrap();
        let client = Client::new(address, None, None, limits).unwrap();
        Model::new(client, "test-model", &Vocabularies::shipped().unwrap())
    }
}

/// Limits for servers that waste time.
pub fn limits() -> Limits {
    Limits {
        patience: Duration::from_secs(3),
        bytes: 100_000,
        tries: 2,
        pause: Duration::from_millis(1),
        questions: 20,
    }
}

fn serve(mut stream: TcpStream, manners: &Manners, remembered: &Mutex<Vec<Asked>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    // One connection may carry several requests.
    while let Some(asked) = request(&mut reader) {
        let number = {
            let mut remembered = remembered.lock().unwrap();
            remembered.push(asked.clone());
            remembered.len() - 1
        };
        // Whoever asked may have gone: that is what some tests are about.
        if manners(number, &asked, &mut stream).is_err() {
            return;
        }
    }
}

fn request(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let (mut headers, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim().to_owned();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        headers.push(line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked {
        path,
        headers,
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
    })
}

/// Answers as a server does whose model said these words.
pub fn say(stream: &mut TcpStream, words: &str) -> std::io::Result<()> {
    finish(stream, words, "stop")
}

/// As [`say`], and why the model stopped.
pub fn finish(stream: &mut TcpStream, words: &str, why: &str) -> std::io::Result<()> {
    let choice =
        json!({ "message": { "role": "assistant", "content": words }, "finish_reason": why });
    let body = json!({ "id": "1", "model": "test-model", "choices": [choice] });
    send(stream, "200 OK", &[], body.to_string().as_bytes())
}

/// Sends a whole answer.
pub fn send(
    stream: &mut TcpStream,
    status: &str,
    headers: &[&str],
    body: &[u8],
) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    stream.flush()
}

/// A reading of paragraphs.
pub fn reading(paragraphs: &[&str]) -> Reading {
    let (mut text, mut passages, mut at) = (String::new(), Vec::new(), 0);
    for (number, words) in paragraphs.iter().enumerate() {
        if number > 0 {
            text.push_str("\n\n");
            at += 2;
        }
        let chars = words.chars().count() as u32;
        passages.push(Passage {
            number: number as u32 + 1,
            span: Span::new(at, at + chars),
            kind: PassageKind::Paragraph,
            left_out: None,
        });
        text.push_str(words);
        at += chars;
    }
    Reading {
        reader: Reader {
            name: "test".to_owned(),
            version: 1,
        },
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_basis: "given".to_owned(),
        text,
        map: OffsetMap::identity(at),
        passages,
        title: None,
        authors: Vec::new(),
        publisher: None,
        published: None,
        updated: None,
        language: None,
        address: None,
        remarks: Vec::new(),
        tables: Vec::new(),
        pages: Vec::new(),
        words: Vec::new(),
        doubts: Default::default(),
        likeness: None,
    }
}
