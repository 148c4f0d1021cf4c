//! One supervisor and one student: the trainings, in their order, and what they come to.

use super::pupil::{Class, Plan, Taught};
use crate::{
    lab::Failure,
    models::fit::Network,
    stats::Tally,
    weak_to_strong::{
        event::{Chain, Outcome, Who},
        families::{Eyes, Family, Set},
    },
};

type Labels<F> = Vec<<<F as Family>::Net as Network>::Label>;

/// All trainings of one repetition: the supervisor on the truth, the students on its labels, the ceiling on the truth.
///
/// # Errors
/// Where the run is cancelled, or something that it needs is missing.
pub async fn run<F: Family>(class: &mut Class<'_, F>, plan: &Plan) -> Result<Outcome, Failure> {
    let truth = truth(class, Eyes::Weak, Set::ForWeak).await?;
    let supervisor = class.teach(Who::Weak, Eyes::Weak, Set::ForWeak, &truth, None).await?;
    let eyes = Eyes::Strong(plan.strong);
    let labels = labels(class, &supervisor, Set::Fresh(0), plan).await?;
    let naive = if plan.has_method() {
        Some(class.teach(Who::Naive, eyes, Set::Fresh(0), &labels, Some(&supervisor)).await?)
    } else {
        None
    };
    let (student, chain) = if plan.is_chain {
        let (student, chain) = chain(class, &supervisor, plan).await?;
        (student, Some(chain))
    } else {
        (class.teach(Who::Student, eyes, Set::Fresh(0), &labels, Some(&supervisor)).await?, None)
    };
    let truth = self::truth(class, eyes, Set::Fresh(0)).await?;
    let ceiling = class.teach(Who::Ceiling, eyes, Set::Fresh(0), &truth, Some(&supervisor)).await?;
    let at = student.taken();
    Ok(Outcome {
        run: plan.run,
        weak: supervisor.last().test,
        student: at.test,
        ceiling: ceiling.last().test,
        zero_shot: class.family.is_pretrained().then(|| ceiling.first().test),
        naive: naive.map(|naive| naive.taken().test),
        chain,
        agrees: at.agrees,
        stop_weak: student.fits_best().step,
        stop_truth: student.is_best().step,
    })
}

/// The right answers as labels.
async fn truth<F: Family>(class: &Class<'_, F>, eyes: Eyes, set: Set) -> Result<Labels<F>, Failure> {
    let seen = class.family.see(eyes, set, class.breath).await?;
    Ok(F::Net::truth(&seen, &class.family.right(set)))
}

/// A teacher's labels.
async fn labels<F: Family>(
    class: &Class<'_, F>,
    teacher: &Taught<F::Net>,
    set: Set,
    plan: &Plan,
) -> Result<Labels<F>, Failure> {
    let seen = class.family.see(teacher.eyes, set, class.breath).await?;
    Ok(teacher.labels(&seen, plan.hard))
}

/// The chain from the supervisor through every size to the student, and its two controls: the same questions in one
/// step, and as many steps without growing.
async fn chain<F: Family>(
    class: &mut Class<'_, F>,
    supervisor: &Taught<F::Net>,
    plan: &Plan,
) -> Result<(Taught<F::Net>, Chain), Failure> {
    let growing: Vec<(usize, Who)> = plan.sizes().enumerate().map(|(n, size)| (size, Who::Link(n as u8))).collect();
    let equal: Vec<(usize, Who)> = (0..growing.len()).map(|n| (plan.strong, Who::SelfLink(n as u8))).collect();
    let mut ends = Vec::new();
    for mut steps in [growing, equal] {
        if let Some((_, who @ Who::Link(_))) = steps.last_mut() {
            *who = Who::Student;
        }
        let (mut tests, mut teacher): (Vec<Tally>, Option<Taught<F::Net>>) = (Vec::new(), None);
        for (n, (size, who)) in steps.into_iter().enumerate() {
            let labels = labels(class, teacher.as_ref().unwrap_or(supervisor), Set::Fresh(n), plan).await?;
            let taught = class.teach(who, Eyes::Strong(size), Set::Fresh(n), &labels, Some(supervisor)).await?;
            tests.push(taught.taken().test);
            teacher = Some(taught);
        }
        ends.push((tests, teacher));
    }
    let labels = labels(class, supervisor, Set::All, plan).await?;
    let eyes = Eyes::Strong(plan.strong);
    let same_data = class.teach(Who::SameData, eyes, Set::All, &labels, Some(supervisor)).await?.taken().test;
    let selves = ends.pop().map(|(tests, _)| tests).unwrap_or_default();
    match ends.pop() {
        Some((links, Some(student))) => Ok((student, Chain { links, same_data, selves })),
        _ => Err(Failure::Because("A chain needs a student at least as large as its supervisor.".to_owned())),
    }
}
