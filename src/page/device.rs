//! What computes the run, where that can be chosen.

use super::run::Run;
use crate::{
    lab::device::{Computed, Pick},
    labs,
    ui::{Segmented, Term},
};
use leptos::prelude::*;

const HELP: &str = "Small networks are trained faster on the CPU, large ones on a GPU. Runs on the CPU replay exactly, those on \
    a GPU nearly. Left to itself, the page looks for a GPU where one would help much, and tries a few steps on both.";

const CHOICES: [(Pick, &str); 3] = [(Pick::Auto, "automatic"), (Pick::Cpu, "CPU"), (Pick::Gpu, "GPU")];

/// In a word, for the bar.
pub fn short(run: Run) -> &'static str {
    if run.on_gpu() { "GPU" } else { "CPU" }
}

/// The choice, and how fast each was; nothing for runs that have none.
#[component]
pub fn Device(run: Run) -> impl IntoView {
    let there = Memo::new(move |_| run.link.with(|link| labs::gain(&link.scenario).is_some()));
    let picked = Memo::new(move |_| run.link.with(|link| link.device));
    let options = CHOICES.map(|(pick, label)| (pick.name().to_owned(), label.to_owned())).to_vec();
    let value = Signal::derive(move || picked.get().name().to_owned());
    let on_change = Callback::new(move |name: String| run.pick(Pick::parse(&name).unwrap_or_default()));
    let said = move || run.computed.with(|computed| computed.as_ref().map(words));
    view! {
        <Show when=move || there.get()>
            <div class="setting device">
                <div class="setting-line">
                    <span class="setting-name">
                        <span>"Computed on"</span>
                        <Term about=HELP source="In a link: device= (auto, cpu or gpu)">
                            <span aria-hidden="true">"?"</span><b class="sr-only">"What is “Computed on”?"</b>
                        </Term>
                    </span>
                    <Segmented legend="Computed on" options=options.clone() value on_change/>
                </div>
                <p class="soft" role="status">{said}</p>
                <Show when=move || picked.get() == Pick::Auto && run.computed.with(|computed| computed.as_ref().is_some_and(|computed| computed.step_ms.is_some()))>
                    <button type="button" class="quiet" on:click=move |_| run.measure()>"Measure again"</button>
                </Show>
            </div>
        </Show>
    }
}

/// What was chosen and why.
fn words(computed: &Computed) -> String {
    let Computed { gpu, name, step_ms, differs, why } = computed;
    if let Some(why) = why {
        return format!("On the CPU. {why}");
    }
    let on = if *gpu { "On the GPU" } else { "On the CPU" };
    let agree = differs.map_or_else(String::new, |share| format!(" Its slopes agree with the CPU’s to {share:.0e}."));
    match step_ms {
        Some([cpu, of_gpu]) => {
            format!("{on}: a step took {cpu:.0} ms on the CPU and {of_gpu:.0} ms on the GPU ({name}).{agree}")
        }
        None if *gpu => format!("On the GPU ({name}), as chosen.{agree}"),
        None => "On the CPU, as chosen.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choice_is_said_with_its_figures() {
        let tried = Computed {
            gpu: true,
            name: "Some GPU".to_owned(),
            step_ms: Some([480.0, 12.4]),
            differs: Some(2e-6),
            why: None,
        };
        assert_eq!(
            words(&tried),
            "On the GPU: a step took 480 ms on the CPU and 12 ms on the GPU (Some GPU). Its slopes agree with the CPU’s to 2e-6."
        );
        let none = Computed { why: Some("There is none.".to_owned()), ..Computed::default() };
        assert_eq!(words(&none), "On the CPU. There is none.");
        assert_eq!(words(&Computed::default()), "On the CPU, as chosen.");
        assert_eq!(
            words(&Computed { step_ms: None, ..tried }),
            "On the GPU (Some GPU), as chosen. Its slopes agree with the CPU’s to 2e-6."
        );
    }
}
