# Vì sao không đọc được; xem en.problems.ftl.

## Files

problem-unsupported-kind = không đọc được loại tệp này; cần tệp { $endings }
problem-unsupported-name = không đọc được loại tệp này; tên tệp phải kết thúc bằng { $endings }
problem-too-large = tệp lớn hơn { $limit } MB; hãy tách mỗi bài thành một tệp
problem-upload-too-large = tệp lớn hơn { $limit } MB; hãy gửi từng phần
problem-file-closed = không mở được tệp ({ $why }); hãy kiểm tra quyền truy cập tệp
problem-broken-link = đây là liên kết tới một tệp không tồn tại; hãy sửa hoặc xóa liên kết
problem-folder-like-file = đây là thư mục mang tên như tệp; hãy đổi tên để các bài trong đó được đọc
problem-not-a-file = đây không phải là tệp thông thường
problem-no-article-text = trong đó không có nội dung bài viết, chỉ có trình đơn, chú thích và những thứ tương tự
problem-no-article = trong đó không có bài nào
problem-reader-stumbles = tệp có cấu trúc bất thường nên mình không đọc được ({ $error }); hãy lưu hoặc xuất lại tệp
problem-reader-stumbled = tệp có cấu trúc bất thường nên mình không đọc được ({ $error }); hãy lưu hoặc xuất lại tệp, hoặc lưu thành văn bản thuần
problem-reader-died = tệp bị hỏng nên việc đọc bị ngắt; hãy lưu hoặc xuất lại tệp
problem-too-long-to-read = đọc tệp mất hơn { $limit } giây; hãy tách tệp, hoặc lưu thành văn bản thuần
problem-too-much-memory = đọc tệp cần hơn { $limit } GB bộ nhớ; hãy tách tệp, hoặc lưu thành văn bản thuần
problem-upload-breaks-reader = việc đọc tệp bị ngắt giữa chừng; hãy gửi ở định dạng khác
problem-upload-memory = đọc tệp cần quá nhiều bộ nhớ; hãy gửi từng phần
problem-upload-time = đọc tệp mất quá nhiều thời gian; hãy gửi từng phần
problem-not-staged = tài liệu không còn trong hàng chờ; hãy gửi lại
problem-name-taken = { $name } đã được thêm lại; hãy gỡ tệp đó trước
problem-twin = trùng với bài { $place }; có thể xóa một trong hai
problem-id-taken = mã { $id } đã là của bài trong { $place }; hãy đổi một trong hai mã
problem-name-not-utf8 = tên tệp không phải UTF-8; hãy đổi tên
problem-older-version = đây là bản cũ của { $url }; bản mới hơn được dùng, có thể xóa bản này

## Web pages as files

problem-no-article-on-page = trang này không có bài viết nào, chỉ có trình đơn, chú thích và những thứ tương tự
problem-html-binary = đây không phải HTML; hãy đặt đuôi tệp đúng với loại của tệp
problem-html-empty = tệp trống; hãy lưu lại trang
problem-html-not-text = đây không phải HTML; hãy lưu lại trang ở dạng UTF-8
problem-html-unreadable = không có HTML nào đọc được; hãy lưu lại trang bằng trình duyệt
problem-html-too-deep = các phần tử lồng nhau sâu hơn { $most } lớp; hãy lưu lại trang

## Text

problem-empty = tệp trống
problem-binary = đây không phải văn bản; hãy lưu bài thành tệp văn bản UTF-8
problem-undecodable = không đọc được các ký tự trong tệp; hãy lưu thành văn bản UTF-8
problem-damaged-line = tệp là UTF-8 nhưng dòng { $line } bị hỏng; hãy sửa dòng đó hoặc lấy lại tệp
problem-unknown-encoding = không xác định được bảng mã cũ của tệp; hãy lưu thành văn bản UTF-8
problem-font-encoding = tiếng Việt trong tệp gõ theo bảng mã { $name }; hãy chuyển sang Unicode, chẳng hạn bằng UniKey
problem-address-list = đây là danh sách địa chỉ, không phải bài viết; hãy thêm chính các địa chỉ đó

## PDF

