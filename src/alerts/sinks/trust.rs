//! Why nothing is handed to a server whose certificate is not trusted, said so that somebody can mend it.

use crate::error::{Error, Kind};
use rustls::CertificateError;

/// What the libraries between us and the certificate say where this machine knows nobody to trust.
const NOBODY: &str = "No CA certificates were loaded from the system";

/// The error that says so, where one of `causes` is that the certificate of `server` is not trusted.
pub(super) fn untrusted<'e>(mut causes: impl Iterator<Item = &'e (dyn std::error::Error + 'static)>, server: &str) -> Option<Error> {
    let (why, hint) = match causes.find_map(refused)? {
        rustls::Error::InvalidCertificate(wrong) => told(wrong),
        rustls::Error::General(wrong) if wrong == NOBODY => {
            ("this machine has no list of whom to trust".to_owned(), "install one (on Debian the package `ca-certificates`)")
        }
        _ => return None,
    };
    Some(Error::new(Kind::Io, format!("the certificate of {server} is not trusted: {why}")).with_hint(hint))
}

/// The error of TLS in an error, however it is wrapped.
fn refused<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e rustls::Error> {
    let in_io = |error: &'e std::io::Error| error.get_ref().and_then(|inner| inner.downcast_ref());
    error.downcast_ref().or_else(|| error.downcast_ref().and_then(in_io)).or_else(|| match error.downcast_ref()? {
        ureq::Error::Rustls(inner) => Some(inner),
        ureq::Error::Io(inner) => in_io(inner),
        _ => None,
    })
}

fn told(wrong: &CertificateError) -> (String, &'static str) {
    match wrong {
        CertificateError::UnknownIssuer => (
            "nobody whom this machine trusts issued it".to_owned(),
            "add who issued it to what this machine trusts, or name a file with those you trust in $SSL_CERT_FILE",
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            ("it is for a server of another name".to_owned(), "write the name it is for in the address of the sink")
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            ("it has run out".to_owned(), "whoever keeps the server must renew it; is the clock of this machine right?")
        }
        other => (other.to_string(), "whoever keeps the server must mend it"),
    }
}
