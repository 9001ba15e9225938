//! A text that is not known to be UTF-8, and of which most is never read.

use std::cell::OnceCell;

/// Bytes of a text. Whether they are UTF-8 is looked at once, when somebody wants to read them.
#[derive(Clone, Debug)]
pub(super) struct Text<'a> {
    bytes: &'a [u8],
    read: OnceCell<Option<&'a str>>,
}

impl<'a> Text<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, read: OnceCell::new() }
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The text; none if it is no UTF-8.
    pub(super) fn read(&self) -> Option<&'a str> {
        *self.read.get_or_init(|| std::str::from_utf8(self.bytes).ok())
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), read: OnceCell::from(Some(text)) }
    }
}
