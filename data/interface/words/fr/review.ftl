review-title = Examen
review-progress = Avancement de l’examen
review-open = en attente
review-kind = Type de fiche
review-all-kinds = Tous les types
review-all-open = Tout ce qui attend
review-blind = À l’aveugle : sans l’avis des autres
review-pick = Afficher
review-undo = Annuler
review-is-grave = Grave : deux personnes décident
review-history = Décidé auparavant
review-accept = Accepter
review-correct = Corriger
review-ask = Incertain
review-skip = Passer
review-reject = Rejeter
review-why = Pourquoi la rejeter ?
review-note = Une note, au besoin
review-edit-hint = Corrigez ce qui est faux. Les mots que vous sélectionnez dans le texte portent le champ où vous étiez.
review-must = requis
review-value = Valeur
review-words = Les mots qui le portent
review-reason = Raison des valeurs que nul mot ne porte
review-save = Enregistrer la correction
review-leave = Laisser
review-skipped = Vous êtes au bout. Des fiches passées attendent encore.
review-again = Recommencer
review-none = Rien ne vous attend ici. Ce qui fut décidé reste au dossier.
review-changed = Quelqu’un a décidé de cette fiche après que vous l’avez ouverte. Les deux sont gardés ; revoyez-la et décidez.
review-said-before = Quand vous l’avez ouverte, elle disait : « { $name } ».
review-no-source = Cette fiche ne cite aucune source présente ici ; on ne peut en décider.
review-did-accept = l’a acceptée
review-did-correct = l’a corrigée
review-did-reject = l’a rejetée
review-did-unsure = était incertain
review-did-withdraw = a retiré sa décision
review-hint-date = 2013, 2013-03, 2013-03-21, 1998~
review-hint-who = un nom ; person:Nom si besoin
review-key-accept = Accepter
review-key-correct = Corriger
review-key-reject = Rejeter, puis un chiffre pour la raison
review-key-unsure = Incertain : demander à un collègue
review-key-skip = Passer
review-key-undo = Annuler la dernière décision
review-grave = { $number ->
    [one] { $shown } de type grave
   *[other] { $shown } de types graves
}
review-second = { $shown } pour un deuxième avis
review-disputed = { $shown } contestées
review-unsure = { $number ->
    [one] { $shown } question
   *[other] { $shown } questions
}
review-decided = { $shown } décidées
