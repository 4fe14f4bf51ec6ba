integrity-title = Integridad
integrity-verify = Verificar ahora
integrity-running = Verificación en curso
integrity-not-yet = Sin verificar desde que se abrió
integrity-not-yet-why = La verificación lee cada byte: registro, firmas, originales, lecturas, y busca cada cita en su sitio. Mientras tanto puede seguir trabajando.
integrity-sound = Íntegro el { $name } UTC
integrity-damaged = Dañado el { $name } UTC: lo nombrado abajo no está como se registró
integrity-without-heads = No se pudo comparar con el historial que este dispositivo vio antes: { $name }
integrity-damage = Daño
integrity-warning = Advertencia
integrity-note = Nota
integrity-heads = Los registros tal como están
integrity-heads-why = Dé estas raíces a alguien de confianza: quien las tenga puede mostrar que nada anterior se cambió ni se cortó.
integrity-writer = Registro del dispositivo
integrity-entries = Entradas
integrity-root = Raíz
integrity-custody = Cadena de custodia
integrity-custody-how = Abra una fuente y sus detalles, o una entrada del registro de auditoría, para ver cómo llegó y descargar su prueba.
integrity-bundle = Descargar la prueba
integrity-bundle-what = El recibo firmado, la entrada y la clave: cualquiera puede comprobarlos con herramientas públicas, sin este programa ni el contenido.
integrity-read = Leer la fuente
integrity-capture = Cómo llegó
integrity-chain = De la recogida a hoy
integrity-clock = Las horas son las del reloj del dispositivo, en UTC; el orden está firmado.
integrity-source-not-yet = Sin verificar desde que se abrió el archivo.
integrity-source-sound = Su original, su lectura y sus citas estaban como se registraron el { $name } UTC.
integrity-source-damaged = Algo no estaba como se registró el { $name } UTC: vea los hallazgos.
integrity-objects = { $number ->
    [one] { $shown } objeto leído ({ $name }).
   *[other] { $shown } objetos leídos ({ $name }).
}
integrity-checked-entries = { $number ->
    [one] { $shown } entrada del registro comprobada con su firma.
   *[other] { $shown } entradas del registro comprobadas con sus firmas.
}
integrity-quotes = { $number ->
    [one] { $shown } cita está en su sitio.
   *[other] { $shown } citas están en su sitio.
}
integrity-erased = { $number ->
    [one] { $shown } fuente borrada a propósito.
   *[other] { $shown } fuentes borradas a propósito.
}
integrity-found = { $number ->
    [one] { $shown } hallazgo
   *[other] { $shown } hallazgos
}
