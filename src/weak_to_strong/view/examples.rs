//! Test questions of the first repetition: what each model answers, and how sure it is, at the step on screen.

use super::Desk;
use crate::{
    ui::{Arrow, ChessBoard, Segmented, Thumb, Tone},
    weak_to_strong::{
        State,
        event::{Example, Measured, Shown, Who},
    },
};
use leptos::prelude::*;

const KINDS: [(&str, &str); 4] =
    [("corrected", "student corrects"), ("inherited", "mistake inherited"), ("new", "another mistake"), ("all", "all")];

/// Questions that are shown at first.
const MOST: usize = 12;

/// Questions by what became of them.
#[component]
pub fn Examples(desk: Desk) -> impl IntoView {
    let kind = RwSignal::new("corrected".to_owned());
    let count = Signal::derive(move || desk.state.with(|state| KINDS.map(|(key, _)| pick(state, key).len())));
    let options = || KINDS.iter().map(|(key, name)| ((*key).to_owned(), (*name).to_owned())).collect();
    let all = RwSignal::new(false);
    let cards = move || {
        let most = if all.get() { usize::MAX } else { MOST };
        desk.state.with(|state| pick(state, &kind.get()).into_iter().take(most).map(card).collect_view())
    };
    // How many are folded away.
    let more = move || {
        let place = KINDS.iter().position(|(key, _)| *key == kind.get()).unwrap_or(0);
        if all.get() { 0 } else { count.get()[place].saturating_sub(MOST) }
    };
    let said = move || {
        let [corrected, inherited, new, all] = count.get();
        format!(
            "Of {all} questions shown here: {corrected} where the student corrects the supervisor, {inherited} where it \
             inherits the mistake, {new} where it makes another mistake."
        )
    };
    view! {
        <section class="examples">
            <h2>"Questions and answers"</h2>
            <Segmented legend="Which questions" options=options() value=Signal::derive(move || kind.get())
                on_change=Callback::new(move |key| kind.set(key))/>
            <p class="soft" role="status">{said}</p>
            <ul class="cards">{cards}</ul>
            {move || (more() > 0).then(|| view! {
                <button type="button" class="quiet" on:click=move |_| all.set(true)>{format!("Show {} more", more())}</button>
            })}
        </section>
    }
}

/// A question with the supervisor's and the student's answers.
struct Question {
    number: usize,
    example: Example,
    weak: Said,
    student: Said,
}

/// An answer, and the belief in it in percent.
#[derive(Clone, Copy)]
struct Said {
    answer: u8,
    belief: u8,
}

impl Question {
    fn is_right(&self, said: Said) -> bool {
        self.example.right.contains(&said.answer)
    }

    fn name(&self, answer: u8) -> String {
        self.example.answers.get(usize::from(answer)).cloned().unwrap_or_default()
    }

    fn truth(&self) -> String {
        self.example.right.iter().map(|answer| self.name(*answer)).collect::<Vec<_>>().join(" or ")
    }
}

fn said(measured: &Measured, number: usize) -> Option<Said> {
    Some(Said { answer: *measured.answers.get(number)?, belief: *measured.beliefs.get(number)? })
}

/// The questions of one kind, once supervisor and student have been asked.
fn pick(state: &State, kind: &str) -> Vec<Question> {
    let newest = |who| state.curves.get(&who).and_then(|runs| runs.first()?.last().cloned());
    let (Some(begun), Some(weak), Some(student)) = (&state.begun, newest(Who::Weak), newest(Who::Student)) else {
        return Vec::new();
    };
    let question = |(number, example): (usize, &Example)| {
        let (weak, student) = (said(&weak, number)?, said(&student, number)?);
        Some(Question { number, example: example.clone(), weak, student })
    };
    let fits = |question: &Question| {
        let right = (question.is_right(question.weak), question.is_right(question.student));
        match kind {
            "corrected" => right == (false, true),
            "inherited" => right == (false, false) && question.weak.answer == question.student.answer,
            "new" => !right.1 && question.weak.answer != question.student.answer,
            _ => true,
        }
    };
    begun.examples.iter().enumerate().filter_map(question).filter(fits).collect()
}

fn card(question: Question) -> impl IntoView {
    let answer = |who: &'static str, class: &'static str, said: Said| {
        let right = question.is_right(said);
        // A reply is too long to be repeated: its place says which it is.
        let name = match question.example.shown {
            Shown::Dialogue(_) => ["first", "second"].get(usize::from(said.answer)).map_or("", |name| name).to_owned(),
            _ => question.name(said.answer),
        };
        view! {
            <p class=format!("said {class}")>
                <span>{who}</span>
                <b>{name}</b>
                <span class="num">{format!("{} %", said.belief)}</span>
                <span aria-hidden="true">{if right { "✓" } else { "✗" }}</span>
                <span class="sr-only">{if right { "right" } else { "wrong" }}</span>
            </p>
        }
    };
    let truth = match question.example.shown {
        Shown::Dialogue(_) => {
            format!("Better: {}", if question.example.right.contains(&1) { "second" } else { "first" })
        }
        Shown::Board { .. } => format!("Mate: {}", question.truth()),
        _ => format!("Truth: {}", question.truth()),
    };
    let wide = matches!(question.example.shown, Shown::Text { .. } | Shown::Dialogue(_) | Shown::Board { .. });
    view! {
        <li class="card" class:wide=wide data-number=question.number>
            {shown(&question)}
            <div>
                <p class="soft">{truth}</p>
                {answer("supervisor", "tone-weak", question.weak)}
                {answer("student", "tone-student", question.student)}
            </div>
        </li>
    }
}

fn shown(question: &Question) -> AnyView {
    match &question.example.shown {
        Shown::Picture(pixels) => {
            let label = format!("A digit that is {}", question.truth());
            view! { <Thumb pixels=pixels.to_vec() label/> }.into_any()
        }
        Shown::Evidence { easy, hard } => view! {
            <p class="evidence">"easy " <b>{format!("{easy:+.1}").replace('-', "−")}</b><br/>"hard " <b>{format!("{hard:+.1}").replace('-', "−")}</b></p>
        }
        .into_any(),
        Shown::Text { asks, text } => {
            view! { <div><p class="soft">{asks.clone()}</p><p class="passage">{text.clone()}</p></div> }.into_any()
        }
        Shown::Board { squares, black, steps } => {
            let arrow = |answer: u8, tone| {
                steps.get(usize::from(answer)).map(|(from, to)| Arrow { from: *from, to: *to, tone })
            };
            let mate = question.example.right.first().and_then(|right| arrow(*right, Tone::Ink));
            let said = [arrow(question.weak.answer, Tone::Weak), arrow(question.student.answer, Tone::Student)];
            let arrows = mate.into_iter().chain(said.into_iter().flatten()).collect();
            let mover = if *black { "Black" } else { "White" };
            let label = format!("{mover} to move; {} mates", question.truth());
            view! {
                <div>
                    <p class="soft">{mover}" to move, upwards"</p>
                    <ChessBoard squares=squares.to_vec() black=*black arrows label/>
                    <p class="soft">"Dotted: the supervisor’s move. Green: the student’s. Dark: a mate."</p>
                </div>
            }
            .into_any()
        }
        Shown::Dialogue(asked) => {
            let replies = question.example.answers.iter().map(|reply| view! { <li>{reply.clone()}</li> }).collect_view();
            view! { <div><p class="passage">{asked.clone()}</p><ol class="replies">{replies}</ol></div> }.into_any()
        }
    }
}
