sources-title = Sources
sources-add = Ajouter des sources
sources-add-more = Ajouter encore
sources-drop = Déposez des fichiers ici, ou choisissez-les
sources-drop-hint = Jusqu’à { $name } à la fois. Pages, textes, tableaux ; l’illisible est conservé aussi.
sources-who-may-open = Qui peut les ouvrir
sources-origin = Adresse ou personne d’origine
sources-consent = Consentement donné
sources-filter = Mots du titre ou du nom
sources-none = Aucune source ne correspond.
sources-all = Toutes les sources
sources-column-title = Source
sources-column-published = Parution
sources-column-language = Langue
sources-column-collected = Collecte
sources-column-records = Fiches
sources-facet-state = Lecture
sources-facet-language = Langue
sources-facet-publisher = Éditeur
sources-facet-compartment = Compartiment
sources-facet-year = Année de parution
sources-state-unread = Illisible
sources-file-known = Déjà au dossier ; rien n’a été ajouté
sources-file-kept = Conservé, mais non lu : { $name }
sources-file-failed = Non ajouté : { $name }
sources-file-unextracted = Lu ; rien n’a pu être proposé
sources-too-large = Ces fichiers dépassent { $name } ensemble. Ajoutez-en moins, ou utilisez la commande `onrecord add`.
sources-no-file = Aucun fichier choisi. Choisissez-en un et réessayez.
sources-count = { $number ->
    [one] { $shown } source
   *[other] { $shown } sources
}
sources-added = { $number ->
    [0] Rien n’a été ajouté
    [one] { $shown } source est au dossier
   *[other] { $shown } sources sont au dossier
}
sources-added-records = { $number ->
    [one] { $shown } fiche en a été proposée
   *[other] { $shown } fiches ont été proposées
}
sources-file-read = { $number ->
    [one] Au dossier et lue ; { $shown } fiche proposée
   *[other] Au dossier et lue ; { $shown } fiches proposées
}
