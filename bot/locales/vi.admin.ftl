# Trichdan for those who run it; see vi.ftl.

## Access

access-denied = Bot này chỉ dành cho người được mời. Nếu bạn biết người quản trị bot, hãy xin họ một liên kết mời.
admin-private = Hãy gửi lệnh này trong cuộc trò chuyện riêng với mình: câu trả lời không dành cho mọi người ở đây.
invite = Lời mời dành cho { $label } dùng được một lần, trong { $days } ngày. Hãy chuyển một trong hai liên kết dưới đây.
invite-nobody = (không ghi tên)
invite-person = Cho một người:
invite-group = Cho một nhóm (người mở liên kết sẽ chọn nhóm):
invite-open = Bot này trả lời tất cả mọi người nên không cần lời mời. Nếu chỉ muốn phục vụ người được mời, hãy đặt TRICHDAN_ACCESS=invited.
invite-withdrawn = Đã thu hồi: các liên kết của lời mời này không còn tác dụng.
invite-used = Lời mời này đã được dùng hoặc đã hết hạn. /guests liệt kê những ai có quyền truy cập.
invite-invalid = Liên kết mời này đã được dùng, đã bị thu hồi hoặc quá hạn. Hãy xin một liên kết mới.
guests-heading = { $count } khách có quyền truy cập nhờ lời mời:
guests-none = Chưa có ai được mời. /invite TÊN tạo một lời mời.
button-withdraw = Thu hồi lời mời
button-revoke = Thu hồi quyền truy cập của số { $number }

## Documents

document-articles = { $count } bài, ví dụ:
document-more = …và { $count } bài nữa
document-passages = { $count } đoạn
document-failed = { $count } phần không đọc được:
document-replaces = Đã có một tài liệu trùng tên; tài liệu này sẽ thay thế nó.
document-large = { $name } lớn hơn { $limit } MB, mức tối đa Telegram chuyển cho bot. Hãy gửi từng phần, hoặc đặt tệp vào một thư mục trong TRICHDAN_SOURCES.
document-unavailable = Telegram không chuyển được { $name }. Hãy gửi lại.
document-refused = Không thể thêm { $name }: { $reason }.
document-discarded = Không thêm.
document-gone = Tài liệu này không còn trong hàng chờ: đã được thêm, đã bị bỏ, hoặc đã quá một ngày. Hãy gửi lại.
button-add = Thêm
button-discard = Hủy
sources-heading =
    { $count ->
        [1] { $count } bài
       *[other] { $count } bài, mới nhất trước
    }
sources-none = Chưa có bài nào. Hãy gửi cho mình một tệp hoặc liên kết, hoặc /reindex để đọc các nguồn đã cấu hình.
sources-unknown = không rõ nguồn
sources-more = và { $count } nguồn nữa
sources-hint = 📄 xem bài, 🗑 gỡ bài. /show và /remove tìm bài theo một phần tiêu đề hoặc mã.
article-usage = Hãy ghi một phần tiêu đề hoặc mã bài sau lệnh. /sources liệt kê các bài.
article-unknown = Không có bài nào mà tiêu đề hoặc mã chứa “{ $id }”. /sources liệt kê các bài.
remove-question = Gỡ bài này? Khi trả lời, mình sẽ không dùng bài này nữa. Muốn đưa bài trở lại, bạn dùng /remove.
remove-kept = Không gỡ bài nào.
remove-gone = Bài này không còn trong kho bài.
remove-failed = Không gỡ được bài này: { $reason }
button-remove = Gỡ bài
button-keep = Giữ lại
button-undo = ↩ Hoàn tác
article-several = Có nhiều bài mà tiêu đề hoặc mã chứa cụm từ này. Bạn chọn bài nào?
article-too-many = Vẫn còn bài khác: hãy ghi tiêu đề dài hơn để thấy chúng.
remove-usage = Để gỡ một bài, hãy ghi một phần tiêu đề hoặc mã sau /remove, hoặc bấm 🗑 trong /sources.
removed-none = Chưa có bài nào bị gỡ.
removed-heading = { $count } bài đã gỡ:
removed-hint = ↩ đưa bài trở lại. Tệp gửi qua trò chuyện được giữ 30 ngày sau khi gỡ.
return-gone = Không đưa bài này trở lại được nữa: bài đã được đưa lại rồi, hoặc tệp đã bị xóa sau 30 ngày.
return-taken = Trong kho bài đã có một tệp mới trùng tên. Hãy gỡ tệp đó trước rồi đưa bài này trở lại.
return-failed = Không đưa bài này trở lại được: { $reason }
change-add = Đã thêm:
change-add-nothing = Không có gì mới: kho bài đã có nội dung này, hoặc không đọc được.
change-remove = Đã gỡ:
change-return = Đã đưa trở lại:
document-wanted = Tài liệu này dùng để trả lời: “{ $question }”. Mình đang thêm vào, xong sẽ thử lại câu hỏi này.

