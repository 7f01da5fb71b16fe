# Why something could not be read: what follows "cannot be added:" or the name of a file. The kinds stand in
# retrieval/problems.py.

## Files

problem-unsupported-kind = this kind of file cannot be read; expected { $endings }
problem-unsupported-name = this kind of file cannot be read; the name should end in { $endings }
problem-too-large = it is larger than { $limit } MB; split it into one file per article
problem-upload-too-large = it is larger than { $limit } MB; send it in parts
problem-file-closed = the file cannot be opened ({ $why }); check its permissions
problem-broken-link = it is a link to a file that does not exist; fix or remove it
problem-folder-like-file = it is a folder named like a file; rename it to have its articles read
problem-not-a-file = it is not a regular file
problem-no-article-text = it holds no article text, only menus, captions or the like
problem-no-article = it holds no article
problem-reader-stumbles = it is written in a way I cannot make sense of ({ $error }); save or export it again
problem-reader-stumbled = it is written in a way I cannot make sense of ({ $error }); save or export it again, or as plain text
problem-reader-died = it is damaged and breaks off reading; save or export it again
problem-too-long-to-read = reading it takes more than { $limit } seconds; split it, or save it as plain text
problem-too-much-memory = reading it takes more than { $limit } GB of memory; split it, or save it as plain text
problem-upload-breaks-reader = reading it breaks off; send it in another format
problem-upload-memory = reading it takes too much memory; send it in parts
problem-upload-time = reading it takes too long; send it in parts
problem-not-staged = it is not waiting any more; send it again
problem-name-taken = { $name } was added again meanwhile; remove that one first
problem-twin = it is the same article as { $place }; one of them can be removed
problem-id-taken = the id { $id } belongs to the article in { $place } already; change one of them
problem-name-not-utf8 = its name is not UTF-8; rename it
problem-older-version = it is an older version of { $url }; the newer one is used, this one can be removed

## Web pages as files

problem-no-article-on-page = there is no article on this page, only menus, captions or the like
problem-html-binary = this is not HTML; give the file the ending of its kind
problem-html-empty = it is empty; save the page again
problem-html-not-text = this is not HTML; save the page again as UTF-8
problem-html-unreadable = it holds no HTML that can be read; save the page again in a browser
problem-html-too-deep = its elements are nested more than { $most } deep; save the page again

## Text

problem-empty = it is empty
problem-binary = this is not text; save the article as a UTF-8 text file
problem-undecodable = its characters cannot be read; save it as UTF-8 text
problem-damaged-line = it is UTF-8, but line { $line } is damaged; fix that line, or get the file again
problem-unknown-encoding = it is in an older encoding that I cannot identify; save it as UTF-8 text
problem-font-encoding = its Vietnamese is typed in the { $name } font encoding; convert it to Unicode, for example with UniKey
problem-address-list = it is a list of addresses, not an article; add the addresses themselves

## PDF

problem-pdf-encrypted = it is encrypted; save it without a password
problem-pdf-damaged = it is a damaged PDF, or no PDF at all; download or export it again
problem-pdf-pages = it has { $count } pages, and at most { $most } are read; split it into one file per article
problem-pdf-text = it holds more than { $limit } MB of text; split it
problem-pdf-fonts = its fonts do not tell which letters they show; run text recognition (OCR) on it first
problem-pdf-scanned = it holds no text and may be scanned; run text recognition (OCR) on it first
problem-pdf-lost-pages = these pages cannot be read: { $named }. The others are. Export it again to have all of them

## Word

problem-docx-unreadable = it cannot be read as a Word document; open it in Word with “Open and Repair” and save it under another name
problem-docx-too-deep = its parts are nested too deeply; save it as PDF
problem-docx-no-text = it holds no text, only pictures or nothing
problem-docx-is-other = it is { $kind }
problem-docx-without-text = a Word document whose text is missing; open it in Word with “Open and Repair” and save it under another name
problem-docx-lost-part = the part { $part } cannot be read, the rest is; open it in Word with “Open and Repair” and save it under another name
problem-docx-cut = it is damaged, and parts may be missing; open it in Word with “Open and Repair” and save it under another name
problem-docx-part-damaged = the part { $name } inside is damaged
problem-is-excel = an Excel workbook; save its table as .csv
problem-is-powerpoint = a PowerPoint presentation; save it as .pdf
problem-is-opendocument = an OpenDocument text; save it as .docx
problem-is-epub = an EPUB book; rename it to .epub
problem-is-rtf = a rich text file (.rtf); save it in Word as .docx
problem-is-pdf = a PDF; rename it to .pdf
problem-is-page = a page of text; rename it to .html, or save it in Word as .docx
problem-is-encrypted = encrypted; save it without a password
problem-is-old-word = an old Word file (.doc); save it as .docx

