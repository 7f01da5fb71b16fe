# Trichdan по-русски. Идентификаторы и переменные во всех трёх файлах одинаковы (tests/test_texts.py).

## Сам язык и как в нём пишут даты

language-name = Русский
language-also = Russian, tiếng Nga
date-pattern = d MMMM y 'г.'
date-pattern-first = d MMMM

## Знакомство

start =
    Здравствуйте! Задайте вопрос, и я отвечу дословными цитатами из статей с указанием источника. От себя я ничего не добавляю.

    Спрашивайте по-русски, по-английски или по-вьетнамски (с диакритикой или без).
collection =
    { $articles ->
        [one] Сейчас у меня { $articles } статья.
        [few] Сейчас у меня { $articles } статьи.
       *[other] Сейчас у меня { $articles } статей.
    }
collection-dated =
    { $articles ->
        [1] Сейчас у меня одна статья, дата: { $first }
        [one] Сейчас у меня { $articles } статья, даты: { $first } – { $last }
        [few] Сейчас у меня { $articles } статьи, даты: { $first } – { $last }
       *[other] Сейчас у меня { $articles } статей, даты: { $first } – { $last }
    }
collection-one-date =
    { $articles ->
        [1] Сейчас у меня одна статья, дата: { $date }
        [one] Сейчас у меня { $articles } статья, у всех одна дата: { $date }
        [few] Сейчас у меня { $articles } статьи, у всех одна дата: { $date }
       *[other] Сейчас у меня { $articles } статей, у всех одна дата: { $date }
    }
collection-some-dated =
    { $articles ->
        [one] Сейчас у меня { $articles } статья
        [few] Сейчас у меня { $articles } статьи
       *[other] Сейчас у меня { $articles } статей
    }; { $dated ->
        [1] дата известна у одной: { $dates }
       *[other] даты известны у { $dated }: { $dates }
    }
dates = { $first } – { $last }
start-example = Попробуйте спросить:
help =
    Пришлите вопрос, и я поищу ответ в статьях. Ответ — это дословная цитата: главное предложение выделено жирным, источник указан под ней.

    • Лучше всего я отвечаю на вопросы, в которых названы люди, места или даты.
    • Пишите по-русски, по-английски или по-вьетнамски, можно без диакритики.
    • Можно продолжить коротко: «А в 2021 году?»; /new начинает новую тему.
    • Если в статьях ответа нет, я так и скажу.
    • В группе напишите /ask и вопрос или ответьте на моё сообщение. Если ответить командой /ask на чужое сообщение, я отвечу на вопрос из него.
    • В любом другом чате наберите моё имя (@…) и вопрос, а затем выберите, какой отрывок отправить.
    • /language — язык моих сообщений, /about — что это за статьи, /forgetme удалит всё, что я храню о вас.
start-articles = Список статей: /articles
collection-languages =
    { $count ->
        [one] Язык статей: { $languages }
       *[other] Языки статей: { $languages }
    }
ask-usage-plain = Напишите вопрос сразу после команды /ask.
ask-usage = Напишите вопрос сразу после команды, например: /ask { $example }

## Вместо ответа

refused = В этих статьях нет ответа на ваш вопрос. Попробуйте спросить иначе или назовите человека, место или дату.
nearest-heading = Самые близкие отрывки (ответа на вопрос в них нет):
blank = Вы не написали вопрос. Что хотите узнать?
too-long =
    { $limit ->
        [one] Вопрос слишком длинный. Сократите его, пожалуйста, до { $limit } символа.
       *[other] Вопрос слишком длинный. Сократите его, пожалуйста, до { $limit } символов.
    }
