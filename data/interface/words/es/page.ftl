page-image = Imagen de la página
page-picture = Imagen
page-pages = Páginas
page-of = Página { $name } de { $shown }
page-before = Página anterior
page-after = Página siguiente
page-go = Ir a la página
page-alt = { $name }: página { $shown } como imagen. Sus palabras, en la medida en que se pudieron leer, están en «Texto limpio» y «Tal como se capturó».
page-alt-hidden = { $name }: página { $shown } como imagen, borrosa y gris. Sus palabras, en la medida en que se pudieron leer, están en «Texto limpio» y «Tal como se capturó».
page-none = Esta página no se puede mostrar.
page-other-reading = Este texto se leyó de otra manera ({ $name }) que como este programa lee hoy el archivo; por eso no se sabe dónde están sus palabras. Solo se muestra la página; `onrecord reread` hace una lectura nueva junto a esta.
page-no-words = No se sabe dónde están las palabras: la página no tiene texto propio y no se leyó por OCR.
page-hidden = Las imágenes están borrosas y grises hasta que alguien pide verlas.
page-hidden-names = En las páginas de una fuente restringida o sellada hay nombres: todo está borroso y gris hasta que alguien pide verlo.
page-show = Mostrar lo que está borroso
page-on-record = { $number ->
    [one] Consta con su nombre y vale { $shown } minuto, para esta fuente, en este navegador.
   *[other] Consta con su nombre y vale { $shown } minutos, para esta fuente, en este navegador.
}
page-reason = Por qué necesita verlo
page-missing = Diga por qué necesita verlo. Sin ello no se muestra nada.
page-seen = Ahora ve las páginas de esta fuente sin desenfoque.
page-hide = Volver a desenfocar
page-not-allowed = Quien puede codificar puede pedir verlo.
page-no-records = Ningún registro se apoya en palabras de esta página.
