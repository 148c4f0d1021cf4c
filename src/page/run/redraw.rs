//! When what has come is drawn.

use gloo_timers::callback::Timeout;

/// Between two drawings of a run that goes on, in milliseconds. Workers speak more often than anybody can look.
const REST_MS: u32 = 100;
/// The same where several workers may share a run: with a core for each, what the page draws is taken from their time.
const REST_SHARED_MS: u32 = 250;

/// Draws at once, and what comes soon after together a moment later.
pub struct Redraw {
    rest_ms: u32,
    /// Runs out when the next drawing may be.
    rest: Option<Timeout>,
    /// Whether something came meanwhile.
    is_due: bool,
}

impl Redraw {
    /// For a run that several workers may share, or that one computes.
    pub fn of(shared: bool) -> Self {
        Self { rest_ms: if shared { REST_SHARED_MS } else { REST_MS }, rest: None, is_due: false }
    }

    /// Whether to draw now. If so, `rested` is called when the time for the next drawing has come.
    pub fn ask(&mut self, rested: impl FnOnce() + 'static) -> bool {
        if self.rest.is_some() {
            self.is_due = true;
            return false;
        }
        self.rest = Some(Timeout::new(self.rest_ms, rested));
        true
    }

    /// The time has come, or the run is over and nobody can wait: whether something is still to be drawn.
    pub fn rested(&mut self) -> bool {
        self.rest = None;
        std::mem::take(&mut self.is_due)
    }
}
