message-home = 最初のページへ
message-not-found = そのページはありません
message-not-found-why = このアーカイブの住所ではないか、ここに記録されていません。
message-failed = このページを作成できませんでした
message-failed-why = 何も失われていません。再試行し、続く場合は `onrecord verify` を実行してください。
message-not-understood = 理解できませんでした
