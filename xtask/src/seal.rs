//! Seals the built page: a Content-Security-Policy that names what may run by its hash and allows nothing else, and
//! the size that the first paint promises.

use crate::{
    shell::{self, Outcome},
    site,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Where index.html says how much is being loaded.
const SIZE: &str = "{page-size}";

/// The line of the source page that the policy takes the place of.
const PLACE: &str = "<!-- Content-Security-Policy: xtask/src/seal.rs puts it here -->";

/// Everything that the page may load. Workers come from addresses of their own, which no page's policy governs.
///
/// There is no `frame-ancestors`: it has no meaning in a page, and others may embed this one.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; \
     img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; \
     form-action 'none'";

/// Puts the policy and the size into `dist/index.html`.
pub fn seal(dist: &Path) -> Outcome {
    let file = dist.join("index.html");
    let [page, ..] = site::parts(dist)?;
    let sealed = sealed(&shell::read(&file)?, &page.compressed()?.div_ceil(1000).to_string())?;
    shell::write(&file, sealed)
}

fn sealed(html: &str, size: &str) -> Outcome<String> {
    let html = html.replace(SIZE, size);
    let (before, after) = html.split_once(PLACE).ok_or_else(|| format!("index.html has no line {PLACE}."))?;
    let scripts: Vec<_> = inline_scripts(&html).map(|script| format!(" 'sha256-{}'", hash(script))).collect();
    let policy = POLICY.replace("{scripts}", &scripts.concat());
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    Ok(format!("{before}{meta}{after}"))
}

fn hash(script: &str) -> String {
    STANDARD.encode(Sha256::digest(script))
}

/// The texts of the scripts that stand in the page itself. Trunk writes them, so their form is known.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (text, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(text)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const PAGE: &str = "<head><!-- Content-Security-Policy: xtask/src/seal.rs puts it here --><script type=\"module\">go()</script>\
                        <script src=\"a.js\"></script></head><p>{page-size} kB</p>";

    #[test]
    fn only_the_inline_script_is_named_by_its_hash() {
        let page = sealed(PAGE, "300").unwrap();
        // printf 'go()' | openssl dgst -sha256 -binary | base64
        let hashed = "script-src 'self' 'wasm-unsafe-eval' 'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw=';";
        assert!(page.contains(hashed), "{page}");
        assert_eq!(page.matches("sha256-").count(), 1);
        assert!(page.contains("<p>300 kB</p>"));
    }

    #[test]
    fn the_policy_comes_before_anything_it_governs() {
        let page = sealed(PAGE, "300").unwrap();
        assert!(page.find("Content-Security-Policy").unwrap() < page.find("<script").unwrap());
    }

    #[test]
    fn a_page_without_a_place_for_the_policy_is_refused() {
        assert!(sealed("<html></html>", "1").is_err());
    }
}
