//! A small static server for the built site, on this machine only. `serve` and the browser tests use it; it
//! behaves like the common static hosts: compressed text, wasm with its type, and the site in any folder.
//!
//! A thread answers one request of each connection and closes it. (A pool of threads over connections that stay open
//! let a browser's first burst of them wait for ever, now and then.)

use crate::{hash, shell::Outcome};
use flate2::{Compression, write::GzEncoder};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufRead as _, BufReader, Read as _, Write},
    net::{TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, SystemTime},
};

/// The site answers below this folder too, so that tests can see that it works from any.
pub const FOLDER: &str = "/some/folder/";

/// How long a browser may take to ask, and to take the answer in.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request's head is no longer.
const LONGEST: u64 = 64 * 1024;

/// A server that has its port.
pub struct Server {
    listener: TcpListener,
}

/// A server that answers.
pub struct Running {
    thread: JoinHandle<()>,
}

impl Server {
    /// Takes the port; 0 takes any that is free.
    pub fn bind(port: u16) -> Outcome<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).map_err(|error| {
            let other = port.checked_add(1).unwrap_or(8080);
            format!("Port {port} cannot be used ({error}). Another one can be chosen: --port {other}")
        })?;
        Ok(Self { listener })
    }

    /// Where the site will be.
    pub fn address(&self) -> String {
        let port = self.listener.local_addr().map_or(0, |address| address.port());
        format!("http://127.0.0.1:{port}/")
    }

    /// Answers from this folder.
    pub fn start(self, dist: PathBuf) -> Running {
        let site = Arc::new(Site { dist, kept: Mutex::default() });
        let thread = thread::spawn(move || {
            for stream in self.listener.incoming().flatten() {
                let site = Arc::clone(&site);
                // A reader that has gone away needs no answer.
                thread::spawn(move || drop(site.answer(stream)));
            }
        });
        Running { thread }
    }
}

impl Running {
    /// Waits until the program is ended from outside.
    pub fn wait(self) {
        let _ = self.thread.join();
    }
}

/// What a browser asks: the first line's words, and the headers by their names in small letters.
struct Request {
    method: String,
    url: String,
    headers: BTreeMap<String, String>,
}

impl Request {
    fn read(stream: &TcpStream) -> io::Result<Self> {
        let mut lines = BufReader::new(stream.take(LONGEST)).lines();
        let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
        let mut words = first.split(' ').map(str::to_owned);
        let (method, url) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let mut headers = BTreeMap::new();
        for line in lines {
            let line = line?;
            let Some((name, value)) = line.split_once(':') else { break };
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
        Ok(Self { method, url, headers })
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
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
    fn answer(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let request = Request::read(&stream)?;
        let found = if matches!(request.method.as_str(), "GET" | "HEAD") {
            self.find(&request.url).ok_or(("404 Not Found", "There is no such file."))
        } else {
            Err(("405 Method Not Allowed", "Files can only be read here."))
        };
        match found {
            Ok((path, file)) => respond(&mut stream, &request, &path, &file),
            Err((status, text)) => {
                let headers = [("Content-Type", "text/plain; charset=utf-8")];
                send(&mut stream, &request, status, &headers, text.as_bytes())
            }
        }
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

fn respond(stream: &mut TcpStream, request: &Request, path: &Path, file: &Kept) -> io::Result<()> {
    let tag = format!("\"{}\"", file.tag);
    let mut headers = vec![("Content-Type", kind(path).0), ("ETag", &tag), ("Vary", "Accept-Encoding")];
    // Every file is asked for again, and a file that has not changed is not sent again.
    headers.push(("Cache-Control", "no-cache"));
    if request.header("if-none-match") == tag {
        send(stream, request, "304 Not Modified", &headers, &[])
    } else if let Some(compressed) =
        file.compressed.as_ref().filter(|_| request.header("accept-encoding").contains("gzip"))
    {
        headers.push(("Content-Encoding", "gzip"));
        send(stream, request, "200 OK", &headers, compressed)
    } else {
        send(stream, request, "200 OK", &headers, &file.plain)
    }
}

/// Sends an answer whose length is known and said, so that what is loaded can be measured.
fn send(
    stream: &mut TcpStream,
    request: &Request,
    status: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
    for (name, value) in headers {
        head.extend([*name, ": ", *value, "\r\n"]);
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    if request.method != "HEAD" {
        stream.write_all(body)?;
    }
    stream.flush()
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