## EPUB

problem-epub-not-inside = it is not in the book
problem-epub-no-container = it is an EPUB whose table of parts is missing; download it again
problem-epub-no-package = it is an EPUB whose table of parts is damaged; download it again
problem-epub-locked = it is copy-protected (DRM); get the book without copy protection
problem-epub-damaged = it is a damaged EPUB; download it again
problem-epub-no-chapter = it is a damaged EPUB, none of its { $count } chapters can be read; download it again
problem-epub-no-text = it holds no text, only pictures or nothing
problem-text-too-long = it holds more than { $limit } MB of text; split it
problem-epub-lost-list = its list of chapters cannot be read, so they are read in the order of their names; download the book again to have its title and author
problem-epub-cut = it is damaged, and chapters may be missing; download the book again
problem-epub-lost-chapter = the chapter { $name } is left out, the rest is read; download the book again
problem-epub-lost-chapters = { $count } more chapters are left out; download the book again

## Zip

problem-zip-no-article = there is no article in this archive; expected files ending in { $endings }
problem-zip-cut = it is damaged, and files may be missing; those that are whole are read. Pack or download it again to have all of them
problem-member-path = its path leads out of the archive; pack it again
problem-member-archive = an archive inside an archive; unpack it and pack its articles themselves
problem-member-twice = the archive holds another file of this name; rename one of them
problem-zip-files = it holds { $count } files, and at most { $most } are read; split it
problem-zip-bomb = unpacked it would be far too large ({ $unpacked } bytes), like a zip bomb; pack it again with the articles alone
problem-zip-damaged = it is damaged, or not what its name says; pack, save or download it again
problem-member-encrypted = it is encrypted; pack it again without a password
problem-member-link = it is a link, not a file; pack the file itself
problem-member-method = it is packed in an uncommon way; pack it again as an ordinary zip
problem-member-too-large = it is larger than { $limit } MB; split it into one file per article
problem-member-grows = unpacked it is larger than { $limit } MB; pack it again
problem-member-damaged = it is damaged inside the archive; pack or download it again
problem-member-sum = it is damaged inside the archive (wrong check sum); pack or download it again

## Tables

problem-line-too-large = the line is larger than { $limit } MB; expected one article a line
problem-line-undecodable = the characters of the line cannot be read; save the file as UTF-8
problem-line-not-json = the line is not valid JSON; expected one JSON object a line
problem-line-no-object = the line is no JSON object; expected an object with a “text”
problem-text-missing = the field “text” is missing or is not text
problem-text-blank = the field “text” is blank
problem-field-no-string = the field “{ $name }” is not text; correct it or leave it out
problem-no-date = the date { $found } cannot be read; expected YYYY-MM-DD
problem-kept-without-date = { $why }; the article is kept without a date
problem-kept-without = { $why }; the article is kept without it
problem-column-missing = there is no column { $name }, which TRICHDAN_COLUMNS names; the columns are { $header }
problem-no-text-column = no column holds the articles' text; the columns are { $header }. Name it in TRICHDAN_COLUMNS, for example text={ $example }
problem-no-column-names = its first row holds no column names; fix its quotes
problem-row-cells = the row has { $count } cells under { $width } column names; put cells that hold the separator in quotes
problem-row-undecodable = the characters of the row cannot be read; save the file as UTF-8
problem-row-quotes = the quotes of the row that begins in line { $line } are not closed, so it is lost; close them
problem-rows-lost = the quotes of the row that begins in line { $line } are not closed, so { $lost } lines are lost; close them

## Metadata files

