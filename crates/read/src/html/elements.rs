//! What the reader needs to know of each element of HTML.

use model::LeftOut;

/// How an element takes part in the layout of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Begins and ends a block.
    Block,
    /// A paragraph: a block that the next block ends.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A list: items inside do not end items outside.
    List,
    /// A quotation set apart.
    Quotation,
    /// The words under a picture.
    Caption,
    Table,
    /// A group of rows.
    Rows,
    Row,
    Cell,
    /// Part of a line.
    Inline,
    /// A link.
    Link,
    /// A line end.
    Break,
    /// Has no content and no end tag.
    Void,
    /// Its content is no text of the page.
    Skipped,
    /// Its content is the page's title.
    Title,
    /// Its content is a program, or data for one.
    Script,
}

/// An element's role and, for some, what stands in it wherever it is used.
pub(super) fn role(name: &[u8]) -> (Role, Option<LeftOut>) {
    use Role::*;
    let role = match name {
        b"p" => Paragraph,
        b"h1" => Heading(1),
        b"h2" => Heading(2),
        b"h3" => Heading(3),
        b"h4" => Heading(4),
        b"h5" => Heading(5),
        b"h6" => Heading(6),
        b"li" | b"dt" | b"dd" => Item,
        b"ul" | b"ol" | b"dl" | b"menu" => List,
        b"blockquote" => Quotation,
        b"figcaption" | b"caption" => Caption,
        b"table" => Table,
        b"thead" | b"tbody" | b"tfoot" => Rows,
        b"tr" => Row,
        b"td" | b"th" => Cell,
        b"a" => Link,
        b"br" => Break,
        b"area" | b"base" | b"col" | b"embed" | b"hr" | b"img" | b"input" | b"link" | b"meta"
        | b"param" | b"source" | b"track" | b"wbr" | b"frame" | b"basefont" | b"bgsound" => Void,
        b"style" | b"template" | b"noscript" | b"iframe" | b"noembed" | b"noframes"
        | b"noframe" | b"svg" | b"math" | b"object" | b"canvas" | b"datalist" | b"textarea"
        | b"audio" | b"video" | b"map" => Skipped,
        b"script" => Script,
        b"title" => Title,
        b"nav" => return (Block, Some(LeftOut::Navigation)),
        b"footer" => return (Block, Some(LeftOut::Footer)),
        b"aside" => return (Block, Some(LeftOut::Related)),
        b"button" | b"select" | b"label" | b"legend" => return (Block, Some(LeftOut::Navigation)),
        b"html" | b"body" | b"head" | b"div" | b"section" | b"article" | b"main" | b"header"
        | b"figure" | b"address" | b"center" | b"details" | b"summary" | b"dialog"
        | b"fieldset" | b"form" | b"hgroup" | b"option" | b"optgroup" | b"pre" | b"search"
        | b"dir" | b"colgroup" | b"frameset" | b"listing" | b"plaintext" | b"xmp" => Block,
        // Elements that a site defines itself lay out as blocks more often than not.
        name if name.contains(&b'-') => Block,
        _ => Inline,
    };
    (role, None)
}

impl Role {
    /// Whether the element ends the line before it.
    pub fn is_block(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::Link
                | Self::Break
                | Self::Void
                | Self::Skipped
                | Self::Script
                | Self::Title
        )
    }

    /// Whether a start tag of this role ends an open element of another without an end tag.
    pub fn ends(self, open: Self) -> bool {
        match self {
            Self::Item => open == Self::Item,
            Self::Cell => open == Self::Cell,
            Self::Row => matches!(open, Self::Row | Self::Cell),
            Self::Rows => matches!(open, Self::Rows | Self::Row | Self::Cell),
            _ => false,
        }
    }

    /// Whether it ends nothing outside such an element.
    pub fn stops_at(self, open: Self) -> bool {
        match self {
            Self::Item => matches!(open, Self::List | Self::Cell | Self::Table),
            Self::Cell => matches!(open, Self::Row | Self::Table),
            Self::Row => matches!(open, Self::Rows | Self::Table),
            Self::Rows => open == Self::Table,
            _ => true,
        }
    }
}

/// A name as it is compared on the stack.
pub(super) fn name_hash(name: &[u8]) -> u32 {
    name.iter().take(64).fold(0x811c_9dc5u32, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}
