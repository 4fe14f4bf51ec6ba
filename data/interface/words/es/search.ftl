search-words = Palabras, una «frase» o un nombre
search-how = Cada palabra debe estar en el pasaje, en cualquier forma; "entre comillas" tal cual; -palabra no debe estar; OR entre dos pide una u otra. Un nombre se encuentra también en otras escrituras y grafías.
search-many = Buscar muchos nombres a la vez
search-forms = También se escribe:
search-forms-used = También se buscó, porque el mismo nombre se escribe en otra parte:
search-forms-less = Solo como se escribió
search-forms-more = Buscarlas todas
search-meant = ¿Quiso decir
search-views = Forma de verlo
search-as-passages = Pasajes
search-as-records = Registros
search-none = Ningún pasaje contiene esto.
search-none-records = Ningún registro se leyó de estos pasajes.
search-wider = Sin uno de estos filtros hay más:
search-partial = Estos son solo los registros de los mejores pasajes. Más palabras acotan la búsqueda.
search-keep = La dirección de esta página es la búsqueda misma: guárdela como marcador o envíela a un colega que tenga este archivo. Lo que se guarda aquí queda sellado en este dispositivo y no consta en el registro.
search-untitled = sin título
search-not-understood = Esto no se puede buscar: { $name }
search-column-record = Registro
search-column-words = Palabras
search-column-source = Fuente
search-key-next = Siguiente
search-key-before = Anterior
search-key-open = Abrir
search-facet-language = Idioma
search-facet-publisher = Editor
search-facet-genre = Género
search-facet-year = Año de publicación
search-facet-compartment = Compartimento
search-facet-kind = Clase
search-facet-type = Tipo de violación
search-facet-status = Estado
search-names-title = Buscar muchos nombres
search-names-name = Nombre
search-names-forms = Escrito en el archivo como
search-names-how = Una tabla (CSV) con una columna de nombres, o un nombre por línea; como máximo { $name }. Cada uno se busca en todas las escrituras y grafías registradas. La lista no se guarda en ninguna parte.
search-names-file = Archivo con nombres
search-names-paste = O nombres, uno por línea
search-names-go = Buscarlos
search-names-none = No hay ningún nombre en esta lista. Escriba un nombre por línea, o una tabla con una columna «Nombre».
search-names-column = Los nombres son los de la columna { $shown }. ¿Es otra? Póngale el encabezado «Nombre».
search-names-headed = Los nombres son los de la columna «{ $name }».
search-passages = { $number ->
    [one] { $shown } pasaje
   *[other] { $shown } pasajes
}
search-records = { $number ->
    [one] { $shown } registro
   *[other] { $shown } registros
}
search-names-found = De { $name }, { $shown } constan en el archivo
search-names-left-out = { $number ->
    [one] { $shown } nombre más quedó fuera: búsquelo aparte.
   *[other] { $shown } nombres más quedaron fuera: búsquelos aparte.
}
search-as-timeline = Cronología
search-as-map = Mapa
search-date-of-source = A falta de otra, la fecha de su fuente
search-saved = Búsquedas guardadas
search-save-as = Nombre de la búsqueda
search-save = Guardar esta búsqueda
search-is-saved = Esta búsqueda está guardada.
search-forget = Olvidar
search-cannot-save = Esta búsqueda no puede guardarse: no tiene palabras o ya hay demasiadas guardadas. Olvide algunas primero.
search-saved-on = guardada el { $name }
search-on-map = en el mapa
search-bars = Una barra cubre todos los días que puede significar una fecha; a trazos, la fecha de la fuente cuando las palabras no dan ninguna.
search-facet-place = Lugar
search-nowhere = { $number ->
    [one] { $shown } registro no nombra ningún lugar.
   *[other] { $shown } registros no nombran ningún lugar.
}
search-undated = { $number ->
    [one] { $shown } registro no tiene ninguna fecha.
   *[other] { $shown } registros no tienen ninguna fecha.
}
search-more-now = { $number ->
    [one] { $shown } más desde que miró
   *[other] { $shown } más desde que miró
}
