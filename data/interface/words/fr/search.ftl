search-words = Mots, une « expression » ou un nom
search-how = Chaque mot doit figurer dans le passage, sous toute forme ; "entre guillemets" tel quel ; -mot ne doit pas y être ; OR entre deux demande l’un ou l’autre. Un nom est trouvé aussi dans d’autres écritures et graphies.
search-many = Chercher plusieurs noms à la fois
search-forms = S’écrit aussi :
search-forms-used = Cherché aussi, car le même nom s’écrit ailleurs :
search-forms-less = Seulement tel quel
search-forms-more = Les chercher tous
search-meant = Vouliez-vous dire
search-views = Façon de voir
search-as-passages = Passages
search-as-records = Fiches
search-none = Aucun passage ne contient cela.
search-none-records = Aucune fiche n’a été tirée de ces passages.
search-wider = Sans l’un de ces filtres, il y a davantage :
search-partial = Seules les fiches des meilleurs passages sont montrées. Plus de mots resserrent la recherche.
search-keep = L’adresse de cette page est la recherche elle-même : gardez-la en signet ou envoyez-la à un collègue qui a cette archive. Ce qui est gardé ici reste scellé sur cet appareil et n’entre pas au registre.
search-untitled = sans titre
search-not-understood = Ceci ne peut pas être cherché : { $name }
search-column-record = Fiche
search-column-words = Mots
search-column-source = Source
search-key-next = Suivant
search-key-before = Précédent
search-key-open = Ouvrir
search-facet-language = Langue
search-facet-publisher = Éditeur
search-facet-genre = Genre
search-facet-year = Année de publication
search-facet-compartment = Compartiment
search-facet-kind = Type de fiche
search-facet-type = Type de violation
search-facet-status = Statut
search-names-title = Chercher plusieurs noms
search-names-name = Nom
search-names-forms = Graphies consignées
search-names-how = Un tableau (CSV) avec une colonne de noms, ou un nom par ligne ; { $name } au plus. Chacun est cherché dans toutes les écritures et graphies consignées. La liste n’est conservée nulle part.
search-names-file = Fichier de noms
search-names-paste = Ou des noms, un par ligne
search-names-go = Les chercher
search-names-none = Il n’y a pas de nom dans cette liste. Donnez un nom par ligne, ou un tableau avec une colonne « Nom ».
search-names-column = Les noms sont ceux de la colonne { $shown }. Est-ce une autre ? Donnez-lui l’en-tête « Nom ».
search-names-headed = Les noms sont ceux de la colonne « { $name } ».
search-passages = { $number ->
    [one] { $shown } passage
   *[other] { $shown } passages
}
search-records = { $number ->
    [one] { $shown } fiche
   *[other] { $shown } fiches
}
search-names-found = { $shown } sur { $name } figurent dans l’archive
search-names-left-out = { $number ->
    [one] { $shown } nom de trop a été laissé de côté : cherchez-le à part.
   *[other] { $shown } noms de trop ont été laissés de côté : cherchez-les à part.
}
search-as-timeline = Chronologie
search-as-map = Carte
search-date-of-source = À défaut, la date de sa source
search-saved = Recherches gardées
search-save-as = Nom de la recherche
search-save = Garder cette recherche
search-is-saved = Cette recherche est gardée.
search-forget = Oublier
search-cannot-save = Cette recherche ne peut être gardée : elle n’a pas de mots, ou trop sont déjà gardées. Oubliez-en d’abord.
search-saved-on = gardée le { $name }
search-on-map = sur la carte
search-bars = Une barre couvre tous les jours qu’une date peut désigner ; en tirets, la date de la source quand les mots n’en donnent pas.
search-facet-place = Lieu
search-nowhere = { $number ->
    [one] { $shown } enregistrement ne nomme aucun lieu.
   *[other] { $shown } enregistrements ne nomment aucun lieu.
}
search-undated = { $number ->
    [one] { $shown } enregistrement n’a aucune date.
   *[other] { $shown } enregistrements n’ont aucune date.
}
search-more-now = { $number ->
    [one] { $shown } de plus depuis votre passage
   *[other] { $shown } de plus depuis votre passage
}
