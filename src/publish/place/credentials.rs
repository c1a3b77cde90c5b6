//! Where credentials are found: the environment, and the files that the stores' own tools keep. They are never printed.

use std::path::PathBuf;

use rusty_s3::Credentials;

use super::read;
use crate::config::publish::{Bucket, Target};
use crate::error::Error;

/// The value of a variable; none where it is empty.
#[expect(
    clippy::disallowed_methods,
    reason = "credentials and addresses of stores stand in the environment"
)]
pub(super) fn variable(name: &str) -> Option<String> {
    let value = std::env::var(name).ok()?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Those of a bucket.
pub(super) fn of_bucket(bucket: &Bucket, shown: &str) -> Result<Credentials, Error> {
    let google = match bucket.is_google {
        true => variable("GS_ACCESS_KEY_ID").zip(variable("GS_SECRET_ACCESS_KEY")),
        false => None,
    };
    let found =
        google.or_else(|| variable("AWS_ACCESS_KEY_ID").zip(variable("AWS_SECRET_ACCESS_KEY")));
    if let Some((key, secret)) = found {
        return Ok(match variable("AWS_SESSION_TOKEN") {
            Some(token) if !bucket.is_google => Credentials::new_with_token(key, secret, token),
            _ => Credentials::new(key, secret),
        });
    }
    let profile = profile();
    let file = aws_file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
    let of_file = |name: &str| from_ini(file.as_ref(), &[&profile], name);
    if let Some((key, secret)) = of_file("aws_access_key_id").zip(of_file("aws_secret_access_key"))
    {
        return Ok(match of_file("aws_session_token") {
            Some(token) => Credentials::new_with_token(key, secret, token),
            None => Credentials::new(key, secret),
        });
    }
    let searched = match &file {
        Some(file) => format!("[{profile}] of {}", file.display()),
        None => "~/.aws/credentials".to_owned(),
    };
    let help = match bucket.is_google {
        true => {
            "make an HMAC key (Cloud Storage, Settings, Interoperability), and set GS_ACCESS_KEY_ID and GS_SECRET_ACCESS_KEY"
        }
        false => {
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; after a single sign-on: eval \"$(aws configure export-credentials --format env)\""
        }
    };
    Err(Error::refused(
        format!(
            "there are no credentials for {shown}: neither in the environment nor in {searched}"
        ),
        help,
    ))
}

/// The signed part of addresses of Azure's, without a `?`.
pub(super) fn of_azure(shown: &str) -> Result<String, Error> {
    match variable("AZURE_STORAGE_SAS_TOKEN") {
        Some(token) => Ok(token.trim_start_matches('?').to_owned()),
        None => Err(Error::refused(
            format!("there are no credentials for {shown}"),
            "make a shared access signature that may read, add, create, write and delete (az storage container generate-sas), and set AZURE_STORAGE_SAS_TOKEN",
        )),
    }
}

/// The region of a bucket.
pub(super) fn region(target: &Target) -> Option<String> {
    let profile = profile();
    let config = aws_file("AWS_CONFIG_FILE", "config");
    target
        .region
        .clone()
        .or_else(|| variable("AWS_REGION"))
        .or_else(|| variable("AWS_DEFAULT_REGION"))
        .or_else(|| {
            let long = format!("profile {profile}");
            from_ini(config.as_ref(), &[&long, &profile], "region")
        })
}

/// The address of the store, where it is none of Amazon's.
pub(super) fn endpoint(target: &Target) -> Option<String> {
    let of_environment =
        || variable("AWS_ENDPOINT_URL_S3").or_else(|| variable("AWS_ENDPOINT_URL"));
    target.endpoint.clone().or_else(of_environment)
}

fn profile() -> String {
    variable("AWS_PROFILE").unwrap_or_else(|| "default".into())
}

/// A file of the AWS tools: where a variable says, or in the user's folder.
fn aws_file(named: &str, usual: &str) -> Option<PathBuf> {
    let usual = || Some(std::env::home_dir()?.join(".aws").join(usual));
    variable(named).map(PathBuf::from).or_else(usual)
}

/// The value of a key in the first of these sections.
fn from_ini(file: Option<&PathBuf>, sections: &[&str], key: &str) -> Option<String> {
    let bytes = read(file?).ok()?;
    ini_value(&String::from_utf8_lossy(&bytes), sections, key)
}

fn ini_value(text: &str, sections: &[&str], key: &str) -> Option<String> {
    let mut is_inside = false;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.split(']').next())
        {
            is_inside = sections.contains(&name.trim());
        } else if let Some((name, value)) = line.split_once('=')
            && is_inside
            && name.trim().eq_ignore_ascii_case(key)
            && !value.trim().is_empty()
        {
            return Some(value.trim().to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_read_as_the_aws_tools_write_it() {
        let text = "# mine\n[default]\naws_access_key_id = A\n\n[profile work]\nregion=eu-west-1\naws_access_key_id = B\n";
        assert_eq!(
            ini_value(text, &["default"], "aws_access_key_id").as_deref(),
            Some("A")
        );
        assert_eq!(
            ini_value(text, &["profile work", "work"], "region").as_deref(),
            Some("eu-west-1")
        );
        assert_eq!(ini_value(text, &["default"], "region"), None);
        assert_eq!(ini_value(text, &["none"], "region"), None);
    }
}
