//! What a store's refusal means, and what to do about it. Stores name their errors by a word (S3 API reference, "Error
//! responses"; Azure, "Common REST API error codes"); what else they answer may hold credentials, and is not told.

use super::http::{Access, Answer, Http};
use crate::error::Error;

/// The refusal of a store.
pub(super) struct Refusal<'a> {
    pub(super) http: &'a Http,
    pub(super) answer: &'a Answer,
    /// What was tried, as in "read what is there".
    pub(super) what: &'a str,
}

impl Refusal<'_> {
    /// In words.
    pub(super) fn error(&self) -> Error {
        let host = self.http.host();
        let (why, help) = self.reason();
        Error::refused(format!("{host} {why}"), help)
    }

    fn reason(&self) -> (String, String) {
        let bucket = match self.http.access() {
            Access::S3(bucket, _) => bucket.name(),
            Access::Azure(..) => "",
        };
        let (status, code) = (self.answer.status, &*self.answer.code);
        match (status, code) {
            (_, "InvalidAccessKeyId" | "InvalidSecurity" | "UnrecognizedClientException") => (
                "does not know the access key".into(),
                "see AWS_ACCESS_KEY_ID, or the profile: is it a key of this store, and was it deleted?".into(),
            ),
            (_, "SignatureDoesNotMatch") => (
                "knows the access key, and the secret is not that of the key".into(),
                "see AWS_SECRET_ACCESS_KEY, or the profile: was it copied whole, and is `region` right?".into(),
            ),
            (_, "ExpiredToken" | "InvalidToken" | "TokenRefreshRequired") => (
                "says that the session has expired".into(),
                "sign in again, then: eval \"$(aws configure export-credentials --format env)\"".into(),
            ),
            (_, "RequestTimeTooSkewed") => (
                "says that this machine's clock is wrong".into(),
                "set the clock".into(),
            ),
            (_, "NoSuchBucket" | "ContainerNotFound") => (
                format!("has no bucket {bucket}").trim_end().to_owned(),
                "make it there, or mend `to` (and `endpoint`) in site.toml".into(),
            ),
            (301 | 307 | 308, _) | (_, "AuthorizationHeaderMalformed" | "AuthorizationQueryParametersError" | "PermanentRedirect") => {
                let help = match &self.answer.region {
                    Some(region) => format!("write it into site.toml, below `to`: region = \"{region}\""),
                    None => "write the bucket's region into site.toml, below `to`: region = \"…\"".into(),
                };
                (format!("has the bucket {bucket} in another region"), help)
            }
            (_, "QuotaExceeded" | "InsufficientStorage") | (507, _) => (
                "has no room left".into(),
                "remove something there, or ask for more".into(),
            ),
            (401 | 403, _) => {
                let help = match self.http.access() {
                    Access::S3(..) => format!(
                        "give them s3:ListBucket for {bucket}, and s3:GetObject, s3:PutObject and s3:DeleteObject for what is in it"
                    ),
                    Access::Azure(..) => {
                        "see AZURE_STORAGE_SAS_TOKEN: is it of this account, does it still hold, and may it read, add, create, write and delete?".into()
                    }
                };
                (format!("does not let these credentials {}", self.what), help)
            }
            (404, _) => (
                format!("has no bucket {bucket}").trim_end().to_owned(),
                "make it there, or mend `to` (and `endpoint`) in site.toml".into(),
            ),
            _ => {
                let named = match code {
                    "" => String::new(),
                    code => format!(" ({})", code.chars().take(60).collect::<String>()),
                };
                (
                    format!("would not {}: it answers {status}{named}", self.what),
                    "what was sent stays; run gen publish again later, and it goes on from there".into(),
                )
            }
        }
    }
}
