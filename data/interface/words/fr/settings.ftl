settings-title = Réglages
settings-passphrase = Phrase secrète de cet appareil
settings-protected = Les clés de cet appareil ne s’ouvrent qu’avec sa phrase secrète. Personne ne peut la retrouver.
settings-unprotected = Les clés de cet appareil ne sont pas protégées : qui a l’appareil peut ouvrir les archives. Choisissez une phrase secrète.
settings-old = Phrase actuelle
settings-new = Nouvelle phrase
settings-again = La nouvelle, encore une fois
settings-backup = Les copies du dossier de l’appareil faites auparavant gardent l’ancienne phrase : faites-en une nouvelle.
settings-change = Changer la phrase
settings-changed = La phrase secrète a été changée. Faites une nouvelle copie du dossier de l’appareil.
settings-not-same = Les deux nouvelles phrases diffèrent. Rien n’a été changé.
settings-this = celle-ci
settings-end = Mettre fin aux autres sessions
settings-idle = Les archives se verrouillent après { $name } minutes sans requête.
settings-device = Cet appareil
settings-name = Nom conservé avec vos ajouts et décisions
settings-name-how = Il se donne au démarrage du programme, avec --by.
settings-short = { $number ->
    [one] La nouvelle phrase doit avoir au moins { $shown } caractère. Rien n’a été changé.
   *[other] La nouvelle phrase doit avoir au moins { $shown } caractères. Rien n’a été changé.
}
settings-sessions = { $number ->
    [one] { $shown } session
   *[other] { $shown } sessions
}
settings-began = { $number ->
    [one] Ouverte il y a { $shown } minute
   *[other] Ouverte il y a { $shown } minutes
}
settings-ended = { $number ->
    [one] { $shown } session terminée.
   *[other] { $shown } sessions terminées.
}
