message-home = To the first page
message-not-found = There is no such page
message-not-found-why = The address is not one of this archive, or what it names is not on record here.
message-failed = This page could not be made
message-failed-why = Nothing was lost: what is on record is on record. Try again; if it stays so, run `onrecord verify`.
message-not-understood = That could not be understood
message-not-yet = The archive is being laid out
message-not-yet-why = Every record is put beside every other: who copied whom, what tells of the same, who is who. This page comes by itself when it is done, usually within seconds.
