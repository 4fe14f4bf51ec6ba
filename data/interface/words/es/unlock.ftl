unlock-title = El archivo está bloqueado
unlock-sign-in = Abrir el archivo
unlock-passphrase = Frase de paso de este dispositivo
unlock-open = Abrir
unlock-hint = Nunca sale de esta máquina. Nadie puede recuperarla.
unlock-unprotected = Las llaves de este dispositivo no tienen frase de paso.
unlock-link = Abra el enlace que el programa mostró al iniciar. Sirve una vez; para otro, inicie de nuevo `onrecord open`.
unlock-wrong = Esa no es la frase de paso de este dispositivo. Inténtelo de nuevo.
unlock-name = Nombre
unlock-password = Contraseña
unlock-code = Código
unlock-code-if = Código de su autenticador, o de recuperación, si lo configuró
unlock-enter = Entrar
unlock-passkey = Entrar con una clave de acceso
unlock-lost = ¿Perdió la contraseña o el dispositivo? Un administrador de este servidor puede invitarle de nuevo.
unlock-not-let-in = El nombre, la contraseña o el código no es correcto; no se dice cuál.
unlock-wait = { $number ->
    [one] Demasiados intentos. Pruebe de nuevo en { $shown } segundo.
   *[other] Demasiados intentos. Pruebe de nuevo en { $shown } segundos.
}
unlock-join = Unirse
unlock-join-why = Le invitaron como { $name }. Elija una contraseña que solo usted conozca; aquí nadie puede verla.
unlock-join-do = Fijar la contraseña y entrar