## Reindexing

button-cancel = Hủy
button-full = Đọc lại toàn bộ bài
reindex-cancelled = Đã hủy. Kho bài cũ vẫn được dùng.
reindex-next = Đã ghi nhận. Mình đang đọc các bài; thay đổi này sẽ được đưa vào ngay sau đó.
reindex-elsewhere = Một tiến trình khác đang đọc các bài. Khi nào xong, bạn hãy gửi lại /reindex.
reindex-nothing = Hiện không có lần đọc bài nào đang chạy.
reindex-later = Mình đang được khởi động lại, xong là mình làm tiếp việc này.
reindex-cut-off = Việc đọc bài bị ngắt giữa chừng vì mình bị dừng đột ngột. Kho bài cũ vẫn được dùng. Bạn gửi lại /reindex nhé.
change-given-up = Mình đã { $count } lần bị dừng đột ngột khi đưa thay đổi này vào kho bài nên không tự thử lại nữa. Kho bài cũ vẫn được dùng; muốn thử lại, bạn gửi /reindex.

## Sharing

button-open = Mở trong bot
shared-gone = Bài mà liên kết này dẫn tới không còn trong kho bài.
shared-changed = Bài mà liên kết này dẫn tới đã thay đổi và không còn đoạn đó nữa. Bạn hãy hỏi mình về nội dung ấy.
inline-none = Không tìm thấy – hỏi trực tiếp mình

## Menu

command-sources = Liệt kê các bài (quản trị viên)
command-show = Xem một bài (quản trị viên)
command-remove = Gỡ một bài hoặc đưa bài đã gỡ trở lại (quản trị viên)
command-gaps = Những câu hỏi chưa có lời đáp (quản trị viên)
command-feedback = Câu trả lời bị đánh giá kém (quản trị viên)
command-stats = Số liệu và biểu đồ (quản trị viên)
command-digest = Bản tóm tắt hằng ngày (quản trị viên)
command-invite = Tạo liên kết mời (quản trị viên)
command-guests = Ai được mời vào (quản trị viên)
command-log = Nhật ký quản trị (quản trị viên)

## Digest and notices

digest-on = Từ ngày mai, mỗi ngày vào giờ này bạn sẽ nhận được bản tóm tắt.
digest-off = Bạn sẽ không nhận bản tóm tắt nữa.
digest-is-on = Bạn đang nhận bản tóm tắt mỗi ngày.
button-digest-on = Nhận bản tóm tắt mỗi ngày
button-digest-off = Dừng bản tóm tắt
digest-heading = 24 giờ qua
digest-questions =
    { $count ->
        [0] Không có câu hỏi nào.
       *[other] { $count } câu hỏi, { $answered } câu được trả lời.
    }
digest-gaps = { $count } câu hỏi chưa có lời đáp, về { $things } điều khác nhau: /gaps
digest-votes = Đánh giá: 👍 { $up }, 👎 { $down }
digest-collection = Kho bài: { $articles } bài, cập nhật ngày { $date }.
digest-no-index = Chưa có chỉ mục: hãy gửi /reindex.
notice-heading =
    { $count ->
        [1] Có lỗi xảy ra. Nhật ký cho biết thêm:
       *[other] Có { $count } lỗi xảy ra. Nhật ký cho biết thêm:
    }
notice-more = …và { $count } lỗi thuộc loại khác

## /help for admins

help-admin =
    Bạn là quản trị viên. Trong cuộc trò chuyện riêng với mình:
    • Gửi một tệp hoặc một liên kết để thêm bài. /sources liệt kê các bài, /show kèm một phần tiêu đề để xem một bài, /remove để gỡ bài hoặc đưa bài đã gỡ trở lại.
    • /reindex đọc lại các nguồn và cập nhật kho bài (trong nhóm cũng được).
    • /gaps: những câu hỏi chưa có lời đáp và cách bổ sung bài còn thiếu. /feedback: câu trả lời bị đánh giá kém. /stats: số liệu và biểu đồ. /digest: bản tóm tắt hằng ngày.
    • /invite TÊN tạo liên kết mời một người hoặc một nhóm, /guests liệt kê khách đã được mời. /log: nhật ký quản trị.

