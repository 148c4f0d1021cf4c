//! Files as the user has them: plain or gzip, and never larger than what was expected.

use flate2::read::GzDecoder;
use std::{borrow::Cow, io::Read as _};

/// The bytes themselves, or what is inside where they are a gzip file; at most `most` of them. `what` says what such
/// a file is, such as "any file of MNIST".
///
/// # Errors
/// A sentence, where the file is too large or broken.
pub fn unpack<'a>(name: &str, bytes: &'a [u8], most: usize, what: &str) -> Result<Cow<'a, [u8]>, String> {
    let too_long = || format!("{name} is larger than {what}, so it was not read.");
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return if bytes.len() > most { Err(too_long()) } else { Ok(Cow::Borrowed(bytes)) };
    }
    let mut unpacked = Vec::new();
    let read = GzDecoder::new(bytes).take(most as u64 + 1).read_to_end(&mut unpacked);
    if unpacked.len() > most {
        return Err(too_long());
    }
    match read {
        Ok(_) => Ok(Cow::Owned(unpacked)),
        Err(why) => Err(format!("{name} looks like a gzip file but cannot be unpacked ({why}): is it complete?")),
    }
}

/// Text from UTF-8 or UTF-16 with its mark; anything else is refused.
///
/// # Errors
/// A sentence that says what the file `name` is not.
#[cfg(feature = "cpu")]
pub fn decoded(name: &str, bytes: Vec<u8>) -> Result<String, String> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| format!("“{name}” begins as UTF-16 but is broken: save it as UTF-8."))
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => String::from_utf8(bytes).map(|text| text.trim_start_matches('\u{feff}').to_owned()).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.split(|byte| *byte == b'\n').count();
            format!("“{name}” is not UTF-8 (line {line}): save it as UTF-8.")
        }),
    }
}
