"""A chart as a widget whose parts can be clicked; knows pictures, and nothing of claims."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import anywidget
import traitlets
from markupsafe import escape

from tally import house
from tally.blocks import figure
from tally.explorer.pictures import Picture, Spot
from tally.language import spoken


class Clickable(anywidget.AnyWidget):
    """Shows a picture; calls back with the spot that was clicked."""

    _esm = house.HOUSE / "picture.js"
    html = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    spots = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, on_pick: Callable[[Spot], None], **kwargs: Any) -> None:
        """Begin empty: `put` gives it a picture."""
        super().__init__(**kwargs)
        self._shown: tuple[Spot, ...] = ()
        self._on_pick = on_pick
        self.on_msg(self._on_message)

    def put(self, picture: Picture | None) -> None:
        """Show a picture, or nothing; the same picture again is not sent again."""
        if picture is None:
            self._shown, self.spots, self.html = (), [], ""
            return
        made = picture.finished
        block = figure(
            made.svg, made.alt, picture.caption, made.source, made.data, picture.name
        ).block
        self._shown = picture.spots
        with self.hold_sync():
            self.label = picture.label
            self.spots = [
                {key: value for key, value in asdict(spot).items() if key in _SENT}
                for spot in picture.spots
            ]
            lang = spoken().code
            shown = house.block_html(block, lang, live=True)
            head = f'<p class="name">{escape(picture.label)}</p>'
            self.html = f'<div class="tally" lang="{lang}">{head}{shown}</div>'

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        """Take a click: the number of a spot that is shown, anything else is not ours."""
        index = content.get("picked")
        if isinstance(index, int) and 0 <= index < len(self._shown):
            self._on_pick(self._shown[index])


_SENT = ("words", "left", "top", "width", "height", "place", "pressed")
