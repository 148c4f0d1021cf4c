//! The tree of what is summarised from what: pages make a chapter, chapters the book, with parts in between where
//! there are more than fit into one summary.

use super::Book;

/// No more summaries are merged into one.
pub const MOST: usize = 10;

/// A node: a page, or something made of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The node above; its place in the plan is smaller.
    pub parent: Option<usize>,
    /// How many nodes are above.
    pub level: u8,
    /// What it is called, such as “Page 12” or “Chapters 1 to 10”.
    pub name: String,
    /// Chapter and page, for a page.
    pub page: Option<(usize, usize)>,
}

/// Something that is made of others, before it has its place.
struct Part {
    name: String,
    page: Option<(usize, usize)>,
    /// The first and last page or chapter in it, from 1.
    span: (usize, usize),
    parts: Vec<Part>,
}

/// The nodes, each before those below it, and those before what comes after: the order in which they are asked.
pub fn plan(book: &Book) -> Vec<Planned> {
    let mut number = 0;
    let chapter = |(at, chapter): (usize, &super::Chapter)| {
        let page = |page: usize| {
            number += 1;
            Part { name: format!("Page {number}"), page: Some((at, page)), span: (number, number), parts: Vec::new() }
        };
        let parts = grouped((0..chapter.pages.len()).map(page).collect(), "Pages");
        let name = if chapter.title.is_empty() { "Before the first chapter".to_owned() } else { chapter.title.clone() };
        Part { name, page: None, span: (at + 1, at + 1), parts }
    };
    let mut chapters: Vec<Part> = book.chapters.iter().enumerate().map(chapter).collect();
    let parts = match chapters.len() {
        // A book of one chapter is made of its pages.
        1 => chapters.pop().map_or_else(Vec::new, |only| only.parts),
        _ => grouped(chapters, "Chapters"),
    };
    let mut nodes = Vec::new();
    place(Part { name: "The whole text".to_owned(), page: None, span: (1, 1), parts }, None, &mut nodes);
    nodes
}

/// As few parts as fit into one summary.
fn grouped(mut parts: Vec<Part>, what: &str) -> Vec<Part> {
    while parts.len() > MOST {
        let (count, groups) = (parts.len(), parts.len().div_ceil(MOST));
        let mut rest = parts.into_iter();
        // Groups of nearly equal size, not full ones and a rest.
        let size = |group: usize| (group + 1) * count / groups - group * count / groups;
        let group = |group: usize| {
            let parts: Vec<Part> = rest.by_ref().take(size(group)).collect();
            let span = (parts.first().map_or(0, |part| part.span.0), parts.last().map_or(0, |part| part.span.1));
            Part { name: format!("{what} {} to {}", span.0, span.1), page: None, span, parts }
        };
        parts = (0..groups).map(group).collect();
    }
    parts
}

fn place(part: Part, parent: Option<usize>, nodes: &mut Vec<Planned>) {
    let at = nodes.len();
    let level = parent.map_or(0, |parent| nodes[parent].level + 1);
    nodes.push(Planned { parent, level, name: part.name, page: part.page });
    for below in part.parts {
        place(below, Some(at), nodes);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Chapter, Page};
    use super::*;

    fn book(pages: &[usize]) -> Book {
        let page = Page { sentences: vec!["It is.".to_owned()] };
        let chapter =
            |(at, n): (usize, &usize)| Chapter { title: format!("Chapter {}", at + 1), pages: vec![page.clone(); *n] };
        Book { chapters: pages.iter().enumerate().map(chapter).collect(), facts: Vec::new() }
    }

    #[test]
    fn pages_make_chapters_and_chapters_the_book() {
        let plan = plan(&book(&[2, 1]));
        let seen: Vec<_> = plan.iter().map(|node| (node.name.as_str(), node.parent, node.level)).collect();
        assert_eq!(
            seen,
            [
                ("The whole text", None, 0),
                ("Chapter 1", Some(0), 1),
                ("Page 1", Some(1), 2),
                ("Page 2", Some(1), 2),
                ("Chapter 2", Some(0), 1),
                ("Page 3", Some(4), 2),
            ]
        );
    }

    #[test]
    fn no_summary_is_made_of_too_many_and_every_page_is_in_one() {
        for (pages, chapters) in [(3, 1), (11, 1), (250, 1), (3_000, 1), (2, 40), (25, 400)] {
            let plan = plan(&book(&vec![pages; chapters]));
            let below = |at: usize| plan.iter().filter(|node| node.parent == Some(at)).count();
            // Counting children of every node is too slow for the largest: the first nodes are enough.
            assert!((0..plan.len().min(300)).all(|at| below(at) <= MOST), "{pages} {chapters}");
            assert_eq!(plan.iter().filter(|node| node.page.is_some()).count(), pages * chapters);
        }
    }

    #[test]
    fn groups_are_named_after_what_is_in_them() {
        let plan = plan(&book(&[25]));
        let names: Vec<_> = plan.iter().filter(|node| node.level == 1).map(|node| node.name.clone()).collect();
        assert_eq!(names, ["Pages 1 to 8", "Pages 9 to 16", "Pages 17 to 25"]);
    }
}
