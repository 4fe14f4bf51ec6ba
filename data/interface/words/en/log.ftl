log-title = Audit log
log-lead = Every entry of the signed ledger, the newest first. Nothing can be taken out of it.
log-none = No entry is like that.
log-all = All entries
log-since = From
log-until = To
log-time = Time, UTC
log-kind = What
log-about = About
log-compartment = Compartment
log-index = Number
log-kind-genesis = The archive was made
log-kind-source = A source was collected
log-kind-reading = It was read
log-kind-proposals = Records were proposed
log-kind-decision = A person decided
log-kind-judgement = A person judged what belongs together
log-kind-member = A device was admitted
log-kind-heads = Other logs were noted
log-kind-erasure = A source was erased
log-kind-note = A note
log-kind-other = Of a later version
log-count = { $number ->
    [one] { $shown } entry
   *[other] { $shown } entries
}
