stands-title = Who stood with which statement
stands-lead = What several States or bodies put their names to together: joint statements, resolutions with their sponsors, sentences said as one. Only who is named on record is shown; who is not named may have stood there all the same.
stands-none = No statement like that is on record.
stands-all = All statements
stands-with = Stood with it
stands-drawn = Parties by year, a dot as large as the number of statements
stands-dots = The area of a dot grows with the number of statements of that year.
stands-as-table = The drawing as a table
stands-statements = Statements
stands-stood = Statements that it stood with
stands-mover = moved it
stands-co-sponsor = co-sponsor
stands-instrument = Instrument
stands-count = { $number ->
    [one] { $shown } joint statement
   *[other] { $shown } joint statements
}
stands-undated = { $number ->
    [one] { $shown } statement has no known year.
   *[other] { $shown } statements have no known year.
}
stands-more = { $number ->
    [one] and { $shown } more report
   *[other] and { $shown } more reports
}
