accountability-lead = Who was asked for what, year after year, and what became of it. A silence is counted from the first call that nobody answered; what the machine read is a proposal until a person decides.
accountability-filter = Name of a duty bearer
accountability-none = No demand like that is on record.
accountability-bearer = Asked of
accountability-demands = Demands
accountability-demand = Demand
accountability-times = Times asked
accountability-years = Years
accountability-answered = Answered
accountability-answers = Answers
accountability-silence = Longest silence
accountability-pledges = Undertakings
accountability-calls = Calls
accountability-nobody = Nobody in particular
accountability-not-named = Not named
accountability-unmatched = Answers to no demand on record
accountability-by-year = How often, by year
accountability-by-caller = How often, by caller
accountability-unit = Times asked; several reports of one call count once.
accountability-no-answer = None
accountability-no-answer-on-record = No answer is on record. That is not to say that none was given.
accountability-due = Due { $name }
accountability-overdue = { $name } past
accountability-also-asked = Also demanded:
accountability-answers-to = Answers:
accountability-unanswered = Unanswered for { $name }
accountability-repeat = another report of the same call
accountability-possible = possibly an answer
accountability-likely = likely an answer
accountability-certain = an answer
accountability-bearers = { $number ->
    [one] { $shown } duty bearer
   *[other] { $shown } duty bearers
}
accountability-count = { $number ->
    [one] { $shown } demand
   *[other] { $shown } demands
}
accountability-asked = { $number ->
    [one] asked { $shown } time
   *[other] asked { $shown } times
}
accountability-documents = { $number ->
    [one] { $shown } document, { $name }
   *[other] { $shown } documents, { $name }
}
