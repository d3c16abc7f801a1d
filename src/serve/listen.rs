//! The socket: who may connect, how many at once, and how slow they may be.

use super::guard::Names;
use super::patient::Patient;
use super::state::Shared;
use super::wire::Wire;
use crate::archive::Home;
use crate::error::{Context, Error, Kind, Result};
use crate::spread::processors;
use hyper::server::conn::http1;
use hyper_util::rt::TokioTimer;
use hyper_util::service::TowerToHyperService;
use std::net::{Shutdown, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

/// Most connections at a time.
const CONNECTIONS: usize = 256;
/// Most bytes of a request's head; a longer one is answered with 431 or 414.
const LARGEST_HEAD: usize = 64 * 1024;
/// How many times as long as to send something one may take to read anything: who pages through an answer reads it by and by.
const READERS: u32 = 12;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub address: SocketAddr,
    /// Further names under which other machines may ask.
    pub names: Vec<String>,
    /// A file with the token that is asked for; needed for every address but this machine's own.
    pub token_file: Option<PathBuf>,
    /// Nothing may be written.
    pub read_only: bool,
    /// How long a question may take.
    pub patience: Duration,
    /// How long the head of a request, or a form, may take to arrive; whoever reads nothing for twelve times as long is cut off.
    pub slowest: Duration,
}

/// A server that has its address and is about to answer.
pub struct Listening {
    /// The address, with the port that was free.
    pub address: SocketAddr,
    runtime: Runtime,
    listener: TcpListener,
    router: axum::Router,
    slowest: Duration,
}

impl Listening {
    /// Takes the address.
    ///
    /// # Errors
    ///
    /// When it is taken or not ours, or a token is needed and there is none.
    pub fn bind(home: Home, options: &Options) -> Result<Listening> {
        let cores = processors().max(2);
        let mut shared = Shared::new(home, cores, options.patience)?;
        shared.read_only = options.read_only;
        shared.slowest = options.slowest;
        shared.token = options.token_file.as_ref().map(|file| token(file)).transpose()?;
        if shared.token.is_none() && !options.address.ip().is_loopback() {
            return Err(Error::new(Kind::Usage, format!("`{}` can be reached from other machines", options.address))
                .with_hint("put a token of your own into a file and name it with `--token-file`"));
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(cores * 2 + 2)
            .enable_all()
            .build()
            .context(Kind::Io, || "cannot start".to_owned())?;
        let bound = runtime.block_on(TcpListener::bind(options.address));
        let listener = bound.map_err(|cause| {
            let taken = cause.kind() == std::io::ErrorKind::AddrInUse;
            let error = Error::new(Kind::Io, format!("cannot listen on `{}`", options.address)).with_cause(cause);
            if taken { error.with_hint("another morgue may be serving there; take another port with `--port`") } else { error }
        })?;
        let address = listener.local_addr().context(Kind::Io, || "cannot tell the address".to_owned())?;
        let names = Names { address, also: options.names.clone() };
        let router = super::router(&Arc::new(shared), names);
        Ok(Listening { address, runtime, listener, router, slowest: options.slowest })
    }

    /// Answers until the process ends.
    pub fn run(self) {
        let Listening { runtime, listener, router, slowest, .. } = self;
        runtime.block_on(async move {
            let connections = Arc::new(Semaphore::new(CONNECTIONS));
            loop {
                let Ok(permit) = Arc::clone(&connections).acquire_owned().await else { return };
                let Ok((stream, _)) = listener.accept().await else {
                    // Out of file handles, most likely: give others time to close theirs.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                };
                let service = TowerToHyperService::new(router.clone());
                tokio::spawn(async move {
                    let _permit = permit;
                    let Ok((stream, second)) = twice(stream) else { return };
                    // Whoever breaks off or dawdles has no answer to get.
                    let _ = http(slowest).serve_connection(Patient::new(stream, slowest * READERS), service).await;
                    // Not longer than a connection is worth.
                    let _ = tokio::time::timeout(Duration::from_secs(1), leave(second)).await;
                });
            }
        });
    }

    /// What a connection is answered on which `sent` came and then nothing more: everything but the socket.
    ///
    /// # Panics
    ///
    /// When an answer fails inside, outside of the work that is done aside. That is what it is for.
    pub fn answer(&self, sent: &[u8]) -> Vec<u8> {
        let (wire, answered) = Wire::with(sent);
        let service = TowerToHyperService::new(self.router.clone());
        self.runtime.block_on(async {
            // What is no request has no answer.
            let _ = http(self.slowest).half_close(true).serve_connection(wire, service).await;
        });
        std::mem::take(&mut *answered.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// How requests are read.
fn http(slowest: Duration) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(slowest).max_buf_size(LARGEST_HEAD);
    http
}

/// A connection, and a second handle on it.
fn twice(stream: TcpStream) -> std::io::Result<(TcpStream, std::net::TcpStream)> {
    let stream = stream.into_std()?;
    let second = stream.try_clone()?;
    Ok((TcpStream::from_std(stream)?, second))
}

/// Ends a connection such that the last answer arrives: a socket that is closed with a request half read takes the answer down
/// with it, so what still comes is read and dropped.
async fn leave(stream: std::net::TcpStream) -> std::io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    let stream = TcpStream::from_std(stream)?;
    let mut dropped = vec![0; 64 * 1024];
    loop {
        stream.readable().await?;
        match stream.try_read(&mut dropped) {
            Ok(0) => return Ok(()),
            Err(e) if e.kind() != std::io::ErrorKind::WouldBlock => return Err(e),
            _ => {}
        }
    }
}

/// The hash of the token in `file`.
fn token(file: &std::path::Path) -> Result<blake3::Hash> {
    let text = std::fs::read_to_string(file).context(Kind::Input, || format!("cannot read `{}`", file.display()))?;
    let token = text.trim();
    if token.len() < 16 {
        return Err(Error::new(Kind::Input, format!("the token in `{}` has fewer than 16 characters", file.display()))
            .with_hint("make one with `head -c 24 /dev/urandom | base64 > FILE`"));
    }
    Ok(blake3::hash(token.as_bytes()))
}