## /stats

stats-off = Câu hỏi không được lưu (TRICHDAN_KEEP_QUESTIONS_DAYS là 0) nên không có số liệu.
stats-none =
    { $days ->
        [1] Không có câu hỏi nào trong 24 giờ qua.
       *[other] Không có câu hỏi nào trong { $days } ngày qua.
    }
stats-heading =
    { $days ->
        [1] 24 giờ qua
       *[other] { $days } ngày qua
    }
stats-questions = Câu hỏi: { $count }, được trả lời: { $answered } ({ $share })
stats-people = Số người hỏi: { $count }
stats-times = Thời gian phản hồi: trung vị { $half }, { $share } số câu không quá { $most }
stats-ms = { $value } ms
stats-seconds = { $value } giây
stats-languages = Ngôn ngữ
stats-vi = Tiếng Việt có dấu
stats-vi-bare = Tiếng Việt không dấu
stats-en = Tiếng Anh
stats-ru = Tiếng Nga
stats-other = Ngôn ngữ khác
stats-part = { $count } ({ $share })
stats-cited = Bài được trích dẫn nhiều nhất
stats-cited-times = { $count } lần
stats-days = Số câu hỏi mỗi ngày
date-pattern-chart = dd/MM
stats-with-answer = được trả lời
stats-in-vain = chưa có lời đáp
stats-shares = Tỷ lệ được trả lời
stats-mean-ms = Phản hồi trung bình (ms)
stats-mean-seconds = Phản hồi trung bình (giây)
stats-no-data = chưa có dữ liệu

## /gaps and /feedback

gaps-heading = Câu hỏi chưa có lời đáp trong { $days } ngày qua: { $times } câu, về { $count } điều khác nhau
gaps-none = Trong { $days } ngày qua, câu hỏi nào cũng có lời đáp.
gaps-not-kept = Câu hỏi không được lưu (TRICHDAN_KEEP_QUESTIONS_DAYS=0) nên không có gì để xem.
gaps-times = { $count } lần
gaps-people = { $count } người
gaps-variants = ≈ và { $count } cách hỏi khác
gaps-answered-hint = ✓ Nay kho bài đã trả lời được câu này.
gaps-add-hint = ➕ Bấm số của câu hỏi, rồi gửi một tệp hoặc liên kết trả lời được câu đó.
gaps-disputed = 👎 { $count }: “Trong bài có mà”
gaps-send = Bây giờ hãy gửi cho mình một tệp hoặc liên kết trả lời được câu “{ $question }”. Mình sẽ thêm vào rồi thử lại câu hỏi này.
gaps-gone = Câu hỏi này không còn trong danh sách. /gaps cho xem danh sách hiện nay.
gaps-asked-again = Hỏi lại: “{ $question }”
gaps-exported = Những câu hỏi chưa có lời đáp. Hãy điền article_ids và answers, đặt answerable thành true rồi chạy: trichdan eval TỆP
button-export = Xuất ra tệp
feedback-none = Chưa có câu trả lời nào bị đánh giá kém.
feedback-question-hidden = (câu hỏi không được lưu)
feedback-asked-by = người hỏi { $person }
feedback-gone = { $count } đoạn từng hiển thị nay không còn trong kho bài.
feedback-more = …và { $count } đoạn nữa

## /log

log-heading = Nhật ký quản trị
log-none = Chưa có quản trị viên nào thay đổi gì.
log-forgotten = (người này đã xóa dữ liệu cá nhân)
log-added = Thêm
log-removed = Gỡ
log-returned = Đưa trở lại
log-reindexed = Đọc lại các nguồn
log-invited = Tạo lời mời
log-withdrew = Thu hồi một lời mời
log-revoked = Thu hồi quyền truy cập
model-unusable = Không dùng được mô hình. Người quản lý máy chủ hãy chạy `trichdan doctor` để biết cách xử lý. (Chi tiết: { $said })
index-unusable = Không dùng được chỉ mục. Người quản lý máy chủ hãy chạy `trichdan doctor` để biết cách xử lý. (Chi tiết: { $said })
