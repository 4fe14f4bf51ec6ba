frame-skip = Aller à la page
frame-search = Chercher passages et noms
frame-look = Langue et apparence
frame-language = Langue
frame-theme = Apparence
frame-keys = Touches à une lettre
frame-keys-off = Désactiver
frame-keys-on = Activer
frame-help = Aide et touches
frame-lock = Verrouiller l’archive maintenant
frame-unlocked = Déverrouillée
frame-places = Rubriques
frame-chosen = (choisi ; suivre pour retirer)
frame-pages = Pages
frame-before = Précédents
frame-after = Suite
frame-narrow = Restreindre la liste
place-home = Accueil
place-sources = Sources
place-review = Examen
theme-auto = Comme l’appareil
theme-light = Clair
theme-dark = Sombre
place-corroboration = Corroboration
place-statistics = Statistiques
place-integrity = Intégrité
place-timeline = Chronologie et carte
place-settings = Réglages
frame-leave-out = Exclure : { $name }
frame-take-in = Reprendre : { $name }
frame-being-laid-out = L’archive est encore en cours de mise en ordre. Rechargez cette page dans un instant.
frame-no-source = écrit sans source
place-search = Recherche
frame-why = pourquoi
frame-undated = date inconnue
frame-not-new = mise à jour en cours
place-accountability = Redevabilité
frame-days = { $number ->
    [one] { $shown } jour
   *[other] { $shown } jours
}
frame-days-between = { $number ->
    [one] de { $name } à { $shown } jour
   *[other] de { $name } à { $shown } jours
}
frame-days-least = { $number ->
    [one] au moins { $shown } jour
   *[other] au moins { $shown } jours
}
place-people = Personnes et cas
frame-sign-out = Se déconnecter ({ $name })
