corroboration-title = Corroboration
corroboration-lead = Allegations of one event stand together. Documents that copy each other, or name the same source, count as one origin.
corroboration-none = No incident is like that.
corroboration-all = All incidents
corroboration-column-incident = Incident
corroboration-column-status = Status
corroboration-column-documents = Documents
corroboration-column-origins = Origins at most
corroboration-facet-type = Violation
corroboration-facet-level = Event or claim
corroboration-facet-disputed = Contradicted
corroboration-facet-origins-0 = None: only feared or denied
corroboration-facet-origins-1 = One
corroboration-facet-origins-2 = Two
corroboration-facet-origins-3 = Three or more
corroboration-disputed-yes = Contradicted or denied
corroboration-disputed-no = Not contradicted
corroboration-level-event = One event
corroboration-level-general = General claim
corroboration-perpetrators = Said to have done it:
corroboration-drawing = Where it comes from
corroboration-at-most = At most: what was put in other words, or copied outside of this archive, is not seen. A dashed box is an origin that only others tell of.
corroboration-for = What supports it
corroboration-for-none = Nothing says that it happened.
corroboration-against = What speaks against it
corroboration-against-none = Nothing on record contradicts or denies it.
corroboration-warnings = Only feared or warned of: no support
corroboration-denied = { $name } denies it
corroboration-denied-by-accused = { $name }, who is accused, denies it
corroboration-wants = What would strengthen it
corroboration-apart = Alike, and kept apart
corroboration-first-hand = first-hand
corroboration-official = official
corroboration-derived = derived
corroboration-own-voice = a document in its own voice
corroboration-at-hand = its own document is in this archive
corroboration-quoted-only = known only through those who quote it
corroboration-unnamed = sources without a name, which cannot be told apart
corroboration-entered = entered by a person
corroboration-not-assessed = reliability not assessed
corroboration-found = concluded that it happened
corroboration-head-origins = Origins
corroboration-head-documents = Documents
corroboration-head-allegations = Allegations
corroboration-head-incident = Incident
corroboration-want-report = Somebody who says that it happened: so far it is only feared or denied.
corroboration-want-second = A second origin that does not go back to the first.
corroboration-want-first-hand = Somebody who lived through it or saw it.
corroboration-want-own-words = The own words of { $name }: others quote them.
corroboration-want-named = Who the sources without a name are.
corroboration-want-date = When it happened.
corroboration-want-place = Where it happened.
corroboration-want-victims = Who suffered, by name.
corroboration-count = { $number ->
    [one] { $shown } incident
   *[other] { $shown } incidents
}
corroboration-origins = { $number ->
    [one] at most { $shown } origin
   *[other] at most { $shown } origins
}
corroboration-support = { $number ->
    [one] { $shown } document, { $name }
   *[other] { $shown } documents, { $name }
}
corroboration-disputed = { $number ->
    [one] { $shown } contradiction or denial
   *[other] { $shown } contradictions or denials
}
corroboration-told = { $number ->
    [one] told in { $shown } document
   *[other] told in { $shown } documents
}
corroboration-members = { $number ->
    [one] { $shown } allegation
   *[other] { $shown } allegations
}
corroboration-not-drawn = { $number ->
    [one] { $shown } box is not drawn; it stands in the lists below.
   *[other] { $shown } boxes are not drawn; they stand in the lists below.
}
corroboration-want-reliability = { $number ->
    [one] How reliable { $shown } origin is: nobody assessed it.
   *[other] How reliable { $shown } origins are: nobody assessed them.
}
corroboration-want-settled = { $number ->
    [one] A decision between accounts that cannot both be true ({ $shown }).
   *[other] Decisions between accounts that cannot all be true ({ $shown }).
}
corroboration-denied-in-general = { $name } denies in general what it is accused of
corroboration-because-only-unreliable = Everyone who reports it was assessed as unreliable.
corroboration-because-denied-by-others = At least as many who are not accused deny it as report it.
corroboration-because-admitted = Those who are accused admit it.
corroboration-because-found-and-witnessed = A body whose task it was found it, somebody tells it first-hand, and there are three origins or more.
corroboration-because-found = A body whose task it was to find out concluded that it happened.
corroboration-because-witnessed-twice = Two or more tell it first-hand, apart from each other as far as the archive shows.
corroboration-because-witnessed-and-reported = Somebody tells it first-hand, and there are three origins or more.
corroboration-because-reported = It is reported, and not enough supports or contradicts it to say more.
corroboration-because-only-feared-or-denied = Nobody on record says that it happened: it is feared or denied.
