search-words = Words, a “phrase” or a name
search-how = Every word must stand in the passage, in any form; "words in quotes" exactly so; -word must not; OR between two asks for either. A name is found in other scripts and spellings too.
search-many = Look for many names at once
search-forms = Also written:
search-forms-used = Also looked for, as the same name is written elsewhere:
search-forms-less = Only as typed
search-forms-more = Look for all of them
search-meant = Did you mean
search-views = How to see it
search-as-passages = Passages
search-as-records = Records
search-none = No passage holds this.
search-none-records = No record was read from these passages.
search-wider = Without one of these there is more:
search-partial = These are the records of the best passages only. More words narrow the search.
search-keep = The address of this page is the search itself: keep it as a bookmark or send it to a colleague who has this archive.
search-untitled = without a title
search-not-understood = This cannot be looked for: { $name }
search-column-record = Record
search-column-words = Words
search-column-source = Source
search-key-next = Next
search-key-before = Before
search-key-open = Open
search-facet-language = Language
search-facet-publisher = Publisher
search-facet-genre = Genre
search-facet-year = Year published
search-facet-compartment = Compartment
search-facet-kind = Kind
search-facet-type = Type of violation
search-facet-status = Status
search-names-title = Look for many names
search-names-name = Name
search-names-forms = Written on record as
search-names-how = A table (CSV) with a column of names, or one name a line; at most { $name }. Each is looked for in every script and spelling on record. The list is kept nowhere.
search-names-file = File with names
search-names-paste = Or names, one a line
search-names-go = Look for them
search-names-none = There is no name in this list. Give one name a line, or a table with a column “Name”.
search-passages = { $number ->
    [one] { $shown } passage
   *[other] { $shown } passages
}
search-records = { $number ->
    [one] { $shown } record
   *[other] { $shown } records
}
search-names-found = { $number ->
    [one] Something is on record of { $shown } of { $name }
   *[other] Something is on record of { $shown } of { $name }
}
search-names-left-out = { $number ->
    [one] { $shown } more name was left out: look for it separately.
   *[other] { $shown } more names were left out: look for them separately.
}
