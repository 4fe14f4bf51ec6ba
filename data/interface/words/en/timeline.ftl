timeline-title = Timeline
timeline-map = Map
timeline-drawings = Drawing
timeline-none = No dated incident is like that.
timeline-all = All incidents
timeline-drawn = Incidents by date; the table below holds the same rows.
timeline-map-drawn = Incidents by place; the table below holds the same places.
timeline-bars = A bar reaches over all days that the date may mean; a dashed one is dated only by when it was told, and may be earlier.
timeline-table = The same as a table
timeline-date = Date
timeline-place = Place
timeline-of-telling = when it was told
timeline-not-agreed = accounts differ
timeline-decades = Decade
timeline-decade = { $name }s
timeline-circles = A circle is as large as its place is uncertain, not as what happened there was great. A state’s circle says only: somewhere in it.
timeline-world = Show the whole world
timeline-near = Show only what is named
timeline-on-map = Incidents on the map
timeline-no-coordinates = No coordinates
timeline-no-place = No place said
timeline-incidents = Incidents recorded
timeline-position = Position and how exact it is
timeline-borders = Outlines from Natural Earth, made coarse. Lines on this map are no opinion on borders or on what a place is called.
timeline-count = { $number ->
    [one] { $shown } incident
   *[other] { $shown } incidents
}
timeline-undated = { $number ->
    [one] { $shown } incident has no date and is not drawn.
   *[other] { $shown } incidents have no date and are not drawn.
}
