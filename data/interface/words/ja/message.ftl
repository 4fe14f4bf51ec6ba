message-home = 最初のページへ
message-not-found = そのページはありません
message-not-found-why = このアーカイブの住所ではないか、ここに記録されていません。
message-failed = このページを作成できませんでした
message-failed-why = 何も失われていません。再試行し、続く場合は `onrecord verify` を実行してください。
message-not-understood = 理解できませんでした
message-not-yet = 記録全体を整理しています
message-not-yet-why = すべての記録を互いに照らし合わせています。誰が誰を写したか、何が同じ出来事を語るか、誰が同一人物かを調べます。終わるとこのページが自動で表示されます。通常は数秒です。
