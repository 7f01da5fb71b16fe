# Trichdan bằng tiếng Việt. Ba tệp phải có cùng mã tin và cùng biến (tests/test_texts.py).

## Bản thân ngôn ngữ này, và cách viết ngày tháng

language-name = Tiếng Việt
language-also = Vietnamese
date-pattern = dd/MM/yyyy
date-pattern-first = dd/MM/yyyy

## Lần đầu gặp

start =
    Xin chào! Bạn cứ đặt câu hỏi, mình sẽ trả lời bằng những đoạn trích nguyên văn từ các bài báo, kèm nguồn. Mình không thêm thắt chữ nào.

    Bạn hỏi bằng tiếng Việt (có dấu hay không dấu), tiếng Anh hay tiếng Nga đều được.
collection = Hiện có { $articles } bài báo.
collection-dated =
    { $articles ->
        [1] Hiện có { $articles } bài báo, ngày { $first }.
       *[other] Hiện có { $articles } bài báo, từ ngày { $first } đến ngày { $last }.
    }
collection-one-date =
    { $articles ->
        [1] Hiện có { $articles } bài báo, ngày { $date }.
       *[other] Hiện có { $articles } bài báo, đều ngày { $date }.
    }
collection-some-dated = Hiện có { $articles } bài báo, trong đó { $dated } bài có ghi ngày: { $dates }.
dates = từ { $first } đến { $last }
start-example = Bạn hỏi thử câu này nhé:
help =
    Bạn gửi câu hỏi, mình sẽ tìm câu trả lời trong các bài báo. Mỗi câu trả lời là một đoạn trích nguyên văn, câu quan trọng được in đậm, nguồn ghi ngay bên dưới.

    • Câu hỏi nêu rõ tên người, địa danh hay ngày tháng sẽ dễ tìm hơn.
    • Tiếng Việt có dấu, không dấu, tiếng Anh, tiếng Nga đều được.
    • Bạn có thể hỏi tiếp thật ngắn, như “Còn năm 2021?”; /new để sang chủ đề mới.
    • Nếu các bài báo không có câu trả lời, mình sẽ nói thẳng.
    • Trong nhóm, bạn gõ /ask kèm câu hỏi, hoặc trả lời một tin nhắn của mình. Gõ /ask khi trả lời tin nhắn của người khác để mình đáp câu hỏi của họ.
    • Trong mọi cuộc trò chuyện khác, bạn gõ tên bot (@…) và câu hỏi, rồi chọn một đoạn trích để đăng.
    • /language chọn ngôn ngữ mình viết, /about giới thiệu kho bài, /forgetme xóa những gì mình lưu về bạn.
start-articles = Danh sách bài: /articles
collection-languages =
    { $count ->
       *[other] Ngôn ngữ của bài: { $languages }
    }
ask-usage-plain = Bạn viết câu hỏi ngay sau lệnh /ask nhé.
ask-usage = Bạn viết câu hỏi ngay sau lệnh nhé, ví dụ: /ask { $example }

## Thay cho câu trả lời

