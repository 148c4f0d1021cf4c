//! The same worker with a GPU at hand: larger, and fetched only for what may run on one.

fn main() {
    #[cfg(target_arch = "wasm32")]
    oversight_playground::worker::serve();
}
