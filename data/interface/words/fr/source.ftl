source-details = D’où cela vient
source-original = Télécharger l’original, à l’octet près
source-lineage = Partage du texte avec
source-views = Texte
source-clean = Texte nettoyé
source-captured = Tel que capturé
source-unread = Cette source n’a pas pu être lue ; l’original est conservé.
source-named = Nommés ici
source-no-claims = Aucune fiche proposée à partir de ce texte, hormis les noms.
source-before = Passages précédents
source-after = Passages suivants
source-fact-published = Parution
source-fact-publisher = Éditeur
source-fact-authors = Par
source-fact-origin = Provenance
source-fact-consent = Consentement
source-fact-compartment = Compartiment
source-fact-collected = Collecte
source-fact-name = Nom donné
source-fact-media = Original
source-fact-sha256 = SHA-256 de l’original
source-fact-looks = Aspect de l’image
source-fact-reading = SHA-256 de la lecture
source-fact-reader = Lu par
source-fact-entry = Registre
source-fact-read-entry = Registre, lecture
source-fact-id = Identifiant
source-fact-language = Langue
source-by-nobody = personne de nommé
source-stated = déclaré à la collecte
source-original-of = Partage du texte ; antérieur :
source-copy-of = Partage du texte ; postérieur :
source-shares = Partage du texte :
source-alike = Se ressemble ; { $shown } bits sur 256 diffèrent :
source-key-next = Fiche suivante
source-key-before = Fiche précédente
source-key-go = Aller à son passage
source-key-text = Texte, tel que capturé, image
source-key-details = D’où cela vient
source-claims = { $number ->
    [one] { $shown } fiche
   *[other] { $shown } fiches
}
source-names = { $number ->
    [one] { $shown } nom
   *[other] { $shown } noms
}
source-code = Coder un fait
source-aside = Mis de côté :
source-caption = légende
source-footnote = note de bas de page
source-comment = commentaire
source-repeats = répète un autre passage
