# Почему не удалось прочитать; см. en.problems.ftl.

## Files

problem-unsupported-kind = файлы такого вида не читаются; нужен { $endings }
problem-unsupported-name = файлы такого вида не читаются; имя должно заканчиваться на { $endings }
problem-too-large = он больше { $limit } МБ; разделите его, одна статья – один файл
problem-upload-too-large = он больше { $limit } МБ; пришлите по частям
problem-file-closed = файл не открывается ({ $why }); проверьте права доступа
problem-broken-link = это ссылка на файл, которого нет; исправьте или удалите её
problem-folder-like-file = это папка с именем как у файла; переименуйте её, чтобы статьи в ней читались
problem-not-a-file = это не обычный файл
problem-no-article-text = текста статьи нет, только меню, подписи и подобное
problem-no-article = статей в нём нет
problem-reader-stumbles = он записан так, что разобрать его не удаётся ({ $error }); сохраните или экспортируйте его заново
problem-reader-stumbled = он записан так, что разобрать его не удаётся ({ $error }); сохраните или экспортируйте его заново или сохраните как простой текст
problem-reader-died = он повреждён, и чтение обрывается; сохраните или экспортируйте его заново
problem-too-long-to-read = чтение занимает больше { $limit } с; разделите его или сохраните как простой текст
problem-too-much-memory = чтение требует больше { $limit } ГБ памяти; разделите его или сохраните как простой текст
problem-upload-breaks-reader = чтение обрывается; пришлите в другом формате
problem-upload-memory = чтение требует слишком много памяти; пришлите по частям
problem-upload-time = чтение занимает слишком много времени; пришлите по частям
problem-not-staged = документ больше не ждёт добавления; пришлите его ещё раз
problem-name-taken = { $name } за это время добавлен заново; сначала уберите его
problem-twin = это та же статья, что и { $place }; одну из них можно удалить
problem-id-taken = имя { $id } уже у статьи в { $place }; измените одно из них
problem-name-not-utf8 = имя файла не в UTF-8; переименуйте его
problem-older-version = это прежняя версия { $url }; используется новая, эту можно удалить

## Web pages as files

problem-no-article-on-page = на странице нет статьи, только меню, подписи и подобное
problem-html-binary = это не HTML; дайте файлу расширение, которое соответствует его содержимому
problem-html-empty = он пуст; сохраните страницу заново
problem-html-not-text = это не HTML; сохраните страницу заново в UTF-8
problem-html-unreadable = читаемого HTML в нём нет; сохраните страницу заново в браузере
problem-html-too-deep = вложенность элементов больше { $most }; сохраните страницу заново

## Text

problem-empty = он пуст
problem-binary = это не текст; сохраните статью как текстовый файл в UTF-8
problem-undecodable = символы не читаются; сохраните его как текст в UTF-8
problem-damaged-line = это UTF-8, но строка { $line } повреждена; исправьте её или получите файл заново
problem-unknown-encoding = не удаётся определить, в какой он старой кодировке; сохраните его как текст в UTF-8
problem-font-encoding = вьетнамский текст набран в шрифтовой кодировке { $name }; переведите его в Юникод, например с помощью UniKey
problem-address-list = это список адресов, а не статья; добавьте сами адреса

## PDF

problem-pdf-encrypted = он зашифрован; сохраните его без пароля
problem-pdf-damaged = это повреждённый PDF или вовсе не PDF; скачайте или экспортируйте его заново
problem-pdf-pages = в нём { $count } стр., а читается не больше { $most }; разделите его, одна статья – один файл
problem-pdf-text = в нём больше { $limit } МБ текста; разделите его
problem-pdf-fonts = по его шрифтам не понять, что это за буквы; сначала распознайте текст (OCR)
problem-pdf-scanned = текста в нём нет, возможно, это скан; сначала распознайте текст (OCR)
problem-pdf-lost-pages = не читаются страницы { $named }, остальные прочитаны. Экспортируйте файл заново, чтобы были все

## Word

problem-docx-unreadable = прочитать его как документ Word не удаётся; откройте его в Word командой «Открыть и восстановить» и сохраните под другим именем
problem-docx-too-deep = его части слишком глубоко вложены; сохраните его как PDF
problem-docx-no-text = текста в нём нет, только картинки или ничего
problem-docx-is-other = это { $kind }
problem-docx-without-text = документ Word без текста внутри; откройте его в Word командой «Открыть и восстановить» и сохраните под другим именем
problem-docx-lost-part = часть { $part } не читается, остальное прочитано; откройте его в Word командой «Открыть и восстановить» и сохраните под другим именем
problem-docx-cut = он повреждён, части могут отсутствовать; откройте его в Word командой «Открыть и восстановить» и сохраните под другим именем
problem-docx-part-damaged = часть { $name } внутри повреждена
problem-is-excel = книга Excel; сохраните таблицу как .csv
problem-is-powerpoint = презентация PowerPoint; сохраните её как .pdf
problem-is-opendocument = текст OpenDocument; сохраните его как .docx
problem-is-epub = книга EPUB; смените расширение на .epub
problem-is-rtf = файл .rtf; сохраните его в Word как .docx
problem-is-pdf = PDF; смените расширение на .pdf
problem-is-page = веб-страница; смените расширение на .html или сохраните её в Word как .docx
problem-is-encrypted = зашифрованный файл; сохраните его без пароля
problem-is-old-word = старый файл Word (.doc); сохраните его как .docx

