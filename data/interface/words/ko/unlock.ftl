unlock-title = 보관소가 잠겨 있습니다
unlock-sign-in = 보관소 열기
unlock-passphrase = 이 기기의 암호문
unlock-open = 열기
unlock-hint = 암호문은 이 기기를 떠나지 않으며 아무도 복구할 수 없습니다.
unlock-unprotected = 이 기기의 열쇠에는 암호문이 없습니다.
unlock-link = 프로그램이 시작할 때 출력한 링크를 여세요. 한 번만 쓸 수 있으며, 새 링크는 `onrecord open`을 다시 실행하면 나옵니다.
unlock-wrong = 이 기기의 암호문이 아닙니다. 다시 입력하세요.
unlock-name = 이름
unlock-password = 비밀번호
unlock-code = 코드
unlock-code-if = 인증 앱의 코드 또는 복구 코드 (설정한 경우)
unlock-enter = 로그인
unlock-passkey = 패스키로 로그인
unlock-lost = 비밀번호나 기기를 잃어버렸습니까? 이 서버의 관리자가 다시 초대할 수 있습니다.
unlock-not-let-in = 이름, 비밀번호 또는 코드가 잘못되었습니다. 어느 것인지는 알려 드리지 않습니다.
unlock-wait = { $number ->
    [one] 시도가 너무 많습니다. { $shown }초 뒤에 다시 시도하십시오.
   *[other] 시도가 너무 많습니다. { $shown }초 뒤에 다시 시도하십시오.
}
unlock-join = 참여
unlock-join-why = { $name } 이름으로 초대되었습니다. 본인만 아는 비밀번호를 정하십시오. 여기서는 아무도 볼 수 없습니다.
unlock-join-do = 비밀번호를 정하고 로그인
