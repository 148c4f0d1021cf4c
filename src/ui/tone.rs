//! The colours of the house by meaning, each with a shape and a dash of its own.

/// What a line, bar or marker stands for. `Honest` is blue, round and solid; `Liar` is orange, square and dashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// The honest side.
    Honest,
    /// The dishonest side.
    Liar,
    /// A weak supervisor.
    Weak,
    /// A strong student.
    Student,
    /// Whoever a student learns from, where that is no weak supervisor.
    Teacher,
    /// The best that could be reached.
    Ceiling,
    /// Neutral.
    #[default]
    Ink,
}

impl Tone {
    /// The CSS class that sets `--tone` and `--on-tone`.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Honest => "tone-honest",
            Tone::Liar => "tone-liar",
            Tone::Weak => "tone-weak",
            Tone::Student => "tone-student",
            Tone::Teacher => "tone-teacher",
            Tone::Ceiling => "tone-ceiling",
            Tone::Ink => "tone-ink",
        }
    }

    /// `stroke-dasharray` of a line in this tone; empty is solid.
    pub fn dash(self) -> &'static str {
        match self {
            Tone::Honest | Tone::Student | Tone::Ink => "",
            Tone::Liar => "6 4",
            Tone::Weak => "2 4",
            Tone::Teacher => "7 5",
            Tone::Ceiling => "10 4",
        }
    }

    /// The shape as a character, for words beside the colour.
    pub fn glyph(self) -> &'static str {
        match self {
            Tone::Honest => "●",
            Tone::Liar => "■",
            Tone::Weak => "▲",
            Tone::Student => "◆",
            Tone::Teacher => "✚",
            Tone::Ceiling => "▼",
            Tone::Ink => "○",
        }
    }

    /// The marker as an SVG path around `(x, y)` with radius `r`.
    pub fn marker(self, x: f64, y: f64, r: f64) -> String {
        let polygon = |corners: &[(f64, f64)]| {
            let at = |(dx, dy): &(f64, f64)| format!("{:.2} {:.2}", x + dx * r, y + dy * r);
            format!("M{}z", corners.iter().map(at).collect::<Vec<_>>().join("L"))
        };
        match self {
            Tone::Honest | Tone::Ink => {
                format!("M{:.2} {y:.2}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z", x - r, d = 2.0 * r)
            }
            Tone::Liar => polygon(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
            Tone::Weak => polygon(&[(0.0, -1.15), (1.1, 0.85), (-1.1, 0.85)]),
            Tone::Student => polygon(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]),
            Tone::Teacher => polygon(&[
                (-0.4, -1.2),
                (0.4, -1.2),
                (0.4, -0.4),
                (1.2, -0.4),
                (1.2, 0.4),
                (0.4, 0.4),
                (0.4, 1.2),
                (-0.4, 1.2),
                (-0.4, 0.4),
                (-1.2, 0.4),
                (-1.2, -0.4),
                (-0.4, -0.4),
            ]),
            Tone::Ceiling => polygon(&[(0.0, 1.15), (1.1, -0.85), (-1.1, -0.85)]),
        }
    }
}
