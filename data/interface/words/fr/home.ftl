home-title = Ce qui vous attend
home-empty = Rien n’est encore enregistré
home-empty-lead = Ajoutez un fichier : il est scellé, lu, et ce qu’il dit vous est proposé avec les mots qui le portent.
home-add = Ajouter des sources
home-recent = Arrivées récentes
home-on-record = Au dossier
home-due-proposals = { $number ->
    [one] proposition attend une décision
   *[other] propositions attendent une décision
}
home-due-proposals-why = La machine n’accepte rien : une personne décide.
home-due-unread = { $number ->
    [one] source n’a pas pu être lue
   *[other] sources n’ont pas pu être lues
}
home-due-unread-why = Les originaux sont conservés. Chacun dit pourquoi.
home-due-waiting = { $number ->
    [one] source n’est pas encore lue
   *[other] sources ne sont pas encore lues
}
home-due-waiting-why = Elles le seront au prochain ajout.
home-due-locked = { $number ->
    [one] source est fermée à cet appareil
   *[other] sources sont fermées à cet appareil
}
home-due-locked-why = Qui détient la clé peut admettre cet appareil.
home-due-nothing = Rien n’attend
home-due-nothing-why = Tout a été lu, tout a été décidé.
home-records = { $number ->
    [one] { $shown } fiche
   *[other] { $shown } fiches
}
home-all-sources = { $number ->
    [one] La source
   *[other] Les { $shown } sources
}
home-entries = { $number ->
    [one] { $shown } entrée au registre signé
   *[other] { $shown } entrées au registre signé
}
home-due-alerts = { $number ->
    [one] alerte en cours
   *[other] alertes en cours
}
home-due-alerts-why = Des informations qui, ensemble, peuvent annoncer un danger pour des personnes.
home-due-second = { $number ->
    [one] fiche grave attend une seconde personne
   *[other] fiches graves attendent une seconde personne
}
home-due-second-why = Une personne a accepté ; une autre doit regarder.
home-due-disputed = { $number ->
    [one] fiche est contestée
   *[other] fiches sont contestées
}
home-due-disputed-why = Les décisions diffèrent ; toutes sont conservées.
home-due-unsure = { $number ->
    [one] question vous est posée
   *[other] questions vous sont posées
}
home-due-unsure-why = Un collègue n’était pas sûr.
home-due-pairs = { $number ->
    [one] paire est peut-être une seule personne
   *[other] paires sont peut-être une seule personne
}
home-due-pairs-why = Deux fiches semblables : dites si c’est la même personne.
