stands-title = Quién se sumó a qué declaración
stands-lead = Lo que varios Estados u órganos firmaron juntos: declaraciones conjuntas, resoluciones con sus patrocinadores, frases dichas a una voz. Solo aparece quien consta por su nombre; quien no consta pudo sumarse igualmente.
stands-none = No consta ninguna declaración así.
stands-all = Todas las declaraciones
stands-with = Se sumaron
stands-drawn = Partes por año, un punto tan grande como el número de declaraciones
stands-dots = El área de un punto crece con el número de declaraciones de ese año.
stands-as-table = El dibujo como tabla
stands-statements = Declaraciones
stands-stood = Declaraciones a las que se sumó
stands-mover = la presentó
stands-co-sponsor = copatrocinador
stands-instrument = Instrumento
stands-count = { $number ->
    [one] { $shown } declaración conjunta
   *[other] { $shown } declaraciones conjuntas
}
stands-undated = { $number ->
    [one] { $shown } declaración sin año conocido.
   *[other] { $shown } declaraciones sin año conocido.
}
stands-more = { $number ->
    [one] y { $shown } informe más
   *[other] y { $shown } informes más
}
