settings-title = 설정
settings-passphrase = 이 기기의 암호
settings-protected = 이 기기의 열쇠는 암호로만 열립니다. 아무도 되찾아 줄 수 없습니다.
settings-unprotected = 이 기기의 열쇠가 보호되지 않습니다. 기기를 가진 사람은 누구나 기록을 열 수 있습니다. 암호를 정하십시오.
settings-old = 지금 암호
settings-new = 새 암호
settings-again = 새 암호 다시
settings-backup = 전에 만든 기기 폴더 사본은 옛 암호를 그대로 씁니다. 새로 복사해 두십시오.
settings-change = 암호 바꾸기
settings-changed = 암호를 바꾸었습니다. 기기 폴더를 새로 복사해 두십시오.
settings-not-same = 새 암호 두 개가 서로 다릅니다. 바꾸지 않았습니다.
settings-this = 현재
settings-end = 다른 접속 모두 끝내기
settings-idle = { $name }분 동안 요청이 없으면 잠깁니다.
settings-device = 이 기기
settings-name = 추가와 결정에 남는 이름
settings-name-how = 프로그램을 시작할 때 --by 로 정합니다.
settings-short = 새 암호는 적어도 { $shown }자여야 합니다. 바꾸지 않았습니다.
settings-sessions = 접속 { $shown }개
settings-began = { $shown }분 전 시작
settings-ended = 접속 { $shown }개를 끝냈습니다.
settings-you = 나
settings-password = 내 비밀번호
settings-password-old = 지금 비밀번호
settings-password-new = 새 비밀번호 (12자 이상)
settings-password-change = 비밀번호 변경
settings-password-changed = 비밀번호가 변경되었습니다. 모든 세션이 끝났으니 다시 로그인하십시오.
settings-second = 두 번째 확인
settings-code-on = 비밀번호와 함께 인증 앱의 코드를 묻습니다.
settings-code-off = 비밀번호만으로 로그인됩니다. 휴대전화의 인증 앱을 쓰면 다른 사람이 들어오기 어려워집니다.
settings-code = 인증 앱 설정
settings-code-again = 다른 인증 앱 설정
settings-code-remove = 더 이상 코드를 묻지 않기
settings-code-removed = 이제 코드를 묻지 않습니다. 복구 코드도 쓸 수 없습니다.
settings-code-how = 휴대전화의 인증 앱(TOTP를 지원하는 앱)으로 이 그림을 읽고, 표시되는 여섯 자리 숫자를 입력하십시오.
settings-code-picture = 비밀 키의 QR 코드
settings-code-typed = 또는 이것을 입력하십시오:
settings-code-confirm = 이제부터 코드 묻기
settings-recovery = 복구 코드
settings-recovery-how = 종이에 적어 열쇠처럼 보관하십시오. 휴대전화를 잃었을 때 하나로 한 번 로그인할 수 있습니다. 지금만 보입니다.
settings-recovery-kept = 적어 두었습니다
settings-recovery-left = { $number ->
    [one] 복구 코드 { $shown }개가 남았습니다.
   *[other] 복구 코드 { $shown }개가 남았습니다.
}
settings-passkeys = { $number ->
    [one] 패스키 { $shown }개
   *[other] 패스키 { $shown }개
}
settings-passkeys-why = 패스키는 기기 안에 있어 가짜 페이지에 넘겨줄 수 없으며, 비밀번호 없이 로그인됩니다.
settings-passkeys-not-here = 브라우저는 HTTPS의 이름이나 localhost에서만 패스키를 허용합니다. 이 주소에서는 쓸 수 없습니다.
settings-passkeys-script = 패스키에는 스크립트가 필요합니다. 이름, 비밀번호, 코드에는 필요하지 않습니다.
settings-passkey-name = 부를 이름
settings-passkey-add = 패스키 추가
settings-passkey-remove = 표시한 패스키 제거
settings-passkeys-drop = 이 패스키도 함께 제거
settings-end-this = 끝내기
settings-end-one = { $name } 세션 끝내기
settings-passphrase-several = 모두를 위해 기록을 열지만, 누구도 로그인시키지 않습니다.
settings-how-link = 프로그램이 출력한 링크로
settings-how-passphrase = 암호문으로
settings-how-password = 비밀번호로
settings-how-code = 비밀번호와 코드로
settings-how-recovery = 비밀번호와 복구 코드로
settings-how-passkey = 패스키로
