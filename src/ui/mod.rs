//! Widgets that know no lab: they are given words, numbers and callbacks, and show them.
//!
//! Colours are [`Tone`]s, resolved by `style.css` for light and dark. A tone never stands alone: it comes with a
//! marker shape and a dash, so that nothing is told by colour only.

pub mod bars;
pub mod board;
pub mod chart;
pub mod controls;
pub mod desk;
pub mod dialog;
pub mod dom;
pub mod drop;
pub mod export;
pub mod keys;
pub mod notices;
pub mod paint;
pub mod pixels;
pub mod progress;
pub mod segmented;
pub mod share;
pub mod sketch;
pub mod term;
pub mod theme;
pub mod thumb;
pub mod tone;
pub mod transport;
pub mod tree;

pub use bars::{Bar, BarChart, Chance, ChanceBars};
pub use board::{Arrow, ChessBoard};
pub use chart::{Axis, LineChart, Mark, Point, Series, Unit, over_runs};
pub use controls::SettingsPanel;
pub use desk::Desk;
pub use dialog::Dialog;
pub use drop::FileDrop;
pub use export::{ExportMenu, SaveMenu};
pub use keys::{Action, KeysHelp, listen, to_search};
pub use notices::Notices;
pub use pixels::{PixelGrid, Reveal};
pub use progress::ProgressBar;
pub use segmented::Segmented;
pub use share::{ShareChoice, Sharing};
pub use sketch::{Bitmap, Sketch};
pub use term::Term;
pub use theme::ThemeToggle;
pub use thumb::Thumb;
pub use tone::Tone;
pub use transport::Transport;
pub use tree::{Tree, TreeHandle};
