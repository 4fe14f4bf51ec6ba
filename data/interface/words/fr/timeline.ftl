timeline-title = Chronologie
timeline-map = Carte
timeline-drawings = Représentation
timeline-none = Aucun fait daté de ce genre.
timeline-all = Tous les faits
timeline-drawn = Faits par date ; le tableau ci-dessous contient les mêmes lignes.
timeline-map-drawn = Faits par lieu ; le tableau ci-dessous contient les mêmes lieux.
timeline-bars = Une barre couvre tous les jours que la date peut désigner ; en tirets, seule la date du récit est connue, le fait peut être antérieur.
timeline-table = La même chose en tableau
timeline-date = Date
timeline-place = Lieu
timeline-of-telling = date du récit
timeline-not-agreed = les récits divergent
timeline-decades = Décennie
timeline-decade = Années { $name }
timeline-circles = Un cercle est aussi grand que le lieu est incertain, non que les faits sont graves. Celui d’un État dit seulement : quelque part sur son territoire.
timeline-world = Voir le monde entier
timeline-near = Ne voir que ce qui est nommé
timeline-on-map = Faits sur la carte
timeline-no-coordinates = Sans coordonnées
timeline-no-place = Sans lieu indiqué
timeline-incidents = Faits consignés
timeline-position = Position et précision
timeline-borders = Contours de Natural Earth, simplifiés. Les lignes de cette carte ne prennent pas position sur les frontières ni sur les noms.
timeline-count = { $number ->
    [one] { $shown } fait
   *[other] { $shown } faits
}
timeline-undated = { $number ->
    [one] { $shown } fait sans date n’est pas représenté.
   *[other] { $shown } faits sans date ne sont pas représentés.
}
