people-filter = Un nombre, en cualquier escritura
people-none = No consta ningún caso así.
people-name = Nombre
people-status = Situación
people-whereabouts = Paradero
people-news = Últimas noticias
people-requests = Solicitudes
people-proposed = solo nombrado en denuncias
people-unknown = Desconocido
people-fate-unknown = Suerte desconocida
people-said-dead = Dado por muerto; nadie lo ha aceptado
people-no-news = Sin noticias fechadas
people-without-news = sin noticias desde hace { $name }
people-forms = Grafías
people-contradictions = Lo que no puede ser todo cierto
people-no-request = No consta ninguna solicitud por su nombre.
people-no-answer = No consta ninguna respuesta.
people-for-all = Solicitudes por todas esas personas
people-authorities = Autoridades que conocen del caso
people-rests-on = En qué se apoya
people-pairs-title = ¿Una persona o dos?
people-pairs-lead = Diga si las dos son una misma persona. «No se sabe» es una respuesta. Lo que diga consta con su nombre, vale cada vez que se vuelva a enlazar y puede retirarse.
people-pairs-none = No hay ningún par que juzgar.
people-judged = Juzgado
people-reason = Por qué (opcional)
people-same = La misma
people-unsure = No se sabe
people-different = Distintas
people-take-back = Retirar
people-facet-category = Categoría
people-facet-status = Situación
people-facet-state = Estado
people-facet-opened = Caso
people-opened = Abierto por una persona o una lista
people-judged-same = { $name }: la misma
people-judged-unsure = { $name }: no se sabe
people-judged-different = { $name }: distintas
people-cannot-judge = Estos dos registros no se pueden juzgar: deben ser dos personas, o dos casos, con palabras de una fuente. No se registró nada.
people-count = { $number ->
    [one] { $shown } caso
   *[other] { $shown } casos
}
people-pairs = { $number ->
    [one] { $shown } par de registros puede ser una misma persona
   *[other] { $shown } pares de registros pueden ser una misma persona
}
people-unanswered = { $shown } de { $name } sin respuesta
people-kin = { $number ->
    [one] { $shown } familiar: mostrar el nombre
   *[other] { $shown } familiares: mostrar los nombres
}
people-named = Personas registradas con ese nombre:
people-records = La persona en el registro:
people-no-case = No hay ningún caso abierto.
people-case = Caso: { $name }
people-is-of = nombra a esta persona como { $name }
people-says = Lo que dice cada fuente
people-joined = Por qué estos registros son una sola persona
people-by-machine = unidos por su parecido
people-take-apart = Son dos personas
people-mentions = Otros registros con ese nombre
people-mentions-note = Nombran a alguien así; nadie ha dicho si es la misma persona.
people-left-out = { $number ->
    [one] { $shown } más no se muestra
   *[other] { $shown } más no se muestran
}
