settings-title = 設定
settings-passphrase = この端末のパスフレーズ
settings-protected = この端末の鍵はパスフレーズでのみ開きます。誰も取り戻せません。
settings-unprotected = この端末の鍵は保護されていません。端末を持つ者は誰でも記録を開けます。パスフレーズを設定してください。
settings-old = 現在のパスフレーズ
settings-new = 新しいパスフレーズ
settings-again = もう一度
settings-backup = 以前に作った端末フォルダの写しは古いパスフレーズのままです。新しい写しを作ってください。
settings-change = パスフレーズを変更
settings-changed = パスフレーズを変更しました。端末フォルダの新しい写しを作ってください。
settings-not-same = 新しいパスフレーズが一致しません。何も変更していません。
settings-this = これ
settings-end = 他のセッションをすべて終了
settings-idle = { $name } 分操作がないとロックされます。
settings-device = この端末
settings-name = 追加・決定に残る名前
settings-name-how = プログラムの起動時に --by で指定します。
settings-short = 新しいパスフレーズは { $shown } 文字以上必要です。何も変更していません。
settings-sessions = セッション { $shown } 件
settings-began = { $shown } 分前に開始
settings-ended = セッション { $shown } 件を終了しました。
settings-you = あなた
settings-password = あなたのパスワード
settings-password-old = 今のパスワード
settings-password-new = 新しいパスワード（12 文字以上）
settings-password-change = パスワードを変更
settings-password-changed = パスワードを変更しました。すべてのセッションが終わりました。もう一度サインインしてください。
settings-second = 二つ目の確認
settings-code-on = パスワードに加えて認証アプリのコードを求めます。
settings-code-off = パスワードだけでサインインできます。電話の認証アプリを使うと、他人には難しくなります。
settings-code = 認証アプリを設定
settings-code-again = 別の認証アプリを設定
settings-code-remove = コードを求めない
settings-code-removed = コードは求められません。回復コードは無効になりました。
settings-code-how = 電話の認証アプリ（TOTP 対応）でこの図を読み取り、表示される六桁の数字を入力してください。
settings-code-picture = 秘密鍵の QR コード
settings-code-typed = または次を入力してください：
settings-code-confirm = 今後コードを求める
settings-recovery = 回復コード
settings-recovery-how = 紙に書き、鍵のように保管してください。電話を失くしたとき、一つで一度サインインできます。表示は今だけです。
settings-recovery-kept = 書き留めました
settings-recovery-left = { $number ->
    [one] 回復コードは残り { $shown } 個です。
   *[other] 回復コードは残り { $shown } 個です。
}
settings-passkeys = { $number ->
    [one] パスキー { $shown } 個
   *[other] パスキー { $shown } 個
}
settings-passkeys-why = パスキーは端末の中にあり、偽のページに渡すことはできません。パスワードなしでサインインできます。
settings-passkeys-not-here = ブラウザは HTTPS の名前か localhost でのみパスキーを認めます。このアドレスでは使えません。
settings-passkeys-script = パスキーにはスクリプトが必要です。名前・パスワード・コードには不要です。
settings-passkey-name = 呼び名
settings-passkey-add = パスキーを追加
settings-passkey-remove = 印を付けたパスキーを削除
settings-passkeys-drop = 同時に次のパスキーを削除
settings-end-this = 終了
settings-end-one = { $name } のセッションを終了
settings-passphrase-several = 全員のために記録を開きますが、誰もサインインさせません。
settings-how-link = プログラムが表示したリンクで
settings-how-passphrase = パスフレーズで
settings-how-password = パスワードで
settings-how-code = パスワードとコードで
settings-how-recovery = パスワードと回復コードで
settings-how-passkey = パスキーで
