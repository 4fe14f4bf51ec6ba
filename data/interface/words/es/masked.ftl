masked-title = Nombres ocultos
masked-lead = Toda persona nombrada por una fuente restringida o sellada aparece oculta en cada pantalla. Leer los nombres es un acto deliberado: diga por qué. Consta con su nombre y termina por sí solo.
masked-nobody = Ninguna fuente restringida o sellada nombra a nadie aquí.
masked-seen = Ahora lee los nombres.
masked-again = Ocultarlos de nuevo
masked-back = Volver
masked-missing = Diga por qué necesita leer los nombres. Sin ello no se muestra nada.
masked-reason = Por qué necesita leer los nombres
masked-show = Mostrar los nombres
masked-in-form = Lo que ha enviado o seguido contiene un nombre oculto. Muestre primero los nombres y hágalo de nuevo.
masked-how-long = { $number ->
    [one] Durante { $shown } minuto, solo en este navegador.
   *[other] Durante { $shown } minutos, solo en este navegador.
}
