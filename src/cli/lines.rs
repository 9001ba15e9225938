//! Lines of a file of any length, one in memory at a time.

use std::io::{self, BufRead, Read as _};

use crate::lang::Message;

/// The most bytes that a line may have: an article of that length is none.
const LONGEST: usize = 64 << 20;

/// A file that is read line by line.
pub(super) struct Lines<R> {
    input: R,
    number: u64,
    bytes: Vec<u8>,
}

/// A line.
pub(super) enum Line<'a> {
    /// With its end.
    Whole(&'a [u8]),
    /// Longer than any article; it was read over.
    TooLong,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, number: 0, bytes: Vec::new() }
    }

    /// The next line with its number, from 1; none at the end.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Line<'_>)>> {
        self.bytes.clear();
        let mut part = self.input.by_ref().take(LONGEST as u64 + 1);
        let read = part.read_until(b'\n', &mut self.bytes)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.bytes.len() > LONGEST {
            // Not kept for the lines behind it.
            self.bytes = Vec::new();
            self.skip()?;
            return Ok(Some((self.number, Line::TooLong)));
        }
        Ok(Some((self.number, Line::Whole(&self.bytes))))
    }

    /// How many lines were read.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Reads on to the end of a line without keeping it.
    fn skip(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            let end = memchr::memchr(b'\n', buffer);
            let used = end.map_or(buffer.len(), |end| end + 1);
            self.input.consume(used);
            if end.is_some() {
                return Ok(());
            }
        }
    }
}

/// What is said of a line that is too long.
pub(super) fn too_long() -> Message {
    Message::new(
        "سطر أطول من 64 ميغابايت: لكل مقال سطر",
        "a line of more than 64 MB: each article has a line of its own",
    )
}

/// A line of that number as text, without the byte order mark that a file may begin with.
///
/// # Errors
///
/// Where it is no UTF-8, in words.
pub(super) fn as_text(number: u64, line: &[u8]) -> Result<&str, Message> {
    let line =
        if number == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line };
    std::str::from_utf8(line).map_err(|error| {
        let at = error.valid_up_to();
        Message::new(
            format!("ليس UTF-8 عند البايت {at} من السطر"),
            format!("not UTF-8 at byte {at} of the line"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_with_numbers_and_one_that_is_too_long_is_read_over() {
        let mut file = b"a\n\nb".to_vec();
        file.push(b'\n');
        file.resize(file.len() + LONGEST + 10, b'x');
        file.extend_from_slice(b"\nlast");
        let mut lines = Lines::new(file.as_slice());
        let mut seen = Vec::new();
        while let Some((number, line)) = lines.next().unwrap() {
            seen.push(match line {
                Line::Whole(bytes) => (number, Some(bytes.to_vec())),
                Line::TooLong => (number, None),
            });
        }
        let whole = |number, line: &[u8]| (number, Some(line.to_vec()));
        let expected =
            [whole(1, b"a\n"), whole(2, b"\n"), whole(3, b"b\n"), (4, None), whole(5, b"last")];
        assert_eq!(seen, expected);
    }

    #[test]
    fn only_the_first_line_has_a_byte_order_mark() {
        let line = "\u{FEFF}نص".as_bytes();
        assert_eq!(as_text(1, line), Ok("نص"));
        assert_eq!(as_text(2, line), Ok("\u{FEFF}نص"));
        assert!(as_text(1, b"ab\xFF").is_err_and(|what| what.en.contains("byte 2")));
    }
}
