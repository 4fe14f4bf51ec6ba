unlock-title = This archive is locked
unlock-sign-in = Open the archive
unlock-passphrase = Passphrase of this device
unlock-open = Open
unlock-hint = It never leaves this machine. Nobody can recover it.
unlock-unprotected = The keys of this device have no passphrase.
unlock-link = Open the link that the program printed when it started. It works once; for another one, start `onrecord open` again.
unlock-wrong = That is not the passphrase of this device. Try again.
unlock-name = Name
unlock-password = Password
unlock-code = Code
unlock-code-if = Code of your authenticator, or a recovery code, if you set one up
unlock-enter = Sign in
unlock-passkey = Sign in with a passkey
unlock-lost = Lost your password or device? An admin of this server can invite you anew.
unlock-not-let-in = Name, password or code is wrong. It is not said which.
unlock-wait = { $number ->
    [one] Too many tries. Try again in { $shown } second.
   *[other] Too many tries. Try again in { $shown } seconds.
}
unlock-join = Join
unlock-join-why = You were invited as { $name }. Set a password that only you know; nobody here can see it.
unlock-join-do = Set the password and sign in
