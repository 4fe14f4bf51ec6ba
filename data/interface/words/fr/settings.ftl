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
settings-you = Vous
settings-password = Votre mot de passe
settings-password-old = Votre mot de passe actuel
settings-password-new = Nouveau mot de passe, 12 caractères au moins
settings-password-change = Changer le mot de passe
settings-password-changed = Votre mot de passe a été changé. Toutes vos sessions sont closes : reconnectez-vous.
settings-second = Second facteur
settings-code-on = Un code de votre application est demandé en plus du mot de passe.
settings-code-off = Le mot de passe suffit. Une application d’authentification sur votre téléphone compliquerait la tâche des autres.
settings-code = Configurer une application d’authentification
settings-code-again = Configurer une autre application
settings-code-remove = Ne plus demander de code
settings-code-removed = Plus aucun code n’est demandé ; les codes de secours ne valent plus.
settings-code-how = Lisez cette image avec une application d’authentification (TOTP) sur votre téléphone, puis tapez les six chiffres qu’elle affiche.
settings-code-picture = Code QR du secret
settings-code-typed = Ou tapez-y ceci :
settings-code-confirm = Demander un code désormais
settings-recovery = Codes de secours
settings-recovery-how = Écrivez-les sur papier et gardez-les comme des clés. Chacun vous connecte une fois si vous perdez votre téléphone. Ils ne sont affichés que maintenant.
settings-recovery-kept = Je les ai notés
settings-recovery-left = { $number ->
    [one] Il reste { $shown } code de secours.
   *[other] Il reste { $shown } codes de secours.
}
settings-passkeys = { $number ->
    [one] { $shown } clé d’accès
   *[other] { $shown } clés d’accès
}
settings-passkeys-why = Une clé d’accès vit dans votre appareil et ne peut être livrée à une fausse page ; elle vous connecte sans mot de passe.
settings-passkeys-not-here = Les navigateurs n’admettent les clés d’accès qu’à un nom en HTTPS ou à localhost ; pas à cette adresse.
settings-passkeys-script = Les clés d’accès exigent les scripts ; nom, mot de passe et code non.
settings-passkey-name = Comment l’appeler
settings-passkey-add = Ajouter une clé d’accès
settings-passkey-remove = Retirer les clés d’accès cochées
settings-passkeys-drop = Retirer aussi ces clés d’accès
settings-end-this = Clore
settings-end-one = Clore une session de { $name }
settings-passphrase-several = Elle ouvre les archives pour tous et ne connecte personne.
settings-how-link = par le lien affiché par le programme
settings-how-passphrase = par la phrase secrète
settings-how-password = par mot de passe
settings-how-code = par mot de passe et code
settings-how-recovery = par mot de passe et code de secours
settings-how-passkey = par clé d’accès
