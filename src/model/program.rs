//! Other programs that suggest spans, as a project names them.

/// A program that reads documents and writes what it suggests for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The source of what it suggests.
    pub name: String,
    /// The program and its arguments.
    pub command: Vec<String>,
    /// How long it may run, in seconds.
    pub seconds: u64,
}

impl Program {
    /// The command as a person would write it in a shell: what has other characters than those
    /// of plain words stands in quotes.
    #[must_use]
    pub fn shown(&self) -> String {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+%@".contains(c);
        let word = |word: &String| {
            if !word.is_empty() && word.chars().all(is_plain) {
                word.clone()
            } else {
                format!("'{}'", word.replace('\'', r"'\''"))
            }
        };
        self.command.iter().map(word).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_word_by_word() {
        let command = ["python3", "my script.py", "", "it's", "--a=b"];
        let command = command.map(str::to_owned).to_vec();
        let program = Program { name: "ner".to_owned(), command, seconds: 1 };
        assert_eq!(program.shown(), r"python3 'my script.py' '' 'it'\''s' --a=b");
    }
}
