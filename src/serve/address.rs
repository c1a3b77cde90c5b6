//! The address that is listened on: the port that was asked for or one of the next, and which names in a request
//! mean it. A browser can be made to send requests for any name here; only these are answered.

use std::io::ErrorKind;
use std::net::{IpAddr, TcpListener};

use crate::error::Error;

/// Ports that are tried after the one that was asked for.
const NEXT: u16 = 20;

/// Where the site is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// As it was asked for.
    pub host: String,
    /// The port that was free.
    pub port: u16,
    /// The port that was asked for.
    pub wanted: u16,
}

/// Listens on the port, or on the next free one.
///
/// # Errors
/// None is free, or the host is not this machine's.
pub(super) fn listen(host: &str, wanted: u16) -> Result<(TcpListener, Address), Error> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let last = match wanted {
        0 => 0,
        _ => wanted.saturating_add(NEXT),
    };
    for port in wanted..=last {
        match TcpListener::bind((bare, port)) {
            Ok(listener) => {
                let port = listener.local_addr().map_or(port, |local| local.port());
                let host = bare.to_owned();
                return Ok((listener, Address { host, port, wanted }));
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                return Err(Error::refused(
                    format!("this machine does not let gen listen on port {port}"),
                    "choose one above 1023, such as --port 1111",
                ));
            }
            Err(error) => {
                return Err(Error::refused(
                    format!("gen cannot listen on {host}: {error}"),
                    "leave --host out, or give an address of this machine",
                ));
            }
        }
    }
    Err(Error::refused(
        format!("the ports {wanted} to {last} are all taken"),
        "choose another one with --port",
    ))
}

impl Address {
    /// The site's address, with a slash at its end.
    pub fn url(&self) -> String {
        format!("{}/", self.origin())
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        let host = match self.host.parse::<IpAddr>() {
            // Every address of the machine is meant: any of them does.
            Ok(any) if any.is_unspecified() => "127.0.0.1".to_owned(),
            Ok(IpAddr::V6(six)) => format!("[{six}]"),
            _ => self.host.clone(),
        };
        format!("http://{host}:{}", self.port)
    }

    /// Whether a request's `Host` means this address: a name of the own machine, or the host that was asked for.
    pub(super) fn is_meant_by(&self, host: &str) -> bool {
        let name = without_port(host).to_ascii_lowercase();
        if name == "localhost"
            || name.ends_with(".localhost")
            || name == self.host.to_ascii_lowercase()
        {
            return true;
        }
        // A name that somebody else's server answers for cannot be a number.
        let every = |own: IpAddr| own.is_unspecified();
        name.parse::<IpAddr>()
            .is_ok_and(|named| named.is_loopback() || self.host.parse::<IpAddr>().is_ok_and(every))
    }
}

/// The host of `host:port`, without the brackets of IPv6.
fn without_port(host: &str) -> &str {
    let is_port = |rest: &str| {
        let digits = rest.strip_prefix(':');
        rest.is_empty() || digits.is_some_and(|port| port.bytes().all(|b| b.is_ascii_digit()))
    };
    let (name, port) = match host.strip_prefix('[') {
        Some(six) => six.split_once(']').unwrap_or((host, "")),
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    match is_port(port) {
        true => name,
        false => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(host: &str) -> Address {
        Address {
            host: host.to_owned(),
            port: 1111,
            wanted: 1111,
        }
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let own = address("127.0.0.1");
        for good in [
            "localhost:1111",
            "LOCALHOST",
            "a.localhost:1",
            "127.0.0.1:1111",
            "127.9.9.9",
            "[::1]:1111",
        ] {
            assert!(own.is_meant_by(good), "{good}");
        }
        for bad in [
            "",
            "evil.example",
            "evil.example:1111",
            "192.168.1.5",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "[::1].evil",
            "localhost:1111:1",
        ] {
            assert!(!own.is_meant_by(bad), "{bad}");
        }
    }

    #[test]
    fn the_host_that_was_asked_for_is_answered_too() {
        assert!(address("desk.lan").is_meant_by("Desk.lan:1111"));
        assert!(address("0.0.0.0").is_meant_by("192.168.1.5:1111"));
        assert!(!address("0.0.0.0").is_meant_by("evil.example"));
        assert_eq!(address("::").origin(), "http://127.0.0.1:1111");
        assert_eq!(address("::1").url(), "http://[::1]:1111/");
    }
}