greeting = Здравствуйте! Что вы хотите узнать? Отвечу цитатами из статей.
thanks = Обращайтесь! Появятся вопросы — спрашивайте.
goodbye = До свидания! Возвращайтесь, когда появятся вопросы.
abilities = Я отвечаю на вопросы по статьям из подборки дословными цитатами с указанием источника. Спрашивать можно по-русски, по-английски и по-вьетнамски (с диакритикой или без), а потом уточнять коротко: «А в 2021 году?». Чего нет в статьях, того не скажу и я.
identity = Я бот, меня зовут Trichdan, человека здесь нет. Я ищу ответ на ваш вопрос в подборке статей и привожу его дословно, с указанием источника.
help-short = Задайте вопрос целым предложением и назовите человека, место или дату. В ответ я дословно процитирую статьи и укажу источник. В Telegram подробнее расскажет /help.
language-answer = Свои слова я могу писать по-русски, по-английски или по-вьетнамски: в Telegram язык выбирают командой /language. Цитаты остаются на языке статьи: я их не перевожу и не пересказываю.
wrong = Жаль, что ответ не помог. Я только цитирую статьи и иногда выбираю не тот отрывок. Попробуйте назвать человека, место или дату; в Telegram кнопки под ответом покажут больше, а 👎 подскажет нам, чего не хватает.
noted = Хорошо! Если захотите узнать что-нибудь из статей, спрашивайте.
certain = Каждая цитата взята из статьи слово в слово, от себя я ничего не добавляю, но могу выбрать не тот отрывок, поэтому загляните в источник, указанный под цитатой.
further = В Telegram кнопки под ответом покажут соседние абзацы и другие отрывки. Или спросите о чём-нибудь ещё: назовите человека, место или дату.
rude = Жаль, что от меня не было пользы. Назовите человека, место или дату, и я поищу ещё раз.
chatting = Собеседник из меня неважный: я умею только цитировать статьи. Что вы хотели бы из них узнать?
articles-titles = Например, такие:
unclear = Не получилось понять вопрос. Напишите его, пожалуйста, целым предложением.
unsupported = Я читаю только текст. Напишите вопрос словами или добавьте его в подпись к фото или файлу.
failed = У меня что-то сломалось. Попробуйте ещё раз через минуту.

## Источники

date-unknown = дата неизвестна
paragraph = абзац { $number }
paragraphs = абзацы { $first }–{ $last }
paragraphs-answer = абзацы { $first }–{ $last }, ответ в абзаце { $number }
page = страница { $number }
pages = страницы { $first }–{ $last }
pages-answer = страницы { $first }–{ $last }, ответ на странице { $number }
also-in-one = также в статье { $name }
also-in-two = также в статьях { $first } и { $last }
also-in-more =
    { $count ->
        [one] также в { $names } и ещё в { $count } статье
       *[other] также в { $names } и ещё в { $count } статьях
    }
also-in =
    { $count ->
        [one] ещё в { $count } статье
       *[other] ещё в { $count } статьях
    }
opening = «{ $words }»…
opening-whole = «{ $words }»
untitled = Статья без заголовка
confidence-low = Возможно, это не совсем то, о чём вы спрашивали:
uncalibrated = С этой моделью трудно судить, есть ли в статьях ответ, поэтому «ответ есть» и «ответа нет» — только ориентир.

## Подборка

not-ready = Пока не могу ответить: статьи ещё не прочитаны. Загляните, пожалуйста, чуть позже.
not-ready-admin = Индекса ещё нет. Отправьте /reindex, чтобы прочитать статьи.
admin-only = Это может делать только администратор бота.
reindex-started = Читаю статьи. Отвечать на вопросы при этом продолжаю.
reindex-reading = Чтение статей: { $done }
reindex-progress =
    { $stage ->
        [reading] Чтение статей
        [embedding] Обработка отрывков
        [sentences] Обработка предложений
       *[writing] Запись индекса
    }: { $done } из { $total }
reindex-left = { $minutes ->
    [one] Осталась примерно { $minutes } минута.
    [few] Осталось примерно { $minutes } минуты.
   *[other] Осталось примерно { $minutes } минут.
}
reindex-report =
    Подборка обновлена: { $articles ->
        [one] { $articles } статья
        [few] { $articles } статьи
       *[other] { $articles } статей
    }, { $passages ->
        [one] { $passages } отрывок
        [few] { $passages } отрывка
       *[other] { $passages } отрывков
    }.
    Добавлено: { $added }, изменено: { $changed }, удалено: { $removed }, без изменений: { $unchanged }.
reindex-report-failed =
    { $count ->
        [one] Не удалось прочитать { $count } файл:
        [few] Не удалось прочитать { $count } файла:
       *[other] Не удалось прочитать { $count } файлов:
    }
reindex-report-more = …и ещё { $count }
loss =
    { $count ->
        [one] Это обновление уберёт из подборки { $count } статью из { $of }:
        [few] Это обновление уберёт из подборки { $count } статьи из { $of }:
       *[other] Это обновление уберёт из подборки { $count } статей из { $of }:
    }
