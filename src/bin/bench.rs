//! The door of the measurements: `cargo xtask bench` starts it as a worker. It is no part of the site.

fn main() {
    #[cfg(target_arch = "wasm32")]
    oversight_playground::bench::worker::serve();
}
