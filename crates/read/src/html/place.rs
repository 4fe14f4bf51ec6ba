//! The places of a page: the elements that passages stand in, and what each says of them.

use model::LeftOut;

/// An element that passages stand in. Numbered from 0, the page as a whole; every place has a
/// higher number than the one around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The place around it.
    pub around: u32,
    /// What element and class names say stands here.
    pub left_out: Option<LeftOut>,
    /// How strongly it says that the document is here: 0 not at all, 1 `main`, 2 `article`,
    /// 3 a class name, 4 `itemprop="articleBody"`.
    pub main: u8,
    /// A `header`: the head of the page or of an article, depending on where it stands.
    pub header: bool,
    /// Groups passages, as `div` does and `p` does not.
    pub group: bool,
    /// Its class says that these are the words under a picture.
    pub caption: bool,
    /// What it says is said by the element itself, or by a class that leaves no doubt.
    pub sure: bool,
    /// Its names say that a date stands here.
    pub dated: bool,
    /// How far the parts of its class and id speak for the document, in hundredths; learned.
    pub weight: i32,
}
