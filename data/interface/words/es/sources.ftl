sources-title = Fuentes
sources-add = Añadir fuentes
sources-add-more = Añadir más
sources-drop = Suelte archivos aquí o elíjalos
sources-drop-hint = Hasta { $name } de una vez. Páginas, textos, tablas; lo ilegible también se conserva.
sources-who-may-open = Quién puede abrirlas
sources-origin = Dirección o persona de origen
sources-consent = Consentimiento dado
sources-filter = Palabras del título o nombre
sources-none = Ninguna fuente coincide.
sources-all = Todas las fuentes
sources-column-title = Fuente
sources-column-published = Publicación
sources-column-language = Idioma
sources-column-collected = Recogida
sources-column-records = Registros
sources-facet-state = Lectura
sources-facet-language = Idioma
sources-facet-publisher = Editor
sources-facet-compartment = Compartimento
sources-facet-year = Año de publicación
sources-state-unread = No se pudo leer
sources-file-known = Ya registrado; no se añadió nada
sources-file-kept = Conservado, pero no leído: { $name }
sources-file-failed = No añadido: { $name }
sources-file-unextracted = Leído; no se pudo proponer nada
sources-too-large = Estos archivos superan { $name } juntos. Añada menos, o use la orden `onrecord add`.
sources-no-file = No se eligió ningún archivo. Elija uno e inténtelo de nuevo.
sources-count = { $number ->
    [one] { $shown } fuente
   *[other] { $shown } fuentes
}
sources-added = { $number ->
    [0] No se añadió nada
    [one] { $shown } fuente está registrada
   *[other] { $shown } fuentes están registradas
}
sources-added-records = { $number ->
    [one] Se propuso { $shown } registro
   *[other] Se propusieron { $shown } registros
}
sources-file-read = { $number ->
    [one] Registrada y leída; { $shown } registro propuesto
   *[other] Registrada y leída; { $shown } registros propuestos
}
