# Trichdan for those who run it; see en.ftl.

## Access

access-denied = This bot is by invitation only. If you know who runs it, ask them for an invite link.
admin-private = Please send me that in our private chat: the answer is not for everybody here.
invite = This invite for { $label } works once, within { $days } days. Send on one of its two links.
invite-nobody = (no name)
invite-person = For a person:
invite-group = For a group (whoever opens it chooses the group):
invite-open = Nobody needs an invite: this bot answers everybody. Set TRICHDAN_ACCESS=invited to change that.
invite-withdrawn = Withdrawn: the links in this invite no longer work.
invite-used = This invite has been used or has expired. /guests lists who has access.
invite-invalid = This invite link was used before, was withdrawn, or is too old. Please ask for a new one.
guests-heading =
    { $count ->
        [one] { $count } guest has access through an invite:
       *[other] { $count } guests have access through an invite:
    }
guests-none = Nobody has access through an invite yet. /invite NAME makes one.
button-withdraw = Withdraw the invite
button-revoke = End the access of no. { $number }

## Documents

document-articles = { $count } articles, for example:
document-more =
    { $count ->
        [one] …and { $count } more article
       *[other] …and { $count } more articles
    }
document-passages =
    { $count ->
        [one] { $count } passage
       *[other] { $count } passages
    }
document-failed =
    { $count ->
        [one] { $count } part could not be read:
       *[other] { $count } parts could not be read:
    }
document-replaces = A document of this name was added before; this one takes its place.
document-large = { $name } is larger than { $limit } MB, which is the most that Telegram hands to a bot. Send it in parts, or put it into a folder of TRICHDAN_SOURCES.
document-unavailable = Telegram did not hand over { $name }. Please send it again.
document-refused = { $name } cannot be added: { $reason }.
document-discarded = Not added.
document-gone = This document is no longer waiting to be added: it was added or cancelled, or a day has passed. Please send it again.
button-add = Add
button-discard = Cancel
sources-heading =
    { $count ->
        [one] { $count } article
       *[other] { $count } articles, the newest first
    }
sources-none = There are no articles yet. Send me a file or a link, or /reindex to read the configured sources.
sources-unknown = source unknown
sources-more =
    { $count ->
        [one] and { $count } more source
       *[other] and { $count } more sources
    }
sources-hint = 📄 shows an article, 🗑 removes it. /show and /remove find one by a part of its title or id.
article-usage = Put a part of the title or the id after the command. /sources lists the articles.
article-unknown = No article has “{ $id }” in its title or id. /sources lists the articles.
remove-question = Take this article out? It will no longer come up in answers. You can bring it back with /remove.
remove-kept = Nothing was removed.
remove-gone = This article is not in the collection any more.
remove-failed = It could not be removed: { $reason }
button-remove = Remove
button-keep = Keep
button-undo = ↩ Undo
article-several = Several articles have that in their title or id. Which one?
article-too-many = There are more than these: write more of the title to see the others.
remove-usage = To remove an article, put a part of its title or id after /remove, or press 🗑 in /sources.
removed-none = No article has been removed.
removed-heading =
    { $count ->
        [one] { $count } article was removed:
       *[other] { $count } articles were removed:
    }
removed-hint = ↩ brings an article back. A file that was sent in chat is kept for 30 days after it was removed.
return-gone = That article cannot be brought back any more: it is back already, or its file was deleted after 30 days.
return-taken = A newer file with the same name is in the collection. Take that one out first, then bring this one back.
return-failed = It could not be brought back: { $reason }
change-add = Added:
change-add-nothing = This added nothing new: it is already in the collection, or it could not be read.
change-remove = Taken out:
change-return = Brought back:
document-wanted = This is to answer: “{ $question }”. I am adding it and will ask again.

## Reindexing

button-cancel = Cancel
button-full = Read every article anew
reindex-cancelled = Cancelled. The previous collection stays in use.
reindex-next = Noted. The articles are being read right now; I will do this as soon as that is finished.
reindex-elsewhere = Another process is reading the articles just now. Please send /reindex again when it is done.
reindex-nothing = I am not reading any articles at the moment.
reindex-later = I am being restarted. I will continue with this right afterwards.
reindex-cut-off = Reading was interrupted because I stopped unexpectedly. The previous collection stays in use. Please send /reindex again.
change-given-up = I stopped unexpectedly { $count } times while I was making this change, so I will not try again on my own. The previous collection stays in use; send /reindex to try once more.

## Sharing

button-open = Open in the bot
shared-gone = The article that this link leads to is not in the collection any more.
shared-changed = The article that this link leads to has changed, and the passage is no longer there. Ask me about it instead.
inline-none = Nothing found – ask me directly

## Menu

command-sources = List the articles (administrators)
command-show = Show an article (administrators)
command-remove = Remove an article, or bring one back (administrators)
command-gaps = Questions without an answer (administrators)
command-feedback = Answers that were voted down (administrators)
command-stats = Figures and a chart (administrators)
command-digest = A summary every day (administrators)
command-invite = Make an invite link (administrators)
command-guests = Who has access through an invite (administrators)
command-log = Log of changes (administrators)

