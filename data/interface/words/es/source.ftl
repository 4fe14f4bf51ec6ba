source-details = De dónde viene
source-original = Descargar el original, byte a byte
source-lineage = Comparte texto con
source-views = Texto
source-clean = Texto limpio
source-captured = Tal como se capturó
source-unread = Esta fuente no se pudo leer; el original se conserva.
source-named = Nombrados aquí
source-no-claims = No se propuso ningún registro de este texto, salvo los nombres.
source-before = Pasajes anteriores
source-after = Pasajes siguientes
source-fact-published = Publicado
source-fact-publisher = Editor
source-fact-authors = Por
source-fact-origin = Procedencia
source-fact-consent = Consentimiento
source-fact-compartment = Compartimento
source-fact-collected = Recogida
source-fact-name = Nombre dado
source-fact-media = Original
source-fact-sha256 = SHA-256 del original
source-fact-looks = Aspecto de la imagen
source-fact-reading = SHA-256 de la lectura
source-fact-reader = Leído por
source-fact-entry = Libro
source-fact-read-entry = Libro, lectura
source-fact-id = Identificador
source-fact-language = Idioma
source-by-nobody = nadie nombrado
source-stated = declarado al recoger
source-original-of = Comparte texto; anterior:
source-copy-of = Comparte texto; posterior:
source-shares = Comparte texto:
source-alike = Se parece; difieren { $shown } de 256 bits:
source-key-next = Registro siguiente
source-key-before = Registro anterior
source-key-go = Ir a su pasaje
source-key-text = Texto, tal como se capturó, imagen
source-key-details = De dónde viene
source-claims = { $number ->
    [one] { $shown } registro
   *[other] { $shown } registros
}
source-names = { $number ->
    [one] { $shown } nombre
   *[other] { $shown } nombres
}
source-code = Codificar un registro
source-aside = Apartado:
source-caption = pie de imagen
source-footnote = nota al pie
source-comment = comentario
source-repeats = repite otro pasaje
