//! `[hosting]`: who serves the site, and so in which files that host reads redirects and headers. The files are
//! `output/hosting/`'s.

use serde::Deserialize;

/// `[hosting]`.
#[derive(Clone, Copy, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Hosting {
    /// None where nobody said: pages at former addresses work everywhere.
    pub kind: Option<Host>,
}

/// A host, or a program that serves files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Host {
    /// Apache's httpd.
    Apache,
    /// Cloudflare Pages and Workers.
    Cloudflare,
    /// Codeberg Pages.
    Codeberg,
    /// GitHub Pages.
    Github,
    /// GitLab Pages.
    Gitlab,
    /// Netlify.
    Netlify,
    /// Nginx.
    Nginx,
    /// S3 and other stores of objects.
    S3,
    /// Vercel.
    Vercel,
}

impl Host {
    /// The name by which people know it.
    pub fn name(self) -> &'static str {
        match self {
            Host::Apache => "Apache",
            Host::Cloudflare => "Cloudflare",
            Host::Codeberg => "Codeberg Pages",
            Host::Github => "GitHub Pages",
            Host::Gitlab => "GitLab Pages",
            Host::Netlify => "Netlify",
            Host::Nginx => "nginx",
            Host::S3 => "a store of objects",
            Host::Vercel => "Vercel",
        }
    }

    /// Whether it answers former addresses with redirects, as a file in the site says.
    pub fn redirects(self) -> bool {
        !matches!(self, Host::Github | Host::S3)
    }

    /// The most rules for redirects that it reads.
    pub fn most_redirects(self) -> usize {
        match self {
            Host::Cloudflare => 2000,
            Host::Gitlab => 1000,
            Host::Vercel => 2000,
            _ => usize::MAX,
        }
    }
}
