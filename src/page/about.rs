//! The About page: what this is, where its facts come from, and how the page reproduces itself.

use crate::models::shipped;
use leptos::prelude::*;

/// See the module's text.
#[component]
pub fn About(
    /// Whether everything is on this device by now.
    kept: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <article class="prose">
            <h1>"About the playground"</h1>
            <p class="lede">
                "How might people oversee AI systems that are stronger than they are? This page lets you watch, try and \
                 measure proposals for that, at a scale that fits into a browser."
            </p>
            <h2>"Nothing is staged"</h2>
            <p>
                "Every verdict comes from a judge that ran in your browser, every curve from a model that was trained. \
                 Where an effect of a paper does not appear at this scale, the page says so. A link holds the whole \
                 scenario; its fingerprint is a hash over every event, so whoever opens it is told whether the run was \
                 the same, to the last bit, or where it parted. What a GPU computed comes out nearly the same elsewhere, \
                 and the page says that too."
            </p>
            <h2>"The pixel debate"</h2>
            <p>
                "After Geoffrey Irving, Paul Christiano and Dario Amodei, "<cite>"AI safety via debate"</cite>
                " (2018, arXiv 1805.00899), section 3. Their judge was a convolutional network, and one can be trained here; the judge of debates is a smaller one \
                 with two hidden layers (1568 inputs, 256 and 64 units, 10 outputs), which judges random pixels as well as \
                 theirs (see the table). Their debaters searched with 10,000 rollouts a move; ours can too, or play greedily."
            </p>
            <p>
                "Consultancy is the usual control for debate: one adviser instead of two. Open consultancy, where the \
                 adviser chooses what to argue for, follows Kenton and others, "
                <cite>"On scalable oversight with weak LLMs judging strong LLMs"</cite>" (2024, arXiv 2407.04622)."
            </p>
            <h2>"Amplification"</h2>
            <p>
                "After Paul Christiano, Buck Shlegeris and Dario Amodei, "
                <cite>"Supervising strong learners by amplifying weak experts"</cite>" (2018, arXiv 1810.08575). The five \
                 tasks, the overseer H with its copies of X as helpers, the training of X on what comes out, and H′, which \
                 learns H’s part, are theirs. Our X of most tasks is a network of two or three layers, that of held-out \
                 permutations a small transformer. Books are summarised upwards after Jeff Wu and others, "
                <cite>"Recursively summarizing books with human feedback"</cite>" (2021, arXiv 2109.10862); our \
                 summaries choose sentences by their words, where theirs were written by a trained model."
            </p>
            <h2>"Weak to strong"</h2>
            <p>
                "After Collin Burns and others, "<cite>"Weak-to-Strong Generalization"</cite>" (2023, arXiv 2312.09390). \
                 The share of the gap that a student recovers, the auxiliary confidence loss (appendix A.4 there) and its \
                 warm-up are theirs. Our students are small: a linear head on an encoder that was trained without labels, \
                 as Chen, Kornblith, Norouzi and Hinton describe in "<cite>"A Simple Framework for Contrastive Learning of \
                 Visual Representations"</cite>" (2020, arXiv 2002.05709). In chess, as in the paper, \
                 the task is to mate in one move; our networks were pretrained to imitate good moves, while two further \
                 heads, thrown away afterwards, found mates and counted attackers, so that their frozen bodies know more \
                 of mates than they show. The toy with easy and hard evidence follows \
                 Shin, Cooper and Sala, "<cite>"Weak-to-Strong Generalization Through the Data-Centric Lens"</cite>
                " (2024, arXiv 2412.03881). Questions about texts are of our own making: this program tells of a small \
                 world in sentences. A student that reads knows what words are near each other, after Levy and Goldberg, "
                <cite>"Neural Word Embedding as Implicit Matrix Factorization"</cite>" (2014). Replies are compared as \
                 Bradley and Terry did in 1952, and a quarter of the preferences that are learned from is turned round."
            </p>
            <h2>"Shipped weights"</h2>
            <p>
                "Trained by the project’s own trainer, from scratch, with the command in the table. A judge’s accuracy is \
                 on test pictures of which it sees random pixels; an encoder’s is that of a linear probe, which digits of \
                 the held-out ones are odd; a chess network’s is the share of mates in one that it finds by imitation; the reader’s, the hidden words that \
                 it guesses. The debate lab can also train a judge in front of you."
            </p>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Shipped weights">
                <table class="facts">
                    <thead><tr>
                        <th scope="col">"Model"</th><th scope="col">"Held-out accuracy"</th>
                        <th scope="col">"Size"</th><th scope="col">"Made by"</th>
                    </tr></thead>
                    <tbody>{shipped::manifest().iter().map(|model| view! {
                        <tr>
                            <th scope="row">{model.name.clone()}</th>
                            <td>{format!("{:.1} % of {} questions", model.accuracy * 100.0, model.n)}</td>
                            <td>{format!("{} kB", model.bytes / 1000)}</td>
                            <td><code>{model.command.clone()}</code></td>
                        </tr>
                    }).collect_view()}</tbody>
                </table>
            </div>
            <h2>"Data"</h2>
            <p>
                "The built-in digits are written by this program. Two of the judges and three of the encoders learned from MNIST \
                 (Yann LeCun, Corinna Cortes and Christopher Burges; CC BY-SA 3.0). MNIST itself is not part of the page: you can bring it. \
                 Four of the chess networks learned from games that this program plays, four from puzzles of the Lichess \
                 open database (CC0), which is not part of the page either."
            </p>
            <h2>"Make it yourself"</h2>
            <p>"Everything here, weights included, is built from one repository:"</p>
            <pre tabindex="0"><code>"cargo xtask serve\ncargo run --release --bin oversight -- run '#/debate/paper-6px' --games 300 --json\ncargo run --release --bin oversight -- pretrain all --data mnist=DIR --data lichess=DIR"</code></pre>
            <p>
                "How long trainings take here, beside other libraries in the same browser, is measured by "
                <code>"cargo xtask bench"</code>"; the README has the tables, and what a GPU makes of it."
            </p>
            <p>"The page asks no other site for anything, sets no cookie and sends nothing anywhere. Its licence is MIT or Apache 2.0, as you prefer."</p>
            <p class="soft">
                {format!("Build {}. ", crate::lab::messages::BUILD)}
                {move || kept.get().then_some("It is kept on this device, and opens without network too.")}
            </p>
        </article>
    }
}
