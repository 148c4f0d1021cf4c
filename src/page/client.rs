//! The page's end of the wire: starts the worker, talks to it, replaces it when it dies.

use crate::{
    lab::messages::{BUILD, ToPage, ToWorker},
    labs::AnyEvent,
};
use gloo_timers::callback::Interval;
use serde::Serialize as _;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker};

/// Where Trunk puts the worker; relative, so that the site works from any sub-path.
const LOADER: &str = "./worker-cpu_loader.js";

/// A worker that says nothing for this long while it owes an answer is asked whether it lives, in milliseconds.
const SILENCE_MS: u32 = 3_000;

/// What the page hears.
#[derive(Debug)]
pub enum Heard {
    /// A message from the worker.
    Message(ToPage<AnyEvent>),
    /// The worker is of another build than the page.
    OtherBuild(String),
    /// The worker died and a new one has been started; what it knew is lost.
    Replaced(String),
}

/// A handle that can be cloned; all clones share one worker.
#[derive(Clone)]
pub struct Client(Rc<RefCell<Inner>>);

struct Inner {
    worker: Option<Worker>,
    /// Whether it has said hello, and what is kept for it until then: a worker that is still loading hears nothing.
    greeted: bool,
    waiting: Vec<JsValue>,
    /// The run whose end the worker owes, and how many silent periods have passed since it last spoke.
    owed: Option<u32>,
    silent: u32,
    hear: Rc<dyn Fn(Heard)>,
    /// Kept alive as long as their worker.
    on_message: Option<Closure<dyn FnMut(MessageEvent)>>,
    on_error: Option<Closure<dyn FnMut(ErrorEvent)>>,
    /// Looks after the worker as long as the client lives.
    watch: Option<Interval>,
}

impl Client {
    /// Starts a worker; everything it says goes to `hear`.
    pub fn start(hear: impl Fn(Heard) + 'static) -> Self {
        let client = Self(Rc::new(RefCell::new(Inner {
            worker: None,
            greeted: false,
            waiting: Vec::new(),
            owed: None,
            silent: 0,
            hear: Rc::new(hear),
            on_message: None,
            on_error: None,
            watch: None,
        })));
        client.spawn();
        let watched = client.clone();
        let watch = Interval::new(SILENCE_MS, move || watched.watch());
        client.0.borrow_mut().watch = Some(watch);
        client
    }

    /// Sends a message. One that starts a run makes the worker owe an answer.
    pub fn send(&self, message: &ToWorker) {
        let mut inner = self.0.borrow_mut();
        if let ToWorker::Start { run, .. } = message {
            inner.owed = Some(*run);
        }
        let value = message.serialize(&serde_wasm_bindgen::Serializer::new());
        match (&inner.worker, value) {
            (Some(worker), Ok(value)) if inner.greeted => post(worker, &value),
            (Some(_), Ok(value)) => inner.waiting.push(value),
            _ => {}
        }
    }

    fn spawn(&self) {
        let (heard, died) = (self.clone(), self.clone());
        let on_message = Closure::new(move |event: MessageEvent| heard.receive(event.data()));
        let on_error = Closure::new(move |event: ErrorEvent| died.replace(&event.message()));
        let mut inner = self.0.borrow_mut();
        match Worker::new(LOADER) {
            Ok(worker) => {
                worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
                worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
                inner.worker = Some(worker);
            }
            Err(_) => inner.worker = None,
        }
        inner.on_message = Some(on_message);
        inner.on_error = Some(on_error);
        inner.greeted = false;
        inner.waiting.clear();
        inner.silent = 0;
        inner.owed = None;
    }

    /// The worker listens: what has been kept for it goes out.
    fn greet(&self) {
        let mut inner = self.0.borrow_mut();
        inner.greeted = true;
        let waiting = std::mem::take(&mut inner.waiting);
        if let Some(worker) = &inner.worker {
            for value in &waiting {
                post(worker, value);
            }
        }
    }

    fn receive(&self, data: JsValue) {
        let hear = {
            let mut inner = self.0.borrow_mut();
            inner.silent = 0;
            inner.hear.clone()
        };
        let Ok(message) = serde_wasm_bindgen::from_value::<ToPage<AnyEvent>>(data) else {
            return hear(Heard::OtherBuild("unreadable".to_owned()));
        };
        match message {
            ToPage::Pong => {}
            ToPage::Hello { build } if build != BUILD => hear(Heard::OtherBuild(build)),
            ToPage::Hello { .. } => self.greet(),
            message => {
                let mut inner = self.0.borrow_mut();
                if message.ends().is_some() && message.ends() == inner.owed {
                    inner.owed = None;
                }
                drop(inner);
                hear(Heard::Message(message));
            }
        }
    }

    /// Asks a silent worker whether it lives; replaces one that does not answer.
    fn watch(&self) {
        let silent = {
            let mut inner = self.0.borrow_mut();
            inner.silent = if inner.greeted && inner.owed.is_some() { inner.silent + 1 } else { 0 };
            inner.silent
        };
        match silent {
            0 | 1 => {}
            2 | 3 => self.send(&ToWorker::Ping),
            _ => self.replace("it stopped answering"),
        }
    }

    fn replace(&self, why: &str) {
        let hear = {
            let inner = self.0.borrow();
            if let Some(worker) = &inner.worker {
                worker.set_onmessage(None);
                worker.set_onerror(None);
                worker.terminate();
            }
            inner.hear.clone()
        };
        // The closures of the dead worker may be on the stack right now: they go when this turn is over.
        let old = {
            let mut inner = self.0.borrow_mut();
            (inner.on_message.take(), inner.on_error.take())
        };
        gloo_timers::callback::Timeout::new(0, move || drop(old)).forget();
        self.spawn();
        hear(Heard::Replaced(why.to_owned()));
    }
}

fn post(worker: &Worker, value: &JsValue) {
    // Fails only for values that cannot be cloned, and these can.
    let _ = worker.post_message(value);
}
