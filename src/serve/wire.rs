//! A request answered in memory: all of its way but the socket, for tests and fuzzing.

use hyper::rt::{Read, ReadBufCursor, Write};
use std::io::Result;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

/// A connection whose other end has sent all it will, and listens.
pub(super) struct Wire {
    asked: Vec<u8>,
    read: usize,
    answered: Arc<Mutex<Vec<u8>>>,
}

impl Wire {
    /// One on which `asked` was sent; what is answered comes into the second.
    pub fn with(asked: &[u8]) -> (Wire, Arc<Mutex<Vec<u8>>>) {
        let answered = Arc::new(Mutex::new(Vec::new()));
        (Wire { asked: asked.to_vec(), read: 0, answered: Arc::clone(&answered) }, answered)
    }
}

impl Read for Wire {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, mut to: ReadBufCursor<'_>) -> Poll<Result<()>> {
        let rest = &self.asked[self.read..];
        let some = &rest[..rest.len().min(to.remaining())];
        to.put_slice(some);
        let n = some.len();
        self.read += n;
        Poll::Ready(Ok(()))
    }
}

impl Write for Wire {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }
}
