//! One exchange with a model server, bounded in time, bytes and tries.
//!
//! Invariants: no redirect is followed, no proxy is used, and no name of another host is looked up
//! than the one the user named. What comes back is at most [`Limits::bytes`] long.

use crate::Address;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use ureq::http::Response;
use ureq::{Agent, Body};
use zeroize::Zeroizing;

/// How much of time, bytes and patience a server gets.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest that one answer may take, from connecting to its last byte.
    pub patience: Duration,
    /// The most bytes of one answer.
    pub bytes: u64,
    /// How often one question is put before it is given up; at least 1.
    pub tries: u32,
    /// Pause before a question is put again; doubled each time.
    pub pause: Duration,
    /// The most questions about one document.
    pub questions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(180),
            bytes: 2 << 20,
            tries: 3,
            pause: Duration::from_secs(1),
            questions: 400,
        }
    }
}

/// A server that did not answer as it must.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// Nobody there, or the line broke.
    #[error("the model server at {0} cannot be reached: {1}; is it running?")]
    Unreachable(String, String),
    /// It took too long.
    #[error("the model server did not answer within {0} s; give it more with --patience")]
    Slow(u64),
    /// It points elsewhere.
    #[error("the model server points to another address ({0}), which is not followed")]
    Redirect(String),
    /// It refused.
    #[error("the model server refused with status {0}: {1}")]
    Refused(u16, String),
    /// More bytes than are read.
    #[error("the model server's answer is longer than {0} bytes, and was not read to its end")]
    TooLong(u64),
    /// Not what the interface asks for.
    #[error("the model server's answer is not one of the chat interface: {0}")]
    NotAnAnswer(&'static str),
    /// What is sent to another machine was not confirmed.
    #[error("{0} is another machine, and nobody confirmed that documents may be sent there")]
    NotConfirmed(String),
}

impl ServerError {
    /// Whether asking again may help.
    fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(..) => true,
            Self::Refused(status, _) => *status == 429 || *status >= 500,
            _ => false,
        }
    }
}

/// Asks one server.
pub struct Client {
    agent: Agent,
    address: Address,
    key: Option<Zeroizing<String>>,
    limits: Limits,
}

impl Client {
    /// Asks the server at `address`, with the key that it wants, if any. For a server elsewhere
    /// `confirmed` names the host that the user agreed to send documents to.
    ///
    /// # Errors
    /// When the server is elsewhere and its host is not the confirmed one.
    pub fn new(
        address: Address,
        confirmed: Option<&str>,
        key: Option<Zeroizing<String>>,
        limits: Limits,
    ) -> Result<Self, ServerError> {
        if let Some(host) = address.elsewhere()
            && !confirmed.is_some_and(|confirmed| confirmed.eq_ignore_ascii_case(host))
        {
            return Err(ServerError::NotConfirmed(host.to_owned()));
        }
        let agent = Agent::config_builder()
            .proxy(None)
            .https_only(address.elsewhere().is_some())
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_response_header_size(32 << 10)
            .max_idle_connections(1)
            .timeout_connect(Some(limits.patience.min(Duration::from_secs(10))))
            .user_agent("onrecord")
            .build()
            .new_agent();
        Ok(Self {
            agent,
            address,
            key,
            limits,
        })
    }

    /// The limits it asks within.
    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    /// The address that is asked.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The names of the models that the server has, in its order; at most a thousand.
    ///
    /// # Errors
    /// When the server cannot be reached or does not tell.
    pub fn models(&self) -> Result<Vec<String>, ServerError> {
        let answer = self.exchange("models", None)?;
        let Some(models) = answer.get("data").and_then(Value::as_array) else {
            return Err(ServerError::NotAnAnswer("it lists no models under `data`"));
        };
        let names = models.iter().filter_map(|model| model.get("id")?.as_str());
        Ok(names.take(1_000).map(str::to_owned).collect())
    }