problem-pdf-encrypted = tệp có mật khẩu; hãy lưu lại không có mật khẩu
problem-pdf-damaged = tệp PDF bị hỏng, hoặc không phải PDF; hãy tải về hoặc xuất lại
problem-pdf-pages = tệp có { $count } trang, nhiều nhất chỉ đọc { $most } trang; hãy tách mỗi bài thành một tệp
problem-pdf-text = tệp có hơn { $limit } MB chữ; hãy tách tệp
problem-pdf-fonts = phông chữ trong tệp không cho biết đó là chữ gì; hãy nhận dạng chữ (OCR) trước
problem-pdf-scanned = tệp không có lớp chữ, có lẽ là bản quét; hãy nhận dạng chữ (OCR) trước
problem-pdf-lost-pages = các trang này không đọc được: { $named }. Những trang khác đã đọc. Hãy xuất lại tệp để có đủ trang

## Word

problem-docx-unreadable = đây không phải tài liệu Word đọc được; hãy mở bằng “Mở và sửa chữa” trong Word rồi lưu với tên khác
problem-docx-too-deep = các phần trong tệp lồng nhau quá sâu; hãy lưu thành PDF
problem-docx-no-text = trong tệp không có chữ, chỉ có hình hoặc không có gì
problem-docx-is-other = đây là { $kind }
problem-docx-without-text = tài liệu Word thiếu phần chữ; hãy mở bằng “Mở và sửa chữa” trong Word rồi lưu với tên khác
problem-docx-lost-part = không đọc được phần { $part }, những phần khác đã đọc; hãy mở bằng “Mở và sửa chữa” trong Word rồi lưu với tên khác
problem-docx-cut = tệp bị hỏng, có thể thiếu một số phần; hãy mở bằng “Mở và sửa chữa” trong Word rồi lưu với tên khác
problem-docx-part-damaged = phần { $name } bên trong bị hỏng
problem-is-excel = sổ tính Excel; hãy lưu bảng thành .csv
problem-is-powerpoint = bài trình chiếu PowerPoint; hãy lưu thành .pdf
problem-is-opendocument = văn bản OpenDocument; hãy lưu thành .docx
problem-is-epub = sách EPUB; hãy đổi đuôi thành .epub
problem-is-rtf = tệp .rtf; hãy dùng Word lưu thành .docx
problem-is-pdf = tệp PDF; hãy đổi đuôi thành .pdf
problem-is-page = trang văn bản; hãy đổi đuôi thành .html, hoặc dùng Word lưu thành .docx
problem-is-encrypted = tệp có mật khẩu; hãy lưu lại không có mật khẩu
problem-is-old-word = tệp Word kiểu cũ (.doc); hãy lưu thành .docx

## EPUB

problem-epub-not-inside = không có trong sách
problem-epub-no-container = sách EPUB thiếu danh mục các phần; hãy tải lại
problem-epub-no-package = sách EPUB có danh mục các phần bị hỏng; hãy tải lại
problem-epub-locked = sách được bảo vệ chống sao chép (DRM); hãy lấy bản không bị bảo vệ
problem-epub-damaged = sách EPUB bị hỏng; hãy tải lại
problem-epub-no-chapter = sách EPUB bị hỏng, không đọc được chương nào trong { $count } chương; hãy tải lại
problem-epub-no-text = trong sách không có chữ, chỉ có hình hoặc không có gì
problem-text-too-long = tệp có hơn { $limit } MB chữ; hãy tách tệp
problem-epub-lost-list = không đọc được danh sách chương nên các chương được đọc theo thứ tự tên; hãy tải lại sách để có tên sách và tác giả
problem-epub-cut = sách bị hỏng, có thể thiếu chương; hãy tải lại
problem-epub-lost-chapter = bỏ qua chương { $name }, những phần khác đã đọc; hãy tải lại sách
problem-epub-lost-chapters = bỏ qua thêm { $count } chương; hãy tải lại sách

## Zip

problem-zip-no-article = trong tệp nén không có bài nào; cần các tệp { $endings }
problem-zip-cut = tệp nén bị hỏng, có thể thiếu tệp; những tệp còn nguyên đã đọc. Hãy nén hoặc tải lại để có đủ
problem-member-path = đường dẫn của tệp trỏ ra ngoài tệp nén; hãy nén lại
problem-member-archive = tệp nén nằm trong tệp nén; hãy giải nén rồi nén chính các bài
problem-member-twice = trong tệp nén có tệp khác trùng tên; hãy đổi tên một tệp
problem-zip-files = có { $count } tệp, nhiều nhất chỉ đọc { $most } tệp; hãy tách ra
problem-zip-bomb = giải nén ra thì quá lớn ({ $unpacked } byte), giống bom nén; hãy nén lại, chỉ gồm các bài
problem-zip-damaged = tệp bị hỏng, hoặc không đúng như tên gọi; hãy nén, lưu hoặc tải lại
problem-member-encrypted = tệp có mật khẩu; hãy nén lại không có mật khẩu
problem-member-link = đây là liên kết, không phải tệp; hãy nén chính tệp đó
problem-member-method = tệp được nén theo cách ít gặp; hãy nén lại thành zip thông thường
problem-member-too-large = tệp lớn hơn { $limit } MB; hãy tách mỗi bài thành một tệp
problem-member-grows = giải nén ra thì lớn hơn { $limit } MB; hãy nén lại
problem-member-damaged = tệp bị hỏng trong tệp nén; hãy nén hoặc tải lại
problem-member-sum = tệp bị hỏng trong tệp nén (sai tổng kiểm tra); hãy nén hoặc tải lại

