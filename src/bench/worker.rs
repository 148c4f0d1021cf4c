//! The measurements in the browser's worker: one question at a time, each answered when it is done.

use super::{
    networks::{self, Network},
    rates::{self, Rate},
    recorded, steps,
};
use crate::{
    lab::{Breath, Failure},
    worker::{BrowserAssets, now_ms, paced, scope},
};
use serde::{Deserialize, Serialize};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use web_sys::MessageEvent;

/// What is asked.
#[derive(Debug, Deserialize)]
enum Ask {
    /// Which networks are there?
    Networks,
    /// How long does a step of this network take, over so many?
    Train { network: usize, steps: u32 },
    /// How much happens in a second?
    Rates,
    /// How long does it take to record so many events?
    Record { events: usize },
}

/// What is answered.
#[derive(Debug, Serialize)]
enum Answer {
    Networks(Vec<Network>),
    StepMs(f64),
    Rates(Vec<Rate>),
    Seconds(f64),
    Failed(String),
}

/// Says that it is there, and listens for ever.
pub fn serve() {
    console_error_panic_hook::set_once();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        wasm_bindgen_futures::spawn_local(async move {
            let answer = match serde_wasm_bindgen::from_value(event.data()) {
                Ok(ask) => answer(ask).await.unwrap_or_else(|why| Answer::Failed(why.to_string())),
                Err(why) => Answer::Failed(why.to_string()),
            };
            say(&answer);
        });
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    say(&Answer::Networks(networks::all()));
}

async fn answer(ask: Ask) -> Result<Answer, Failure> {
    // As in the labs' worker: events would leave, and messages come in, every few milliseconds.
    let breath = Breath::new(Rc::new(Cell::new(false)), paced(|| ()));
    match ask {
        Ask::Networks => Ok(Answer::Networks(networks::all())),
        Ask::Train { network, steps } => {
            let networks = networks::all();
            let network = networks.get(network).ok_or_else(|| format!("There is no network {network}."))?;
            steps::step_ms(network, steps, now_ms, &breath).await.map(Answer::StepMs)
        }
        Ask::Rates => rates::all(&BrowserAssets::default(), now_ms, &breath).await.map(Answer::Rates),
        Ask::Record { events } => {
            recorded::seconds(events, &BrowserAssets::default(), now_ms, &breath).await.map(Answer::Seconds)
        }
    }
}

fn say(answer: &Answer) {
    let sent = answer
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(JsValue::from)
        .and_then(|value| scope().post_message(&value));
    if let Err(error) = sent {
        web_sys::console::error_1(&error);
    }
}
