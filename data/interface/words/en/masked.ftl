masked-title = Masked names
masked-lead = Whoever a restricted or sealed source names is masked on every screen. To read names is one deliberate act: say why. It is put on record with your name, and ends by itself.
masked-nobody = No restricted or sealed source names anybody here.
masked-seen = You read names now.
masked-again = Mask them again
masked-back = Go back
masked-missing = Say why you need to read names. Nothing is shown without it.
masked-reason = Why you need to read names
masked-show = Show names
masked-in-form = A masked name is in what you sent or followed. Show names first, then do it again.
masked-how-long = { $number ->
    [one] For { $shown } minute, in this browser only.
   *[other] For { $shown } minutes, in this browser only.
}