## Digest and notices

digest-on = You will get a summary every day at this time, starting tomorrow.
digest-off = You will no longer get a daily summary.
digest-is-on = You get a summary every day.
button-digest-on = Send me one every day
button-digest-off = Stop the daily summary
digest-heading = The last 24 hours
digest-questions =
    { $count ->
        [0] No questions.
        [one] { $count } question, { $answered } answered.
       *[other] { $count } questions, { $answered } answered.
    }
digest-gaps =
    { $count ->
        [one] { $count } question got no answer
       *[other] { $count } questions got no answer
    }, { $things ->
        [one] about { $things } thing: /gaps
       *[other] about { $things } different things: /gaps
    }
digest-votes = Votes: 👍 { $up }, 👎 { $down }
digest-collection = Collection: { $articles } articles, indexed on { $date }.
digest-no-index = There is no index: send /reindex.
notice-heading =
    { $count ->
        [one] Something went wrong. The log tells more:
       *[other] { $count } things went wrong. The log tells more:
    }
notice-more = …and { $count } of other kinds

## /help for admins

help-admin =
    You are an administrator. In our private chat:
    • Send a file or a link to add an article. /sources lists them, /show and a part of the title shows one, /remove removes one or brings one back.
    • /reindex reads the sources again and brings the collection up to date (in groups too).
    • /gaps: questions without an answer, and how to add what is missing. /feedback: answers that were voted down. /stats: figures and a chart. /digest: a summary every day.
    • /invite NAME makes a link that lets in one person or group; /guests lists who has been let in. /log: which administrator changed what.

## /stats

stats-off = Questions are not kept (TRICHDAN_KEEP_QUESTIONS_DAYS is 0), so there are no figures.
stats-none =
    { $days ->
        [1] Nothing was asked in the last 24 hours.
       *[other] Nothing was asked in the last { $days } days.
    }
stats-heading =
    { $days ->
        [1] The last 24 hours
       *[other] The last { $days } days
    }
stats-questions = Questions: { $count }, answered: { $answered } ({ $share })
stats-people =
    { $count ->
        [one] Asked by { $count } person
       *[other] Asked by { $count } people
    }
stats-times = Response time: median { $half }, { $share } within { $most }
stats-ms = { $value } ms
stats-seconds = { $value } s
stats-languages = Languages
stats-vi = Vietnamese
stats-vi-bare = Vietnamese without marks
stats-en = English
stats-ru = Russian
stats-other = Other languages
stats-part = { $count } ({ $share })
stats-cited = Most cited articles
stats-cited-times = { $count }×
stats-days = Questions a day
date-pattern-chart = d MMM
stats-with-answer = answered
stats-in-vain = not answered
stats-shares = Share answered
stats-mean-ms = Mean response time, ms
stats-mean-seconds = Mean response time, s
stats-no-data = no data

## /gaps and /feedback

gaps-heading =
    Questions without an answer in the last { $days ->
        [one] day
       *[other] { $days } days
    }: { $times }, about { $count ->
        [one] { $count } thing
       *[other] { $count } different things
    }
gaps-none =
    Every question of the last { $days ->
        [one] day
       *[other] { $days } days
    } got an answer.
gaps-not-kept = Questions are not kept (TRICHDAN_KEEP_QUESTIONS_DAYS=0), so there is nothing to show.
gaps-times =
    { $count ->
        [one] once
        [2] twice
       *[other] { $count } times
    }
gaps-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
gaps-variants =
    { $count ->
        [one] ≈ and { $count } more wording
       *[other] ≈ and { $count } more wordings
    }
gaps-answered-hint = ✓ The collection answers this by now.
gaps-add-hint = ➕ Press the number of a question, then send a file or link that answers it.
gaps-disputed = 👎 { $count }: “It is in the articles”
gaps-send = Now send me a file or link that answers “{ $question }”. I will add it and ask again.
gaps-gone = That question is not in the list any more. /gaps shows the list as it is now.
gaps-asked-again = Asked again: “{ $question }”
gaps-exported = Questions without an answer. Fill in article_ids and answers, set answerable to true, and run: trichdan eval FILE
button-export = Export as a file
feedback-none = No answer was voted down.
feedback-question-hidden = (questions are not kept)
feedback-asked-by = asked by { $person }
feedback-gone =
    { $count ->
        [one] { $count } excerpt that was shown is no longer in the collection.
       *[other] { $count } excerpts that were shown are no longer in the collection.
    }
feedback-more =
    { $count ->
        [one] …and { $count } more excerpt
       *[other] …and { $count } more excerpts
    }

## /log

log-heading = What administrators did, the latest first
log-none = No administrator has changed anything yet.
log-forgotten = (deleted their data)
log-added = Added
log-removed = Removed
log-returned = Brought back
log-reindexed = Read the sources again
log-invited = Made an invite
log-withdrew = Withdrew an invite
log-revoked = Ended the access
model-unusable = { $said }
index-unusable = { $said }
