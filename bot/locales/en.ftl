# Trichdan in English. Keep the message ids and variables of the three files the same (tests/test_texts.py).

## The language itself, and how it writes dates: patterns of CLDR

language-name = English
# Other names by which people ask for it, separated by commas.
language-also = tiếng Anh
date-pattern = d MMMM y
# Of the first of two dates in one year.
date-pattern-first = d MMMM

## First contact

start =
    Hello! Ask me a question, and I will answer with word-for-word quotes from articles, each with its source. I never make anything up.

    Write in Vietnamese (with or without marks), English or Russian.
collection =
    { $articles ->
        [one] I have { $articles } article.
       *[other] I have { $articles } articles.
    }
collection-dated =
    { $articles ->
        [one] I have { $articles } article, from { $first }.
       *[other] I have { $articles } articles, dated from { $first } to { $last }.
    }
collection-one-date =
    { $articles ->
        [one] I have { $articles } article, from { $date }.
       *[other] I have { $articles } articles, all from { $date }.
    }
collection-some-dated =
    I have { $articles } articles; { $dated ->
        [one] { $dated } has a date, { $dates }.
       *[other] { $dated } have dates, { $dates }.
    }
dates = { $first } to { $last }
start-example = Try this one:
help =
    Send me a question and I will look for the answer in the articles. Each answer is a quote, copied word for word, with the sentence that matters in bold and its source below.

    • A question that names people, places or dates works best.
    • Vietnamese, with or without marks, English and Russian are all fine.
    • You can go on with a short question such as “And in 2021?”; /new starts a new topic.
    • When the articles hold no answer, I say so.
    • In a group, write /ask and your question, or reply to one of my messages. Reply to somebody with /ask, and I answer their question.
    • In any other chat, type my name and your question, and choose an excerpt to post.
    • /language sets the language I write in, /about says what the articles are, /forgetme deletes what I keep about you.
start-articles = List of articles: /articles
collection-languages =
    { $count ->
        [one] Language: { $languages }
       *[other] Languages: { $languages }
    }
ask-usage-plain = Put your question right after the command /ask.
ask-usage = Put your question after the command, like this: /ask { $example }

## Instead of an answer

refused = The articles in this collection do not answer that. Try putting it another way, or name the person, place or date you have in mind.
nearest-heading = The nearest passages. They do not answer the question:
blank = There is no question here yet. What would you like to know?
too-long =
    { $limit ->
        [one] That question is too long for me. Please keep it to { $limit } character.
       *[other] That question is too long for me. Please keep it to { $limit } characters.
    }
greeting = Hello! What would you like to know? I will quote what the articles say.
thanks = Any time! If you have another question, just ask.
goodbye = Goodbye! Come back whenever you have a question.
abilities = I answer questions about the articles in my collection with word-for-word quotes, each with its source. Ask in Vietnamese (with or without marks), English or Russian, and go on with short questions such as “And in 2021?”. What the articles do not say, I do not say either.
identity = I am Trichdan, a bot. No person is writing here: I look for the answer to your question in a collection of articles and quote it word for word, with its source.
help-short = Ask a whole question and name the person, place or date you have in mind. I will quote the articles word for word and name the source. In Telegram, /help tells more.
language-answer = My own messages can be in English, Vietnamese or Russian: in Telegram, choose with /language. Quotes stay in the language of their article, because I never translate or reword them.
wrong = I am sorry that did not help. I only quote articles, and sometimes I pick the wrong passage. Try naming the person, place or date you mean; the buttons under an answer in Telegram show more, and 👎 tells us what is missing.
noted = All right! Whenever you have a question about the articles, just ask.
certain = Every quote is copied word for word from its article and I add nothing to it, but I may have picked the wrong passage, so please look at the source named below the quote.
further = In Telegram, the buttons under an answer show the paragraphs before and after it and more results. Or ask me something else: name the person, place or date you have in mind.
rude = I am sorry to have been of no use. Tell me the person, place or date you have in mind, and I will look once more.
chatting = I am not much good at small talk: all I can do is quote articles. What would you like to know from them?
articles-titles = They are about, for example:
unclear = I could not make out a question there. Please write it as a whole sentence.
unsupported = I can only read text. Please write your question, or put it into the caption of the picture or file.
failed = Something went wrong on my side. Please try again in a minute.

