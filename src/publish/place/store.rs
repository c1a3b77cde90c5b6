//! Stores of objects: S3 and all that speak it, and Azure's blobs.

use std::io::Write;

use flate2::write::GzEncoder;
use rusty_s3::{Bucket, Method, UrlStyle};

use super::http::{Access, Answer, Ask, Http, MARK};
use super::{Follow, Found, Kept, Place, Shipment, bytes_of, credentials, parallel};
use crate::config::publish::{self, Container, Target};
use crate::error::Error;
use crate::fingerprint::Fingerprint;

/// Google's address for those that speak S3.
const GOOGLE: &str = "https://storage.googleapis.com";

/// A bucket, or a container.
pub(super) struct Store {
    http: Http,
    name: String,
    prefix: String,
    at_once: usize,
}

impl Store {
    /// A bucket of S3, or of what speaks it.
    pub(super) fn bucket(bucket: &publish::Bucket, target: &Target) -> Result<Store, Error> {
        let credentials = credentials::of_bucket(bucket, &target.to)?;
        let region = credentials::region(target);
        let region = region.unwrap_or_else(|| match bucket.is_google {
            true => "auto".to_owned(),
            false => "us-east-1".to_owned(),
        });
        let endpoint = match bucket.is_google {
            true => Some(target.endpoint.clone().unwrap_or_else(|| GOOGLE.into())),
            false => credentials::endpoint(target),
        };
        // With a dot in it, the name is no part of a host that has a certificate.
        let style = match endpoint.is_none() && !bucket.name.contains('.') {
            true => UrlStyle::VirtualHost,
            false => UrlStyle::Path,
        };
        let endpoint = endpoint.unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
        let refuse = || {
            Error::refused(
                format!("{} is no bucket at {endpoint}", target.to),
                "mend `to`, `endpoint` and `region` in site.toml",
            )
        };
        let url = endpoint.parse().map_err(|_| refuse())?;
        let made = Bucket::new(url, style, bucket.name.clone(), region).map_err(|_| refuse())?;
        let host = made.base_url().host_str().unwrap_or_default().to_owned();
        Ok(Store {
            http: Http::new(Access::S3(made, credentials), host),
            name: target.to.clone(),
            prefix: bucket.prefix.clone(),
            at_once: target.at_once,
        })
    }

    /// A container of Azure's.
    pub(super) fn azure(container: &Container, target: &Target) -> Result<Store, Error> {
        let signature = credentials::of_azure(&target.to)?;
        let account = &container.account;
        let usual = || format!("https://{account}.blob.core.windows.net");
        let endpoint = target.endpoint.clone().unwrap_or_else(usual);
        let endpoint = endpoint.trim_end_matches('/');
        let host = endpoint.split("://").nth(1).unwrap_or_default();
        let host = host.split('/').next().unwrap_or_default().to_owned();
        let address = format!("{endpoint}/{}", container.name);
        Ok(Store {
            http: Http::new(Access::Azure(address, signature), host),
            name: target.to.clone(),
            prefix: container.prefix.clone(),
            at_once: target.at_once,
        })
    }

