unlock-title = This archive is locked
unlock-sign-in = Open the archive
unlock-passphrase = Passphrase of this device
unlock-open = Open
unlock-hint = It never leaves this machine. Nobody can recover it.
unlock-unprotected = The keys of this device have no passphrase.
unlock-link = Open the link that the program printed when it started. It works once; for another one, start `onrecord open` again.
unlock-wrong = That is not the passphrase of this device. Try again.
