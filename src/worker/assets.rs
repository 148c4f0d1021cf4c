//! The files of a worker: shipped weights, fetched once, and data sets that the user brought.

use crate::{
    lab::{Assets, Task, messages::Loaded},
    labs,
    models::shipped,
};
use std::{any::Any, cell::RefCell, collections::BTreeMap, rc::Rc};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;

/// The classic four files of MNIST, as most mirrors name them.
const MNIST_FILES: [&str; 4] = [
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
];

/// See the module's text.
#[derive(Default)]
pub struct BrowserAssets {
    models: RefCell<BTreeMap<String, Rc<Vec<u8>>>>,
    sets: RefCell<BTreeMap<String, Rc<dyn Any>>>,
}

impl BrowserAssets {
    /// Parses and keeps a data set.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the files.
    pub fn keep(&self, set: &str, files: Vec<(String, Vec<u8>)>) -> Result<Loaded, String> {
        let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
        let (parsed, summary) = labs::load(set, files)?;
        self.sets.borrow_mut().insert(set.to_owned(), parsed);
        Ok(Loaded { summary, value: labs::value_of(set, &names).to_owned() })
    }

    /// Fetches a data set from an address that the user gave: the folder of MNIST's files, or one file of texts.
    ///
    /// # Errors
    /// A sentence, where they cannot be fetched or used.
    pub async fn keep_from(&self, set: &str, url: &str) -> Result<Loaded, String> {
        let mut files = Vec::new();
        if set == "mnist" {
            let base = url.trim_end_matches('/');
            for name in MNIST_FILES {
                files.push((name.to_owned(), fetch(&format!("{base}/{name}")).await?));
            }
        } else {
            files.push((url.to_owned(), fetch(url).await?));
        }
        self.keep(set, files)
    }
}

impl Assets for BrowserAssets {
    fn model<'a>(&'a self, file: &'a str) -> Task<'a, Result<Rc<Vec<u8>>, String>> {
        Box::pin(async move {
            if let Some(bytes) = self.models.borrow().get(file) {
                return Ok(bytes.clone());
            }
            let bytes = fetch(&format!("models/{file}")).await?;
            shipped::check(file, &bytes)?;
            let bytes = Rc::new(bytes);
            self.models.borrow_mut().insert(file.to_owned(), bytes.clone());
            Ok(bytes)
        })
    }

    fn data(&self, set: &str) -> Option<Rc<dyn Any>> {
        self.sets.borrow().get(set).cloned()
    }
}

/// Reads a whole file, relative to the worker's own address.
async fn fetch(url: &str) -> Result<Vec<u8>, String> {
    let scope: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    let unreachable =
        |_| format!("{url} could not be fetched: no answer, or its server does not let this page read it.");
    let response: web_sys::Response =
        JsFuture::from(scope.fetch_with_str(url)).await.map_err(unreachable)?.unchecked_into();
    if !response.ok() {
        return Err(format!("{url} could not be fetched: the server answered {}.", response.status()));
    }
    let body = JsFuture::from(response.array_buffer().map_err(unreachable)?).await.map_err(unreachable)?;
    Ok(js_sys::Uint8Array::new(&body).to_vec())
}