## Tables

problem-line-too-large = dòng lớn hơn { $limit } MB; mỗi dòng chỉ nên là một bài
problem-line-undecodable = không đọc được các ký tự của dòng; hãy lưu tệp ở dạng UTF-8
problem-line-not-json = dòng không phải JSON hợp lệ; mỗi dòng cần một đối tượng JSON
problem-line-no-object = dòng không phải đối tượng JSON; cần một đối tượng có “text”
problem-text-missing = thiếu trường “text”, hoặc trường đó không phải chữ
problem-text-blank = trường “text” để trống
problem-field-no-string = trường “{ $name }” không phải chữ; hãy sửa hoặc bỏ đi
problem-no-date = không đọc được ngày { $found }; cần dạng YYYY-MM-DD
problem-kept-without-date = { $why }; bài vẫn được giữ, không có ngày
problem-kept-without = { $why }; bài vẫn được giữ, không có trường đó
problem-column-missing = không có cột { $name } như TRICHDAN_COLUMNS ghi; các cột là { $header }
problem-no-text-column = không cột nào chứa nội dung bài; các cột là { $header }. Hãy ghi tên cột trong TRICHDAN_COLUMNS, ví dụ text={ $example }
problem-no-column-names = hàng đầu không phải là tên cột; hãy sửa dấu ngoặc kép
problem-row-cells = hàng có { $count } ô, trong khi có { $width } tên cột; hãy đặt ô có dấu phân cách trong ngoặc kép
problem-row-undecodable = không đọc được các ký tự của hàng; hãy lưu tệp ở dạng UTF-8
problem-row-quotes = hàng bắt đầu từ dòng { $line } thiếu dấu đóng ngoặc kép nên bị mất; hãy đóng ngoặc
problem-rows-lost = hàng bắt đầu từ dòng { $line } thiếu dấu đóng ngoặc kép nên mất { $lost } dòng; hãy đóng ngoặc

## Metadata files

problem-metadata-too-large = tệp lớn hơn { $limit } MB; mỗi tệp bài chỉ cần một hàng
problem-metadata-row = hàng { $number }: { $why }
problem-metadata-row-lost = bỏ qua hàng { $number }: { $why }
problem-metadata-field = { $why }; phần còn lại của hàng vẫn được dùng
problem-metadata-no-table = đây không phải bảng; cần hàng đầu có “path” và mỗi tệp một hàng
problem-metadata-not-json = đây không phải JSON hợp lệ; cần danh sách các đối tượng có “path”
problem-metadata-no-objects = cần danh sách các đối tượng có “path”
problem-metadata-no-path = thiếu “path”; cần đường dẫn của tệp tính từ thư mục
problem-metadata-unmatched = nhắc tới { $path } nhưng trong thư mục không có; hãy sửa đường dẫn hoặc xóa hàng
problem-metadata-lost = bỏ qua tệp này: { $why }

## The web

