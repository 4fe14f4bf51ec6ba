stands-title = Qui s’est associé à quelle déclaration
stands-lead = Ce que plusieurs États ou organes ont signé ensemble : déclarations communes, résolutions et leurs auteurs, phrases dites d’une seule voix. Seuls paraissent ceux que nomme un enregistrement ; qui n’est pas nommé a pu s’y associer aussi.
stands-none = Aucune déclaration de ce genre n’est enregistrée.
stands-all = Toutes les déclarations
stands-with = Associés
stands-drawn = Les parties par année, un point grand comme le nombre de déclarations
stands-dots = La surface d’un point croît avec le nombre de déclarations de l’année.
stands-as-table = Le dessin en tableau
stands-statements = Déclarations
stands-stood = Déclarations auxquelles elle s’est associée
stands-mover = auteur
stands-co-sponsor = coauteur
stands-instrument = Instrument
stands-count = { $number ->
    [one] { $shown } déclaration commune
   *[other] { $shown } déclarations communes
}
stands-undated = { $number ->
    [one] { $shown } déclaration est sans année connue.
   *[other] { $shown } déclarations sont sans année connue.
}
stands-more = { $number ->
    [one] et { $shown } autre compte rendu
   *[other] et { $shown } autres comptes rendus
}