## Citations

date-unknown = date unknown
paragraph = paragraph { $number }
paragraphs = paragraphs { $first }–{ $last }
paragraphs-answer = paragraphs { $first }–{ $last }, the answer in { $number }
page = page { $number }
pages = pages { $first }–{ $last }
pages-answer = pages { $first }–{ $last }, the answer on { $number }
also-in-one = also in { $name }
also-in-two = also in { $first } and { $last }
also-in-more = also in { $names } and { $count } more
also-in =
    { $count ->
        [one] also in { $count } more article
       *[other] also in { $count } more articles
    }
opening = “{ $words }”…
opening-whole = “{ $words }”
untitled = Untitled article
confidence-low = I am not certain that this answers your question:
uncalibrated = With this model I cannot judge well whether the articles answer a question, so take “answered” and “not answered” as hints.

## The index

not-ready = I am not ready yet: I still have to read my articles. Please come back a little later.
not-ready-admin = There is no index yet. Send /reindex to read the articles.
admin-only = Only an administrator of this bot can do that.
reindex-started = Reading the articles. I keep answering in the meantime.
reindex-reading = Reading articles: { $done }
reindex-progress =
    { $stage ->
        [reading] Reading articles
        [embedding] Processing passages
        [sentences] Processing their sentences
       *[writing] Writing the index
    }: { $done } of { $total }
reindex-left = { $minutes ->
    [one] About a minute left.
   *[other] About { $minutes } minutes left.
}
reindex-report =
    The collection is up to date: { $articles ->
        [one] { $articles } article
       *[other] { $articles } articles
    }, { $passages ->
        [one] { $passages } passage
       *[other] { $passages } passages
    }.
    Added { $added }, changed { $changed }, removed { $removed }, unchanged { $unchanged }.
reindex-report-failed =
    { $count ->
        [one] { $count } file could not be read:
       *[other] { $count } files could not be read:
    }
reindex-report-more = …and { $count } more
loss = This update would remove { $count } of { $of } articles from the collection:
loss-more = …and { $count } more
loss-unnamed = No longer among the sources: { $sources }
loss-question = Nothing has been changed yet. Remove them?
loss-notice = An update of the collection was held back.
loss-notice-mend = Nothing was changed. If this is intended, run it again with --yes, or send /reindex and confirm. Otherwise, please check the sources.
loss-kept = Nothing was changed: the collection stays as it is.
button-loss-yes = Yes, remove them
button-loss-no = No, keep everything
doubt =
    The new index answers { $after } of { $asked } questions of the self-check; the one in use answers { $before }. It was put aside and is not used. No longer answered:
doubt-question = Please check the sources and send /reindex, or use it anyway.
doubt-taken = The new index is in use now. `trichdan rollback` goes back to the one before.
doubt-gone = That index is gone or damaged. Please send /reindex.
button-doubt-take = Use it anyway
reindex-running = The articles are being read already. I will be done soon.
reindex-stopped = I am being restarted, so reading was stopped and the previous collection stays in use. Please send /reindex again later.
reindex-failed = The collection could not be updated, and the previous one stays in use. Reason: { $reason }

## Buttons

button-nearest = Show the nearest passages
button-disputed = 👎 It is in the articles
button-expired = The collection has changed since then. Please ask the question again.
no-more = That is everything I found.

## Descriptions in the Telegram menu

command-start = What this bot does
command-help = How to ask
command-ask = Ask a question (handy in groups)
command-reindex = Read the articles again (administrators)

## The console

console-welcome = Ask a question about the articles. :help lists the commands, :quit leaves.
console-prompt = Question
console-help =
    :more       further excerpts, or the nearest passages when nothing answered
    :context N  excerpt N with the paragraphs around it
    :articles P the articles, page P of the list
    :read N P   article N of the list, its page P
    :new        begin a new conversation
    :help       this list
    :quit       leave
    Anything else is a question.
console-waiting =
    { $count ->
        [one] There is { $count } more excerpt: type :more.
       *[other] There are { $count } more excerpts: type :more.
    } The whole of excerpt 1 with the paragraphs around it: type :context 1.
