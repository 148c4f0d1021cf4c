//! Names for content.

use sha2::{Digest, Sha256};

/// Twelve hexadecimal digits that change with the content.
pub fn short(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().take(6).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
