unlock-title = El archivo está bloqueado
unlock-sign-in = Abrir el archivo
unlock-passphrase = Frase de paso de este dispositivo
unlock-open = Abrir
unlock-hint = Nunca sale de esta máquina. Nadie puede recuperarla.
unlock-unprotected = Las llaves de este dispositivo no tienen frase de paso.
unlock-link = Abra el enlace que el programa mostró al iniciar. Sirve una vez; para otro, inicie de nuevo `onrecord open`.
unlock-wrong = Esa no es la frase de paso de este dispositivo. Inténtelo de nuevo.