refused = Các bài báo hiện có không trả lời được câu này. Bạn thử hỏi cách khác, hoặc nêu rõ tên người, địa danh hay thời gian nhé.
nearest-heading = Những đoạn sát câu hỏi nhất, dù không trả lời được:
blank = Bạn chưa nhập câu hỏi. Bạn muốn biết điều gì?
too-long = Câu hỏi dài quá. Bạn rút gọn còn tối đa { $limit } ký tự giúp mình nhé.
greeting = Xin chào! Bạn muốn biết điều gì? Mình sẽ trích nguyên văn từ các bài báo.
thanks = Không có gì đâu! Cần gì bạn cứ hỏi tiếp nhé.
goodbye = Tạm biệt bạn! Khi nào cần hỏi gì, bạn cứ quay lại nhé.
abilities = Mình trả lời câu hỏi về các bài báo trong kho bằng những đoạn trích nguyên văn, kèm nguồn. Bạn cứ hỏi bằng tiếng Việt (có dấu hay không dấu), tiếng Anh hoặc tiếng Nga, rồi hỏi tiếp thật ngắn, như “Còn năm 2021?”. Điều gì các bài báo không viết thì mình cũng không nói.
identity = Mình là Trichdan, một con bot, không có người ngồi trả lời ở đây. Mình tìm câu trả lời trong kho bài báo và trích lại nguyên văn, kèm nguồn.
help-short = Bạn hỏi thành một câu đầy đủ, nêu rõ tên người, địa danh hay thời gian. Mình sẽ trích nguyên văn từ các bài báo và ghi rõ nguồn. Trên Telegram, bạn gõ /help để xem thêm.
language-answer = Lời của mình có thể viết bằng tiếng Việt, tiếng Anh hoặc tiếng Nga: trên Telegram, bạn chọn bằng /language. Các đoạn trích luôn giữ nguyên ngôn ngữ của bài báo, vì mình không dịch và không viết lại.
wrong = Mình xin lỗi vì chưa giúp được bạn. Mình chỉ trích các bài báo, và đôi khi chọn nhầm đoạn. Bạn thử nêu rõ tên người, địa danh hay thời gian nhé; trên Telegram, các nút dưới câu trả lời cho xem thêm, còn 👎 giúp mình biết còn thiếu gì.
noted = Vâng! Khi nào muốn hỏi gì về các bài báo, bạn cứ nhắn nhé.
certain = Mỗi đoạn trích đều giữ nguyên từng chữ trong bài báo, mình không thêm gì, nhưng mình có thể chọn nhầm đoạn, nên bạn hãy xem nguồn ghi dưới đoạn trích nhé.
further = Trên Telegram, các nút dưới câu trả lời cho xem đoạn trước, đoạn sau và thêm kết quả. Hoặc bạn hỏi câu khác, nêu rõ tên người, địa danh hay thời gian nhé.
rude = Mình xin lỗi vì chưa giúp được bạn. Bạn cho mình biết tên người, địa danh hay thời gian muốn hỏi, mình sẽ tìm lại nhé.
chatting = Mình không giỏi tán gẫu: mình chỉ biết trích các bài báo thôi. Bạn muốn biết điều gì trong các bài ấy?
articles-titles = Chẳng hạn có các bài về:
unclear = Mình chưa hiểu bạn muốn hỏi gì. Bạn viết thành một câu đầy đủ giúp mình nhé.
unsupported = Mình chỉ đọc được chữ. Bạn viết câu hỏi ra giúp mình, hoặc ghi vào phần chú thích của ảnh hay tệp nhé.
failed = Có lỗi xảy ra ở phía mình. Bạn thử lại sau ít phút nhé.

## Nguồn trích

date-unknown = không rõ ngày
paragraph = đoạn { $number }
paragraphs = đoạn { $first }–{ $last }
paragraphs-answer = đoạn { $first }–{ $last }, câu trả lời ở đoạn { $number }
page = trang { $number }
pages = trang { $first }–{ $last }
pages-answer = trang { $first }–{ $last }, câu trả lời ở trang { $number }
also-in = còn có trong { $count } bài khác
also-in-one = còn có trong { $name }
also-in-two = còn có trong { $first } và { $last }
also-in-more = còn có trong { $names } và { $count } bài khác
opening = “{ $words }”…
opening-whole = “{ $words }”
untitled = Bài không có tiêu đề
confidence-low = Mình chưa chắc đây đúng là câu trả lời bạn cần:
uncalibrated = Với mô hình này, mình chưa đánh giá chính xác được liệu bài báo có trả lời câu hỏi hay không, nên kết luận “có” hay “không” chỉ để tham khảo.

## Kho bài

not-ready = Mình chưa sẵn sàng vì chưa đọc xong các bài báo. Bạn quay lại sau ít phút nhé.
not-ready-admin = Chưa có chỉ mục. Bạn gửi /reindex để mình đọc các bài báo.
admin-only = Chỉ quản trị viên của bot mới dùng được lệnh này.
reindex-started = Mình bắt đầu đọc các bài báo. Trong lúc đó bạn vẫn hỏi được bình thường.
reindex-reading = Đang đọc bài: { $done }
reindex-progress =
    { $stage ->
        [reading] Đang đọc bài
        [embedding] Đang xử lý các đoạn
        [sentences] Đang xử lý từng câu
       *[writing] Đang ghi chỉ mục
    }: { $done }/{ $total }
