//! The application: what it is about, what it shares between requests, how it is run.

use crate::api::{self, Wanted};
use crate::asked::Asked;
use crate::attempts::Attempts;
use crate::guard;
use crate::masking;
use crate::screens;
use crate::sessions::Sessions;
use crate::vault::{Vault, VaultError};
use archive::Device;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use collect::Collector;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::csrf::CsrfLayer;
use users::Role;

/// Most bytes of a request that is no upload.
const BODY: usize = 256 << 10;
/// How often it is looked whether nobody came for long enough to lock.
const LOOK_IDLE: Duration = Duration::from_secs(5);

/// Starts the sandboxed readers and the extractor, when files are first added. Errors are for
/// people.
pub type Readers = Box<dyn Fn() -> Result<Collector, String> + Send + Sync>;

/// What is served, and how.
pub struct Options {
    /// The archive's folder.
    pub archive: PathBuf,
    /// Its name, as the page head shows it.
    pub name: String,
    /// This device's folder of keys for it.
    pub device: PathBuf,
    /// Folder of the view.
    pub views: PathBuf,
    /// Name that is kept with what this person adds and decides.
    pub operator: String,
    /// Without a request for this long, the archive is locked.
    pub idle: Duration,
    /// Starts the readers.
    pub readers: Readers,
    /// Names beside those of loopback under which this may be reached: `host` or `host:port`.
    pub hosts: Vec<String>,
}

/// The interface of one archive. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) options: Options,
    pub(crate) vault: Vault,
    pub(crate) sessions: Sessions,
    pub(crate) attempts: Attempts,
    /// Tries of the passphrase.
    pub(crate) unlocking: Attempts,
    pub(crate) asked: Asked,
    pub(crate) api: api::Kept,
}

impl App {
    /// The interface of an archive, locked.
    ///
    /// # Errors
    /// When the archive or this device's folder cannot be looked at.
    pub fn new(options: Options) -> Result<Self, VaultError> {
        let vault = Vault::new(&options)?;
        Ok(Self {
            inner: Arc::new(Inner {
                vault,
                sessions: Sessions::new(options.idle),
                attempts: Attempts::default(),
                unlocking: Attempts::default(),
                asked: Asked::default(),
                api: api::Kept::default(),
                options,
            }),
        })
    }

    /// Opens the archive with keys that were unlocked elsewhere.
    ///
    /// # Errors
    /// When the device was not admitted, or its view cannot be used.
    pub fn unlock(&self, device: Device) -> Result<(), VaultError> {
        self.inner.vault.open(device)
    }

    /// A link that signs in whoever follows it first: a path with a query.
    #[must_use]
    pub fn link(&self) -> String {
        format!("/enter?link={}", self.inner.sessions.link())
    }

    /// A token for the API, which holds for so many hours (at most 720) or until this ends. That it
    /// was made is put on record, so the archive must be open. Names of protected persons are
    /// readable with it: whoever calls this has the archive's keys. Blocks: not for an async task.
    ///
    /// # Errors
    /// In words, when the name or the hours are not as they must be, or it cannot be put on record.
    pub fn token(&self, name: &str, role: Role, hours: u64) -> Result<String, String> {
        let open = self.inner.vault.get();
        let open = open.ok_or(
            "a token is put on record when it is made, and the archive is locked; start without \
             --locked",
        )?;
        let wanted = Wanted {
            name,
            role,
            hours,
            names: true,
        };
        let by = &self.inner.options.operator;
        let made = api::token_on_record(self, &open, by, &wanted);
        made.map(|(secret, _)| secret)
            .map_err(|problem| problem.words().to_owned())
    }

    /// The whole interface.
    pub fn router(&self) -> Router {
        let screens = screens::routes()
            .fallback(screens::not_found)
            .layer(DefaultBodyLimit::max(BODY))
            .layer(middleware::from_fn_with_state(
                self.clone(),
                masking::masked,
            ))
            .layer(middleware::from_fn_with_state(self.clone(), guard::session));
        Router::new()
            .nest(api::BASE, api::routes(self))
            .merge(screens)
            .layer(CsrfLayer::new())
            .layer(middleware::from_fn_with_state(self.clone(), guard::host))
            .layer(middleware::from_fn(api::tidy))
            .layer(middleware::from_fn(guard::headers))
            .with_state(self.clone())
    }

    /// Listens at an address until `stop` is done; `listening` hears of the address, whose port
    /// was chosen by the system where 0 was given.
    ///
    /// # Errors
    /// When the address cannot be listened at.
    pub async fn serve(
        &self,
        address: SocketAddr,
        listening: impl FnOnce(SocketAddr),
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let listener = TcpListener::bind(address).await?;
        listening(listener.local_addr()?);
        let app = self.clone();
        let watch = tokio::spawn(async move {
            loop {
                tokio::time::sleep(LOOK_IDLE).await;
                if app.inner.sessions.idle() > app.inner.options.idle {
                    app.inner.vault.lock();
                }
            }
        });
        let served = axum::serve(listener, self.router())
            .with_graceful_shutdown(stop)
            .await;
        watch.abort();
        self.inner.vault.lock();
        served
    }
}
