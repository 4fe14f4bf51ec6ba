masked-title = Noms masqués
masked-lead = Toute personne nommée par une source restreinte ou scellée est masquée sur chaque écran. Lire les noms est un acte délibéré : dites pourquoi. Il est enregistré sous votre nom et prend fin de lui-même.
masked-nobody = Aucune source restreinte ou scellée ne nomme quelqu’un ici.
masked-seen = Vous lisez les noms en ce moment.
masked-again = Les masquer de nouveau
masked-back = Revenir
masked-missing = Dites pourquoi vous devez lire les noms. Rien n’est montré sans cela.
masked-reason = Pourquoi vous devez lire les noms
masked-show = Montrer les noms
masked-in-form = Ce que vous avez envoyé ou suivi contient un nom masqué. Montrez d’abord les noms, puis recommencez.
masked-how-long = { $number ->
    [one] Pendant { $shown } minute, dans ce navigateur seulement.
   *[other] Pendant { $shown } minutes, dans ce navigateur seulement.
}
