//! A drawing as it stands in a link: 784 pixels in sixteen shades, as hexadecimal digits with runs of black shortened.

use super::event::PIXELS;

/// A run of black is written as a letter: `g` is one black pixel, `z` twenty.
const RUN: &[u8] = b"ghijklmnopqrstuvwxyz";

/// Checks a text and gives its canonical form; empty is no drawing.
///
/// # Errors
/// What is wrong with the text.
pub fn check(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let pixels = read(text).ok_or_else(|| format!("it is not a picture of {PIXELS} pixels."))?;
    Ok(write(&pixels))
}

/// The text of a picture; brightness is rounded to sixteen shades.
pub fn write(pixels: &[u8]) -> String {
    let mut text = String::new();
    let mut black = 0;
    let flush = |black: &mut usize, text: &mut String| {
        while *black > 0 {
            let run = (*black).min(RUN.len());
            text.push(char::from(RUN[run - 1]));
            *black -= run;
        }
    };
    for shade in pixels.iter().map(|pixel| shade(*pixel)) {
        if shade == 0 {
            black += 1;
        } else {
            flush(&mut black, &mut text);
            text.push(char::from(b"0123456789abcdef"[usize::from(shade)]));
        }
    }
    flush(&mut black, &mut text);
    text
}

/// The picture in a text, or `None` where it is not one.
pub fn read(text: &str) -> Option<Vec<u8>> {
    let mut pixels = Vec::with_capacity(PIXELS);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => pixels.push((byte - b'0') * 17),
            b'a'..=b'f' => pixels.push((byte - b'a' + 10) * 17),
            b'g'..=b'z' => pixels.extend(std::iter::repeat_n(0, usize::from(byte - b'g') + 1)),
            _ => return None,
        }
        if pixels.len() > PIXELS {
            return None;
        }
    }
    (pixels.len() == PIXELS).then_some(pixels)
}

fn shade(pixel: u8) -> u8 {
    ((u16::from(pixel) + 8) / 17) as u8
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_picture_comes_back_in_sixteen_shades(pixels in prop::collection::vec(any::<u8>(), PIXELS)) {
            let back = read(&write(&pixels)).expect("a written picture");
            for (was, is) in pixels.iter().zip(&back) {
                prop_assert!(was.abs_diff(*is) <= 8);
            }
            prop_assert_eq!(write(&back), write(&pixels));
        }

        #[test]
        fn junk_is_refused_or_a_picture(text in ".{0,900}") {
            if let Some(pixels) = read(&text) {
                prop_assert_eq!(pixels.len(), PIXELS);
            }
        }
    }
}
