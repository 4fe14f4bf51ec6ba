message-home = 첫 화면으로
message-not-found = 그런 페이지가 없습니다
message-not-found-why = 이 보관소의 주소가 아니거나 여기에 기록되어 있지 않습니다.
message-failed = 이 페이지를 만들 수 없습니다
message-failed-why = 잃은 것은 없습니다. 다시 시도하고, 계속되면 `onrecord verify`를 실행하세요.
message-not-understood = 이해할 수 없는 요청입니다
message-not-yet = 기록 전체를 정리하고 있습니다
message-not-yet-why = 모든 기록을 서로 견주는 중입니다. 누가 누구를 옮겼는지, 무엇이 같은 일을 말하는지, 누가 같은 사람인지 살핍니다. 끝나면 이 페이지가 저절로 나타나며, 대개 몇 초면 됩니다.
