page-image = Page image
page-picture = Picture
page-pages = Pages
page-of = Page { $name } of { $shown }
page-before = Page before
page-after = Next page
page-go = Go to page
page-alt = { $name }: page { $shown } as an image. Its words, as far as they could be read, stand under “Clean text” and “As captured”.
page-alt-hidden = { $name }: page { $shown } as an image, blurred and grey. Its words, as far as they could be read, stand under “Clean text” and “As captured”.
page-none = This page cannot be shown.
page-other-reading = This text was read in another way ({ $name }) than this program reads the file today, so it is not known where its words stand. Only the page is shown; `onrecord reread` makes a new reading beside this one.
page-no-words = Where words stand is not known here: the page has no text of its own and was not read by OCR.
page-hidden = Pictures are blurred and grey until somebody asks to see them.
page-hidden-names = Names stand on the pages of a restricted or sealed source, so all of it is blurred and grey until somebody asks to see it.
page-show = Show what is blurred
page-on-record = { $number ->
    [one] It is put on record with your name, and holds for { $shown } minute, for this source, in this browser.
   *[other] It is put on record with your name, and holds for { $shown } minutes, for this source, in this browser.
}
page-reason = Why you need to see it
page-missing = Say why you need to see it. Nothing is shown without it.
page-seen = You see the pages of this source unblurred now.
page-hide = Blur them again
page-not-allowed = Whoever may code can ask to see it.
page-no-records = No record rests on words of this page.