loss-more = …и ещё { $count }
loss-unnamed = Больше нет среди источников: { $sources }
loss-question = Пока ничего не изменено. Убрать эти статьи?
loss-notice = Обновление подборки приостановлено.
loss-notice-mend = Ничего не изменено. Если так и задумано, запустите его ещё раз с --yes или отправьте /reindex и подтвердите. Если нет, проверьте источники.
loss-kept = Ничего не изменено: подборка осталась прежней.
button-loss-yes = Да, убрать
button-loss-no = Нет, оставить всё
doubt =
    Новый индекс отвечает на { $after } из { $asked } проверочных вопросов, а действующий - на { $before }. Он сохранён, но не используется. Больше нет ответа на вопросы:
doubt-question = Проверьте источники и отправьте /reindex или всё равно включите новый индекс.
doubt-taken = Новый индекс включён. Команда `trichdan rollback` вернёт прежний.
doubt-gone = Этот индекс удалён или повреждён. Отправьте /reindex.
button-doubt-take = Всё равно включить
reindex-running = Статьи уже читаются, осталось недолго.
reindex-stopped = Меня перезапускают, поэтому чтение прервано, работает прежняя подборка. Отправьте /reindex ещё раз чуть позже.
reindex-failed = Обновить подборку не удалось, работает прежняя. Причина: { $reason }

## Кнопки

button-disputed = 👎 В статьях это есть
button-nearest = Показать близкие отрывки
button-expired = С тех пор подборка изменилась. Задайте, пожалуйста, вопрос ещё раз.
no-more = Это всё, что нашлось.

## Описания в меню Telegram

command-start = Что умеет этот бот
command-help = Как задавать вопросы
command-ask = Задать вопрос (удобно в группах)
command-reindex = Прочитать статьи заново (для администраторов)

## Консоль

console-welcome = Задайте вопрос по статьям. :help — список команд, :quit — выход.
console-prompt = Вопрос
console-help =
    :more       ещё отрывки или самые близкие, если ответа нет
    :context N  отрывок N с соседними абзацами
    :articles P список статей, страница P
    :read N P   статья N из списка, страница P
    :new        начать новую тему
    :help       этот список
    :quit       выход
    Всё остальное считается вопросом.
console-waiting =
    { $count ->
        [one] Есть ещё { $count } отрывок: введите :more.
        [few] Есть ещё { $count } отрывка: введите :more.
       *[other] Есть ещё { $count } отрывков: введите :more.
    } Отрывок 1 целиком и соседние абзацы: введите :context 1.
console-trimmed = Отрывок сокращён. Чтобы увидеть его целиком, с соседними абзацами, введите :context 1.
ask-waiting =
    { $count ->
        [one] Есть ещё { $count } отрывок. Добавьте --all, чтобы увидеть всё без сокращений.
        [few] Есть ещё { $count } отрывка. Добавьте --all, чтобы увидеть всё без сокращений.
       *[other] Есть ещё { $count } отрывков. Добавьте --all, чтобы увидеть всё без сокращений.
    }
ask-trimmed = Отрывок сокращён. Добавьте --all, чтобы увидеть его целиком.
console-nearest = :more покажет самые близкие отрывки, но ответа в них нет.
console-unknown = Команды { $command } нет. Список команд: :help
console-no-excerpt = Отрывка { $number } нет. Укажите номер из показанных выше.
console-ask-first = Сначала задайте вопрос.

## Ответ в чате и кнопки под ним

searched = Ищу: «{ $question }»
about-text-heading = Что сказано в статьях по теме этого текста:
about-text-refused = По теме этого текста в статьях ничего не сказано.
nearest-topics = Самые близкие статьи вот о чём:
hint-figures =
    { $undated ->
        [0] Источники разных дат, цифры могли измениться. Самый новый от { $date } — № { $number }
       *[other] Источники разных дат, цифры могли измениться. Из тех, где дата указана, самый новый от { $date } — № { $number }
    }
hint-old =
    { $sources ->
        [one] Источник от { $date }: с тех пор многое могло измениться.
       *[other] Самый новый источник здесь от { $date }: с тех пор многое могло измениться.
    }
