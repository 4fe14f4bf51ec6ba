settings-title = Settings
settings-passphrase = Passphrase of this device
settings-protected = The keys of this device open only with its passphrase. Nobody can recover it.
settings-unprotected = The keys of this device are not protected: whoever has the device can open the archive. Set a passphrase.
settings-old = Passphrase so far
settings-new = New passphrase
settings-again = The new one again
settings-backup = Copies of the device folder made before keep the old passphrase: make a new copy.
settings-change = Change the passphrase
settings-changed = The passphrase was changed. Make a new copy of the device folder.
settings-not-same = The two new passphrases are not the same. Nothing was changed.
settings-this = this one
settings-end = End all other sessions
settings-idle = The archive locks after { $name } minutes without a request.
settings-device = This device
settings-name = Name kept with what you add and decide
settings-name-how = It is given when the program is started, with --by.
settings-short = { $number ->
    [one] A new passphrase needs at least { $shown } character. Nothing was changed.
   *[other] A new passphrase needs at least { $shown } characters. Nothing was changed.
}
settings-sessions = { $number ->
    [one] { $shown } session
   *[other] { $shown } sessions
}
settings-began = { $number ->
    [one] Began { $shown } minute ago
   *[other] Began { $shown } minutes ago
}
settings-ended = { $number ->
    [one] { $shown } session was ended.
   *[other] { $shown } sessions were ended.
}
