"""When epochs were, as far as the province knows."""

from kiosk.collector.province import Province
from kiosk.events.epochs import Offset, Quality, better


def learn(province: Province, site: str, device: str, epoch: str, offset: Offset) -> None:
    """Hold the better of what is known and what a batch brought; call it inside a transaction."""
    table = province.tables.epoch
    key = (table.site == site) & (table.device == device) & (table.epoch == epoch)
    row = table.get_or_none(key)
    brought = {"seconds": offset.seconds, "quality": int(offset.quality), "revision": offset.revision}
    if row is None:
        table.insert(site=site, device=device, epoch=epoch, **brought).on_conflict_ignore().execute()
        return
    held = Offset(row.seconds, Quality(row.quality), row.revision)
    if better(held, offset) is offset and offset != held:
        table.update(brought).where(key).execute()
