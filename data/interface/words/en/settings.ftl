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
settings-you = You
settings-password = Your password
settings-password-old = Your password so far
settings-password-new = New password, 12 characters at least
settings-password-change = Change the password
settings-password-changed = Your password was changed. All your sessions have ended: sign in again.
settings-second = Second factor
settings-code-on = A code of your authenticator is asked for beside the password.
settings-code-off = The password alone signs you in. An authenticator on your telephone makes it harder for others.
settings-code = Set up an authenticator
settings-code-again = Set up another authenticator
settings-code-remove = Ask for no codes any more
settings-code-removed = No code is asked for any more; recovery codes hold no longer.
settings-code-how = Read this picture with an authenticator on your telephone (any that knows TOTP), then type the six digits that it shows.
settings-code-picture = QR code of the secret
settings-code-typed = Or type this into it:
settings-code-confirm = Ask for codes from now on
settings-recovery = Recovery codes
settings-recovery-how = Write these on paper and keep them where you keep keys. Each signs you in once, should you lose your telephone. They are shown only now.
settings-recovery-kept = I have written them down
settings-recovery-left = { $number ->
    [one] { $shown } recovery code is left.
   *[other] { $shown } recovery codes are left.
}
settings-passkeys = { $number ->
    [one] { $shown } passkey
   *[other] { $shown } passkeys
}
settings-passkeys-why = A passkey lives in your device and cannot be given away to a false page; it signs you in without a password.
settings-passkeys-not-here = Browsers allow passkeys only at a name over HTTPS, or at localhost; not at this address.
settings-passkeys-script = Passkeys need scripts; name, password and code do not.
settings-passkey-name = What to call it
settings-passkey-add = Add a passkey
settings-passkey-remove = Remove the ticked passkeys
settings-passkeys-drop = Remove these passkeys with it
settings-end-this = End
settings-end-one = End a session of { $name }
settings-passphrase-several = It opens the archive for everybody, and signs nobody in.
settings-how-link = by the link that the program printed
settings-how-passphrase = by the passphrase
settings-how-password = by password
settings-how-code = by password and code
settings-how-recovery = by password and recovery code
settings-how-passkey = by passkey
