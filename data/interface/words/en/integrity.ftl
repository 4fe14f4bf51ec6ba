integrity-title = Integrity
integrity-verify = Verify now
integrity-running = Being verified
integrity-not-yet = Not verified since it was opened
integrity-not-yet-why = Verifying reads every byte: ledger, signatures, originals, readings, and looks up every quote at its place. You can go on working meanwhile.
integrity-sound = Sound on { $name } UTC
integrity-damaged = Damaged on { $name } UTC: what is named below is not as it was recorded
integrity-without-heads = The history this device saw before could not be compared: { $name }
integrity-damage = Damage
integrity-warning = Warning
integrity-note = Note
integrity-heads = The logs as they stand
integrity-heads-why = Give these roots to somebody you trust: whoever holds them can show that nothing before them was changed or cut off.
integrity-writer = Log of device
integrity-entries = Entries
integrity-root = Root
integrity-custody = Chain of custody
integrity-custody-how = Open a source and its details, or an entry of the audit log, to see how it came here and to download its proof.
integrity-bundle = Download the proof
integrity-bundle-what = The signed receipt, the entry and the key: anyone can check them with public tools, without this program and without reading the content.
integrity-read = Read the source
integrity-capture = How it came in
integrity-chain = From capture to today
integrity-clock = Times are what the device’s clock said, in UTC; the order is signed.
integrity-source-not-yet = Not verified since the archive was opened.
integrity-source-sound = Its original, its reading and its quotes were as recorded on { $name } UTC.
integrity-source-damaged = Something of it was not as recorded on { $name } UTC: see the findings.
integrity-objects = { $number ->
    [one] { $shown } object was read ({ $name }).
   *[other] { $shown } objects were read ({ $name }).
}
integrity-checked-entries = { $number ->
    [one] { $shown } entry of the ledger was checked against its signature.
   *[other] { $shown } entries of the ledger were checked against their signatures.
}
integrity-quotes = { $number ->
    [one] { $shown } quote stands where it should.
   *[other] { $shown } quotes stand where they should.
}
integrity-erased = { $number ->
    [one] { $shown } source was erased on purpose.
   *[other] { $shown } sources were erased on purpose.
}
integrity-found = { $number ->
    [one] { $shown } finding
   *[other] { $shown } findings
}
