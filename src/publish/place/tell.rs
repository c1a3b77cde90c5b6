//! Tells search engines which pages changed (indexnow.org).

use std::time::Duration;

use ureq::Agent;

use crate::output::json;

/// Addresses that are taken at once.
const AT_ONCE: usize = 10_000;

/// Tells them; the error says in words why that was not possible.
pub(in crate::publish) fn index_now(
    engine: &str,
    host: &str,
    key: &str,
    key_at: &str,
    addresses: &[String],
) -> Result<(), String> {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .user_agent(concat!("gen/", env!("CARGO_PKG_VERSION")));
    let agent: Agent = config.build().into();
    for addresses in addresses.chunks(AT_ONCE) {
        let body = json::compact(&json::json!({
            "host": host, "key": key, "keyLocation": key_at, "urlList": addresses,
        }));
        let request = agent
            .post(engine)
            .header("content-type", "application/json; charset=utf-8");
        let status = match request.send(body.as_bytes()) {
            Ok(response) => response.status().as_u16(),
            Err(_) => return Err("it cannot be reached".into()),
        };
        match status {
            200 | 202 => {}
            403 => return Err(format!("it finds no key at {key_at}, or another one")),
            422 => return Err(format!("it says that these addresses are not {host}'s")),
            429 => return Err("it was told too often".into()),
            status => return Err(format!("it answers {status}")),
        }
    }
    Ok(())
}