problem-web-host-fails = { $count } lần truy cập trang web này đều không thành công; hãy thử lại sau
problem-web-status = trang web trả về { $status }; hãy thử lại sau
problem-web-timeout = quá { $limit } mà trang chưa tải xong; hãy thử lại sau
problem-web-unreachable = không kết nối được với trang web; hãy thử lại sau
problem-web-bad-redirect = trang chuyển hướng tới nơi không phải địa chỉ web
problem-web-type = trang thuộc loại { $type }; cần một bài viết, nguồn tin (feed) hoặc sơ đồ trang
problem-web-many-pages = trang liệt kê hơn { $count } trang; hãy thêm riêng từng phần
problem-web-copy-stays = { $why }; bản lưu ngày { $date } vẫn được dùng
problem-web-no-room = không còn chỗ để lưu; hãy giải phóng bớt dung lượng
problem-web-redirected = trang chuyển hướng tới { $url }, và ở đó: { $why }
problem-web-gone = trang không còn nữa (trang web trả về { $status })
problem-web-no-page = trang web trả về { $status } và không gửi trang; nếu trình duyệt mở được, hãy lưu thành tệp
problem-web-no-rules = không đọc được quy định của trang web cho chương trình ({ $site }): { $why }
problem-web-closed = trang web không cho chương trình đọc ({ $site }); hãy hỏi chủ trang, hoặc lưu trang thành tệp
problem-web-no-address = đây không phải địa chỉ web; hãy xem lại cách viết
problem-web-scheme = địa chỉ bắt đầu bằng { $scheme }; cần http:// hoặc https://
problem-web-bad-host = đây không phải địa chỉ web; hãy xem lại cách viết
problem-web-userinfo = địa chỉ có tên người dùng hoặc mật khẩu; chỉ đọc trang công khai
problem-web-private = { $host } không nằm trên internet công cộng; nếu là của bạn, hãy đặt TRICHDAN_WEB_PRIVATE=true
problem-web-redirects = trang chuyển hướng hơn { $most } lần; hãy gửi địa chỉ cuối cùng
problem-web-no-host = không có trang web { $host }; hãy xem lại cách viết
problem-web-unknown-host = không tìm thấy trang web { $host }, hoặc mất kết nối; hãy xem lại cách viết
problem-web-damaged = trang tải về bị hỏng; hãy thử lại sau
problem-web-cut-off = trang tải về bị đứt giữa chừng; hãy thử lại sau
problem-web-too-large = trang lớn hơn { $size }; hãy gửi riêng từng phần
problem-web-packing = trang được nén theo cách không yêu cầu; hãy lưu trang thành tệp
problem-web-list-in-list = đây là danh sách trang nằm trong danh sách khác; hãy thêm riêng
problem-web-copy-unreadable = không đọc được bản lưu; hãy kiểm tra thư mục dữ liệu
problem-sitemap-doctype = đây là sơ đồ trang có DOCTYPE nên không đọc
problem-sitemap-empty = đây là sơ đồ trang không liệt kê trang nào
problem-sitemap-broken = sơ đồ trang bị hỏng; đọc ra được { $count } địa chỉ
problem-feed-empty = nguồn tin (feed) này không có liên kết tới trang nào
problem-feed-unreadable = đây không phải nguồn tin (feed) đọc được
problem-feed-not-json = đây không phải nguồn tin (feed) đọc được
problem-web-no-way = ở đây không đọc được trang web
problem-web-lists-none = trang không liệt kê trang nào
problem-web-lists-several = trang liệt kê nhiều trang; hãy thêm vào TRICHDAN_SOURCES

## Sources

problem-source-missing = nguồn { $source } không tồn tại; hãy xem lại đường dẫn
problem-source-problem = nguồn { $source }: { $why }
problem-source-kind = nguồn { $source } không thuộc loại đọc được; cần thư mục hoặc tệp { $endings }
problem-source-on-web = nguồn { $source } nằm trên web, ở đây không đọc
problem-nothing-found = không tìm thấy bài nào trong { $named }. { $stay } { $why }
problem-removed-stay = Những bài đã gỡ vẫn nằm ngoài kho bài.
problem-first-failed = { $path }: { $why }
problem-first-failed-of = { $path }: { $why } (và { $count } lỗi nữa)

## The disk and the memory

problem-disk-full = ổ đĩa chứa { $folder } đã đầy (còn trống { $free } MB); hãy giải phóng bớt rồi thử lại
problem-disk-full-for = ổ đĩa chứa { $folder } đã đầy (còn trống { $free } MB, cần khoảng { $needed } MB); hãy giải phóng bớt rồi thử lại
problem-file-limit = tài khoản đang chạy bot không được phép ghi tệp lớn như vậy; hãy nâng giới hạn (ulimit -f) rồi thử lại
problem-disk-refuses = ổ đĩa chứa { $folder } không ghi được; hãy kiểm tra ổ đĩa
problem-folder-closed = tài khoản đang chạy bot không có quyền ghi vào { $folder }; hãy sửa quyền truy cập
problem-folder-taken = có một tệp nằm ở chỗ của thư mục { $folder }; hãy dời tệp đó đi
problem-reader-killed = việc đọc bài bị ngắt từ bên ngoài, rất có thể vì thiếu bộ nhớ; hãy thêm bộ nhớ cho máy, hoặc đọc mỗi lần ít bài hơn
