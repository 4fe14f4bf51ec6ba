corroboration-title = Corroboration
corroboration-lead = Les allégations d’un même fait sont réunies. Des documents qui se copient, ou qui citent la même source, comptent pour une seule origine.
corroboration-none = Aucun fait de ce genre.
corroboration-all = Tous les faits
corroboration-column-incident = Fait
corroboration-column-status = État
corroboration-column-documents = Documents
corroboration-column-origins = Origines au plus
corroboration-facet-type = Violation
corroboration-facet-level = Fait ou affirmation
corroboration-facet-disputed = Contredit
corroboration-facet-origins-0 = Aucune : redouté ou nié
corroboration-facet-origins-1 = Une
corroboration-facet-origins-2 = Deux
corroboration-facet-origins-3 = Trois ou plus
corroboration-disputed-yes = Contredit ou nié
corroboration-disputed-no = Non contredit
corroboration-level-event = Un fait
corroboration-level-general = Affirmation générale
corroboration-perpetrators = Désignés comme auteurs :
corroboration-drawing = D’où cela vient
corroboration-at-most = Au plus : une reprise en d’autres mots, ou hors de ces archives, ne se voit pas. Un cadre en tirets est une origine connue seulement par d’autres.
corroboration-for = Ce qui l’appuie
corroboration-for-none = Rien ne dit que cela s’est produit.
corroboration-against = Ce qui s’y oppose
corroboration-against-none = Rien au dossier ne le contredit ni ne le nie.
corroboration-warnings = Seulement redouté ou annoncé : pas un appui
corroboration-denied = { $name } le nie
corroboration-denied-by-accused = { $name }, mis en cause, le nie
corroboration-wants = Ce qui le renforcerait
corroboration-apart = Semblables, tenus à part
corroboration-first-hand = de première main
corroboration-official = officiel
corroboration-derived = de seconde main
corroboration-own-voice = un document parlant pour lui-même
corroboration-at-hand = son propre document est dans ces archives
corroboration-quoted-only = connu seulement par ceux qui le citent
corroboration-unnamed = sources sans nom, impossibles à distinguer
corroboration-entered = saisi par une personne
corroboration-not-assessed = fiabilité non évaluée
corroboration-found = a conclu que cela s’est produit
corroboration-head-origins = Origines
corroboration-head-documents = Documents
corroboration-head-allegations = Allégations
corroboration-head-incident = Fait
corroboration-want-report = Quelqu’un qui dise que cela s’est produit : ce n’est que redouté ou nié.
corroboration-want-second = Une seconde origine qui ne remonte pas à la première.
corroboration-want-first-hand = Quelqu’un qui l’a vécu ou vu.
corroboration-want-own-words = Les propres mots de { $name } : d’autres les citent.
corroboration-want-named = Qui sont les sources sans nom.
corroboration-want-date = Quand cela s’est produit.
corroboration-want-place = Où cela s’est produit.
corroboration-want-victims = Qui en a souffert, nommément.
corroboration-count = { $number ->
    [one] { $shown } fait
   *[other] { $shown } faits
}
corroboration-origins = { $number ->
    [one] au plus { $shown } origine
   *[other] au plus { $shown } origines
}
corroboration-support = { $number ->
    [one] { $shown } document, { $name }
   *[other] { $shown } documents, { $name }
}
corroboration-disputed = { $number ->
    [one] { $shown } contradiction ou démenti
   *[other] { $shown } contradictions ou démentis
}
corroboration-told = { $number ->
    [one] relaté dans { $shown } document
   *[other] relaté dans { $shown } documents
}
corroboration-members = { $number ->
    [one] { $shown } allégation
   *[other] { $shown } allégations
}
corroboration-not-drawn = { $number ->
    [one] { $shown } cadre n’est pas dessiné ; il figure dans les listes ci-dessous.
   *[other] { $shown } cadres ne sont pas dessinés ; ils figurent dans les listes ci-dessous.
}
corroboration-want-reliability = { $number ->
    [one] La fiabilité de { $shown } origine : personne ne l’a évaluée.
   *[other] La fiabilité de { $shown } origines : personne ne les a évaluées.
}
corroboration-want-settled = { $number ->
    [one] Une décision entre récits inconciliables ({ $shown }).
   *[other] Des décisions entre récits inconciliables ({ $shown }).
}
corroboration-denied-in-general = { $name } nie en général ce qui lui est reproché
corroboration-because-only-unreliable = Tous ceux qui le rapportent ont été jugés peu fiables.
corroboration-because-denied-by-others = Ceux qui le nient sans être accusés sont au moins aussi nombreux que ceux qui le rapportent.
corroboration-because-admitted = Ceux qui sont accusés le reconnaissent.
corroboration-because-found-and-witnessed = Un organe chargé de l’établir l’a constaté, quelqu’un le raconte de première main, et il y a au moins trois origines.
corroboration-because-found = Un organe chargé de l’établir a conclu que cela s’est produit.
corroboration-because-witnessed-twice = Deux personnes ou plus le racontent de première main, séparément d’après ce que montre l’archive.
corroboration-because-witnessed-and-reported = Quelqu’un le raconte de première main, et il y a au moins trois origines.
corroboration-because-reported = C’est rapporté, mais rien ne l’appuie ou ne le contredit assez pour en dire plus.
corroboration-because-only-feared-or-denied = Personne ne dit que cela s’est produit : c’est craint ou nié.
