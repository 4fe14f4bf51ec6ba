settings-title = Ajustes
settings-passphrase = Contraseña de este dispositivo
settings-protected = Las claves de este dispositivo solo se abren con su contraseña. Nadie puede recuperarla.
settings-unprotected = Las claves de este dispositivo no están protegidas: quien lo tenga puede abrir el archivo. Ponga una contraseña.
settings-old = Contraseña actual
settings-new = Contraseña nueva
settings-again = La nueva, otra vez
settings-backup = Las copias de la carpeta del dispositivo hechas antes conservan la contraseña anterior: haga una nueva.
settings-change = Cambiar la contraseña
settings-changed = Se cambió la contraseña. Haga una copia nueva de la carpeta del dispositivo.
settings-not-same = Las dos contraseñas nuevas no coinciden. No se cambió nada.
settings-this = esta
settings-end = Cerrar las demás sesiones
settings-idle = El archivo se bloquea tras { $name } minutos sin peticiones.
settings-device = Este dispositivo
settings-name = Nombre que queda con lo que añade y decide
settings-name-how = Se indica al iniciar el programa, con --by.
settings-short = { $number ->
    [one] La contraseña nueva necesita al menos { $shown } carácter. No se cambió nada.
   *[other] La contraseña nueva necesita al menos { $shown } caracteres. No se cambió nada.
}
settings-sessions = { $number ->
    [one] { $shown } sesión
   *[other] { $shown } sesiones
}
settings-began = { $number ->
    [one] Comenzó hace { $shown } minuto
   *[other] Comenzó hace { $shown } minutos
}
settings-ended = { $number ->
    [one] { $shown } sesión cerrada.
   *[other] { $shown } sesiones cerradas.
}
