//! Hosts that are no more. lychee 0.24.2 says the same of a name that nobody has and of any other failure to connect, so
//! the system's resolver is asked for the names of hosts that it could not reach.

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs};

use crate::parallel::of_each;

/// What a resolver says of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// It has an address.
    Known,
    /// Nobody has it.
    Unknown,
    /// Nobody can tell now.
    Silent,
}

/// Asks the system's resolver.
pub(crate) fn look_up(host: &str) -> Lookup {
    const ANY_PORT: u16 = 80;
    match (host, ANY_PORT).to_socket_addrs() {
        Ok(_) => Lookup::Known,
        Err(error) if is_unknown(&error) => Lookup::Unknown,
        Err(_) => Lookup::Silent,
    }
}

/// Whether the host of a URL, perhaps with a port, is an address in a network that not everybody reaches.
pub(crate) fn is_private(host: &str) -> bool {
    let of_v4 = |ip: Ipv4Addr| {
        let is_shared = matches!(ip.octets(), [100, 64..=127, ..]);
        ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified() || is_shared
    };
    let of_v6 =
        |ip: Ipv6Addr| ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local();
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((name, _)) => name,
        None => host.split(':').next().unwrap_or(host),
    };
    name.parse().is_ok_and(|ip: IpAddr| match ip.to_canonical() {
        IpAddr::V4(ip) => of_v4(ip),
        IpAddr::V6(ip) => of_v6(ip),
    })
}

/// `EAI_NONAME` of `getaddrinfo` in the words of glibc, musl, and macOS; `WSAHOST_NOT_FOUND` of Windows.
fn is_unknown(error: &io::Error) -> bool {
    let said = error.to_string();
    let words = ["Name or service not known", "Name does not resolve", "nodename nor servname provided"];
    error.raw_os_error() == Some(11001) || words.iter().any(|words| said.contains(words))
}

/// So many hosts that answered are looked up to see whether the resolver works.
const TRIALS: usize = 10;

/// Of hosts that could not be reached, those whose names nobody has.
///
/// Behind a proxy, the resolver may know no name at all, and some networks let only a few names through. So it has to
/// know one of the hosts that answered, and more hosts have to answer than are unknown.
pub(crate) fn unknown(
    unreached: &BTreeSet<String>,
    answered: &BTreeSet<String>,
    look_up: impl Fn(&str) -> Lookup + Sync,
) -> BTreeSet<String> {
    let knows_one = || answered.iter().take(TRIALS).any(|host| look_up(host) == Lookup::Known);
    if unreached.is_empty() || !knows_one() {
        return BTreeSet::new();
    }
    let unreached: Vec<&String> = unreached.iter().collect();
    let unknown = of_each(&unreached, |host| (look_up(host) == Lookup::Unknown).then(|| (*host).clone()));
    let unknown: BTreeSet<String> = unknown.into_iter().flatten().collect();
    if unknown.len() < answered.len() { unknown } else { BTreeSet::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_networks() {
        let private = ["10.0.0.1", "192.168.1.1:80", "169.254.169.254", "127.8.0.1", "100.64.0.1", "0.0.0.0"];
        let private = private.into_iter().chain(["[::1]", "[fd00::1]:80", "[fe80::1]", "[::ffff:10.0.0.1]"]);
        private.for_each(|host| assert!(is_private(host), "{host}"));
        for host in ["8.8.8.8", "172.32.0.1", "[2001:db8::1]", "a.example", "10.example", "fd00"] {
            assert!(!is_private(host), "{host}");
        }
    }

    #[test]
    fn names_that_nobody_has() {
        let set = |names: &str| names.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
        let look_up = |host: &str| match host.split('.').next() {
            Some("known") => Lookup::Known,
            Some("silent") => Lookup::Silent,
            _ => Lookup::Unknown,
        };
        for (unreached, answered, expected) in [
            ("gone.example", "known.example other.example", "gone.example"),
            ("known.example silent.example", "known.example other.example", ""),
            // A proxy, a network that is down, and one that lets few names through.
            ("gone.example", "other.example another.example", ""),
            ("gone.example", "", ""),
            ("gone.example lost.example", "known.example other.example", ""),
        ] {
            assert_eq!(unknown(&set(unreached), &set(answered), look_up), set(expected), "{unreached}; {answered}");
        }
    }
}
