unlock-title = L’archive est verrouillée
unlock-sign-in = Ouvrir l’archive
unlock-passphrase = Phrase secrète de cet appareil
unlock-open = Ouvrir
unlock-hint = Elle ne quitte jamais cette machine. Personne ne peut la récupérer.
unlock-unprotected = Les clés de cet appareil n’ont pas de phrase secrète.
unlock-link = Ouvrez le lien affiché au démarrage du programme. Il ne sert qu’une fois ; pour un autre, relancez `onrecord open`.
unlock-wrong = Ce n’est pas la phrase secrète de cet appareil. Réessayez.
unlock-name = Nom
unlock-password = Mot de passe
unlock-code = Code
unlock-code-if = Code de votre application d’authentification, ou code de secours, si vous en avez un
unlock-enter = Se connecter
unlock-passkey = Se connecter avec une clé d’accès
unlock-lost = Mot de passe ou appareil perdu ? Un administrateur de ce serveur peut vous réinviter.
unlock-not-let-in = Nom, mot de passe ou code incorrect ; nous ne disons pas lequel.
unlock-wait = { $number ->
    [one] Trop d’essais. Réessayez dans { $shown } seconde.
   *[other] Trop d’essais. Réessayez dans { $shown } secondes.
}
unlock-join = Rejoindre
unlock-join-why = Vous êtes invité·e sous le nom { $name }. Choisissez un mot de passe que vous seul·e connaissez ; personne ici ne peut le voir.
unlock-join-do = Fixer le mot de passe et se connecter
