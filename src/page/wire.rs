//! One worker and the wire to it: what is said to it before it listens is kept until it does.

use crate::{
    lab::messages::{BUILD, ToPage, ToWorker, pack, unpack},
    labs::AnyEvent,
};
use js_sys::{Array, Float64Array, Reflect, Uint8Array};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, prelude::Closure};
use web_sys::{Event, MessageEvent, Worker};

/// Where Trunk puts the workers; relative, so that the site works from any sub-path.
const SMALL: &str = "./worker-cpu_loader.js";
const LARGE: &str = "./worker-gpu_loader.js";

/// What the page hears.
#[derive(Debug)]
pub enum Heard {
    /// A message from the workers.
    Message(ToPage<AnyEvent>),
    /// So much of the large worker has been fetched, in kB.
    Fetched {
        /// So far.
        done: u64,
        /// In all.
        total: u64,
    },
    /// A worker is of another build than the page.
    OtherBuild(String),
    /// A worker died and a new one has been started; its run is lost.
    Replaced(String),
}

/// See the module's text.
pub struct Wire {
    worker: Option<Worker>,
    /// What waits for the worker's hello; `None` once it was heard.
    waiting: Rc<RefCell<Option<Vec<Vec<u8>>>>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Wire {
    /// Starts a worker, a small one or the large one that can use a GPU. What it says goes to `hear`, and why it died to
    /// `died`.
    pub fn start(large: bool, hear: impl Fn(Heard) + 'static, died: impl Fn(&str) + 'static) -> Self {
        let waiting = Rc::new(RefCell::new(Some(Vec::<Vec<u8>>::new())));
        let kept = waiting.clone();
        let on_message = Closure::new(move |event: MessageEvent| {
            // Its loader (xtask/src/loader.js) says how much of it has come, until its program speaks.
            if let Ok(so_far) = event.data().dyn_into::<Float64Array>() {
                return hear(Heard::Fetched { done: so_far.get_index(0) as u64, total: so_far.get_index(1) as u64 });
            }
            let bytes = event.data().dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec());
            match bytes.ok().and_then(|bytes| unpack::<ToPage<AnyEvent>>(&bytes)) {
                None => hear(Heard::OtherBuild("unreadable".to_owned())),
                Some(ToPage::Hello { build }) if build != BUILD => hear(Heard::OtherBuild(build)),
                Some(ToPage::Hello { .. }) => {
                    let worker: Option<Worker> = event.target().and_then(|target| target.dyn_into().ok());
                    for message in kept.borrow_mut().take().unwrap_or_default() {
                        post(worker.as_ref(), &message);
                    }
                }
                Some(message) => hear(Heard::Message(message)),
            }
        });
        let on_error = Closure::new(move |event: Event| {
            // Of a worker that could not be fetched there is an event, and no message.
            let message = Reflect::get(&event, &"message".into()).ok().and_then(|message| message.as_string());
            let message = message.unwrap_or_else(|| "it could not be fetched".to_owned());
            // What was thrown, without what browsers put before it: it stands in a sentence of ours.
            died(message.trim_start_matches("Uncaught ").trim_start_matches("Error: ").trim_end_matches('.'));
        });
        let worker = Worker::new(if large { LARGE } else { SMALL }).ok();
        if let Some(worker) = &worker {
            worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        }
        Self { worker, waiting, _on_message: on_message, _on_error: on_error }
    }

    /// Whether it listens.
    pub fn listens(&self) -> bool {
        self.waiting.borrow().is_none()
    }

    /// Says something to it.
    pub fn send(&self, message: &ToWorker) {
        let bytes = pack(message);
        match &mut *self.waiting.borrow_mut() {
            Some(waiting) => waiting.push(bytes),
            None => post(self.worker.as_ref(), &bytes),
        }
    }

    /// Ends the worker; nothing of it is heard any more.
    pub fn end(&self) {
        if let Some(worker) = &self.worker {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
    }
}

fn post(worker: Option<&Worker>, message: &[u8]) {
    if let Some(worker) = worker {
        let bytes = Uint8Array::from(message);
        let transfer = Array::of1(&bytes.buffer());
        // Fails only for values that cannot be handed over, and these can.
        let _ = worker.post_message_with_transfer(&bytes, &transfer);
    }
}
