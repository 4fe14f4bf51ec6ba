sources-title = Sources
sources-add = Add sources
sources-add-more = Add more
sources-drop = Drop files here, or choose them
sources-drop-hint = Up to { $name } at once. Pages, texts, tables; whatever cannot be read is kept all the same.
sources-who-may-open = Who may open them
sources-origin = Address or person they come from
sources-consent = Consent they were given under
sources-filter = Words in title or name
sources-none = No source is like that.
sources-all = All sources
sources-column-title = Source
sources-column-published = Published
sources-column-language = Language
sources-column-collected = Collected
sources-column-records = Records
sources-facet-state = Reading
sources-facet-language = Language
sources-facet-publisher = Publisher
sources-facet-compartment = Compartment
sources-facet-year = Year published
sources-state-unread = Could not be read
sources-file-known = On record already; nothing was added
sources-file-kept = Kept, but not read: { $name }
sources-file-failed = Not added: { $name }
sources-file-unextracted = Read; nothing could be proposed from it
sources-too-large = These files are larger than { $name } together. Add fewer at a time, or use the command `onrecord add`.
sources-no-file = No file was chosen. Choose one and try again.
sources-count = { $number ->
    [one] { $shown } source
   *[other] { $shown } sources
}
sources-added = { $number ->
    [0] Nothing was added
    [one] { $shown } source is on record
   *[other] { $shown } sources are on record
}
sources-added-records = { $number ->
    [one] { $shown } record was proposed from it
   *[other] { $shown } records were proposed
}
sources-file-read = { $number ->
    [one] On record and read; { $shown } record proposed
   *[other] On record and read; { $shown } records proposed
}