    fn key(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    fn ask(
        &self,
        method: Method,
        path: &str,
        headers: Vec<(String, String)>,
        body: Option<&[u8]>,
    ) -> Result<Answer, Error> {
        self.http.ask(&Ask {
            method,
            key: &self.key(path),
            headers,
            body,
        })
    }

    /// What gen said of the file that stands at a path.
    fn mark(&self, path: &str) -> Result<Mark, Error> {
        let answer = self.ask(Method::Head, path, Vec::new(), None)?;
        match answer.status {
            200 => Ok(match answer.mark {
                Some(mark) => Mark::Ours(mark),
                None => Mark::Foreign,
            }),
            404 => Ok(Mark::Nothing),
            _ => Err(self.http.refused(&answer, "look at what is there")),
        }
    }

    /// Sends one file; false where somebody else's is in the way.
    fn send_one(&self, shipment: &Shipment) -> Result<bool, Error> {
        let mut bytes = bytes_of(shipment)?;
        if shipment.told.gzip {
            bytes = compressed(&bytes);
        }
        let mark = shipment.hash.to_string();
        let name = match self.http.access() {
            Access::S3(..) => format!("x-amz-meta-{MARK}"),
            Access::Azure(..) => "x-ms-meta-genhash".to_owned(),
        };
        let mut headers = shipment.told.headers.clone();
        headers.push((name, mark.clone()));
        if let Access::Azure(..) = self.http.access() {
            headers.iter_mut().for_each(|(name, _)| as_azure_says(name));
        }
        if shipment.is_new {
            let mut careful = headers.clone();
            careful.push(("if-none-match".into(), "*".into()));
            let answer = self.ask(Method::Put, &shipment.path, careful, Some(&bytes))?;
            match answer.status {
                409 | 412 => match self.mark(&shipment.path)? {
                    // An answer was lost on its way, or another publisher was killed.
                    Mark::Ours(there) if there == mark => return Ok(true),
                    Mark::Foreign => return Ok(false),
                    Mark::Ours(_) | Mark::Nothing => {}
                },
                // A store without conditions.
                501 => {
                    if self.mark(&shipment.path)? == Mark::Foreign {
                        return Ok(false);
                    }
                }
                _ if answer.is_done() => return Ok(true),
                _ => return Err(self.http.refused(&answer, "write there")),
            }
        }
        let answer = self.ask(Method::Put, &shipment.path, headers, Some(&bytes))?;
        match answer.is_done() {
            true => Ok(true),
            false => Err(self.http.refused(&answer, "write there")),
        }
    }
}

/// What gen once said of a file.
#[derive(Debug, PartialEq, Eq)]
enum Mark {
    Nothing,
    Ours(String),
    Foreign,
}

/// Azure keeps what others send by HTTP's own names under names of its own.
fn as_azure_says(name: &mut String) {
    if matches!(
        &**name,
        "cache-control"
            | "content-disposition"
            | "content-encoding"
            | "content-language"
            | "content-type"
    ) {
        *name = format!("x-ms-blob-{name}");
    }
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
    // Writing into memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

impl Place for Store {
    fn name(&self) -> &str {
        &self.name
    }

    fn takes_headers(&self) -> bool {
        true
    }

    fn read(&self, name: &str) -> Result<Option<Kept>, Error> {
        let answer = self.ask(Method::Get, name, Vec::new(), None)?;
        match (answer.status, &*answer.code) {
            (200, _) => Ok(Some(Kept {
                version: answer.version.unwrap_or_default(),
                bytes: answer.body,
            })),
            (404, "NoSuchKey" | "BlobNotFound" | "ResourceNotFound") => Ok(None),
            _ => Err(self.http.refused(&answer, "read what is there")),
        }
    }

    fn write(
        &self,
        name: &str,
        bytes: &[u8],
        version: Option<&str>,
    ) -> Result<Option<String>, Error> {
        let condition = match version {
            Some(version) => ("if-match".to_owned(), version.to_owned()),
            None => ("if-none-match".to_owned(), "*".to_owned()),
        };
        let type_name = match self.http.access() {
            Access::S3(..) => "content-type",
            Access::Azure(..) => "x-ms-blob-content-type",
        };
        let kind = (type_name.to_owned(), "text/plain; charset=utf-8".to_owned());
        let mut answer = self.ask(
            Method::Put,
            name,
            vec![condition, kind.clone()],
            Some(bytes),
        )?;
        if answer.status == 501 {
            answer = self.ask(Method::Put, name, vec![kind], Some(bytes))?;
        }
        match (answer.status, &*answer.code) {
            (404, "NoSuchBucket" | "ContainerNotFound") => {}
            (404 | 409 | 412, _) => {
                // An answer may have been lost on its way: then the bytes that are there are these.
                let there = self.read(name)?.filter(|there| there.bytes == bytes);
                return Ok(there.map(|there| there.version));
            }
            _ if answer.is_done() => {
                return match answer.version {
                    Some(version) => Ok(Some(version)),
                    None => Ok(self.read(name)?.map(|there| there.version)),
                };
            }
            _ => {}
        }
        Err(self.http.refused(&answer, "write there"))
    }

    fn keeps_conditions(&self, name: &str, bytes: &[u8]) -> Result<bool, Error> {
        let condition = vec![("if-none-match".to_owned(), "*".to_owned())];
        let answer = self.ask(Method::Put, name, condition, Some(bytes))?;
        Ok(matches!(answer.status, 409 | 412))
    }

    fn send(&self, files: &[Shipment], follow: &Follow<'_>) -> Result<Vec<String>, Error> {
        let foreign = parallel(files, self.at_once, &|shipment| {
            (follow.may)()?;
            let is_sent = self.send_one(shipment)?;
            if is_sent {
                (follow.done)(&shipment.path);
            }
            Ok((!is_sent).then(|| shipment.path.clone()))
        })?;
        Ok(foreign.into_iter().flatten().collect())
    }

    fn find(&self, files: &[(String, Fingerprint)]) -> Result<Vec<Found>, Error> {
        parallel(files, self.at_once, &|(path, hash)| {
            Ok(match self.mark(path)? {
                Mark::Nothing => Found::Nothing,
                Mark::Ours(mark) if mark == hash.to_string() => Found::Ours,
                // Of a publisher before: it is sent again, or removed.
                Mark::Ours(_) => Found::Stale,
                Mark::Foreign => Found::Foreign,
            })
        })
    }

    fn remove(&self, paths: &[String], follow: &Follow<'_>) -> Result<(), Error> {
        let removed = parallel(paths, self.at_once, &|path| {
            (follow.may)()?;
            let answer = self.ask(Method::Delete, path, Vec::new(), None)?;
            match answer.status {
                404 => {}
                _ if answer.is_done() => {}
                _ => return Err(self.http.refused(&answer, "remove files there")),
            }
            (follow.done)(path);
            Ok(())
        });
        removed.map(drop)
    }

    fn notes(&self) -> Vec<String> {
        let skew = self.http.skew();
        match skew {
            0 => Vec::new(),
            _ => vec![format!(
                "this machine's clock is {} s {} that of {}, which was gone by",
                skew.abs(),
                if skew > 0 { "behind" } else { "before" },
                self.http.host()
            )],
        }
    }
}
