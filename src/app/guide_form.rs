//! The guidelines while they are written in the window.

use super::widget::Editor;

/// What is asked for about the guidelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// To write in them.
    Edit,
    /// To save them, if nobody else has changed them meanwhile.
    Save,
    /// To save them though somebody has; what that wrote is kept beside.
    TakeOwn,
    /// To leave what somebody else has written, and to keep one's own beside.
    LeaveOther,
    /// To go on writing.
    GoOn,
    /// To leave what was written unsaved.
    Discard,
}

/// The guidelines, to be written in.
#[derive(Clone, Debug)]
pub(super) struct GuideForm {
    pub(super) editor: Editor,
    /// What the file said when it was read.
    before: String,
    /// Whether its lines end as Windows ends them.
    has_crlf: bool,
    /// Whether it was asked to leave what is not saved.
    pub(super) leaves: bool,
    /// What another program has written meanwhile.
    pub(super) other: Option<String>,
    /// Whether a question was not seen yet, so that its first button gets the focus.
    pub(super) is_new_question: bool,
}

impl GuideForm {
    /// What the file says, to be changed.
    pub(super) fn new(before: String) -> Self {
        let has_crlf = before.contains("\r\n");
        let editor = Editor::new(&before.replace("\r\n", "\n"));
        Self { editor, before, has_crlf, leaves: false, other: None, is_new_question: false }
    }

    /// What the file said when it was read.
    pub(super) fn before(&self) -> &str {
        &self.before
    }

    /// What the file is to say.
    pub(super) fn text(&self) -> String {
        let text = self.editor.text();
        if self.has_crlf { text.replace('\n', "\r\n") } else { text.to_owned() }
    }

    pub(super) fn is_changed(&self) -> bool {
        self.text() != self.before
    }

    /// Whether it may be left now; if not, it is asked.
    pub(super) fn may_leave(&mut self) -> bool {
        // Esc at the question goes on writing.
        let asks = !self.leaves && self.other.is_none() && self.is_changed();
        let may_leave = !self.is_changed();
        (self.leaves, self.other, self.is_new_question) = (asks, None, asks);
        may_leave
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_they_did() {
        for text in ["# أ\r\nب\r\n", "# أ\nب\n", ""] {
            let mut form = GuideForm::new(text.to_owned());
            assert_eq!(form.text(), text);
            assert!(!form.is_changed() && form.may_leave());
        }
    }
}
