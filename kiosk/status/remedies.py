"""What several findings advise. Short Vietnamese: it is read by the province's technicians and by volunteers."""

from typing import Final

RESTART: Final = "Tắt điện, đợi 10 giây, bật lại. Vẫn vậy thì báo kỹ thuật viên."
NEW_CARD: Final = "Thay thẻ nhớ bằng thẻ mới; giữ thẻ cũ để lấy lại số liệu."