reindex-left = Còn khoảng { $minutes } phút.
reindex-report =
    Đã cập nhật kho bài: { $articles } bài, { $passages } đoạn.
    Thêm { $added }, thay đổi { $changed }, xóa { $removed }, giữ nguyên { $unchanged }.
reindex-report-failed = Không đọc được { $count } tệp:
reindex-report-more = …và { $count } tệp nữa
loss = Lần cập nhật này sẽ bỏ { $count } trong số { $of } bài khỏi kho:
loss-more = …và { $count } bài nữa
loss-unnamed = Không còn trong danh sách nguồn: { $sources }
loss-question = Chưa có gì thay đổi. Bạn có muốn bỏ những bài này không?
loss-notice = Một lần cập nhật kho bài đã bị tạm dừng.
loss-notice-mend = Chưa có gì thay đổi. Nếu đúng ý bạn, hãy chạy lại với --yes, hoặc gửi /reindex rồi xác nhận. Nếu không, bạn kiểm tra lại các nguồn giúp nhé.
loss-kept = Không có gì thay đổi, kho bài giữ nguyên.
button-loss-yes = Bỏ những bài này
button-loss-no = Giữ lại tất cả
doubt =
    Chỉ mục mới trả lời được { $after } trên { $asked } câu hỏi tự kiểm tra, chỉ mục đang dùng trả lời được { $before }. Nó được giữ lại nhưng chưa đưa vào dùng. Những câu không còn trả lời được:
doubt-question = Bạn kiểm tra lại các nguồn rồi gửi /reindex, hoặc vẫn dùng chỉ mục mới.
doubt-taken = Chỉ mục mới đã được đưa vào dùng. Lệnh `trichdan rollback` sẽ quay về chỉ mục trước đó.
doubt-gone = Chỉ mục đó không còn hoặc đã hỏng. Bạn gửi /reindex nhé.
button-doubt-take = Vẫn dùng
reindex-running = Mình đang đọc các bài báo rồi, bạn chờ một chút nhé.
reindex-stopped = Mình đang được khởi động lại nên việc đọc bài dừng giữa chừng, kho cũ vẫn được dùng. Lát nữa bạn gửi lại /reindex nhé.
reindex-failed = Chưa cập nhật được kho bài, kho cũ vẫn được dùng. Lý do: { $reason }

## Nút bấm

button-disputed = 👎 Trong bài có mà
button-nearest = Xem các đoạn sát nhất
button-expired = Kho bài đã được cập nhật. Bạn gửi lại câu hỏi giúp mình nhé.
no-more = Mình chỉ tìm được chừng đó thôi.

## Mô tả trong thực đơn Telegram

command-start = Bot này làm gì
command-help = Cách đặt câu hỏi
command-ask = Đặt câu hỏi (tiện dùng trong nhóm)
command-reindex = Đọc lại các bài báo (quản trị viên)

## Dòng lệnh

console-welcome = Bạn hãy hỏi về nội dung các bài báo. :help xem các lệnh, :quit để thoát.
console-prompt = Câu hỏi
console-help =
    :more       xem thêm đoạn trích, hoặc các đoạn sát nhất khi không có câu trả lời
    :context N  đoạn trích số N cùng các đoạn xung quanh
    :articles P danh sách bài báo, trang P
    :read N P   đọc bài số N trong danh sách, trang P
    :new        bắt đầu cuộc trò chuyện mới
    :help       danh sách này
    :quit       thoát
    Mọi dòng khác đều là câu hỏi.
console-waiting = Còn { $count } đoạn trích nữa: gõ :more. Xem đoạn trích 1 đầy đủ cùng các đoạn xung quanh: gõ :context 1.
console-trimmed = Đoạn trích đã được rút gọn: gõ :context 1 để xem đầy đủ cùng các đoạn xung quanh.
ask-waiting = Còn { $count } đoạn trích nữa. Thêm --all để xem tất cả, không rút gọn.
ask-trimmed = Đoạn trích đã được rút gọn. Thêm --all để xem đầy đủ.
console-nearest = Gõ :more để xem những đoạn sát câu hỏi nhất, dù không trả lời được.
console-unknown = Không có lệnh { $command }. Gõ :help để xem các lệnh.
console-no-excerpt = Không có đoạn trích số { $number }. Bạn chọn số của một đoạn trích đã hiện ở trên nhé.
console-ask-first = Bạn đặt câu hỏi trước đã nhé.