## EPUB

problem-epub-not-inside = в книге её нет
problem-epub-no-container = это EPUB без списка частей; скачайте его заново
problem-epub-no-package = это EPUB с повреждённым списком частей; скачайте его заново
problem-epub-locked = книга защищена от копирования (DRM); возьмите книгу без защиты
problem-epub-damaged = это повреждённый EPUB; скачайте его заново
problem-epub-no-chapter = это повреждённый EPUB, ни одна глава из { $count } не читается; скачайте его заново
problem-epub-no-text = текста в книге нет, только картинки или ничего
problem-text-too-long = в нём больше { $limit } МБ текста; разделите его
problem-epub-lost-list = список глав не читается, поэтому главы идут в порядке имён; скачайте книгу заново, чтобы были название и автор
problem-epub-cut = книга повреждена, главы могут отсутствовать; скачайте её заново
problem-epub-lost-chapter = глава { $name } пропущена, остальное прочитано; скачайте книгу заново
problem-epub-lost-chapters =
    { $count ->
        [one] пропущена ещё { $count } глава
        [few] пропущены ещё { $count } главы
       *[other] пропущено ещё { $count } глав
    }; скачайте книгу заново

## Zip

problem-zip-no-article = в архиве нет статей; нужны файлы { $endings }
problem-zip-cut = архив повреждён, файлы могут отсутствовать; целые прочитаны. Упакуйте или скачайте его заново, чтобы были все
problem-member-path = путь ведёт за пределы архива; упакуйте заново
problem-member-archive = архив внутри архива; распакуйте его и упакуйте сами статьи
problem-member-twice = в архиве есть другой файл с этим именем; переименуйте один из них
problem-zip-files = файлов в нём { $count }, а читается не больше { $most }; разделите его
problem-zip-bomb = в распакованном виде он слишком велик (байт: { $unpacked }), как «zip-бомба»; упакуйте заново одни статьи
problem-zip-damaged = он повреждён, или его расширение не соответствует содержимому; упакуйте, сохраните или скачайте его заново
problem-member-encrypted = он зашифрован; упакуйте без пароля
problem-member-link = это ссылка, а не файл; упакуйте сам файл
problem-member-method = он упакован необычным способом; упакуйте заново как обычный zip
problem-member-too-large = он больше { $limit } МБ; разделите его, одна статья – один файл
problem-member-grows = в распакованном виде он больше { $limit } МБ; упакуйте заново
problem-member-damaged = он повреждён внутри архива; упакуйте или скачайте заново
problem-member-sum = он повреждён внутри архива (неверная контрольная сумма); упакуйте или скачайте заново

## Tables

problem-line-too-large = строка больше { $limit } МБ; в строке должна быть одна статья
problem-line-undecodable = символы строки не читаются; сохраните файл в UTF-8
problem-line-not-json = строка – не JSON; в каждой строке должен быть один объект JSON
problem-line-no-object = строка – не объект JSON; нужен объект с полем «text»
problem-text-missing = поля «text» нет, или в нём не текст
problem-text-blank = поле «text» пустое
problem-field-no-string = в поле «{ $name }» не текст; исправьте его или уберите
problem-no-date = дата { $found } не читается; нужна ГГГГ-ММ-ДД
problem-kept-without-date = { $why }; статья оставлена без даты
problem-kept-without = { $why }; статья оставлена без него
problem-column-missing = нет столбца { $name }, указанного в TRICHDAN_COLUMNS; есть { $header }
problem-no-text-column = нет столбца с текстом статей; есть { $header }. Укажите его в TRICHDAN_COLUMNS, например text={ $example }
problem-no-column-names = в первой строке нет названий столбцов; исправьте её кавычки
problem-row-cells = в строке ячеек: { $count }, а столбцов: { $width }; возьмите в кавычки ячейки с разделителем
problem-row-undecodable = символы строки не читаются; сохраните файл в UTF-8
problem-row-quotes = в записи, которая начинается в строке { $line }, не закрыты кавычки, и она потеряна; закройте их
problem-rows-lost =
    в записи, которая начинается в строке { $line }, не закрыты кавычки; { $lost ->
        [one] потеряна { $lost } строка
        [few] потеряны { $lost } строки
       *[other] потеряно { $lost } строк
    }; закройте кавычки

## Metadata files

