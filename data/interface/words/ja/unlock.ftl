unlock-title = アーカイブはロックされています
unlock-sign-in = アーカイブを開く
unlock-passphrase = この端末のパスフレーズ
unlock-open = 開く
unlock-hint = この端末から出ることはなく、誰も復元できません。
unlock-unprotected = この端末の鍵にはパスフレーズがありません。
unlock-link = 起動時に表示されたリンクを開いてください。一度だけ使えます。新しいリンクは `onrecord open` を再実行してください。
unlock-wrong = この端末のパスフレーズではありません。もう一度入力してください。
