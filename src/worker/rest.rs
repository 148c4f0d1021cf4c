//! When the worker looks up from its work, and how it gives its thread up for a moment.

use crate::lab::Task;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::MessageChannel;

/// Work goes on this long between two rests: half a frame at 60 frames a second, in milliseconds.
const STRETCH_MS: f64 = 8.0;

/// What a breath asks: every [`STRETCH_MS`] it sends what has gathered and lets messages in. The clock decides
/// only when results are sent, never what they are.
pub fn paced(send: impl Fn() + 'static) -> impl Fn() -> Option<Task<'static, ()>> + 'static {
    let last = Rc::new(Cell::new(now_ms()));
    let channel = MessageChannel::new().ok();
    move || {
        if now_ms() - last.get() < STRETCH_MS {
            return None;
        }
        send();
        // A message to oneself comes back after those that are waiting, and sooner than any timer.
        let turn = channel.as_ref().map(turn_of);
        let last = last.clone();
        Some(Box::pin(async move {
            match turn {
                Some(promise) => {
                    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
                }
                None => gloo_timers::future::TimeoutFuture::new(0).await,
            }
            last.set(now_ms());
        }))
    }
}

fn turn_of(channel: &MessageChannel) -> js_sys::Promise {
    let (inbox, outbox) = (channel.port1(), channel.port2());
    js_sys::Promise::new(&mut |resolve, _| {
        inbox.set_onmessage(Some(&resolve));
        let _ = outbox.post_message(&JsValue::NULL);
    })
}

/// The browser's clock, in milliseconds.
pub fn now_ms() -> f64 {
    let scope: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    scope.performance().map_or(0.0, |clock| clock.now())
}