problem-metadata-too-large = it is larger than { $limit } MB; expected one row a file
problem-metadata-row = row { $number }: { $why }
problem-metadata-row-lost = row { $number } is left out: { $why }
problem-metadata-field = { $why }; the rest of the row counts
problem-metadata-no-table = it is not a table; expected a header with “path” and one row a file
problem-metadata-not-json = it is not valid JSON; expected a list of objects with a “path” each
problem-metadata-no-objects = expected a list of objects with a “path” each
problem-metadata-no-path = “path” is missing; expected a file's path relative to the folder
problem-metadata-unmatched = it names { $path }, which is not in the folder; correct the path or remove the row
problem-metadata-lost = it is left out: { $why }

## The web

problem-web-host-fails = { $count } requests to this site have failed; try again later
problem-web-status = the site answered { $status }; try again later
problem-web-timeout = the page did not come within { $limit }; try again later
problem-web-unreachable = the site cannot be reached; try again later
problem-web-bad-redirect = the page redirects to something that is no web address
problem-web-type = it is of the type { $type }; expected an article, a feed or a sitemap
problem-web-many-pages = it lists more than { $count } pages; add parts of it separately
problem-web-copy-stays = { $why }; the copy of { $date } stays in use
problem-web-no-room = there is no room to keep it; free some space
problem-web-redirected = it redirects to { $url }, and there: { $why }
problem-web-gone = the page is gone (the site answered { $status })
problem-web-no-page = the site answered { $status } and sent no page; if a browser shows it, save it as a file
problem-web-no-rules = the site's rules for programs ({ $site }) cannot be read: { $why }
problem-web-closed = the site does not allow programs to read it ({ $site }); ask its owner, or save the page as a file
problem-web-no-address = this is not a web address; check how it is written
problem-web-scheme = it begins with { $scheme }; expected http:// or https://
problem-web-bad-host = this is not a web address; check how it is written
problem-web-userinfo = the address holds a user name or password; only public pages are read
problem-web-private = { $host } is not on the public internet; if it is yours, set TRICHDAN_WEB_PRIVATE=true
problem-web-redirects = it redirects more than { $most } times; send the address that it should lead to
problem-web-no-host = there is no site { $host }; check how it is written
problem-web-unknown-host = there is no site { $host }, or the connection is down; check how it is written
problem-web-damaged = the page arrived damaged; try again later
problem-web-cut-off = the page arrived cut off; try again later
problem-web-too-large = it is larger than { $size }; send its parts separately
problem-web-packing = it arrived compressed in a way that I did not ask for; save the page as a file
problem-web-list-in-list = it is a list of pages inside another list; add it separately
problem-web-copy-unreadable = its copy cannot be read; check the data folder
problem-sitemap-doctype = it is a sitemap with a DOCTYPE, which is not read
problem-sitemap-empty = it is a sitemap that lists no page
problem-sitemap-broken = it is a damaged sitemap; { $count } addresses could be made out
problem-feed-empty = it is a feed without links to pages
problem-feed-unreadable = it cannot be read as a feed
problem-feed-not-json = it cannot be read as a feed
problem-web-no-way = web pages cannot be read here
problem-web-lists-none = it lists no page
problem-web-lists-several = it lists several pages; add it to TRICHDAN_SOURCES instead

## Sources

problem-source-missing = the source { $source } does not exist; check the path
problem-source-problem = the source { $source }: { $why }
problem-source-kind = the source { $source } is of no kind that can be read; expected a folder or a file ending in { $endings }
problem-source-on-web = the source { $source } is on the web, which is not read here
problem-nothing-found = no article was found in { $named }. { $stay } { $why }
problem-removed-stay = Articles that were removed stay out.
problem-first-failed = { $path }: { $why }
problem-first-failed-of = { $path }: { $why } (and { $count } more)

## The disk and the memory

problem-disk-full = the disk with { $folder } is full ({ $free } MB free); free some space, then try again
problem-disk-full-for = the disk with { $folder } is full ({ $free } MB free, about { $needed } MB are needed); free some space, then try again
problem-file-limit = files may not be that large for the user that runs me; raise the limit (ulimit -f), then try again
problem-disk-refuses = the disk with { $folder } cannot be written to; check the disk for errors
problem-folder-closed = { $folder } is closed to the user that runs me, or read-only; correct its permissions
problem-folder-taken = a file is in the place of the folder { $folder }; move it away
problem-reader-killed = reading was ended from outside, most likely because memory ran short; give the machine more memory, or read fewer articles at a time
