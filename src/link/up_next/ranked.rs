//! The articles that are ranked, sorted by file: all that ranks names them by their indices.

use crate::model::page::PageId;

/// An article's index among those that are ranked; none of a page that is not.
pub(super) fn index_of(ids: &[PageId], page: PageId) -> Option<u32> {
    ids.binary_search(&page).ok().map(|index| index as u32)
}
