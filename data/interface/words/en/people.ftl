people-filter = A name, in any script
people-none = No case like that is on record.
people-name = Name
people-status = Status
people-whereabouts = Whereabouts
people-news = Last news
people-requests = Requests
people-proposed = named by allegations only
people-unknown = Not known
people-fate-unknown = Fate unknown
people-said-dead = Said to be dead; nobody has accepted it
people-no-news = No dated news
people-without-news = without news for { $name }
people-forms = Written forms
people-contradictions = What cannot all be true
people-no-request = No request by name is on record.
people-no-answer = No answer is on record.
people-for-all = Requests for all such persons
people-authorities = Authorities seized of it
people-rests-on = What it rests on
people-pairs-title = One person or two?
people-pairs-lead = Say whether the two are one person. “Unsure” is an answer. What you say is on record under your name, holds whenever records are linked again, and can be taken back.
people-pairs-none = There is no pair to judge.
people-judged = Judged
people-reason = Why (optional)
people-same = The same
people-unsure = Unsure
people-different = Different
people-take-back = Take back
people-facet-category = Category
people-facet-status = Status
people-facet-state = State
people-facet-opened = Case
people-opened = Opened by a person or a list
people-judged-same = { $name }: the same
people-judged-unsure = { $name }: unsure
people-judged-different = { $name }: different
people-cannot-judge = These two records cannot be judged: both must be persons, or both cases, with words of a source. Nothing was put on record.
people-count = { $number ->
    [one] { $shown } case
   *[other] { $shown } cases
}
people-pairs = { $number ->
    [0] No pair of records to judge
    [one] { $shown } pair of records may be one person
   *[other] { $shown } pairs of records may be one person
}
people-unanswered = { $number ->
   *[other] { $shown } of { $name } unanswered
}
people-kin = { $number ->
    [one] { $shown } relative: show the name
   *[other] { $shown } relatives: show the names
}
people-named = Persons of that name on record:
people-records = The person on record:
people-no-case = No case is open.
people-case = Case: { $name }
people-is-of = names this person as { $name }
people-says = What each source says
people-joined = Why these records are one person
people-by-machine = joined by their likeness
people-take-apart = They are two persons
people-mentions = Other records of that name
people-mentions-note = They name somebody so; whether it is the same person nobody has said.
people-left-out = { $number ->
    [one] { $shown } more is not shown
   *[other] { $shown } more are not shown
}
