//! A text summarised from the bottom up (Wu et al. 2021): pages first, then what was made of them, with the reader's
//! own summaries in place of the computed ones where there are any.

use crate::{
    amplification::{
        event::{Begun, By, Event, Given, Kept, Node, Replaced},
        summaries,
    },
    lab::{Assets, Breath, Failure, Outlet, Scenario},
    stats::Tally,
    tasks::book::{
        Book, Own, STORY,
        extract::{self, Frequencies},
        generated, parts,
        plan::{MOST, Planned, plan},
        sentences, story_facts, words,
    },
};
use std::collections::BTreeMap;

/// Up to so many nodes every question and answer is a step of its own; larger trees come in chunks.
const STEPS: usize = 150;
const CHUNK: usize = 100;

/// Emits an [`Event::Begun`], the tree, and what is left on its levels.
pub async fn run(scenario: &Scenario, assets: &dyn Assets, out: &mut Outlet<Event>) -> Result<(), Failure> {
    let breath = out.breath.clone();
    out.progress(0, 0, "reading the text");
    let book = book(scenario, assets, &breath).await?;
    let nodes = plan(&book);
    let mut frequencies = Frequencies::default();
    for page in book.chapters.iter().flat_map(|chapter| &chapter.pages) {
        for sentence in &page.sentences {
            frequencies.count(sentence);
        }
        breath.take().await?;
    }
    out.emit(begun(&book, &nodes));
    let number = |key| scenario.int(key) as usize;
    let mut summary = Summary {
        book: &book,
        nodes: &nodes,
        frequencies,
        budgets: [number("leaf"), number("middle"), number("top")],
        own: summaries::read(&scenario.text("summaries")),
        below: vec![Vec::new(); nodes.len()],
        made: vec![Vec::new(); nodes.len()],
        waiting: (Vec::new(), Vec::new()),
    };
    summary.run(out, &breath).await?;
    out.emit(Event::Kept(summary.kept()));
    let replaced = summary.replaced();
    if !replaced.is_empty() {
        out.emit(Event::Replaced(replaced));
    }
    Ok(())
}

/// The text in chapters and pages.
async fn book(scenario: &Scenario, assets: &dyn Assets, breath: &Breath) -> Result<Book, Failure> {
    if scenario.choice("book") == "generated" {
        return Ok(generated::story(scenario.seed));
    }
    let data = assets.data("book");
    let text =
        match scenario.choice("book") {
            "own" => data.as_ref().and_then(|own| own.downcast_ref::<Own>()).map(|own| own.text.as_str()).ok_or_else(
                || Failure::Because("Your own text is not here: drop it in, or use the built-in story.".to_owned()),
            )?,
            _ => STORY,
        };
    let paragraphs = parts::paragraphs(text);
    let mut reader = parts::Reader::of(&paragraphs);
    for paragraph in &paragraphs {
        reader.read(paragraph);
        breath.take().await?;
    }
    let size = scenario.int("page") as usize;
    let mut chapters = Vec::new();
    for (title, sentences) in reader.chapters() {
        chapters.push(parts::pages(title, sentences, size));
        breath.take().await?;
    }
    if chapters.is_empty() {
        return Err(Failure::Because("This text has no words that could be summarised.".to_owned()));
    }
    let facts = if scenario.choice("book") == "own" { Vec::new() } else { story_facts() };
    Ok(Book { chapters, facts })
}

fn begun(book: &Book, nodes: &[Planned]) -> Event {
    let pages = nodes.iter().filter(|node| node.page.is_some()).count();
    let said = [(book.chapters.len(), "chapter"), (pages, "page"), (book.facts.len(), "known fact")];
    let plural = |(count, what): &(usize, &str)| format!("{count} {what}{}", if *count == 1 { "" } else { "s" });
    Event::Begun(Box::new(Begun {
        facts: said.iter().filter(|(count, _)| *count > 0).map(plural).collect(),
        depths: Vec::new(),
        examples: Vec::new(),
        alone: Vec::new(),
        parameters: (0, 0),
        most: MOST as u8,
        instead: None,
    }))
}

/// A summary in the making.
struct Summary<'a> {
    book: &'a Book,
    nodes: &'a [Planned],
    frequencies: Frequencies,
    /// Most words for a page, for what is made of summaries, and for the whole.
    budgets: [usize; 3],
    own: BTreeMap<u32, String>,
    /// The parts of every node, as far as they have been asked for.
    below: Vec<Vec<usize>>,
    /// The sentences of every summary, once it is made.
    made: Vec<Vec<String>>,
    /// Questions and answers that have not been put out yet.
    waiting: (Vec<Node>, Vec<Given>),
}

