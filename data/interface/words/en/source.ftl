source-details = Where this comes from
source-original = Download the original, byte for byte
source-lineage = Shares text with
source-views = Text
source-clean = Clean text
source-captured = As captured
source-unread = This source could not be read; the original is kept.
source-named = Named here
source-no-claims = No record was proposed from this text beyond the names.
source-before = Earlier passages
source-after = Further passages
source-fact-published = Published
source-fact-publisher = Publisher
source-fact-authors = By
source-fact-origin = Came from
source-fact-consent = Consent
source-fact-compartment = Compartment
source-fact-collected = Collected
source-fact-name = Name as given
source-fact-media = Original
source-fact-sha256 = SHA-256 of the original
source-fact-looks = What the picture looks like
source-fact-reading = SHA-256 of the reading
source-fact-reader = Read by
source-fact-entry = Ledger
source-fact-read-entry = Ledger, reading
source-fact-id = Id
source-fact-language = Language
source-by-nobody = nobody named
source-stated = stated by the collector
source-original-of = Shares text; came first:
source-copy-of = Shares text; came later:
source-shares = Shares text:
source-alike = Looks alike, { $shown } of 256 bits differ:
source-key-next = Next record
source-key-before = Record before
source-key-go = Go to its passage
source-key-text = Text, as captured, image
source-key-details = Where this comes from
source-claims = { $number ->
    [one] { $shown } record
   *[other] { $shown } records
}
source-names = { $number ->
    [one] { $shown } name
   *[other] { $shown } names
}
source-code = Code a record
source-aside = Set aside:
source-caption = caption
source-footnote = footnote
source-comment = comment
source-repeats = repeats another passage
