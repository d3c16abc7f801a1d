//! A `POST` of JSON, tried again when the server is not there or busy. The same message always has the same
//! `Idempotency-Key`, so that a receiver can tell a second try from a second message.

use super::trust;
use crate::alerts::digest::Digest;
use crate::error::{Context, Error, Kind, Result};
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

/// How long a server may take for its answer.
const PATIENCE: Duration = Duration::from_secs(20);

fn agent() -> Agent {
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .tls_config(tls);
    config.user_agent(concat!("morgue/", env!("CARGO_PKG_VERSION"))).build().into()
}

pub(super) fn post(url: &str, digest: &Digest, tries: u64, backoff: Duration) -> Result<()> {
    let failed = || "cannot call the webhook".to_owned();
    let mut body = serde_json::to_value(digest).context(Kind::Io, failed)?;
    // What chat services show.
    body["text"] = digest.text().into();
    let body = serde_json::to_vec(&body).context(Kind::Io, failed)?;
    let agent = agent();
    let mut wait = backoff;
    for n in 1.. {
        let request = agent.post(url).header("Content-Type", "application/json").header("Idempotency-Key", &digest.id);
        let wrong = match request.send(&body[..]) {
            Ok(answer) if answer.status().is_success() => return Ok(()),
            Ok(answer) => {
                let status = answer.status();
                let wrong = Error::new(Kind::Io, format!("the webhook answered {status}"));
                let busy = status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429);
                if !busy {
                    return Err(wrong);
                }
                wrong
            }
            Err(e) => match trust::untrusted(std::iter::once(&e as &(dyn std::error::Error + 'static)), "the webhook") {
                Some(untrusted) => return Err(untrusted),
                None => Error::new(Kind::Io, failed()).with_cause(e),
            },
        };
        if n >= tries {
            return Err(wrong);
        }
        std::thread::sleep(wait);
        wait *= 2;
    }
    Ok(())
}
