alerts-title = Alertas
alerts-lead = Lo que los informes, juntos, pueden significar para personas en peligro. Una alerta no es una conclusión: dice qué se informó y en qué se basa.
alerts-none = No hay ninguna alerta en curso.
alerts-count = { $number ->
    [one] { $shown } alerta en curso
   *[other] { $shown } alertas en curso
}
alerts-seen = Vistas o pasadas
alerts-since = desde { $name }
alerts-grounds = En qué se basa
alerts-urgent = Urgente
alerts-watch = En observación
alerts-reason = Qué se hace al respecto, o por qué nada
alerts-see = La he visto
alerts-seen-by = Vista por { $name }
alerts-rule-repatriation-after-border-opens = Riesgo de repatriación forzosa: se abrió una frontera mientras hay personas detenidas
alerts-rule-punishment-after-repatriation = Las personas devueltas pueden ser castigadas
alerts-rule-executions-follow-arrests = Peligro de muerte: detenciones donde se informa de ejecuciones
alerts-rule-surge-of-arrests = Más detenciones de lo habitual
alerts-rule-surge-of-killings = Más muertes de lo habitual
alerts-rule-no-news-of-person = Sin noticias desde hace un año
alerts-rule-request-unanswered = Una petición por una persona no ha tenido respuesta
alerts-rule-demand-unanswered = Una demanda repetida no ha tenido respuesta
