alerts-title = Alerts
alerts-lead = What the reports together may mean for people at risk. An alert is no finding: it says what was reported and what that rests on.
alerts-none = No alert stands.
alerts-count = { $number ->
    [one] { $shown } alert stands
   *[other] { $shown } alerts stand
}
alerts-seen = Seen or past
alerts-since = since { $name }
alerts-grounds = What it rests on
alerts-urgent = Urgent
alerts-watch = To be watched
alerts-reason = What is done about it, or why nothing
alerts-see = I have seen it
alerts-seen-by = Seen by { $name }
alerts-rule-repatriation-after-border-opens = Risk of forced repatriation: a border opened while people are held
alerts-rule-punishment-after-repatriation = Returned people may be punished
alerts-rule-executions-follow-arrests = Risk to life: arrests where executions are reported
alerts-rule-surge-of-arrests = More arrests than usual
alerts-rule-surge-of-killings = More killings than usual
alerts-rule-no-news-of-person = No news for a year
alerts-rule-request-unanswered = A request for a person has gone unanswered
alerts-rule-demand-unanswered = A demand made again and again has gone unanswered