button-before = ◀ Абзац выше
button-after = Абзац ниже ▶
button-back = ‹ Назад
button-more = Ещё ›
button-waiting = Ещё ({ $count })
button-newest = По дате
button-relevant = По смыслу
button-only-this = Только этот вопрос
button-stale = Этого ответа у меня уже нет. Отправьте, пожалуйста, вопрос ещё раз.
vote-thanks = Спасибо!
vote-thanks-down = Спасибо. Так легче понять, чего не хватает.
context-start = Здесь начало статьи.
context-end = Здесь конец статьи.
context-full = Больше в одно сообщение не помещается. Если заголовок — ссылка, по ней откроется вся статья.
queue-notice = Сейчас отвечаю на другие вопросы. Ваш уже в очереди, подождите немного.
rate-limited =
    { $seconds ->
        [one] Слишком много вопросов сразу. Продолжу отвечать через { $seconds } секунду.
        [few] Слишком много вопросов сразу. Продолжу отвечать через { $seconds } секунды.
       *[other] Слишком много вопросов сразу. Продолжу отвечать через { $seconds } секунд.
    }
new-done = Готово: следующий вопрос начнёт новую тему.

## Манеры: меню, описания, что хранится, языки, /about

command-new = Начать новую тему
command-language = Выбрать язык
command-about = Что это за статьи
command-forgetme = Удалить всё, что я храню о вас
description =
    Спросите о чём-нибудь из этой подборки статей и получите дословные цитаты: с заголовком, источником, датой и ссылкой, если она есть. Ничего не придумывается: если ответа в статьях нет, бот так и скажет.

    Пишите по-русски, по-вьетнамски (с диакритикой или без) или по-английски.
description-short = Отвечает на вопросы дословными цитатами из подборки статей и указывает источник.
examples-heading =
    { $count ->
        [1] Нажмите, чтобы задать этот вопрос:
       *[other] Нажмите на вопрос, чтобы его задать:
    }
privacy =
    { $days ->
        [0] Ваши вопросы хранятся не дольше суток, чтобы работали кнопки и уточнения; /forgetme удалит их сразу.
        [one] Я храню ваши вопросы { $days } день, чтобы улучшать подборку; /forgetme их удалит.
        [few] Я храню ваши вопросы { $days } дня, чтобы улучшать подборку; /forgetme их удалит.
       *[other] Я храню ваши вопросы { $days } дней, чтобы улучшать подборку; /forgetme их удалит.
    }
language-choose = На каком языке вам писать? Спрашивать можно на любом.
language-set = Теперь буду писать вам по-русски.
language-automatic = Буду писать на языке вашего Telegram, а если он неизвестен — на языке вопроса.
button-automatic = Автоматически
forgotten =
    { $count ->
        [0] О вас ничего не хранится, так что и удалять нечего. Спрашивайте, когда захотите.
       *[other] Готово. Всё, что хранилось о вас, — вопросы и настройки — удалено без остатка. Возвращайтесь, буду рад помочь.
    }
about-heading = Об этой подборке
about-size =
    { $articles ->
        [one] { $articles } статья
        [few] { $articles } статьи
       *[other] { $articles } статей
    }, { $passages ->
        [one] { $passages } отрывок
        [few] { $passages } отрывка
       *[other] { $passages } отрывков
    }
about-dates = Даты: { $first } – { $last }
about-date = Дата: { $date }
about-some-dated =
    { $dated ->
        [1] Дата известна у одной статьи: { $dates }
        [one] Даты известны у { $dated } статьи: { $dates }
       *[other] Даты известны у { $dated } статей: { $dates }
    }
about-undated = Даты неизвестны
about-newest = Самая новая:
about-age = Обновлено { $age }
about-model = Модель: { $model }
about-verbatim = Каждая цитата слово в слово повторяет статью и ещё раз проверяется в момент отправки.

## Числа и даты из статьи в скобках, как их пишет читатель

atom = { $written } ({ $converted })
atom-number =
    { $magnitude ->
        [million] { $digits } млн
        [billion] { $digits } млрд
        [trillion] { $digits } трлн
       *[none] { $digits }
    }
atom-money =
    { $currency ->
        [dollars] { $number } долл.
       *[code] { $number } { $currency }
    }
