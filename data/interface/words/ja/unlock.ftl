unlock-title = アーカイブはロックされています
unlock-sign-in = アーカイブを開く
unlock-passphrase = この端末のパスフレーズ
unlock-open = 開く
unlock-hint = この端末から出ることはなく、誰も復元できません。
unlock-unprotected = この端末の鍵にはパスフレーズがありません。
unlock-link = 起動時に表示されたリンクを開いてください。一度だけ使えます。新しいリンクは `onrecord open` を再実行してください。
unlock-wrong = この端末のパスフレーズではありません。もう一度入力してください。
unlock-name = 名前
unlock-password = パスワード
unlock-code = コード
unlock-code-if = 認証アプリのコードまたは回復コード（設定した場合）
unlock-enter = サインイン
unlock-passkey = パスキーでサインイン
unlock-lost = パスワードや端末を失くした場合は、このサーバーの管理者が改めて招待できます。
unlock-not-let-in = 名前、パスワード、コードのいずれかが違います。どれかは示しません。
unlock-wait = { $number ->
    [one] 試行が多すぎます。{ $shown } 秒後にもう一度お試しください。
   *[other] 試行が多すぎます。{ $shown } 秒後にもう一度お試しください。
}
unlock-join = 参加
unlock-join-why = { $name } として招待されました。自分だけが知るパスワードを決めてください。ここでは誰にも見えません。
unlock-join-do = パスワードを決めてサインイン
