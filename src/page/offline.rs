//! Keeping the site on this device, so that another visit needs no network, and changing to a new version when the
//! reader agrees. `xtask/src/service-worker.js` is the other side.
//!
//! Where a browser has no service workers, or forbids them here, everything goes on without.

use super::run::Run;
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

/// Beside the page, so that it answers for this folder and no other.
const SCRIPT: &str = "service-worker.js";

/// What is kept, and whether there is something newer.
#[derive(Clone, Copy)]
pub struct Offline {
    /// Everything that any run needs is on this device.
    pub kept: RwSignal<bool>,
    /// A new version that waits to take over.
    waiting: RwSignal<Option<ServiceWorker>, LocalStorage>,
}

impl Offline {
    /// Begins once a run has ended: until then the network belongs to the run.
    pub fn after(run: Run) -> Self {
        let offline = Self { kept: RwSignal::new(false), waiting: RwSignal::new_local(None) };
        let begun = StoredValue::new(false);
        Effect::new(move || {
            if !run.is_running() && !begun.get_value() {
                begun.set_value(true);
                // A refusal (a private window, for one) leaves everything as it was.
                spawn_local(async move { drop(offline.register().await) });
            }
        });
        offline
    }

    async fn register(self) -> Result<(), JsValue> {
        let container = container().ok_or(JsValue::NULL)?;
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if event.data().as_string().as_deref() == Some("all kept") {
                self.kept.set(true);
            }
        });
        container.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
        // A browser that was told to block service workers may answer with nothing.
        let registration: ServiceWorkerRegistration = JsFuture::from(container.register(SCRIPT)).await?.dyn_into()?;
        self.look(&registration);
        let (offline, found) = (self, registration.clone());
        let on_found = Closure::<dyn FnMut()>::new(move || offline.watch(&found));
        registration.set_onupdatefound(Some(on_found.into_js_value().unchecked_ref()));
        self.watch(&registration);
        let ready: ServiceWorkerRegistration = JsFuture::from(container.ready()?).await?.unchecked_into();
        ready.active().map_or(Ok(()), |active| active.post_message(&"keep all".into()))
    }

    /// Waits until a version that is being fetched is there.
    fn watch(self, registration: &ServiceWorkerRegistration) {
        let Some(coming) = registration.installing() else { return };
        let registration = registration.clone();
        let changed = Closure::<dyn FnMut()>::new(move || self.look(&registration));
        coming.set_onstatechange(Some(changed.into_js_value().unchecked_ref()));
    }

    /// A version that waits behind another one is new; the very first one waits for nobody.
    fn look(self, registration: &ServiceWorkerRegistration) {
        let newer = registration.waiting().filter(|worker| worker.state() == ServiceWorkerState::Installed);
        if registration.active().is_some() && newer.is_some() {
            self.waiting.set(newer);
        }
    }

    /// Lets the new version take over, and loads it.
    fn change(self) {
        let (Some(container), Some(newer)) = (container(), self.waiting.get_untracked()) else { return };
        let over = Closure::<dyn FnMut()>::new(|| {
            if let Some(window) = web_sys::window() {
                let _ = window.location().reload();
            }
        });
        container.set_oncontrollerchange(Some(over.into_js_value().unchecked_ref()));
        let _ = newer.post_message(&"take over".into());
    }
}

/// `None` where the browser has no service workers, or not for this address.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    let container = js_sys::Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    container.dyn_into().ok()
}

/// Says that there is a new version; the reader decides when to change.
#[component]
pub fn Update(offline: Offline) -> impl IntoView {
    view! {
        <div class="updates" role="status">
            <Show when=move || offline.waiting.with(Option::is_some)>
                <p class="notice">
                    <span>"A new version of this page is ready."</span>
                    <button type="button" on:click=move |_| offline.change()>"Reload"</button>
                </p>
            </Show>
        </div>
    }
}
