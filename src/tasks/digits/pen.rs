//! The pen: one hand's style for a digit, smooth strokes through bent points, and ink on a canvas.

use crate::seed::Rng;
use rand::Rng as _;
use std::f32::consts::TAU;

/// Width and height of the canvas that a digit is written on, in pixels.
pub const SIDE: usize = 96;
/// Height of a digit in canvas pixels before it is bent. MNIST's box of 20 pixels is this high.
const HEIGHT: f32 = 60.0;
/// Distance between the dots that make a stroke, in canvas pixels; well below the pen's radius.
const SPACING: f32 = 1.4;
/// Waves whose sum bends the plane that a digit is written on.
const WAVES: usize = 4;

/// A point on the canvas.
pub type Point = (f32, f32);

/// How one digit is written: bends, slant, proportions, pen.
pub struct Style {
    waves: [Wave; WAVES],
    jitter: f32,
    /// Row by row, from (x, y) about the centre to canvas pixels.
    matrix: [f32; 4],
    radius: f32,
}

struct Wave {
    frequency: Point,
    phase: f32,
    push: Point,
}

/// About normal with mean 0 and standard deviation 1, never beyond ±3.5: a sum of four uniform draws.
fn bell(rng: &mut Rng) -> f32 {
    let sum: f32 = (0..4).map(|_| rng.random::<f32>()).sum();
    (sum - 2.0) * 1.732
}

impl Style {
    /// Another hand.
    pub fn draw(rng: &mut Rng) -> Self {
        let bend = 0.035 * libm::expf(0.4 * bell(rng));
        let waves = std::array::from_fn(|_| Wave {
            frequency: (0.5 * bell(rng), 0.5 * bell(rng)),
            phase: TAU * rng.random::<f32>(),
            push: (bend * bell(rng), bend * bell(rng)),
        });
        let (slant, turn) = (0.16 + 0.22 * bell(rng), 0.09 * bell(rng));
        let (width, height) = (1.08 * HEIGHT * libm::expf(0.2 * bell(rng)), HEIGHT);
        let (sin, cos) = (libm::sinf(turn), libm::cosf(turn));
        // A shear to the right at the top, then a small turn.
        let matrix = [cos * width, (-cos * slant - sin) * height, sin * width, (cos - sin * slant) * height];
        let radius = 4.2 * libm::expf(0.27 * bell(rng));
        Self { waves, jitter: 0.015, matrix, radius }
    }

    /// The stroke through the prototype's `points`, as points close to each other.
    pub fn path(&self, points: &[Point], rng: &mut Rng) -> Vec<Point> {
        let mut bent: Vec<Point> = Vec::with_capacity(points.len());
        for (i, point) in points.iter().enumerate() {
            let corner = i > 0 && points[i - 1] == *point;
            let moved = if corner { bent[i - 1] } else { self.place(*point, rng) };
            bent.push(moved);
        }
        smooth(&bent)
    }

    fn place(&self, (x, y): Point, rng: &mut Rng) -> Point {
        let (mut bent_x, mut bent_y) = (x + self.jitter * bell(rng) - 0.35, y + self.jitter * bell(rng) - 0.5);
        for wave in &self.waves {
            let push = libm::sinf(TAU * (wave.frequency.0 * x + wave.frequency.1 * y) + wave.phase);
            bent_x += push * wave.push.0;
            bent_y += push * wave.push.1;
        }
        let (matrix, centre) = (&self.matrix, SIDE as f32 / 2.0);
        (centre + matrix[0] * bent_x + matrix[1] * bent_y, centre + matrix[2] * bent_x + matrix[3] * bent_y)
    }
}

/// A Catmull–Rom curve through the points, which meets a doubled point with a corner.
fn smooth(points: &[Point]) -> Vec<Point> {
    let mut path = vec![points[0]];
    let last = points.len() - 1;
    for i in 0..last {
        let (before, from, to, after) =
            (points[i.saturating_sub(1)], points[i], points[i + 1], points[(i + 2).min(last)]);
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let steps = ((dx * dx + dy * dy).sqrt() / SPACING).ceil() as u16;
        for step in 1..=steps {
            let along = f32::from(step) / f32::from(steps);
            path.push((
                between([before.0, from.0, to.0, after.0], along),
                between([before.1, from.1, to.1, after.1], along),
            ));
        }
    }
    path
}

/// One coordinate between the second and the third of four points, `t` of the way (0 to 1).
fn between([before, from, to, after]: [f32; 4], t: f32) -> f32 {
    let (start, end) = ((to - before) / 2.0, (after - from) / 2.0);
    let (square, cube) = (3.0 * (to - from) - 2.0 * start - end, 2.0 * (from - to) + start + end);
    from + t * (start + t * (square + t * cube))
}

/// Ink on paper.
pub struct Canvas {
    /// Rows of brightness, 0 to 1.
    ink: Vec<f32>,
}

impl Canvas {
    /// Black paper.
    pub fn new() -> Self {
        Self { ink: vec![0.0; SIDE * SIDE] }
    }

    /// Rows of brightness, 0 to 255.
    pub fn pixels(&self) -> Vec<u8> {
        // By way of whole numbers of four bytes, which processors turn four at a time.
        self.ink.iter().map(|ink| (ink * 255.0) as i32 as u8).collect()
    }

    /// Runs the pen along a path. Its pressure, and so its width, rises and falls once or so on the way.
    pub fn stroke(&mut self, path: &[Point], style: &Style, rng: &mut Rng) {
        let (swing, phase, waves) = (0.16 * rng.random::<f32>(), TAU * rng.random::<f32>(), 0.5 + rng.random::<f32>());
        for (i, point) in path.iter().enumerate() {
            let t = i as f32 / path.len() as f32;
            let pressure = 1.0 + swing * libm::sinf(phase + TAU * waves * t);
            self.dot(*point, style.radius * pressure);
        }
    }

    fn dot(&mut self, (x, y): Point, radius: f32) {
        let low = |centre: f32| (centre - radius - 1.0).clamp(0.0, SIDE as f32) as usize;
        let high = |centre: f32| (centre + radius + 2.0).clamp(0.0, SIDE as f32) as usize;
        let (left, right) = (low(x), high(x));
        let square = |at: usize, centre: f32| (at as f32 + 0.5 - centre) * (at as f32 + 0.5 - centre);
        let across: [f32; SIDE] = std::array::from_fn(|at| square(left + at, x));
        for (row, ink) in self.ink.chunks_exact_mut(SIDE).enumerate().take(high(y)).skip(low(y)) {
            let down = square(row, y);
            for (ink, across) in ink[left..right].iter_mut().zip(&across) {
                let cover = radius + 0.5 - (across + down).sqrt();
                // Not `f32::min` and `f32::max`, which WebAssembly calls functions for.
                let cover = if cover < 1.0 { cover } else { 1.0 };
                *ink = if cover > *ink { cover } else { *ink };
            }
        }
    }
}
