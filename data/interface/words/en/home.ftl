home-title = What needs you
home-empty = Nothing is on record yet
home-empty-lead = Add a file: it is sealed, read, and what it says is proposed to you, each time with the words that carry it.
home-add = Add sources
home-recent = Came in last
home-on-record = On record
home-due-proposals = { $number ->
    [one] proposal waits for a decision
   *[other] proposals wait for a decision
}
home-due-proposals-why = Nothing is accepted by the machine: a person decides.
home-due-unread = { $number ->
    [one] source could not be read
   *[other] sources could not be read
}
home-due-unread-why = The originals are kept. Each says why.
home-due-waiting = { $number ->
    [one] source was not read yet
   *[other] sources were not read yet
}
home-due-waiting-why = They are read when files are added next.
home-due-locked = { $number ->
    [one] source is locked to this device
   *[other] sources are locked to this device
}
home-due-locked-why = Somebody who holds the key can let this device in.
home-due-nothing = Nothing waits
home-due-nothing-why = All that came in was read, and all proposals were decided.
home-records = { $number ->
    [one] { $shown } record
   *[other] { $shown } records
}
home-all-sources = { $number ->
    [one] The source
   *[other] All { $shown } sources
}
home-entries = { $number ->
    [one] { $shown } entry in the signed ledger
   *[other] { $shown } entries in the signed ledger
}
home-due-alerts = { $number ->
    [one] alert stands
   *[other] alerts stand
}
home-due-alerts-why = Reports that together may mean harm to people at risk.
home-due-second = { $number ->
    [one] grave record waits for a second person
   *[other] grave records wait for a second person
}
home-due-second-why = One person accepted; another must look.
home-due-disputed = { $number ->
    [one] record is disputed
   *[other] records are disputed
}
home-due-disputed-why = Persons decided differently; both are on record.
home-due-unsure = { $number ->
    [one] question was asked of you
   *[other] questions were asked of you
}
home-due-unsure-why = A colleague was unsure.
home-due-pairs = { $number ->
    [one] pair may be one person
   *[other] pairs may be one person
}
home-due-pairs-why = Two records, alike: say whether they are the same.