    /// What the model says to `question` about `material`, in the form of `schema`.
    ///
    /// # Errors
    /// When the server cannot be reached, or does not answer within the limits.
    pub(crate) fn ask(
        &self,
        model: &str,
        question: &str,
        material: &str,
        schema: &Value,
    ) -> Result<Said, ServerError> {
        let body = json!({
            "model": model,
            "messages": [
                { "role": "system", "content": question },
                { "role": "user", "content": material },
            ],
            "temperature": 0,
            "seed": 1,
            "stream": false,
            "response_format": {
                "type": "json_schema",
                "json_schema": { "name": "records", "strict": true, "schema": schema },
            },
        });
        let answer = self.exchange("chat/completions", Some(&body))?;
        let choice = answer.pointer("/choices/0");
        let Some(words) = choice.and_then(|it| it.pointer("/message/content")?.as_str()) else {
            return Err(ServerError::NotAnAnswer(
                "it has no text under `choices[0].message.content`",
            ));
        };
        let end = choice.and_then(|it| it.get("finish_reason")?.as_str());
        Ok(Said {
            words: words.to_owned(),
            cut_short: end == Some("length"),
        })
    }

    /// Sends and receives JSON; tries again where that may help.
    fn exchange(&self, path: &str, body: Option<&Value>) -> Result<Value, ServerError> {
        let mut pause = self.limits.pause;
        for _ in 1..self.limits.tries.max(1) {
            match self.once(path, body) {
                Err(error) if error.may_pass() => std::thread::sleep(pause),
                other => return other,
            }
            pause = pause.saturating_mul(2);
        }
        self.once(path, body)
    }

    fn once(&self, path: &str, body: Option<&Value>) -> Result<Value, ServerError> {
        let begun = Instant::now();
        let url = self.address.below(path);
        let key = self
            .key
            .as_ref()
            .map(|key| format!("Bearer {}", key.as_str()));
        let patience = Some(self.limits.patience);
        let answer = match body {
            Some(body) => {
                let mut request = self.agent.post(&url).config();
                request = request.timeout_global(patience);
                let mut request = request.build().content_type("application/json");
                if let Some(key) = &key {
                    request = request.header("Authorization", key);
                }
                request.send(body.to_string())
            }
            None => {
                let mut request = self
                    .agent
                    .get(&url)
                    .config()
                    .timeout_global(patience)
                    .build();
                if let Some(key) = &key {
                    request = request.header("Authorization", key);
                }
                request.call()
            }
        };
        let mut answer = answer.map_err(|error| self.explain(error))?;
        self.check_status(&mut answer)?;
        let mut reader = answer.body_mut().with_config();
        reader = reader.limit(self.limits.bytes);
        let bytes = reader.read_to_vec().map_err(|error| self.explain(error))?;
        if begun.elapsed() > self.limits.patience {
            return Err(ServerError::Slow(self.limits.patience.as_secs()));
        }
        serde_json::from_slice(&bytes).map_err(|_| ServerError::NotAnAnswer("it is not JSON"))
    }

    fn check_status(&self, answer: &mut Response<Body>) -> Result<(), ServerError> {
        let status = answer.status();
        if status.is_redirection() {
            let to = answer.headers().get("location");
            let to = to.and_then(|to| to.to_str().ok()).unwrap_or("unknown");
            return Err(ServerError::Redirect(plain(to, 100)));
        }
        if status.is_success() {
            return Ok(());
        }
        let says = answer.body_mut().with_config().limit(4 << 10).read_to_vec();
        let says = says.map(|bytes| plain(&String::from_utf8_lossy(&bytes), 200));
        Err(ServerError::Refused(
            status.as_u16(),
            says.unwrap_or_default(),
        ))
    }

    fn explain(&self, error: ureq::Error) -> ServerError {
        match error {
            ureq::Error::Timeout(_) => ServerError::Slow(self.limits.patience.as_secs()),
            ureq::Error::BodyExceedsLimit(bytes) => ServerError::TooLong(bytes),
            ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
                ServerError::Slow(self.limits.patience.as_secs())
            }
            other => {
                ServerError::Unreachable(self.address.to_string(), plain(&other.to_string(), 200))
            }
        }
    }
}

/// What a model said.
pub(crate) struct Said {
    /// Its words, which should be JSON.
    pub words: String,
    /// Whether it ran out of room before its end.
    pub cut_short: bool,
}

/// Words of a server as they can be shown: no control characters, at most `most` letters.
fn plain(words: &str, most: usize) -> String {
    let shown = words.chars().take(most);
    let shown: String = shown
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    shown.trim().to_owned()
}
