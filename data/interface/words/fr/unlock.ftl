unlock-title = L’archive est verrouillée
unlock-sign-in = Ouvrir l’archive
unlock-passphrase = Phrase secrète de cet appareil
unlock-open = Ouvrir
unlock-hint = Elle ne quitte jamais cette machine. Personne ne peut la récupérer.
unlock-unprotected = Les clés de cet appareil n’ont pas de phrase secrète.
unlock-link = Ouvrez le lien affiché au démarrage du programme. Il ne sert qu’une fois ; pour un autre, relancez `onrecord open`.
unlock-wrong = Ce n’est pas la phrase secrète de cet appareil. Réessayez.