console-trimmed = The excerpt was shortened: :context 1 shows the whole of it with the paragraphs around it.
ask-waiting =
    { $count ->
        [one] There is { $count } more excerpt. Add --all to see everything, unshortened.
       *[other] There are { $count } more excerpts. Add --all to see everything, unshortened.
    }
ask-trimmed = The excerpt was shortened. Add --all to see the whole of it.
console-nearest = :more shows the nearest passages, which do not answer the question.
console-unknown = There is no command { $command }. :help lists the commands.
console-no-excerpt = There is no excerpt { $number }. Give the number of one shown above.
console-ask-first = Ask a question first.

## The reply in a chat and its buttons

searched = Searching: “{ $question }”
about-text-heading = What the articles say about this text:
about-text-refused = The articles in this collection say nothing about this text.
nearest-topics = The nearest articles are about:
hint-figures =
    { $undated ->
        [0] These sources have different dates, so figures may have changed. No. { $number } is the newest: { $date }.
       *[other] These sources have different dates, so figures may have changed. Of those with a date, no. { $number } is the newest: { $date }.
    }
hint-old =
    { $sources ->
        [one] This is from { $date }. Things may have changed since.
       *[other] The newest of these is from { $date }. Things may have changed since.
    }
button-before = ◀ Text before
button-after = Text after ▶
button-back = ‹ Back
button-more = More ›
button-waiting = More ({ $count })
button-newest = Newest first
button-relevant = Most relevant
button-only-this = Only this question
button-stale = I no longer have this answer. Please send the question again.
vote-thanks = Thank you!
vote-thanks-down = Thank you. That helps to find what is missing.
context-start = The article begins here.
context-end = The article ends here.
context-full = This message is full. If the title is a link, it opens the whole article.
queue-notice = I am answering other questions right now. Yours is in the queue; one moment, please.
rate-limited =
    { $seconds ->
        [one] That is too many questions at once. I will start answering again in { $seconds } second.
       *[other] That is too many questions at once. I will start answering again in { $seconds } seconds.
    }
new-done = Done. Your next question starts a new topic.

## Manners: menu, descriptions, what is kept, languages, /about

command-new = Start a new topic
command-language = Choose my language
command-about = What the articles are
command-forgetme = Delete what I keep about you
description =
    Ask about the articles of this collection and get word-for-word quotes, each with its title, source, date, and a link where there is one. Nothing is made up: when the articles hold no answer, you are told so.

    Write in Vietnamese (with or without marks), English or Russian.
description-short = Answers questions with word-for-word quotes from a collection of articles, each with its source.
examples-heading =
    { $count ->
        [one] Tap to try this question:
       *[other] Tap a question to try it:
    }
privacy =
    { $days ->
        [0] I keep your questions for a day at most, so that buttons and follow-up questions work; /forgetme deletes them at once.
        [one] I keep your questions for { $days } day to improve the collection; /forgetme deletes them.
       *[other] I keep your questions for { $days } days to improve the collection; /forgetme deletes them.
    }
language-choose = Which language shall I write to you in? You can ask in any language.
language-set = I will write to you in English from now on.
language-automatic = I will write in the language your Telegram is set to, or else in the language of your question.
button-automatic = Automatic
forgotten =
    { $count ->
        [0] I keep nothing about you, so there is nothing to delete. Ask me anything, any time.
       *[other] Done. I have deleted everything I kept about you, your questions and your settings, and nothing of it remains. You are always welcome back.
    }
about-heading = About this collection
about-size =
    { $articles ->
        [one] { $articles } article
       *[other] { $articles } articles
    }, { $passages ->
        [one] { $passages } passage
       *[other] { $passages } passages
    }
about-dates = Dated from { $first } to { $last }
about-date = Dated { $date }
about-some-dated =
    { $dated ->
        [one] { $dated } article has a date: { $dates }
       *[other] { $dated } articles have dates: { $dates }
    }
about-undated = No dates are known
about-newest = Newest:
about-age = Updated { $age }
about-model = Model: { $model }
about-verbatim = Every excerpt is verbatim: word for word as it stands in its article, and checked again at the moment I send it.

