frame-skip = Ir a la página
frame-search = Buscar pasajes y nombres
frame-look = Idioma y apariencia
frame-language = Idioma
frame-theme = Apariencia
frame-keys = Teclas de una letra
frame-keys-off = Desactivar
frame-keys-on = Activar
frame-help = Ayuda y teclas
frame-lock = Bloquear el archivo ahora
frame-unlocked = Abierto
frame-places = Secciones
frame-chosen = (elegido; siga para quitarlo)
frame-pages = Páginas
frame-before = Anteriores
frame-after = Más
frame-narrow = Acotar la lista
place-home = Inicio
place-sources = Fuentes
place-review = Revisión
theme-auto = Como el dispositivo
theme-light = Claro
theme-dark = Oscuro
place-corroboration = Corroboración
place-statistics = Estadísticas
place-integrity = Integridad
place-timeline = Cronología y mapa
place-settings = Ajustes
frame-leave-out = Excluir: { $name }
frame-take-in = Volver a incluir: { $name }
frame-being-laid-out = El archivo todavía se está ordenando en su conjunto. Vuelva a cargar esta página en un momento.
frame-no-source = escrito sin fuente
place-search = Búsqueda
frame-why = por qué
frame-undated = fecha desconocida
frame-not-new = se está poniendo al día
place-accountability = Rendición de cuentas
frame-days = { $number ->
    [one] { $shown } día
   *[other] { $shown } días
}
frame-days-between = { $number ->
    [one] de { $name } a { $shown } día
   *[other] de { $name } a { $shown } días
}
frame-days-least = { $number ->
    [one] al menos { $shown } día
   *[other] al menos { $shown } días
}
place-people = Personas y casos
frame-sign-out = Cerrar sesión ({ $name })
