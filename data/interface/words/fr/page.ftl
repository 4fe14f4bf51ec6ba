page-image = Image de la page
page-picture = Image
page-pages = Pages
page-of = Page { $name } sur { $shown }
page-before = Page précédente
page-after = Page suivante
page-go = Aller à la page
page-alt = { $name } : page { $shown } en image. Ses mots, pour autant qu’ils aient pu être lus, figurent sous « Texte nettoyé » et « Tel que capturé ».
page-alt-hidden = { $name } : page { $shown } en image, floue et grise. Ses mots, pour autant qu’ils aient pu être lus, figurent sous « Texte nettoyé » et « Tel que capturé ».
page-none = Cette page ne peut pas être montrée.
page-other-reading = Ce texte a été lu autrement ({ $name }) que ce programme ne lit le fichier aujourd’hui ; on ne sait donc pas où se trouvent ses mots. Seule la page est montrée ; `onrecord reread` fait une nouvelle lecture à côté de celle-ci.
page-no-words = On ne sait pas où se trouvent les mots : la page n’a pas de texte propre et n’a pas été lue par OCR.
page-hidden = Les images restent floues et grises jusqu’à ce que quelqu’un demande à les voir.
page-hidden-names = Des noms figurent sur les pages d’une source restreinte ou scellée : tout reste flou et gris jusqu’à ce que quelqu’un demande à le voir.
page-show = Montrer ce qui est flou
page-on-record = { $number ->
    [one] C’est consigné avec votre nom et vaut { $shown } minute, pour cette source, dans ce navigateur.
   *[other] C’est consigné avec votre nom et vaut { $shown } minutes, pour cette source, dans ce navigateur.
}
page-reason = Pourquoi vous devez le voir
page-missing = Dites pourquoi vous devez le voir. Sans cela, rien n’est montré.
page-seen = Vous voyez maintenant les pages de cette source sans flou.
page-hide = Flouter à nouveau
page-not-allowed = Qui peut coder peut demander à le voir.
page-no-records = Aucune fiche ne repose sur des mots de cette page.
