timeline-title = Cronología
timeline-map = Mapa
timeline-drawings = Representación
timeline-none = No hay ningún hecho fechado así.
timeline-all = Todos los hechos
timeline-drawn = Hechos por fecha; la tabla de abajo tiene las mismas filas.
timeline-map-drawn = Hechos por lugar; la tabla de abajo tiene los mismos lugares.
timeline-bars = Una barra abarca todos los días que la fecha puede significar; si es discontinua, solo se sabe cuándo se contó y pudo ser antes.
timeline-table = Lo mismo en una tabla
timeline-date = Fecha
timeline-place = Lugar
timeline-of-telling = cuándo se contó
timeline-not-agreed = los relatos difieren
timeline-decades = Década
timeline-decade = Años { $name }
timeline-circles = Un círculo es tan grande como incierto es su lugar, no como grave fue lo ocurrido. El de un Estado solo dice: en algún punto de él.
timeline-world = Ver el mundo entero
timeline-near = Ver solo lo nombrado
timeline-on-map = Hechos en el mapa
timeline-no-coordinates = Sin coordenadas
timeline-no-place = Sin lugar indicado
timeline-incidents = Hechos registrados
timeline-position = Posición y exactitud
timeline-borders = Contornos de Natural Earth, simplificados. Las líneas de este mapa no opinan sobre fronteras ni nombres.
timeline-count = { $number ->
    [one] { $shown } hecho
   *[other] { $shown } hechos
}
timeline-undated = { $number ->
    [one] { $shown } hecho sin fecha no se dibuja.
   *[other] { $shown } hechos sin fecha no se dibujan.
}
