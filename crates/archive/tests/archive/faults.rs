//! A store that fails as told: at a given put, by losing answers, by being full.

use async_trait::async_trait;
use futures_util::stream::BoxStream;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How the store fails.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Fault {
    /// From put number `n` (from 0) on nothing is done any more, as if the process had been
    /// killed just before it.
    KilledBefore(u64),
    /// As [`Fault::KilledBefore`], but put number `n` still happens.
    KilledAfter(u64),
    /// As [`Fault::KilledBefore`], but put number `n` leaves half of its bytes.
    TornAt(u64),
    /// So many puts from number `from` on fail and do nothing, then all is well again.
    Outage { from: u64, puts: u64 },
    /// Every put is done, and of each so many in a hundred the answer is lost.
    LostAnswers(u64),
}

#[derive(Debug)]
pub struct Faulty {
    inner: Arc<dyn ObjectStore>,
    fault: Fault,
    puts: AtomicU64,
    /// Puts that got no answer.
    pub unanswered: AtomicU64,
}

impl Faulty {
    pub fn new(inner: Arc<dyn ObjectStore>, fault: Fault) -> Arc<Self> {
        Arc::new(Self {
            inner,
            fault,
            puts: AtomicU64::new(0),
            unanswered: AtomicU64::new(0),
        })
    }

    pub fn puts(&self) -> u64 {
        self.puts.load(Ordering::SeqCst)
    }

    fn is_dead(&self) -> bool {
        let puts = self.puts();
        match self.fault {
            Fault::KilledBefore(at) | Fault::KilledAfter(at) | Fault::TornAt(at) => puts > at,
            Fault::LostAnswers(_) | Fault::Outage { .. } => false,
        }
    }

    fn error() -> Error {
        Error::Generic {
            store: "faulty",
            source: "no answer".into(),
        }
    }
}

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "faulty {}", self.inner)
    }
}

#[async_trait]
impl ObjectStore for Faulty {
    async fn put_opts(
        &self,
        at: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        let number = self.puts.fetch_add(1, Ordering::SeqCst);
        match self.fault {
            Fault::KilledBefore(last) if number >= last => return Err(Self::error()),
            Fault::KilledAfter(last) if number > last => return Err(Self::error()),
            Fault::TornAt(last) if number > last => return Err(Self::error()),
            Fault::Outage { from, puts } if (from..from + puts).contains(&number) => {
                return Err(Self::error());
            }
            Fault::TornAt(last) if number == last => {
                let bytes: Vec<u8> = payload.iter().flat_map(|bytes| bytes.to_vec()).collect();
                let half = PutPayload::from(bytes[..bytes.len() / 2].to_vec());
                self.inner.put_opts(at, half, options).await?;
                return Err(Self::error());
            }
            _ => {}
        }
        let result = self.inner.put_opts(at, payload, options).await;
        match self.fault {
            Fault::KilledAfter(last) if number == last => Err(Self::error()),
            // A fixed sequence that looks irregular, so that a failing test fails again.
            Fault::LostAnswers(percent) if ((number * 2_654_435_761) >> 7) % 100 < percent => {
                self.unanswered.fetch_add(1, Ordering::SeqCst);
                result.and(Err(Self::error()))
            }
            _ => result,
        }
    }

    async fn put_multipart_opts(
        &self,
        at: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(at, options).await
    }

    async fn get_opts(&self, at: &Path, options: GetOptions) -> Result<GetResult> {
        if self.is_dead() {
            return Err(Self::error());
        }
        self.inner.get_opts(at, options).await
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        use futures_util::StreamExt;
        if self.is_dead() {
            return locations.map(|_| Err(Self::error())).boxed();
        }
        self.inner.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.inner.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}
