corroboration-title = Corroboración
corroboration-lead = Las denuncias de un mismo hecho van juntas. Los documentos que se copian, o que nombran la misma fuente, cuentan como un solo origen.
corroboration-none = No hay ningún hecho así.
corroboration-all = Todos los hechos
corroboration-column-incident = Hecho
corroboration-column-status = Estado
corroboration-column-documents = Documentos
corroboration-column-origins = Orígenes como máximo
corroboration-facet-type = Violación
corroboration-facet-level = Hecho o afirmación
corroboration-facet-disputed = Contradicho
corroboration-facet-origins-0 = Ninguno: solo temido o negado
corroboration-facet-origins-1 = Uno
corroboration-facet-origins-2 = Dos
corroboration-facet-origins-3 = Tres o más
corroboration-disputed-yes = Contradicho o negado
corroboration-disputed-no = Sin contradicción
corroboration-level-event = Un hecho
corroboration-level-general = Afirmación general
corroboration-perpetrators = Señalados como autores:
corroboration-drawing = De dónde procede
corroboration-at-most = Como máximo: lo dicho con otras palabras, o copiado fuera de este archivo, no se ve. Un recuadro discontinuo es un origen que solo otros citan.
corroboration-for = Lo que lo apoya
corroboration-for-none = Nada dice que haya ocurrido.
corroboration-against = Lo que se opone
corroboration-against-none = Nada en el registro lo contradice ni lo niega.
corroboration-warnings = Solo temido o advertido: no apoya
corroboration-denied = { $name } lo niega
corroboration-denied-by-accused = { $name }, a quien se acusa, lo niega
corroboration-wants = Lo que lo reforzaría
corroboration-apart = Parecidos, mantenidos aparte
corroboration-first-hand = de primera mano
corroboration-official = oficial
corroboration-derived = derivado
corroboration-own-voice = un documento con voz propia
corroboration-at-hand = su propio documento está en este archivo
corroboration-quoted-only = conocido solo por quienes lo citan
corroboration-unnamed = fuentes sin nombre, que no se pueden distinguir
corroboration-entered = introducido por una persona
corroboration-not-assessed = fiabilidad sin evaluar
corroboration-found = concluyó que ocurrió
corroboration-head-origins = Orígenes
corroboration-head-documents = Documentos
corroboration-head-allegations = Denuncias
corroboration-head-incident = Hecho
corroboration-want-report = Alguien que diga que ocurrió: hasta ahora solo se teme o se niega.
corroboration-want-second = Un segundo origen que no proceda del primero.
corroboration-want-first-hand = Alguien que lo vivió o lo vio.
corroboration-want-own-words = Las palabras propias de { $name }: otros las citan.
corroboration-want-named = Quiénes son las fuentes sin nombre.
corroboration-want-date = Cuándo ocurrió.
corroboration-want-place = Dónde ocurrió.
corroboration-want-victims = Quién lo sufrió, por su nombre.
corroboration-count = { $number ->
    [one] { $shown } hecho
   *[other] { $shown } hechos
}
corroboration-origins = { $number ->
    [one] como máximo { $shown } origen
   *[other] como máximo { $shown } orígenes
}
corroboration-support = { $number ->
    [one] { $shown } documento, { $name }
   *[other] { $shown } documentos, { $name }
}
corroboration-disputed = { $number ->
    [one] { $shown } contradicción o desmentido
   *[other] { $shown } contradicciones o desmentidos
}
corroboration-told = { $number ->
    [one] contado en { $shown } documento
   *[other] contado en { $shown } documentos
}
corroboration-members = { $number ->
    [one] { $shown } denuncia
   *[other] { $shown } denuncias
}
corroboration-not-drawn = { $number ->
    [one] { $shown } recuadro no se dibuja; está en las listas de abajo.
   *[other] { $shown } recuadros no se dibujan; están en las listas de abajo.
}
corroboration-want-reliability = { $number ->
    [one] La fiabilidad de { $shown } origen: nadie la evaluó.
   *[other] La fiabilidad de { $shown } orígenes: nadie los evaluó.
}
corroboration-want-settled = { $number ->
    [one] Una decisión entre relatos que no pueden ser ambos ciertos ({ $shown }).
   *[other] Decisiones entre relatos que no pueden ser todos ciertos ({ $shown }).
}
corroboration-denied-in-general = { $name } niega en general lo que se le reprocha
corroboration-because-only-unreliable = Todos los que lo informan fueron considerados poco fiables.
corroboration-because-denied-by-others = Quienes lo niegan sin estar acusados son al menos tantos como quienes lo informan.
corroboration-because-admitted = Los acusados lo admiten.
corroboration-because-found-and-witnessed = Un órgano encargado de ello lo constató, alguien lo cuenta de primera mano y hay tres orígenes o más.
corroboration-because-found = Un órgano encargado de averiguarlo concluyó que ocurrió.
corroboration-because-witnessed-twice = Dos o más lo cuentan de primera mano, por separado hasta donde muestra el archivo.
corroboration-because-witnessed-and-reported = Alguien lo cuenta de primera mano y hay tres orígenes o más.
corroboration-because-reported = Se informa de ello, y nada lo apoya o contradice lo bastante para decir más.
corroboration-because-only-feared-or-denied = Nadie dice que ocurrió: se teme o se niega.
