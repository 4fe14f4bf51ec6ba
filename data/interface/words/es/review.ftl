review-title = Revisión
review-progress = Avance de la revisión
review-open = en espera
review-kind = Tipo de registro
review-all-kinds = Todos los tipos
review-all-open = Todo lo que espera
review-blind = A ciegas: sin lo que otros decidieron
review-pick = Mostrar
review-undo = Deshacer
review-is-grave = Grave: deciden dos personas
review-history = Decidido antes
review-accept = Aceptar
review-correct = Corregir
review-ask = No sé
review-skip = Saltar
review-reject = Rechazar
review-why = ¿Por qué se rechaza?
review-note = Una nota, si hace falta
review-edit-hint = Cambie lo que esté mal. Las palabras que seleccione en el texto sostienen el campo en el que estaba.
review-must = necesario
review-value = Valor
review-words = Las palabras que lo sostienen
review-reason = Razón de los valores que ninguna palabra sostiene
review-save = Guardar la corrección
review-leave = Dejarlo
review-skipped = Ha llegado al final. Quedan registros que saltó.
review-again = Empezar de nuevo
review-none = Aquí no le espera nada. Lo decidido queda en el registro.
review-changed = Alguien decidió sobre este registro después de que usted lo abriera. Ambos se conservan; mírelo otra vez y decida.
review-said-before = Cuando lo abrió, decía: «{ $name }».
review-no-source = Este registro no cita ninguna fuente de aquí; no se puede decidir.
review-did-accept = lo aceptó
review-did-correct = lo corrigió
review-did-reject = lo rechazó
review-did-unsure = tenía dudas
review-did-withdraw = retiró su decisión
review-hint-date = 2013, 2013-03, 2013-03-21, 1998~
review-hint-who = un nombre; person:Nombre si no está claro
review-key-accept = Aceptar
review-key-correct = Corregir
review-key-reject = Rechazar; luego un número para la razón
review-key-unsure = Dudoso: preguntar a un colega
review-key-skip = Saltar
review-key-undo = Deshacer la última decisión
review-grave = { $number ->
    [one] { $shown } de tipo grave
   *[other] { $shown } de tipos graves
}
review-second = { $shown } para segunda revisión
review-disputed = { $shown } en disputa
review-unsure = { $number ->
    [one] { $shown } pregunta
   *[other] { $shown } preguntas
}
review-decided = { $shown } decididos
