# Trichdan for those who run it; see ru.ftl.

## Access

access-denied = Этот бот только для приглашённых. Если вы знаете, кто его ведёт, попросите ссылку-приглашение.
admin-private = Отправьте это мне в личном чате: здесь ответ увидят все.
invite = Приглашение для { $label } одноразовое и действует { $days } дней. Перешлите одну из двух ссылок.
invite-nobody = (без имени)
invite-person = Для одного человека:
invite-group = Для группы (её выберет тот, кто откроет ссылку):
invite-open = Приглашения не нужны: бот отвечает всем. Чтобы это изменить, задайте TRICHDAN_ACCESS=invited.
invite-withdrawn = Отозвано: ссылки этого приглашения больше не действуют.
invite-used = Это приглашение уже использовано или истекло. Кто имеет доступ, покажет /guests.
invite-invalid = Эта ссылка-приглашение уже использована, отозвана или устарела. Попросите новую.
guests-heading =
    { $count ->
        [one] { $count } гость имеет доступ по приглашению:
        [few] { $count } гостя имеют доступ по приглашению:
       *[other] { $count } гостей имеют доступ по приглашению:
    }
guests-none = Доступа по приглашению пока ни у кого нет. /invite ИМЯ создаст приглашение.
button-withdraw = Отозвать приглашение
button-revoke = Закрыть доступ № { $number }

## Documents

document-articles =
    { $count ->
        [one] { $count } статья, например:
        [few] { $count } статьи, например:
       *[other] { $count } статей, например:
    }
document-more =
    { $count ->
        [one] …и ещё { $count } статья
        [few] …и ещё { $count } статьи
       *[other] …и ещё { $count } статей
    }
document-passages =
    { $count ->
        [one] { $count } отрывок
        [few] { $count } отрывка
       *[other] { $count } отрывков
    }
document-failed =
    { $count ->
        [one] Не удалось прочитать { $count } часть:
        [few] Не удалось прочитать { $count } части:
       *[other] Не удалось прочитать { $count } частей:
    }
document-replaces = Документ с таким именем уже добавлен; этот займёт его место.
document-large = { $name } больше { $limit } МБ – это предел того, что Telegram передаёт боту. Отправьте по частям или положите файл в папку из TRICHDAN_SOURCES.
document-unavailable = Telegram не передал { $name }. Отправьте ещё раз.
document-refused = { $name } добавить нельзя: { $reason }.
document-discarded = Не добавлено.
document-gone = Этот документ больше не ждёт решения: его уже добавили или отклонили, или прошли сутки. Отправьте его ещё раз.
button-add = Добавить
button-discard = Отмена
sources-heading =
    { $count ->
        [one] { $count } статья, сначала новые
        [few] { $count } статьи, сначала новые
       *[other] { $count } статей, сначала новые
    }
sources-none = Статей пока нет. Отправьте мне файл или ссылку, либо /reindex, чтобы прочитать настроенные источники.
sources-unknown = источник неизвестен
sources-more =
    { $count ->
        [one] и ещё { $count } источник
        [few] и ещё { $count } источника
       *[other] и ещё { $count } источников
    }
sources-hint = 📄 показать статью, 🗑 убрать её. /show и /remove находят статью по части заголовка или имени файла.
article-usage = Укажите после команды часть заголовка или имени файла. Список статей покажет /sources.
article-unknown = Нет статьи с «{ $id }» в заголовке или имени файла. Список статей покажет /sources.
remove-question = Убрать эту статью? В ответах она больше не появится. Вернуть её можно через /remove.
remove-kept = Ничего не убрано.
remove-gone = Этой статьи в подборке больше нет.
remove-failed = Убрать не удалось: { $reason }
button-remove = Убрать
button-keep = Оставить
button-undo = ↩ Вернуть
article-several = Это есть в заголовках или именах файлов нескольких статей. Какая нужна?
article-too-many = Есть и другие: напишите заголовок подробнее, чтобы их увидеть.
remove-usage = Чтобы убрать статью, напишите часть её заголовка или имени файла после /remove или нажмите 🗑 в /sources.
removed-none = Убранных статей нет.
removed-heading =
    { $count ->
        [one] Убрана { $count } статья:
        [few] Убраны { $count } статьи:
       *[other] Убрано { $count } статей:
    }
