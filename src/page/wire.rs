//! One worker and the wire to it: what is said to it before it listens is kept until it does.

use super::client::Heard;
use crate::{
    lab::messages::{BUILD, ToPage, ToWorker},
    labs::AnyEvent,
};
use serde::Serialize as _;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker};

/// Where Trunk puts the worker; relative, so that the site works from any sub-path.
const LOADER: &str = "./worker-cpu_loader.js";

/// See the module's text.
pub struct Wire {
    worker: Option<Worker>,
    /// What waits for the worker's hello; `None` once it was heard.
    waiting: Rc<RefCell<Option<Vec<JsValue>>>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Wire {
    /// Starts a worker. What it says goes to `hear`, and why it died to `died`.
    pub fn start(hear: impl Fn(Heard) + 'static, died: impl Fn(&str) + 'static) -> Self {
        let waiting = Rc::new(RefCell::new(Some(Vec::new())));
        let kept = waiting.clone();
        let on_message = Closure::new(move |event: MessageEvent| {
            match serde_wasm_bindgen::from_value::<ToPage<AnyEvent>>(event.data()) {
                Err(_) => hear(Heard::OtherBuild("unreadable".to_owned())),
                Ok(ToPage::Hello { build }) if build != BUILD => hear(Heard::OtherBuild(build)),
                Ok(ToPage::Hello { .. }) => {
                    let worker: Option<Worker> = event.target().and_then(|target| target.dyn_into().ok());
                    for value in kept.borrow_mut().take().unwrap_or_default() {
                        post(worker.as_ref(), &value);
                    }
                }
                Ok(message) => hear(Heard::Message(message)),
            }
        });
        let on_error = Closure::new(move |event: ErrorEvent| died(&event.message()));
        let worker = Worker::new(LOADER).ok();
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
        let Ok(value) = message.serialize(&serde_wasm_bindgen::Serializer::new()) else { return };
        match &mut *self.waiting.borrow_mut() {
            Some(waiting) => waiting.push(value),
            None => post(self.worker.as_ref(), &value),
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

fn post(worker: Option<&Worker>, value: &JsValue) {
    if let Some(worker) = worker {
        // Fails only for values that cannot be cloned, and these can.
        let _ = worker.post_message(value);
    }
}
