//! Light and dark: the system's choice, or the reader's own, kept in the browser's storage.

use super::dom;
use leptos::prelude::*;

/// Where the reader's choice is kept.
const KEY: &str = "theme";

/// Which colours the page uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Theme {
    /// What the system says.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// The word in storage and in `data-theme`.
    fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Reads what was stored; anything else means the system's.
    fn from_name(name: &str) -> Self {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }

    /// The next one when the button is pressed.
    fn next(self) -> Self {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Theme::System => "◐",
            Theme::Light => "○",
            Theme::Dark => "●",
        }
    }
}

/// A button that goes from the system's colours to light, to dark, and back.
#[component]
pub fn ThemeToggle() -> impl IntoView {
    let theme = RwSignal::new(dom::stored(KEY).map_or(Theme::System, |name| Theme::from_name(&name)));
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            // Setting an attribute of this name cannot fail.
            let _ = root.set_attribute("data-theme", theme.get().name());
        }
    });
    let press = move |_| {
        theme.update(|now| *now = now.next());
        dom::store(KEY, theme.get_untracked().name());
    };
    let says = move || format!("Colours: {}. Change to {}.", theme.get().name(), theme.get().next().name());
    view! {
        <button type="button" class="icon-button theme-toggle" aria-label=says title=says on:click=press>
            <span aria-hidden="true">{move || theme.get().icon()}</span>
        </button>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn pressing_three_times_comes_back_and_every_name_is_read_again() {
        let mut theme = Theme::System;
        for _ in 0..3 {
            assert_eq!(Theme::from_name(theme.name()), theme);
            theme = theme.next();
        }
        assert_eq!(theme, Theme::System);
        assert_eq!(Theme::from_name("<script>"), Theme::System);
    }

    /// A token's light and dark value, read from the style sheet.
    fn token(name: &str) -> [String; 2] {
        let css = include_str!("style.css");
        let start = css.find(&format!("--{name}: light-dark(")).unwrap_or_else(|| panic!("no token {name}"));
        let value = &css[start..][..css[start..].find(");").unwrap()];
        let pair: Vec<_> = value.split('(').nth(1).unwrap().split(',').map(|part| part.trim().to_owned()).collect();
        pair.try_into().unwrap()
    }

    /// WCAG's relative luminance of `#rrggbb`.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let share = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_in_light_and_dark() {
        for theme in 0..2 {
            let colour = |name: &str| token(name)[theme].clone();
            for name in ["ink", "soft", "honest", "liar", "weak", "student", "ceiling"] {
                for ground in ["paper", "card"] {
                    let ratio = contrast(&colour(name), &colour(ground));
                    assert!(ratio >= 4.5, "{name} on {ground}, theme {theme}: {ratio:.2}");
                }
                let ratio = contrast(&colour("on-tone"), &colour(name));
                assert!(ratio >= 4.5, "number on {name}, theme {theme}: {ratio:.2}");
            }
            // Borders of controls need 3:1.
            assert!(contrast(&colour("edge"), &colour("paper")) >= 3.0);
            assert!(contrast(&colour("edge"), &colour("card")) >= 3.0);
        }
    }
}
