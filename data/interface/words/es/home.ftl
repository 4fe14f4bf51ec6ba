home-title = Lo que le espera
home-empty = Aún no hay nada registrado
home-empty-lead = Añada un archivo: se sella, se lee y lo que dice se le propone con las palabras que lo sostienen.
home-add = Añadir fuentes
home-recent = Recién llegadas
home-on-record = En el registro
home-due-proposals = { $number ->
    [one] propuesta espera una decisión
   *[other] propuestas esperan una decisión
}
home-due-proposals-why = La máquina no acepta nada: decide una persona.
home-due-unread = { $number ->
    [one] fuente no se pudo leer
   *[other] fuentes no se pudieron leer
}
home-due-unread-why = Los originales se conservan. Cada uno dice por qué.
home-due-waiting = { $number ->
    [one] fuente aún no se ha leído
   *[other] fuentes aún no se han leído
}
home-due-waiting-why = Se leerán al añadir archivos.
home-due-locked = { $number ->
    [one] fuente está cerrada para este dispositivo
   *[other] fuentes están cerradas para este dispositivo
}
home-due-locked-why = Quien tiene la llave puede admitir este dispositivo.
home-due-nothing = Nada espera
home-due-nothing-why = Todo se ha leído y decidido.
home-records = { $number ->
    [one] { $shown } registro
   *[other] { $shown } registros
}
home-all-sources = { $number ->
    [one] La fuente
   *[other] Las { $shown } fuentes
}
home-entries = { $number ->
    [one] { $shown } entrada en el libro firmado
   *[other] { $shown } entradas en el libro firmado
}
home-due-alerts = { $number ->
    [one] alerta en curso
   *[other] alertas en curso
}
home-due-alerts-why = Informes que juntos pueden significar daño para personas en peligro.
home-due-second = { $number ->
    [one] registro grave espera a una segunda persona
   *[other] registros graves esperan a una segunda persona
}
home-due-second-why = Una persona aceptó; otra debe mirar.
home-due-disputed = { $number ->
    [one] registro está en disputa
   *[other] registros están en disputa
}
home-due-disputed-why = Las decisiones difieren; ambas constan.
home-due-unsure = { $number ->
    [one] pregunta para usted
   *[other] preguntas para usted
}
home-due-unsure-why = Un colega no estaba seguro.
home-due-pairs = { $number ->
    [one] par puede ser una sola persona
   *[other] pares pueden ser una sola persona
}
home-due-pairs-why = Dos registros parecidos: diga si son la misma persona.