removed-hint = ↩ возвращает статью. Файл, присланный в чат, хранится 30 дней после того, как его убрали.
return-gone = Эту статью вернуть уже нельзя: она уже снова в подборке, или прошло 30 дней и её файл удалён.
return-taken = В подборке уже есть новый файл с тем же именем. Сначала уберите его, потом верните этот.
return-failed = Вернуть не удалось: { $reason }
change-add = Добавлено:
change-add-nothing = Ничего нового: это уже есть в подборке или не удалось прочитать.
change-remove = Убрано:
change-return = Возвращено:
document-wanted = Это ответ на вопрос «{ $question }». Добавляю и задам вопрос ещё раз.

## Reindexing

button-cancel = Отменить
button-full = Прочитать все статьи заново
reindex-cancelled = Отменено. Работает прежняя подборка.
reindex-next = Принято. Статьи сейчас читаются; это изменение я внесу сразу после этого.
reindex-elsewhere = Статьи сейчас читает другой процесс. Отправьте /reindex ещё раз, когда он закончит.
reindex-nothing = Сейчас статьи не читаются.
reindex-later = Меня перезапускают. Сразу после этого я продолжу.
reindex-cut-off = Чтение прервалось: меня внезапно остановили. Работает прежняя подборка. Отправьте /reindex ещё раз.
change-given-up = { $count ->
        [one] Меня внезапно останавливали { $count } раз
        [few] Меня внезапно останавливали { $count } раза
       *[other] Меня внезапно останавливали { $count } раз
    }, пока вносилось это изменение, поэтому сам я больше не пробую. Работает прежняя подборка; чтобы попробовать ещё раз, отправьте /reindex.

## Sharing

button-open = Открыть в боте
shared-gone = Статьи, на которую ведёт эта ссылка, в подборке больше нет.
shared-changed = Статья, на которую ведёт эта ссылка, изменилась, и этого места в ней больше нет. Спросите меня о нём.
inline-none = Ничего не найдено – спросите меня лично

## Menu

command-sources = Список статей (для администраторов)
command-show = Показать статью (для администраторов)
command-remove = Убрать статью или вернуть убранную (для администраторов)
command-gaps = Вопросы без ответа (для администраторов)
command-feedback = Ответы с плохой оценкой (для администраторов)
command-stats = Цифры и график (для администраторов)
command-digest = Ежедневная сводка (для администраторов)
command-invite = Создать приглашение (для администраторов)
command-guests = Кто имеет доступ по приглашению (для администраторов)
command-log = Журнал изменений (для администраторов)

## Digest and notices

digest-on = С завтрашнего дня вы будете получать сводку каждый день в это время.
digest-off = Сводка больше не придёт.
digest-is-on = Вы получаете сводку каждый день.
button-digest-on = Присылать каждый день
button-digest-off = Больше не присылать
digest-heading = Последние сутки
digest-questions =
    { $count ->
        [0] Вопросов не было.
        [one] { $count } вопрос, с ответом: { $answered }.
        [few] { $count } вопроса, с ответом: { $answered }.
       *[other] { $count } вопросов, с ответом: { $answered }.
    }
digest-gaps =
    { $count ->
        [one] Без ответа { $count } вопрос
        [few] Без ответа { $count } вопроса
       *[other] Без ответа { $count } вопросов
    } – { $things ->
        [one] { $things } тема: /gaps
        [few] { $things } разные темы: /gaps
       *[other] { $things } разных тем: /gaps
    }
digest-votes = Оценки: 👍 { $up }, 👎 { $down }
digest-collection = Статей в подборке: { $articles }, проиндексировано { $date }
digest-no-index = Индекса нет: отправьте /reindex.
notice-heading =
    { $count ->
        [one] Что-то пошло не так. Подробности в журнале:
        [few] { $count } сбоя. Подробности в журнале:
       *[other] { $count } сбоев. Подробности в журнале:
    }
notice-more =
    { $count ->
        [one] …и ещё { $count } сбой другого вида
        [few] …и ещё { $count } сбоя других видов
       *[other] …и ещё { $count } сбоев других видов
    }

## /help for admins

help-admin =
    Вы администратор. В нашем личном чате:
    • Отправьте файл или ссылку, чтобы добавить статью. /sources показывает список, /show и часть заголовка – статью, /remove убирает статью или возвращает убранную.
    • /reindex перечитывает источники и обновляет подборку (и в группах).
    • /gaps – вопросы без ответа и как добавить недостающее. /feedback – ответы с плохой оценкой. /stats – цифры и график. /digest – сводка каждый день.
    • /invite ИМЯ создаёт ссылку для одного человека или группы, /guests показывает, у кого есть доступ. /log – журнал изменений.

## /stats

