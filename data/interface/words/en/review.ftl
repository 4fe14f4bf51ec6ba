review-title = Review
review-progress = How far the review is
review-open = wait
review-kind = Kind of record
review-all-kinds = All kinds
review-all-open = All that wait
review-blind = Blind: without what others decided
review-pick = Show
review-undo = Take it back
review-is-grave = Grave: two persons decide
review-history = Decided before
review-accept = Accept
review-correct = Correct
review-ask = Unsure
review-skip = Skip
review-reject = Reject
review-why = Why is it rejected?
review-note = A note, if need be
review-edit-hint = Change what is wrong. Words you select in the text carry the field you were in.
review-must = needed
review-value = Value
review-words = The words that carry it
review-reason = Reason for values that no words carry
review-save = Save the correction
review-leave = Leave it
review-skipped = You are at the end. Some records were passed over and still wait.
review-again = Begin again
review-none = Nothing waits for you here. What was decided stays on record, and can be taken back where it stands.
review-changed = Somebody decided on this record after you opened it. Both are kept; look at it again and decide.
review-said-before = When you opened it, it said: “{ $name }”.
review-no-source = This record cites no source that is on record here, so nothing can be decided of it.
review-did-accept = accepted it
review-did-correct = corrected it
review-did-reject = rejected it
review-did-unsure = was unsure
review-did-withdraw = took a decision back
review-hint-date = 2013, 2013-03, 2013-03-21, 1998~
review-hint-who = a name; person:Name where it is not clear
review-key-accept = Accept
review-key-correct = Correct
review-key-reject = Reject; then a digit for the reason
review-key-unsure = Unsure: ask a colleague
review-key-skip = Skip
review-key-undo = Take the last decision back
review-grave = { $number ->
    [one] { $shown } of a grave type
   *[other] { $shown } of grave types
}
review-second = { $shown } for a second review
review-disputed = { $shown } disputed
review-unsure = { $number ->
    [one] { $shown } question
   *[other] { $shown } questions
}
review-decided = { $shown } decided
