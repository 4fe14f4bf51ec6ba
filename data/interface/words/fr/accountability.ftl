accountability-lead = Qui s’est vu demander quoi, année après année, et ce qu’il en est advenu. Un silence se compte depuis le premier appel resté sans réponse ; ce que la machine a lu reste une proposition jusqu’à ce qu’une personne décide.
accountability-filter = Nom d’un débiteur d’obligations
accountability-none = Aucune demande de ce genre n’est consignée.
accountability-bearer = Demandé à
accountability-demands = Demandes
accountability-demand = Demande
accountability-times = Fois
accountability-years = Années
accountability-answered = Répondues
accountability-answers = Réponses
accountability-silence = Plus long silence
accountability-pledges = Engagements
accountability-calls = Appels
accountability-nobody = Personne en particulier
accountability-not-named = Non nommé
accountability-unmatched = Réponses à aucune demande consignée
accountability-by-year = Combien de fois, par année
accountability-by-caller = Combien de fois, par demandeur
accountability-unit = Nombre de fois ; plusieurs récits d’un même appel comptent pour un.
accountability-no-answer = Aucune
accountability-no-answer-on-record = Aucune réponse n’est consignée. Cela ne veut pas dire qu’aucune n’a été donnée.
accountability-due = Échéance { $name }
accountability-overdue = dépassée de { $name }
accountability-also-asked = Aussi demandé :
accountability-answers-to = Répond à :
accountability-unanswered = Sans réponse depuis { $name }
accountability-repeat = autre récit du même appel
accountability-possible = peut-être une réponse
accountability-likely = probablement une réponse
accountability-certain = une réponse
accountability-bearers = { $number ->
    [one] { $shown } débiteur d’obligations
   *[other] { $shown } débiteurs d’obligations
}
accountability-count = { $number ->
    [one] { $shown } demande
   *[other] { $shown } demandes
}
accountability-asked = demandé { $shown } fois
accountability-documents = { $number ->
    [one] { $shown } document, { $name }
   *[other] { $shown } documents, { $name }
}
