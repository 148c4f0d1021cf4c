//! A row as a sentence, for screen readers and as its hint.

use super::{Columns, Row};
use crate::lab::grouped;

/// Everything that the row shows.
pub fn sentence(row: &Row, columns: &Columns, blamed: bool) -> String {
    let judged = |right: Option<bool>| right.map_or("", |right| if right { ", right" } else { ", wrong" });
    let mut parts = vec![row.label.clone()];
    if row.answer.is_empty() {
        parts.push("not answered yet".to_owned());
    } else {
        let by = if row.by.is_empty() { String::new() } else { format!(", by {}", row.by) };
        parts.push(format!("{}: {}{}{by}", columns.answer, row.answer, judged(row.right)));
    }
    if let Some(aside) = &row.aside {
        let differs = if aside.differs { ", differs" } else { "" };
        parts.push(format!("{}: {}{}{differs}", columns.aside, aside.answer, judged(aside.right)));
    }
    if row.cost > 0 && !columns.cost.is_empty() {
        parts.push(format!("{} {}", grouped(row.cost.into()), columns.cost));
    }
    if row.same_as.is_some() {
        parts.push("seen before".to_owned());
    }
    if blamed {
        parts.push("on the way to the first mistake".to_owned());
    }
    parts.join("; ")
}

/// Right, wrong or unknown as a sign.
pub fn sign(right: Option<bool>) -> &'static str {
    match right {
        Some(true) => "✓",
        Some(false) => "✗",
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::Aside;
    use super::*;

    #[test]
    fn a_row_is_said_in_full() {
        let columns = Columns { label: "Question", answer: "tree", aside: "X alone", cost: "calls", prose: false };
        let mut row = Row { label: "3 + 4?".to_owned(), ..Row::default() };
        assert_eq!(sentence(&row, &columns, false), "3 + 4?; not answered yet");
        row = Row {
            answer: "7".to_owned(),
            right: Some(true),
            by: "H".to_owned(),
            aside: Some(Aside { answer: "8".to_owned(), right: Some(false), differs: true }),
            cost: 1200,
            same_as: Some(2),
            ..row
        };
        assert_eq!(
            sentence(&row, &columns, true),
            "3 + 4?; tree: 7, right, by H; X alone: 8, wrong, differs; 1,200 calls; seen before; on the way to the first mistake"
        );
    }
}
