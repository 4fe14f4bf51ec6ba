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
