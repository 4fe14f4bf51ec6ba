frame-skip = Skip to the page
frame-search = Search passages and names
frame-look = Language and appearance
frame-language = Language
frame-theme = Appearance
frame-keys = Single-letter keys
frame-keys-off = Turn off
frame-keys-on = Turn on
frame-help = Help and keys
frame-lock = Lock the archive now
frame-unlocked = Unlocked
frame-places = Places
frame-chosen = (chosen; follow to take it away)
frame-pages = Pages
frame-before = Earlier
frame-after = More
frame-narrow = Narrow the list
place-home = Home
place-sources = Sources
place-review = Review
theme-auto = As the device
theme-light = Light
theme-dark = Dark
place-corroboration = Corroboration
place-statistics = Statistics
place-integrity = Integrity
place-timeline = Timeline and map
place-settings = Settings
frame-leave-out = Leave out: { $name }
frame-take-in = Take in again: { $name }
frame-being-laid-out = The archive is still being laid out as a whole. Load this page again in a moment.
frame-no-source = written without a source
place-search = Search
frame-why = why this
frame-undated = date not known
frame-not-new = being brought up to date
place-accountability = Accountability
frame-days = { $number ->
    [one] { $shown } day
   *[other] { $shown } days
}
frame-days-between = { $number ->
    [one] { $name } to { $shown } day
   *[other] { $name } to { $shown } days
}
frame-days-least = { $number ->
    [one] at least { $shown } day
   *[other] at least { $shown } days
}
place-people = People and cases
frame-sign-out = Sign out ({ $name })
