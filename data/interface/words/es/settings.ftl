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
settings-you = Usted
settings-password = Su contraseña
settings-password-old = Su contraseña actual
settings-password-new = Contraseña nueva, 12 caracteres como mínimo
settings-password-change = Cambiar la contraseña
settings-password-changed = Su contraseña se cambió. Todas sus sesiones terminaron: entre de nuevo.
settings-second = Segundo factor
settings-code-on = Además de la contraseña se pide un código de su autenticador.
settings-code-off = Basta la contraseña. Un autenticador en su teléfono se lo pone más difícil a otros.
settings-code = Configurar un autenticador
settings-code-again = Configurar otro autenticador
settings-code-remove = No pedir más códigos
settings-code-removed = Ya no se pide ningún código; los de recuperación dejan de valer.
settings-code-how = Lea esta imagen con un autenticador (TOTP) en su teléfono y escriba los seis dígitos que muestra.
settings-code-picture = Código QR del secreto
settings-code-typed = O escriba esto en él:
settings-code-confirm = Pedir códigos desde ahora
settings-recovery = Códigos de recuperación
settings-recovery-how = Escríbalos en papel y guárdelos como llaves. Cada uno le deja entrar una vez si pierde el teléfono. Solo se muestran ahora.
settings-recovery-kept = Los he anotado
settings-recovery-left = { $number ->
    [one] Queda { $shown } código de recuperación.
   *[other] Quedan { $shown } códigos de recuperación.
}
settings-passkeys = { $number ->
    [one] { $shown } clave de acceso
   *[other] { $shown } claves de acceso
}
settings-passkeys-why = Una clave de acceso vive en su dispositivo y no puede entregarse a una página falsa; le deja entrar sin contraseña.
settings-passkeys-not-here = Los navegadores admiten claves de acceso solo en un nombre con HTTPS o en localhost; no en esta dirección.
settings-passkeys-script = Las claves de acceso necesitan scripts; nombre, contraseña y código no.
settings-passkey-name = Cómo llamarla
settings-passkey-add = Añadir una clave de acceso
settings-passkey-remove = Quitar las claves de acceso marcadas
settings-passkeys-drop = Quitar a la vez estas claves de acceso
settings-end-this = Terminar
settings-end-one = Terminar una sesión de { $name }
settings-passphrase-several = Abre el archivo para todos y no identifica a nadie.
settings-how-link = por el enlace que mostró el programa
settings-how-passphrase = por la frase secreta
settings-how-password = por contraseña
settings-how-code = por contraseña y código
settings-how-recovery = por contraseña y código de recuperación
settings-how-passkey = por clave de acceso