impl Summary<'_> {
    /// Asks from the top down, and answers from the bottom up.
    async fn run(&mut self, out: &mut Outlet<Event>, breath: &Breath) -> Result<(), Failure> {
        let mut open: Vec<usize> = Vec::new();
        for at in 0..self.nodes.len() {
            let parent = self.nodes[at].parent;
            // What came before and is not above this node has all its parts.
            while let Some(done) = open.pop_if(|top| Some(*top) != parent) {
                self.answer(done, out);
            }
            if let Some(parent) = parent {
                self.below[parent].push(at);
            }
            self.ask(at, out);
            open.push(at);
            out.progress(at as u64, self.nodes.len() as u64, "parts");
            breath.take().await?;
        }
        while let Some(done) = open.pop() {
            self.answer(done, out);
        }
        self.put_out(out);
        Ok(())
    }

    fn ask(&mut self, at: usize, out: &mut Outlet<Event>) {
        let node = &self.nodes[at];
        let text = node.page.map_or(String::new(), |(chapter, page)| {
            format!("\n{}", self.book.chapters[chapter].pages[page].sentences.join(" "))
        });
        self.waiting.0.push(Node {
            parent: node.parent.map(|parent| parent as u32),
            question: format!("{}{text}", node.name),
            level: u16::from(node.level),
            truth: None,
            same_as: None,
        });
        self.go_on(out);
    }

    fn answer(&mut self, at: usize, out: &mut Outlet<Event>) {
        let from = self.material(at, |part| &self.made[part]);
        let own = self.own_sentences(at);
        let by = if own.is_some() { By::You } else { By::Rule };
        self.made[at] = own.unwrap_or_else(|| self.summarised(at, &from));
        let count = |texts: &[String]| texts.iter().map(|text| words(text)).sum::<usize>();
        self.waiting.1.push(Given {
            node: at as u32,
            answer: self.made[at].join(" "),
            by,
            right: None,
            direct: None,
            amplified: None,
            how: format!("{} words from {}", count(&self.made[at]), count(&from)),
        });
        self.go_on(out);
    }

    /// The sentences that a summary is made of.
    fn material<'b>(&'b self, at: usize, part: impl Fn(usize) -> &'b Vec<String>) -> Vec<String> {
        match self.nodes[at].page {
            Some((chapter, page)) => self.book.chapters[chapter].pages[page].sentences.clone(),
            None => self.below[at].iter().flat_map(|at| part(*at).clone()).collect(),
        }
    }

    fn summarised(&self, at: usize, from: &[String]) -> Vec<String> {
        let budget = match (at, self.nodes[at].page) {
            (0, _) => self.budgets[2],
            (_, Some(_)) => self.budgets[0],
            _ => self.budgets[1],
        };
        extract::summary(from, &self.frequencies, budget).into_iter().map(|at| from[at].clone()).collect()
    }

    /// What each of the reader's summaries did to those above it.
    fn replaced(&self) -> Vec<Replaced> {
        let own = self.own.keys().map(|node| *node as usize).filter(|node| self.own_sentences(*node).is_some());
        own.map(|node| self.effect(node)).collect()
    }

    /// The reader's own summary, where they wrote one.
    fn own_sentences(&self, at: usize) -> Option<Vec<String>> {
        self.own.get(&(at as u32)).map(|text| sentences(text)).filter(|own| !own.is_empty())
    }

    /// What would stand above `node` had the reader left it alone, beside what stands there. It ends below the next
    /// summary of the reader's, as that is what they wrote whatever is below.
    fn effect(&self, node: usize) -> Replaced {
        let above = |at: &usize| self.nodes[*at].parent;
        let mut path: Vec<usize> = std::iter::successors(above(&node), above).collect();
        let own = path.iter().position(|at| self.own_sentences(*at).is_some());
        let under = own.map(|at| path[at] as u32);
        path.truncate(own.unwrap_or(path.len()));
        let mut changed = Vec::new();
        let mut part = node;
        let mut instead = self.summarised(node, &self.material(node, |part| &self.made[part]));
        for at in &path {
            let from = self.material(*at, |below| if below == part { &instead } else { &self.made[below] });
            instead = self.summarised(*at, &from);
            part = *at;
            if instead != self.made[part] {
                changed.push(part as u32);
            }
        }
        let stands = |at: &&usize| self.made[**at].iter().any(|sentence| self.made[node].contains(sentence));
        let dropped = path.iter().find(|at| !stands(at)).map(|at| *at as u32);
        Replaced { node: node as u32, changed, dropped, under }
    }

    /// Puts out what is waiting, where it is enough.
    fn go_on(&mut self, out: &mut Outlet<Event>) {
        let enough = if self.nodes.len() <= STEPS { 1 } else { CHUNK };
        if self.waiting.0.len() + self.waiting.1.len() >= enough {
            self.put_out(out);
        }
    }

    fn put_out(&mut self, out: &mut Outlet<Event>) {
        let (asked, given) = std::mem::take(&mut self.waiting);
        if !asked.is_empty() {
            out.emit(Event::Asked(asked));
        }
        if !given.is_empty() {
            out.emit(Event::Answered(given));
        }
    }

    /// What the text tells, and what is left of it on each level: its summaries there, and those that end above it.
    fn kept(&self) -> Vec<Kept> {
        let text: Vec<String> = self
            .book
            .chapters
            .iter()
            .flat_map(|chapter| &chapter.pages)
            .flat_map(|page| page.sentences.clone())
            .collect();
        let deepest = self.nodes.iter().map(|node| node.level).max().unwrap_or(0);
        let level = |level: u8| {
            let there = |at: &usize| {
                let node = &self.nodes[*at];
                node.level == level || node.level < level && node.page.is_some()
            };
            let parts: Vec<usize> = (0..self.nodes.len()).filter(there).collect();
            let told: Vec<String> = parts.iter().flat_map(|at| self.made[*at].clone()).collect();
            self.left(Some(u16::from(level)), parts.len(), &told)
        };
        std::iter::once(self.left(None, 1, &text)).chain((0..=deepest).rev().map(level)).collect()
    }

    fn left(&self, level: Option<u16>, parts: usize, told: &[String]) -> Kept {
        let right = self.book.facts.iter().filter(|fact| fact.is_told(told)).count() as u32;
        Kept {
            level,
            parts: parts as u32,
            words: told.iter().map(|sentence| words(sentence)).sum::<usize>() as u32,
            facts: Tally { right, of: self.book.facts.len() as u32 },
        }
    }
}