## Trả lời trong trò chuyện và các nút

searched = Tìm: “{ $question }”
about-text-heading = Các bài báo viết gì về nội dung này:
about-text-refused = Các bài báo hiện có không nhắc gì đến nội dung này.
nearest-topics = Những bài sát câu hỏi nhất nói về:
hint-figures =
    { $undated ->
        [0] Các nguồn này có ngày khác nhau nên số liệu có thể đã thay đổi. Mới nhất là số { $number }, ngày { $date }.
       *[other] Các nguồn này có ngày khác nhau nên số liệu có thể đã thay đổi. Trong các nguồn có ghi ngày, mới nhất là số { $number }, ngày { $date }.
    }
hint-old =
    { $sources ->
        [1] Nguồn này từ ngày { $date }, đến nay thông tin có thể đã thay đổi.
       *[other] Nguồn mới nhất ở đây từ ngày { $date }, đến nay thông tin có thể đã thay đổi.
    }
button-before = ◀ Đoạn trước
button-after = Đoạn sau ▶
button-back = ‹ Trước
button-more = Thêm ›
button-waiting = Thêm ({ $count })
button-newest = Mới nhất
button-relevant = Sát nhất
button-only-this = Chỉ tìm câu này
button-stale = Mình không còn giữ câu trả lời này nữa. Bạn gửi lại câu hỏi giúp mình nhé.
vote-thanks = Cảm ơn bạn!
vote-thanks-down = Cảm ơn bạn. Nhờ vậy mình biết còn thiếu gì.
context-start = Đây là đầu bài rồi.
context-end = Đây là cuối bài rồi.
context-full = Tin nhắn đã đầy. Nếu tiêu đề có liên kết, bạn bấm vào để đọc cả bài nhé.
queue-notice = Mình đang trả lời các câu khác. Câu hỏi của bạn đã vào hàng chờ, bạn chờ một chút nhé.
rate-limited = Bạn hỏi nhanh quá, mình chưa theo kịp. { $seconds } giây nữa mình trả lời tiếp nhé.
new-done = Xong! Câu hỏi tiếp theo sẽ được hiểu riêng, không dựa vào câu trước.

## Cách cư xử: thực đơn, lời giới thiệu, những gì được lưu, ngôn ngữ, /about

command-new = Bắt đầu chủ đề mới
command-language = Chọn ngôn ngữ
command-about = Giới thiệu kho bài
command-forgetme = Xóa những gì mình lưu về bạn
description =
    Bạn cứ đặt câu hỏi, bot sẽ trả lời bằng những đoạn trích nguyên văn từ các bài báo, kèm tiêu đề, nguồn, ngày tháng và liên kết nếu có. Bot không thêm thắt chữ nào: nếu các bài báo không có câu trả lời, bot sẽ nói thẳng.

    Bạn có thể hỏi bằng tiếng Việt (có dấu hay không dấu đều được), tiếng Anh hoặc tiếng Nga.
description-short = Trả lời câu hỏi bằng những đoạn trích nguyên văn từ các bài báo, kèm nguồn rõ ràng.
examples-heading =
    { $count ->
        [1] Bấm để hỏi thử câu này:
       *[other] Bấm vào một câu để hỏi thử:
    }
privacy =
    { $days ->
        [0] Mình chỉ giữ câu hỏi của bạn tối đa một ngày để các nút bấm và câu hỏi tiếp nối hoạt động; /forgetme xóa ngay.
       *[other] Mình giữ câu hỏi của bạn { $days } ngày để hoàn thiện kho bài; gõ /forgetme là xóa hết.
    }
language-choose = Bạn muốn mình viết bằng ngôn ngữ nào? Bạn vẫn hỏi được bằng mọi thứ tiếng.
language-set = Từ giờ mình sẽ viết cho bạn bằng tiếng Việt.
language-automatic = Mình sẽ viết theo ngôn ngữ Telegram của bạn, nếu không rõ thì theo ngôn ngữ câu hỏi.
button-automatic = Tự động
forgotten =
    { $count ->
        [0] Mình không lưu gì về bạn nên không có gì để xóa. Bạn cứ hỏi bất cứ lúc nào nhé.
       *[other] Xong rồi. Mình đã xóa mọi thứ từng lưu về bạn, cả câu hỏi lẫn cài đặt, không giữ lại gì. Lúc nào bạn quay lại mình cũng vui.
    }
