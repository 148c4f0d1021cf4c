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