problem-metadata-too-large = он больше { $limit } МБ; нужна одна строка на файл
problem-metadata-row = строка { $number }: { $why }
problem-metadata-row-lost = строка { $number } пропущена: { $why }
problem-metadata-field = { $why }; остальное в строке учтено
problem-metadata-no-table = это не таблица; нужны заголовок с «path» и по строке на файл
problem-metadata-not-json = это не JSON; нужен список объектов, в каждом «path»
problem-metadata-no-objects = нужен список объектов, в каждом «path»
problem-metadata-no-path = нет «path»; нужен путь к файлу от папки
problem-metadata-unmatched = указан { $path }, которого в папке нет; исправьте путь или удалите строку
problem-metadata-lost = файл пропущен: { $why }

## The web

problem-web-host-fails =
    { $count ->
        [one] { $count } запрос к этому сайту не удался
        [few] { $count } запроса к этому сайту не удались
       *[other] { $count } запросов к этому сайту не удались
    }; попробуйте позже
problem-web-status = сайт ответил { $status }; попробуйте позже
problem-web-timeout = страница не пришла за { $limit }; попробуйте позже
problem-web-unreachable = связаться с сайтом не удаётся; попробуйте позже
problem-web-bad-redirect = перенаправление со страницы ведёт не на веб-адрес
problem-web-type = её тип – { $type }; нужны статья, лента или карта сайта
problem-web-many-pages =
    { $count ->
        [one] в списке больше { $count } страницы; разделите его и добавьте по частям
       *[other] в списке больше { $count } страниц; разделите его и добавьте по частям
    }
problem-web-copy-stays = { $why }; остаётся копия от { $date }
problem-web-no-room = нет места, чтобы её сохранить; освободите его
problem-web-redirected = перенаправляет на { $url }, а там: { $why }
problem-web-gone = страницы больше нет (сайт ответил { $status })
problem-web-no-page = сайт ответил { $status } и не прислал страницу; если браузер её показывает, сохраните её как файл
problem-web-no-rules = правила сайта для программ ({ $site }) не читаются: { $why }
problem-web-closed = сайт закрыт для программ ({ $site }); спросите владельца или сохраните страницу как файл
problem-web-no-address = это не веб-адрес; проверьте, как он написан
problem-web-scheme = адрес начинается с { $scheme }; нужен http:// или https://
problem-web-bad-host = это не веб-адрес; проверьте, как он написан
problem-web-userinfo = в адресе есть имя пользователя или пароль; читаются только открытые страницы
problem-web-private = { $host } не в открытом интернете; если он ваш, задайте TRICHDAN_WEB_PRIVATE=true
problem-web-redirects = перенаправлений больше { $most }; пришлите конечный адрес
problem-web-no-host = сайта { $host } нет; проверьте, как он написан
problem-web-unknown-host = сайт { $host } не найден, или нет связи; проверьте, как он написан
problem-web-damaged = страница пришла повреждённой; попробуйте позже
problem-web-cut-off = страница пришла не целиком; попробуйте позже
problem-web-too-large = она больше { $size }; пришлите её части отдельно
problem-web-packing = она упакована не так, как просили; сохраните страницу как файл
problem-web-list-in-list = это список страниц внутри другого списка; добавьте его отдельно
problem-web-copy-unreadable = её копия не читается; проверьте папку данных
problem-sitemap-doctype = это карта сайта с DOCTYPE, такие не читаются
problem-sitemap-empty = это карта сайта, в которой нет страниц
problem-sitemap-broken = это повреждённая карта сайта; адресов удалось разобрать: { $count }
problem-feed-empty = это лента без ссылок на страницы
problem-feed-unreadable = прочитать это как ленту не удаётся
problem-feed-not-json = прочитать это как ленту не удаётся
problem-web-no-way = веб-страницы здесь не читаются
problem-web-lists-none = страниц в списке нет
problem-web-lists-several = это список из нескольких страниц; добавьте его в TRICHDAN_SOURCES

## Sources

problem-source-missing = источника { $source } нет; проверьте путь
problem-source-problem = источник { $source }: { $why }
problem-source-kind = источник { $source } прочитать нельзя: такие не поддерживаются; нужна папка или файл { $endings }
problem-source-on-web = источник { $source } в интернете, здесь он не читается
problem-nothing-found = в { $named } не найдено ни одной статьи. { $stay } { $why }
problem-removed-stay = Убранные статьи не возвращаются.
problem-first-failed = { $path }: { $why }
problem-first-failed-of = { $path }: { $why } (и ещё { $count })

## The disk and the memory

problem-disk-full = диск с { $folder } заполнен (свободно { $free } МБ); освободите место и попробуйте ещё раз
problem-disk-full-for = диск с { $folder } заполнен (свободно { $free } МБ, нужно около { $needed } МБ); освободите место и попробуйте ещё раз
problem-file-limit = пользователю, от имени которого я работаю, нельзя писать такие большие файлы; поднимите предел (ulimit -f) и попробуйте ещё раз
problem-disk-refuses = диск с { $folder } не даёт записать; проверьте его состояние
problem-folder-closed = у пользователя, от имени которого я работаю, нет права писать в { $folder }; исправьте права доступа
problem-folder-taken = на месте папки { $folder } лежит файл; уберите его
problem-reader-killed = чтение прервано извне, скорее всего из-за нехватки памяти; добавьте машине памяти или читайте меньше статей за раз
