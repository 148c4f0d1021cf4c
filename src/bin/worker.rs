//! The worker's door: runs experiments in the browser, beside the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    oversight_playground::worker::serve();
}