about-heading = Về kho bài này
about-size = { $articles } bài báo, { $passages } đoạn
about-dates = Từ ngày { $first } đến ngày { $last }
about-date = Ngày { $date }
about-some-dated = { $dated } bài có ghi ngày: { $dates }
about-undated = Không rõ ngày
about-newest = Mới nhất:
about-age = Cập nhật { $age }
about-model = Mô hình: { $model }
about-verbatim = Mọi đoạn trích đều nguyên văn, đúng từng chữ như trong bài báo, và được kiểm tra lại ngay lúc gửi.

## Số liệu và ngày tháng trong ngoặc, theo cách viết của người đọc

atom = { $written } ({ $converted })
atom-number =
    { $magnitude ->
        [million] { $digits } triệu
        [billion] { $digits } tỷ
        [trillion] { $digits } nghìn tỷ
       *[none] { $digits }
    }
atom-money =
    { $currency ->
        [dollars] { $number } đô la
       *[code] { $number } { $currency }
    }
atom-measure =
    { $unit ->
        [percent] { $number }%
        [percentage_points] { $number } điểm %
        [kilometres] { $number } km
        [metres] { $number } m
        [centimetres] { $number } cm
        [millimetres] { $number } mm
        [square_metres] { $number } m²
        [square_kilometres] { $number } km²
        [cubic_metres] { $number } m³
        [hectares] { $number } ha
        [miles] { $number } dặm
        [nautical_miles] { $number } hải lý
        [kilometres_per_hour] { $number } km/h
        [kilograms] { $number } kg
        [tonnes] { $number } tấn
        [litres] { $number } lít
        [degrees_celsius] { $number } °C
        [kilowatt_hours] { $number } kWh
        [megawatts] { $number } MW
        [barrels] { $number } thùng
       *[none] { $number }
    }
atom-count =
    { $unit ->
        [years] { $count ->
           *[other] { $number } năm
        }
        [months] { $number } tháng
        [weeks] { $number } tuần
        [days] { $number } ngày
        [minutes] { $number } phút
        [seconds] { $number } giây
        [decades] { $number } thập kỷ
        [centuries] { $number } thế kỷ
        [years_old] { $number } tuổi
        [times] { $number } lần
        [people] { $number } người
        [projects] { $number } dự án
        [countries] { $number } quốc gia
        [companies] { $number } doanh nghiệp
        [doses] { $number } liều
       *[none] { $number }
    }
atom-rate =
    { $period ->
        [month] { $amount }/tháng
        [day] { $amount }/ngày
       *[year] { $amount }/năm
    }
atom-quarter = quý { $quarter }
atom-quarter-of = quý { $quarter }/{ $year }
atom-decade = thập niên { $year }
atom-century = thế kỷ { $number }
date-pattern-day = d/M
date-pattern-month = M/y
date-pattern-month-alone = M

## Danh sách bài báo

articles-hint = Bấm một số bên dưới để đọc bài ngay tại đây.
articles-none = Kho chưa có bài báo nào.
articles-off = Danh sách bài báo ở đây không công khai. Bạn cứ hỏi, mình sẽ trích những bài có câu trả lời.
articles-gone = Bài này không còn trong kho nữa.
button-articles = ☰ Các bài báo
button-read-on = Đọc tiếp ›
command-articles = Có những bài báo nào
help-articles = • /articles liệt kê các bài báo trong kho.
console-read-hint = Gõ :read N để đọc bài số N.
console-read-on = Gõ { $command } để đọc tiếp.
console-no-article = Danh sách không có bài số { $number }. Gõ :articles để xem danh sách.

## A page of the article reader

reader-original = Mở bài gốc
reader-cited = Đến câu được trích dẫn
reader-changed = Đoạn được trích dẫn đã thay đổi từ khi liên kết này được tạo.
reader-gone = Bài này không còn trong kho bài.
