//! Test questions of the first repetition: what each model answers, and how sure it is, at the step on screen.

use super::Desk;
use crate::{
    ui::{Segmented, Thumb},
    weak_to_strong::{
        State,
        event::{Example, Shown, Who},
        words,
    },
};
use leptos::prelude::*;

const KINDS: [(&str, &str); 4] =
    [("corrected", "student corrects"), ("inherited", "mistake inherited"), ("new", "new mistake"), ("all", "all")];

/// Questions by what became of them.
#[component]
pub fn Examples(desk: Desk) -> impl IntoView {
    let kind = RwSignal::new("corrected".to_owned());
    let family = desk.choice("family");
    let count = Signal::derive(move || desk.state.with(|state| KINDS.map(|(key, _)| pick(state, key).len())));
    let options = || KINDS.iter().map(|(key, name)| ((*key).to_owned(), (*name).to_owned())).collect();
    let cards = move || {
        desk.state.with(|state| {
            let chosen = kind.get();
            let cards = pick(state, &chosen).into_iter().map(|question| card(question, family.get()));
            cards.collect_view()
        })
    };
    let said = move || {
        let [corrected, inherited, new, all] = count.get();
        format!(
            "Of {all} questions: {corrected} where the student corrects the supervisor, {inherited} where it inherits the \
             mistake, {new} where it makes one of its own."
        )
    };
    view! {
        <section class="examples">
            <h2>"Questions and answers"</h2>
            <Segmented legend="Which questions" options=options() value=Signal::derive(move || kind.get())
                on_change=Callback::new(move |key| kind.set(key))/>
            <p class="soft" role="status">{said}</p>
            <ul class="cards">{cards}</ul>
        </section>
    }
}

/// A question with both beliefs in *yes*, 0 to 100.
struct Question {
    number: usize,
    example: Example,
    weak: u8,
    student: u8,
}

fn says(belief: u8) -> bool {
    belief > 50
}

/// The questions of one kind, once supervisor and student have been asked.
fn pick(state: &State, kind: &str) -> Vec<Question> {
    let newest = |who| state.curves.get(&who).and_then(|runs| runs.first()?.last().cloned());
    let (Some(begun), Some(weak), Some(student)) = (&state.begun, newest(Who::Weak), newest(Who::Student)) else {
        return Vec::new();
    };
    let beliefs = weak.beliefs.iter().zip(student.beliefs.iter());
    let questions = begun.examples.iter().zip(beliefs).enumerate().map(|(number, (example, (weak, student)))| {
        Question { number, example: example.clone(), weak: *weak, student: *student }
    });
    let fits = |question: &Question| {
        let truth = question.example.truth;
        let right = (says(question.weak) == truth, says(question.student) == truth);
        match kind {
            "corrected" => right == (false, true),
            "inherited" => right == (false, false),
            "new" => right == (true, false),
            _ => true,
        }
    };
    questions.filter(fits).collect()
}

fn card(question: Question, family: &'static str) -> impl IntoView {
    let truth = question.example.truth;
    let name = move |yes: bool| words::answers(family)[usize::from(yes)];
    let answer = move |who: &'static str, class: &'static str, belief: u8| {
        let (yes, sure) = (says(belief), if says(belief) { belief } else { 100 - belief });
        view! {
            <p class=class>
                <span>{who}</span>
                <b>{name(yes)}</b>
                <span class="num">{format!("{sure} %")}</span>
                <span aria-hidden="true">{if yes == truth { "✓" } else { "✗" }}</span>
                <span class="sr-only">{if yes == truth { "right" } else { "wrong" }}</span>
            </p>
        }
    };
    let shown = match question.example.shown {
        Shown::Picture(pixels) => {
            view! { <Thumb pixels=pixels.into_vec() label=format!("A digit that is {}", name(truth))/> }.into_any()
        }
        Shown::Evidence { easy, hard } => view! {
            <p class="evidence">"easy " <b>{format!("{easy:+.1}").replace('-', "−")}</b><br/>"hard " <b>{format!("{hard:+.1}").replace('-', "−")}</b></p>
        }
        .into_any(),
    };
    view! {
        <li class="card" data-number=question.number>
            {shown}
            <div>
                <p class="soft">{format!("Truth: {}", name(truth))}</p>
                {answer("supervisor", "tone-weak", question.weak)}
                {answer("student", "tone-student", question.student)}
            </div>
        </li>
    }
}
