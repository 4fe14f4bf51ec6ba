unlock-title = 보관소가 잠겨 있습니다
unlock-sign-in = 보관소 열기
unlock-passphrase = 이 기기의 암호문
unlock-open = 열기
unlock-hint = 암호문은 이 기기를 떠나지 않으며 아무도 복구할 수 없습니다.
unlock-unprotected = 이 기기의 열쇠에는 암호문이 없습니다.
unlock-link = 프로그램이 시작할 때 출력한 링크를 여세요. 한 번만 쓸 수 있으며, 새 링크는 `onrecord open`을 다시 실행하면 나옵니다.
unlock-wrong = 이 기기의 암호문이 아닙니다. 다시 입력하세요.
