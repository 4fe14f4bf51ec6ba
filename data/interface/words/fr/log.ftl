log-title = Journal d’audit
log-lead = Chaque entrée du registre signé, la plus récente d’abord. Rien ne peut en être retiré.
log-none = Aucune entrée de ce genre.
log-all = Toutes les entrées
log-since = Du
log-until = Au
log-time = Heure, UTC
log-kind = Quoi
log-about = À propos de
log-compartment = Compartiment
log-index = Numéro
log-kind-genesis = Les archives ont été créées
log-kind-source = Une source a été recueillie
log-kind-reading = Elle a été lue
log-kind-proposals = Des enregistrements ont été proposés
log-kind-decision = Une personne a décidé
log-kind-judgement = Une personne a jugé ce qui va ensemble
log-kind-member = Un appareil a été admis
log-kind-heads = D’autres journaux ont été notés
log-kind-erasure = Une source a été effacée
log-kind-note = Une note
log-kind-other = D’une version ultérieure
log-count = { $number ->
    [one] { $shown } entrée
   *[other] { $shown } entrées
}