atom-measure =
    { $unit ->
        [percent] { $number } %
        [percentage_points] { $number } п. п.
        [kilometres] { $number } км
        [metres] { $number } м
        [centimetres] { $number } см
        [millimetres] { $number } мм
        [square_metres] { $number } м²
        [square_kilometres] { $number } км²
        [cubic_metres] { $number } м³
        [hectares] { $number } га
        [miles] { $number } миль
        [nautical_miles] { $number } м. миль
        [kilometres_per_hour] { $number } км/ч
        [kilograms] { $number } кг
        [tonnes] { $number } т
        [litres] { $number } л
        [degrees_celsius] { $number } °C
        [kilowatt_hours] { $number } кВт·ч
        [megawatts] { $number } МВт
        [barrels] { $number } барр.
       *[none] { $number }
    }
atom-count =
    { $unit ->
        [years] { $count ->
            [one] { $number } год
            [few] { $number } года
            [many] { $number } лет
           *[other] { $number } года
        }
        [months] { $count ->
            [one] { $number } месяц
            [few] { $number } месяца
            [many] { $number } месяцев
           *[other] { $number } месяца
        }
        [weeks] { $count ->
            [one] { $number } неделя
            [few] { $number } недели
            [many] { $number } недель
           *[other] { $number } недели
        }
        [days] { $count ->
            [one] { $number } день
            [few] { $number } дня
            [many] { $number } дней
           *[other] { $number } дня
        }
        [minutes] { $count ->
            [one] { $number } минута
            [few] { $number } минуты
            [many] { $number } минут
           *[other] { $number } минуты
        }
        [seconds] { $count ->
            [one] { $number } секунда
            [few] { $number } секунды
            [many] { $number } секунд
           *[other] { $number } секунды
        }
        [decades] { $count ->
            [one] { $number } десятилетие
            [few] { $number } десятилетия
            [many] { $number } десятилетий
           *[other] { $number } десятилетия
        }
        [centuries] { $count ->
            [one] { $number } век
            [few] { $number } века
            [many] { $number } веков
           *[other] { $number } века
        }
        [years_old] { $count ->
            [one] { $number } год
            [few] { $number } года
            [many] { $number } лет
           *[other] { $number } года
        }
        [times] { $count ->
            [one] { $number } раз
            [few] { $number } раза
            [many] { $number } раз
           *[other] { $number } раза
        }
        [people] { $count ->
            [one] { $number } человек
            [few] { $number } человека
            [many] { $number } человек
           *[other] { $number } человека
        }
        [projects] { $count ->
            [one] { $number } проект
            [few] { $number } проекта
            [many] { $number } проектов
           *[other] { $number } проекта
        }
        [countries] { $count ->
            [one] { $number } страна
            [few] { $number } страны
            [many] { $number } стран
           *[other] { $number } страны
        }
        [companies] { $count ->
            [one] { $number } компания
            [few] { $number } компании
            [many] { $number } компаний
           *[other] { $number } компании
        }
        [doses] { $count ->
            [one] { $number } доза
            [few] { $number } дозы
            [many] { $number } доз
           *[other] { $number } дозы
        }
       *[none] { $number }
    }
atom-rate =
    { $period ->
        [month] { $amount } в месяц
        [day] { $amount } в день
       *[year] { $amount } в год
    }
atom-quarter =
    { $quarter ->
        [1] I квартал
        [2] II квартал
        [3] III квартал
       *[4] IV квартал
    }
atom-quarter-of =
    { $quarter ->
        [1] I квартал { $year } г.
        [2] II квартал { $year } г.
        [3] III квартал { $year } г.
       *[4] IV квартал { $year } г.
    }
atom-decade = { $year }-е годы
atom-century = { $number }-й век
date-pattern-day = d MMMM
date-pattern-month = LLLL y 'г.'
date-pattern-month-alone = LLLL

## Список статей

articles-hint = Нажмите номер под сообщением, чтобы прочитать статью прямо здесь.
articles-none = В этой подборке пока нет статей.
articles-off = Список статей здесь закрыт. Просто задайте вопрос, и я процитирую статьи, в которых есть ответ.
articles-gone = Этой статьи в подборке больше нет.
button-articles = ☰ Все статьи
button-read-on = Дальше ›
command-articles = Какие есть статьи
help-articles = • /articles показывает список статей.
console-read-hint = :read N откроет статью N.
console-read-on = Дальше: { $command }
console-no-article = Статьи { $number } в списке нет. Список покажет :articles

## A page of the article reader

reader-original = Открыть оригинал
reader-cited = Перейти к цитате
reader-changed = Процитированный отрывок изменился с тех пор, как создана эта ссылка.
reader-gone = Этой статьи больше нет в подборке.
