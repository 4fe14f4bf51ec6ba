log-title = Registro de auditoría
log-lead = Cada entrada del registro firmado, la más reciente primero. Nada puede quitarse de él.
log-none = No hay ninguna entrada así.
log-all = Todas las entradas
log-since = Desde
log-until = Hasta
log-time = Hora, UTC
log-kind = Qué
log-about = Sobre
log-compartment = Compartimento
log-index = Número
log-kind-genesis = Se creó el archivo
log-kind-source = Se recogió una fuente
log-kind-reading = Se leyó
log-kind-proposals = Se propusieron registros
log-kind-decision = Una persona decidió
log-kind-judgement = Una persona juzgó qué va junto
log-kind-member = Se admitió un dispositivo
log-kind-heads = Se anotaron otros registros
log-kind-erasure = Se borró una fuente
log-kind-note = Una nota
log-kind-other = De una versión posterior
log-count = { $number ->
    [one] { $shown } entrada
   *[other] { $shown } entradas
}
