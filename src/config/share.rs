//! `[share]`: where readers may share an article. The links themselves are `model/network.rs`'s.

use serde::Deserialize;

use super::FILE;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::network::{NETWORKS, Network, USUAL};

/// `[share]`.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Share {
    /// The names of the networks, in the order of the row; empty for no row.
    pub networks: Vec<String>,
}

impl Default for Share {
    fn default() -> Share {
        Share {
            networks: USUAL.map(str::to_owned).to_vec(),
        }
    }
}

impl Share {
    /// What is wrong with it.
    pub(super) fn check(&self) -> Vec<Diagnostic> {
        let known: Vec<&str> = NETWORKS.iter().map(|network| network.name).collect();
        let unknown = self
            .networks
            .iter()
            .filter(|name| Network::named(name).is_none());
        unknown
            .map(|name| {
                let message = format!("there is no network `{name}` to share an article on");
                let mut error = Diagnostic::error("config", FILE, message).at_item("share", name);
                error.help = did_you_mean(name, &known);
                error
            })
            .collect()
    }
}
