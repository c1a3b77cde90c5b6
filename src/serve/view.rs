//! What pages offer to do with the author's files: to open a place in the editor, and at the desk, forms that ask for a
//! change. What a form asks for is carried out in `desk/change.rs`.

use super::editor::{Editor, Place};
use super::state::State;
use crate::escape;

/// A page that is made: one of the site, or one of the desk.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) state: &'a State,
    /// At the desk: only its pages may hold the token, so only they have forms.
    pub(super) at_desk: bool,
}

impl View<'_> {
    /// The address that opens a file in the editor, where it has one.
    pub(super) fn href(self, path: &str, line: usize, column: usize) -> Option<String> {
        let setup = &self.state.setup;
        setup.editor.href(Place {
            file: &setup.root.join(path),
            line,
            column,
        })
    }

    /// HTML that names a place of a file, and opens it in the editor where that can be.
    pub(super) fn opened(self, path: &str, line: usize, column: usize, shown: &str) -> String {
        if let Some(href) = self.href(path, line, column) {
            return format!(
                "<a class=\"gen-open\" href=\"{}\" title=\"Open it in the editor\">{shown}</a>",
                escape::html(&href)
            );
        }
        if !self.at_desk || !matches!(self.state.setup.editor, Editor::Command(_)) {
            return shown.to_owned();
        }
        let (line, column) = (line.to_string(), column.to_string());
        self.form(
            &[("path", path), ("line", &line), ("column", &column)],
            &format!(
                "<button class=\"gen-open\" name=\"do\" value=\"open\" title=\"Open it in the editor\">{shown}</button>"
            ),
        )
    }

    /// A form of the desk: what it sends beside the button that is clicked. `buttons` are HTML.
    pub(super) fn form(self, fields: &[(&str, &str)], buttons: &str) -> String {
        let token = [("token", &*self.state.token)];
        let fields = token.iter().chain(fields);
        let hidden: String = fields
            .map(|(name, value)| {
                let value = escape::html(value);
                format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">")
            })
            .collect();
        format!("<form method=\"post\">{hidden}{buttons}</form>")
    }
}
