message-home = Retour à l’accueil
message-not-found = Cette page n’existe pas
message-not-found-why = L’adresse n’est pas de cette archive, ou ce qu’elle nomme n’y figure pas.
message-failed = Cette page n’a pas pu être faite
message-failed-why = Rien n’est perdu. Réessayez ; si cela persiste, lancez `onrecord verify`.
message-not-understood = Cela n’a pas été compris
message-not-yet = L’ensemble des archives se met en place
message-not-yet-why = Chaque élément est rapproché de tous les autres : qui a copié qui, ce qui relate le même fait, qui est qui. Cette page s’affiche d’elle-même ensuite, en général en quelques secondes.
