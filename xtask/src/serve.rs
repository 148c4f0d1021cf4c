//! A small static server for the built site, on this machine only. `serve` and the browser tests use it; it
//! behaves like the common static hosts: compressed text, wasm with its type, and the site in any folder.

use crate::{hash, shell::Outcome};
use flate2::{Compression, write::GzEncoder};
use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::SystemTime,
};
use tiny_http::{Header, Method, Request, Response, StatusCode};

/// The site answers below this folder too, so that tests can see that it works from any.
pub const FOLDER: &str = "/some/folder/";

/// A server that has its port.
pub struct Server {
    http: Arc<tiny_http::Server>,
}

/// A server that answers.
pub struct Running {
    threads: Vec<JoinHandle<()>>,
}

impl Server {
    /// Takes the port; 0 takes any that is free.
    pub fn bind(port: u16) -> Outcome<Self> {
        let http = tiny_http::Server::http(("127.0.0.1", port)).map_err(|error| {
            let other = port.checked_add(1).unwrap_or(8080);
            format!("Port {port} cannot be used ({error}). Another one can be chosen: --port {other}")
        })?;
        Ok(Self { http: Arc::new(http) })
    }

    /// Where the site will be.
    pub fn address(&self) -> String {
        format!("http://{}/", self.http.server_addr())
    }

    /// Answers from this folder.
    pub fn start(self, dist: PathBuf) -> Running {
        let site = Arc::new(Site { dist, kept: Mutex::default() });
        let threads = (0..4).map(|_| {
            let (http, site) = (Arc::clone(&self.http), Arc::clone(&site));
            thread::spawn(move || {
                while let Ok(request) = http.recv() {
                    site.answer(request);
                }
            })
        });
        Running { threads: threads.collect() }
    }
}

impl Running {
    /// Waits until the program is ended from outside.
    pub fn wait(self) {
        for thread in self.threads {
            let _ = thread.join();
        }
    }
}

struct Site {
    dist: PathBuf,
    /// Files as they were last read.
    kept: Mutex<BTreeMap<PathBuf, Arc<Kept>>>,
}

struct Kept {
    modified: SystemTime,
    tag: String,
    plain: Vec<u8>,
    /// Only where that is what hosts do with such a file.
    compressed: Option<Vec<u8>>,
}

impl Site {
    fn answer(&self, request: Request) {
        let response = if matches!(request.method(), Method::Get | Method::Head) {
            match self.find(request.url()) {
                Some((path, file)) => respond(&request, &path, &file),
                None => text(404, "There is no such file."),
            }
        } else {
            text(405, "Files can only be read here.")
        };
        // A reader that has gone away needs no answer.
        let _ = request.respond(response);
    }

    fn find(&self, url: &str) -> Option<(PathBuf, Arc<Kept>)> {
        let path = self.dist.join(file_of(url)?);
        let modified = fs::metadata(&path).ok()?.modified().ok()?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = kept.get(&path).filter(|file| file.modified == modified) {
            return Some((path, Arc::clone(file)));
        }
        let plain = fs::read(&path).ok()?;
        let compressed = kind(&path).1.then(|| gzip(&plain));
        let tag = hash::short(&plain);
        let file = Arc::new(Kept { modified, tag, plain, compressed });
        kept.insert(path.clone(), Arc::clone(&file));
        Some((path, file))
    }
}

/// The file in the site that an address means; `None` for one that would lead out of it.
fn file_of(url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_prefix(FOLDER).or_else(|| path.strip_prefix('/'))?;
    // No file of the site has a name that needs escapes.
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let file = PathBuf::from(file);
    file.components().all(|part| matches!(part, Component::Normal(_))).then_some(file)
}

fn respond(request: &Request, path: &Path, file: &Kept) -> Response<std::io::Cursor<Vec<u8>>> {
    let sent = |name: &'static str| {
        let header = request.headers().iter().find(|header| header.field.equiv(name));
        header.map(|header| header.value.as_str()).unwrap_or_default()
    };
    let tag = format!("\"{}\"", file.tag);
    let mut headers = vec![("Content-Type", kind(path).0), ("ETag", &tag), ("Vary", "Accept-Encoding")];
    // Every file is asked for again, and a file that has not changed is not sent again.
    headers.push(("Cache-Control", "no-cache"));
    let mut response = if sent("If-None-Match") == tag {
        Response::from_data(Vec::new()).with_status_code(StatusCode(304))
    } else if let Some(compressed) = file.compressed.as_ref().filter(|_| sent("Accept-Encoding").contains("gzip")) {
        headers.push(("Content-Encoding", "gzip"));
        Response::from_data(compressed.clone())
    } else {
        Response::from_data(file.plain.clone())
    };
    // The length is known and said, so that what is loaded can be measured.
    response = response.with_chunked_threshold(usize::MAX);
    for header in headers.iter().filter_map(|(name, value)| Header::from_bytes(*name, *value).ok()) {
        response.add_header(header);
    }
    response
}

fn text(status: u16, text: &str) -> Response<std::io::Cursor<Vec<u8>>> {
    Response::from_string(text).with_status_code(StatusCode(status))
}

/// A file's type, and whether hosts compress it.
fn kind(path: &Path) -> (&'static str, bool) {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("html") => ("text/html; charset=utf-8", true),
        Some("js") => ("text/javascript; charset=utf-8", true),
        Some("css") => ("text/css; charset=utf-8", true),
        Some("wasm") => ("application/wasm", true),
        Some("json") => ("application/json", true),
        Some("webmanifest") => ("application/manifest+json", true),
        Some("svg") => ("image/svg+xml", true),
        Some("txt" | "md") => ("text/plain; charset=utf-8", true),
        Some("png") => ("image/png", false),
        _ => ("application/octet-stream", false),
    }
}

/// Compresses as a static host does.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_means_a_file() {
        for (url, file) in [
            ("/", "index.html"),
            ("/?x=1", "index.html"),
            ("/page-1.js", "page-1.js"),
            ("/models/a.safetensors?v=2", "models/a.safetensors"),
            ("/some/folder/", "index.html"),
            ("/some/folder/models/", "models/index.html"),
        ] {
            assert_eq!(file_of(url), Some(file.into()), "{url}");
        }
    }

    #[test]
    fn no_address_leads_out_of_the_site() {
        for url in ["/../Cargo.toml", "/models/../../x", "//etc/passwd", "/some/folder//etc/passwd", "", "x"] {
            assert_eq!(file_of(url), None, "{url}");
        }
    }
}