stats-off = Вопросы не сохраняются (TRICHDAN_KEEP_QUESTIONS_DAYS равно 0), поэтому цифр нет.
stats-none =
    { $days ->
        [1] За последние сутки вопросов не было.
        [one] За { $days } день вопросов не было.
        [few] За { $days } дня вопросов не было.
       *[other] За { $days } дней вопросов не было.
    }
stats-heading =
    { $days ->
        [1] Последние сутки
        [one] За { $days } день
        [few] За { $days } дня
       *[other] За { $days } дней
    }
stats-questions = Вопросов: { $count }, с ответом: { $answered } ({ $share })
stats-people =
    { $count ->
        [one] Спрашивали: { $count } человек
        [few] Спрашивали: { $count } человека
       *[other] Спрашивали: { $count } человек
    }
stats-times = Время ответа: медиана { $half }, в { $share } случаев не дольше { $most }
stats-ms = { $value } мс
stats-seconds = { $value } с
stats-languages = Языки
stats-vi = Вьетнамский
stats-vi-bare = Вьетнамский без диакритики
stats-en = Английский
stats-ru = Русский
stats-other = Другие языки
stats-part = { $count } ({ $share })
stats-cited = Чаще всего цитируются
stats-cited-times =
    { $count ->
        [one] { $count } раз
        [few] { $count } раза
       *[other] { $count } раз
    }
stats-days = Вопросов в день
date-pattern-chart = dd.MM
stats-with-answer = с ответом
stats-in-vain = без ответа
stats-shares = Доля с ответом
stats-mean-ms = Среднее время ответа, мс
stats-mean-seconds = Среднее время ответа, с
stats-no-data = нет данных

## /gaps and /feedback

gaps-heading =
    Вопросы без ответа за { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    }: { $times } – { $count ->
        [one] { $count } тема
        [few] { $count } разные темы
       *[other] { $count } разных тем
    }
gaps-none =
    За { $days ->
        [1] последний день
        [one] последний { $days } день
        [few] последние { $days } дня
       *[other] последние { $days } дней
    } вопросов без ответа не было.
gaps-not-kept = Вопросы не сохраняются (TRICHDAN_KEEP_QUESTIONS_DAYS=0), показать нечего.
gaps-times =
    { $count ->
        [one] { $count } раз
        [few] { $count } раза
       *[other] { $count } раз
    }
gaps-people =
    { $count ->
        [one] { $count } человек
        [few] { $count } человека
       *[other] { $count } человек
    }
gaps-variants =
    { $count ->
        [one] ≈ и ещё { $count } формулировка
        [few] ≈ и ещё { $count } формулировки
       *[other] ≈ и ещё { $count } формулировок
    }
gaps-answered-hint = ✓ Теперь в подборке есть ответ.
gaps-add-hint = ➕ Нажмите номер вопроса и пришлите файл или ссылку с ответом на него.
gaps-disputed = 👎 { $count }: «В статьях это есть»
gaps-send = Теперь пришлите файл или ссылку с ответом на вопрос «{ $question }». Я добавлю это и задам вопрос ещё раз.
gaps-gone = Этого вопроса в списке больше нет. Нынешний список покажет /gaps.
gaps-asked-again = Спрашиваю ещё раз: «{ $question }»
gaps-exported = Вопросы, оставшиеся без ответа. Заполните article_ids и answers, поставьте answerable: true и запустите: trichdan eval ФАЙЛ
button-export = Выгрузить файлом
feedback-none = Плохих оценок нет.
feedback-question-hidden = (вопросы не сохраняются)
feedback-asked-by = автор вопроса: { $person }
feedback-gone =
    { $count ->
        [one] { $count } показанного отрывка в подборке больше нет.
       *[other] { $count } показанных отрывков в подборке больше нет.
    }
feedback-more =
    { $count ->
        [one] …и ещё { $count } отрывок
        [few] …и ещё { $count } отрывка
       *[other] …и ещё { $count } отрывков
    }

## /log

log-heading = Журнал изменений
log-none = Администраторы пока ничего не меняли.
log-forgotten = (данные удалены)
log-added = Добавлено
log-removed = Убрано
log-returned = Возвращено
log-reindexed = Источники прочитаны заново
log-invited = Создано приглашение
log-withdrew = Отозвано приглашение
log-revoked = Закрыт доступ
model-unusable = Модель не работает. Что делать, подскажет `trichdan doctor` на сервере. (Подробности: { $said })
index-unusable = Индекс не работает. Что делать, подскажет `trichdan doctor` на сервере. (Подробности: { $said })
