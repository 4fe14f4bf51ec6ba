people-filter = Un nom, dans toute écriture
people-none = Aucun cas de ce genre n’est consigné.
people-name = Nom
people-status = Situation
people-whereabouts = Lieu où se trouve la personne
people-news = Dernières nouvelles
people-requests = Demandes
people-proposed = nommé seulement par des allégations
people-unknown = Inconnu
people-fate-unknown = Sort inconnu
people-said-dead = Dit décédé ; personne ne l’a accepté
people-no-news = Pas de nouvelles datées
people-without-news = sans nouvelles depuis { $name }
people-forms = Graphies
people-contradictions = Ce qui ne peut être vrai ensemble
people-no-request = Aucune demande nominative n’est consignée.
people-no-answer = Aucune réponse n’est consignée.
people-for-all = Demandes pour toutes ces personnes
people-authorities = Autorités saisies
people-rests-on = Sur quoi cela repose
people-pairs-title = Une personne ou deux ?
people-pairs-lead = Dites si les deux sont une même personne. « Incertain » est une réponse. Ce que vous dites est consigné sous votre nom, vaut à chaque nouveau rapprochement et peut être retiré.
people-pairs-none = Il n’y a pas de paire à juger.
people-judged = Jugé
people-reason = Pourquoi (facultatif)
people-same = La même
people-unsure = Incertain
people-different = Différentes
people-take-back = Retirer
people-facet-category = Catégorie
people-facet-status = Situation
people-facet-state = État
people-facet-opened = Cas
people-opened = Ouvert par une personne ou une liste
people-judged-same = { $name } : la même
people-judged-unsure = { $name } : incertain
people-judged-different = { $name } : différentes
people-cannot-judge = Ces deux fiches ne peuvent être jugées : il faut deux personnes, ou deux cas, avec les mots d’une source. Rien n’a été consigné.
people-count = { $shown } cas
people-pairs = { $number ->
    [one] { $shown } paire de fiches peut être une même personne
   *[other] { $shown } paires de fiches peuvent être une même personne
}
people-unanswered = { $shown } sur { $name } sans réponse
people-kin = { $number ->
    [one] { $shown } proche : montrer le nom
   *[other] { $shown } proches : montrer les noms
}
people-named = Personnes de ce nom enregistrées :
people-records = La personne au registre :
people-no-case = Aucun cas n’est ouvert.
people-case = Cas : { $name }
people-is-of = nomme cette personne comme { $name }
people-says = Ce que dit chaque source
people-joined = Pourquoi ces enregistrements sont une seule personne
people-by-machine = réunis par leur ressemblance
people-take-apart = Ce sont deux personnes
people-mentions = Autres enregistrements de ce nom
people-mentions-note = Ils nomment quelqu’un ainsi ; nul n’a dit si c’est la même personne.
people-left-out = { $number ->
    [one] { $shown } autre n’est pas affiché
   *[other] { $shown } autres ne sont pas affichés
}
