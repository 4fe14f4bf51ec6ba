message-home = Ir al inicio
message-not-found = No existe esa página
message-not-found-why = La dirección no es de este archivo, o lo que nombra no consta aquí.
message-failed = No se pudo hacer esta página
message-failed-why = Nada se ha perdido. Inténtelo de nuevo; si persiste, ejecute `onrecord verify`.
message-not-understood = No se entendió
message-not-yet = Se está ordenando el archivo entero
message-not-yet-why = Cada registro se pone junto a los demás: quién copió a quién, qué cuenta lo mismo, quién es quién. Esta página aparece sola cuando termina, por lo general en segundos.
