//! The worker: takes a link, runs its scenario, sends events back.
//!
//! It runs one experiment at a time. A new run, or *cancel*, is heard at the next breath.

mod assets;
#[cfg(feature = "gpu")]
mod gpu;
mod rest;

pub use assets::BrowserAssets;
#[cfg(feature = "gpu")]
use gpu::choose;
pub use rest::{now_ms, paced};

use crate::{
    lab::{
        Breath, Failure, Link,
        device::Pick,
        memory,
        messages::{BUILD, Batch, ToPage, ToWorker, pack, unpack},
    },
    labs::{self, AnyEvent, LABS},
};
use js_sys::{Array, Uint8Array};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

type Message = ToPage<AnyEvent>;

/// Listens for messages, for ever.
pub fn serve() {
    console_error_panic_hook::set_once();
    let worker = Rc::new(Worker::default());
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes = event.data().dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec());
        match bytes.ok().and_then(|bytes| unpack::<ToWorker>(&bytes)) {
            Some(message) => worker.hear(message),
            None => web_sys::console::error_1(&JsValue::from_str("a message that cannot be read")),
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    say(&Message::Hello { build: BUILD.to_owned() });
}

#[derive(Default)]
struct Worker {
    assets: Rc<BrowserAssets>,
    current: RefCell<Option<Running>>,
    /// Ends when the data set that is being fetched is there: a run that is asked for meanwhile may need it.
    fetching: RefCell<Option<js_sys::Promise>>,
}

/// The run in progress and the flag that ends it.
struct Running {
    run: u32,
    cancelled: Rc<Cell<bool>>,
}

impl Worker {
    fn hear(self: &Rc<Self>, message: ToWorker) {
        match message {
            ToWorker::Start { run, part, link, device, known, place } => {
                self.stop(None);
                memory::work_as(place);
                self.start(run, part, &link, (device, known));
            }
            ToWorker::Found { found } => memory::learn(unpack(&found).unwrap_or_default()),
            ToWorker::Cancel { run } => self.stop(Some(run)),
            ToWorker::Ping => say(&Message::Pong),
            ToWorker::Load { set, files } => {
                let files = files.into_iter().map(|(name, bytes)| (name, bytes.into_vec())).collect();
                let outcome = self.assets.keep(&set, files);
                say(&Message::Loaded { set, outcome });
            }
            ToWorker::LoadFrom { set, url } => {
                let assets = self.assets.clone();
                let fetching = wasm_bindgen_futures::future_to_promise(async move {
                    let outcome = assets.keep_from(&set, &url).await;
                    say(&Message::Loaded { set, outcome });
                    Ok(JsValue::UNDEFINED)
                });
                *self.fetching.borrow_mut() = Some(fetching);
            }
        }
    }

    fn stop(&self, only: Option<u32>) {
        if let Some(running) = &*self.current.borrow()
            && only.is_none_or(|run| run == running.run)
        {
            running.cancelled.set(true);
        }
    }

    fn start(self: &Rc<Self>, run: u32, part: u32, link: &str, asked: (Pick, Option<[f64; 2]>)) {
        let cancelled = Rc::new(Cell::new(false));
        *self.current.borrow_mut() = Some(Running { run, cancelled: cancelled.clone() });
        let (scenario, assets) = (Link::read(link, LABS).0.scenario, self.assets.clone());
        let batch = Rc::new(RefCell::new(Batch::new(run)));
        let fetching = self.fetching.borrow().clone();
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(fetching) = fetching {
                let _ = wasm_bindgen_futures::JsFuture::from(fetching).await;
            }
            let breath = Breath::new(cancelled, paced(send_batch(&batch)));
            let sink = {
                let batch = batch.clone();
                move |signal| batch.borrow_mut().push(signal)
            };
            let on_gpu = choose(&scenario, run, asked).await;
            let ended = labs::run_parts(&scenario, part..part + 1, &*assets, breath, sink).await;
            send_batch(&batch)();
            if let (true, Err(Failure::Because(why))) = (on_gpu, &ended) {
                // The page starts another worker, without the GPU.
                wasm_bindgen::throw_str(&format!("the GPU failed: {why}"));
            }
            say(&match ended {
                Ok(()) => Message::Done { run },
                Err(Failure::Cancelled) => Message::Cancelled { run },
                Err(Failure::Because(why)) => Message::Failed { run, why },
            });
        });
    }
}

/// The small worker has no choice.
#[cfg(not(feature = "gpu"))]
async fn choose(_: &crate::lab::Scenario, _: u32, _: (Pick, Option<[f64; 2]>)) -> bool {
    std::future::ready(false).await
}

/// Sends what has gathered since the last time.
fn send_batch(batch: &Rc<RefCell<Batch<AnyEvent>>>) -> impl Fn() + 'static + use<> {
    let batch = batch.clone();
    move || batch.borrow_mut().drain().iter().for_each(say)
}

/// The worker itself.
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn say(message: &Message) {
    let bytes = Uint8Array::from(pack(message).as_slice());
    let transfer = Array::of1(&bytes.buffer());
    if let Err(error) = scope().post_message_with_transfer(&bytes, &transfer) {
        web_sys::console::error_1(&error);
    }
}