## Amounts and dates of an article in brackets, as the reader writes them

atom = { $written } ({ $converted })
atom-number =
    { $magnitude ->
        [million] { $digits } million
        [billion] { $digits } billion
        [trillion] { $digits } trillion
       *[none] { $digits }
    }
atom-money =
    { $currency ->
        [dollars] { $number } dollars
       *[code] { $number } { $currency }
    }
atom-measure =
    { $unit ->
        [percent] { $number }%
        [percentage_points] { $number } pp
        [kilometres] { $number } km
        [metres] { $number } m
        [centimetres] { $number } cm
        [millimetres] { $number } mm
        [square_metres] { $number } m²
        [square_kilometres] { $number } km²
        [cubic_metres] { $number } m³
        [hectares] { $number } ha
        [miles] { $number } mi
        [nautical_miles] { $number } nmi
        [kilometres_per_hour] { $number } km/h
        [kilograms] { $number } kg
        [tonnes] { $number } t
        [litres] { $number } l
        [degrees_celsius] { $number } °C
        [kilowatt_hours] { $number } kWh
        [megawatts] { $number } MW
        [barrels] { $number } bbl
       *[none] { $number }
    }
atom-count =
    { $unit ->
        [years] { $count ->
            [one] { $number } year
           *[other] { $number } years
        }
        [months] { $count ->
            [one] { $number } month
           *[other] { $number } months
        }
        [weeks] { $count ->
            [one] { $number } week
           *[other] { $number } weeks
        }
        [days] { $count ->
            [one] { $number } day
           *[other] { $number } days
        }
        [minutes] { $count ->
            [one] { $number } minute
           *[other] { $number } minutes
        }
        [seconds] { $count ->
            [one] { $number } second
           *[other] { $number } seconds
        }
        [decades] { $count ->
            [one] { $number } decade
           *[other] { $number } decades
        }
        [centuries] { $count ->
            [one] { $number } century
           *[other] { $number } centuries
        }
        [years_old] { $count ->
            [one] { $number } year old
           *[other] { $number } years old
        }
        [times] { $count ->
            [one] { $number } time
           *[other] { $number } times
        }
        [people] { $count ->
            [one] { $number } person
           *[other] { $number } people
        }
        [projects] { $count ->
            [one] { $number } project
           *[other] { $number } projects
        }
        [countries] { $count ->
            [one] { $number } country
           *[other] { $number } countries
        }
        [companies] { $count ->
            [one] { $number } company
           *[other] { $number } companies
        }
        [doses] { $count ->
            [one] { $number } dose
           *[other] { $number } doses
        }
       *[none] { $number }
    }
atom-rate =
    { $period ->
        [month] { $amount } per month
        [day] { $amount } per day
       *[year] { $amount } per year
    }
atom-quarter =
    { $quarter ->
        [1] Q1
        [2] Q2
        [3] Q3
       *[4] Q4
    }
atom-quarter-of =
    { $quarter ->
        [1] Q1 { $year }
        [2] Q2 { $year }
        [3] Q3 { $year }
       *[4] Q4 { $year }
    }
atom-decade = { $year }s
atom-century =
    { $number ->
        [1] 1st century
        [2] 2nd century
        [3] 3rd century
        [21] 21st century
       *[other] { $number }th century
    }
date-pattern-day = d MMMM
date-pattern-month = MMMM y
date-pattern-month-alone = MMMM

## The list of articles

articles-hint = Tap a number below to read that article here.
articles-none = There are no articles in this collection yet.
articles-off = The list of articles is not public here. Just ask, and I will quote the articles that answer.
articles-gone = This article is no longer in the collection.
button-articles = ☰ All articles
button-read-on = Read on ›
command-articles = Which articles there are
help-articles = • /articles lists the articles.
console-read-hint = :read N opens article N.
console-read-on = { $command } goes on.
console-no-article = There is no article { $number } in the list. :articles shows it.

## A page of the article reader

reader-original = Open the original
reader-cited = Go to the cited sentence
reader-changed = The cited passage has changed since this link was made.
reader-gone = This article is no longer in the collection.
