alerts-title = Alertes
alerts-lead = Ce que les informations, prises ensemble, peuvent signifier pour des personnes en danger. Une alerte n’est pas une conclusion : elle dit ce qui a été rapporté et sur quoi cela repose.
alerts-none = Aucune alerte en cours.
alerts-count = { $number ->
    [one] { $shown } alerte en cours
   *[other] { $shown } alertes en cours
}
alerts-seen = Vues ou passées
alerts-since = depuis { $name }
alerts-grounds = Sur quoi elle repose
alerts-urgent = Urgent
alerts-watch = À surveiller
alerts-reason = Ce qui est fait, ou pourquoi rien
alerts-see = Je l’ai vue
alerts-seen-by = Vue par { $name }
alerts-rule-repatriation-after-border-opens = Risque de rapatriement forcé : une frontière s’ouvre alors que des personnes sont détenues
alerts-rule-punishment-after-repatriation = Les personnes renvoyées risquent d’être punies
alerts-rule-executions-follow-arrests = Danger de mort : arrestations là où des exécutions sont rapportées
alerts-rule-surge-of-arrests = Plus d’arrestations que d’habitude
alerts-rule-surge-of-killings = Plus de meurtres que d’habitude
alerts-rule-no-news-of-person = Aucune nouvelle depuis un an
alerts-rule-request-unanswered = Une demande pour une personne est restée sans réponse
alerts-rule-demand-unanswered = Une demande répétée est restée sans réponse
