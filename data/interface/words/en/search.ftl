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
search-keep = The address of this page is the search itself: keep it as a bookmark or send it to a colleague who has this archive. What is kept here stays sealed on this device and is not put on record.
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
search-names-column = The names are those of column { $shown }. Is it another? Give that column the head “Name”.
search-names-headed = The names are those of the column “{ $name }”.
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
search-as-timeline = Timeline
search-as-map = Map
search-date-of-source = As far as known: the date of its source
search-saved = Saved searches
search-save-as = Name of the search
search-save = Save this search
search-is-saved = This search is saved.
search-forget = Forget
search-cannot-save = This search cannot be saved: it has no words, or too many are saved already. Forget some first.
search-saved-on = saved on { $name }
search-on-map = on the map
search-bars = A bar covers all days that a date may mean; a dashed one is the date of the source, where the words give none.
search-facet-place = Place
search-nowhere = { $number ->
    [one] { $shown } record names no place.
   *[other] { $shown } records name no place.
}
search-undated = { $number ->
    [one] { $shown } record has no date at all.
   *[other] { $shown } records have no date at all.
}
search-more-now = { $number ->
    [one] { $shown } more since you looked
   *[other] { $shown } more since you looked
}
