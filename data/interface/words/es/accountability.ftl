accountability-lead = A quién se pidió qué, año tras año, y qué fue de ello. El silencio se cuenta desde el primer llamamiento sin respuesta; lo que leyó la máquina es una propuesta hasta que una persona decide.
accountability-filter = Nombre de un garante
accountability-none = No consta ninguna petición así.
accountability-bearer = Pedido a
accountability-demands = Peticiones
accountability-demand = Petición
accountability-times = Veces
accountability-years = Años
accountability-answered = Respondidas
accountability-answers = Respuestas
accountability-silence = Silencio más largo
accountability-pledges = Compromisos
accountability-calls = Llamamientos
accountability-nobody = Nadie en particular
accountability-not-named = Sin nombre
accountability-unmatched = Respuestas a ninguna petición registrada
accountability-by-year = Cuántas veces, por año
accountability-by-caller = Cuántas veces, por solicitante
accountability-unit = Veces que se pidió; varios relatos de un mismo llamamiento cuentan una vez.
accountability-no-answer = Ninguna
accountability-no-answer-on-record = No consta ninguna respuesta. Eso no significa que no se haya dado.
accountability-due = Vence { $name }
accountability-overdue = vencido hace { $name }
accountability-also-asked = También se pidió:
accountability-answers-to = Responde a:
accountability-unanswered = Sin respuesta desde hace { $name }
accountability-repeat = otro relato del mismo llamamiento
accountability-possible = posiblemente una respuesta
accountability-likely = probablemente una respuesta
accountability-certain = una respuesta
accountability-bearers = { $number ->
    [one] { $shown } garante
   *[other] { $shown } garantes
}
accountability-count = { $number ->
    [one] { $shown } petición
   *[other] { $shown } peticiones
}
accountability-asked = { $number ->
    [one] pedido { $shown } vez
   *[other] pedido { $shown } veces
}
accountability-documents = { $number ->
    [one] { $shown } documento, { $name }
   *[other] { $shown } documentos, { $name }
}
