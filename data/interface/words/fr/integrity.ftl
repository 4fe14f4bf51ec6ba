integrity-title = Intégrité
integrity-verify = Vérifier maintenant
integrity-running = Vérification en cours
integrity-not-yet = Pas encore vérifié depuis l’ouverture
integrity-not-yet-why = La vérification lit chaque octet : registre, signatures, originaux, lectures, et cherche chaque citation à sa place. Vous pouvez continuer à travailler.
integrity-sound = Intact le { $name } UTC
integrity-damaged = Endommagé le { $name } UTC : ce qui est nommé ci-dessous n’est plus tel que consigné
integrity-without-heads = L’historique vu auparavant par cet appareil n’a pas pu être comparé : { $name }
integrity-damage = Dommage
integrity-warning = Avertissement
integrity-note = Remarque
integrity-heads = Les journaux tels qu’ils sont
integrity-heads-why = Confiez ces racines à une personne de confiance : qui les détient peut montrer que rien d’antérieur n’a été changé ni retranché.
integrity-writer = Journal de l’appareil
integrity-entries = Entrées
integrity-root = Racine
integrity-custody = Chaîne de conservation
integrity-custody-how = Ouvrez une source et ses détails, ou une entrée du journal d’audit, pour voir son parcours et télécharger sa preuve.
integrity-bundle = Télécharger la preuve
integrity-bundle-what = Le reçu signé, l’entrée et la clé : chacun peut les contrôler avec des outils publics, sans ce programme ni le contenu.
integrity-read = Lire la source
integrity-capture = Comment elle est arrivée
integrity-chain = De la collecte à aujourd’hui
integrity-clock = Les heures sont celles de l’horloge de l’appareil, en UTC ; l’ordre est signé.
integrity-source-not-yet = Pas encore vérifiée depuis l’ouverture des archives.
integrity-source-sound = Son original, sa lecture et ses citations étaient tels que consignés le { $name } UTC.
integrity-source-damaged = Un élément n’était plus tel que consigné le { $name } UTC : voir les constats.
integrity-objects = { $number ->
    [one] { $shown } objet lu ({ $name }).
   *[other] { $shown } objets lus ({ $name }).
}
integrity-checked-entries = { $number ->
    [one] { $shown } entrée du registre contrôlée par sa signature.
   *[other] { $shown } entrées du registre contrôlées par leurs signatures.
}
integrity-quotes = { $number ->
    [one] { $shown } citation est à sa place.
   *[other] { $shown } citations sont à leur place.
}
integrity-erased = { $number ->
    [one] { $shown } source effacée volontairement.
   *[other] { $shown } sources effacées volontairement.
}
integrity-found = { $number ->
    [one] { $shown } constat
   *[other] { $shown } constats
}
