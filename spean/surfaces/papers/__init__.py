"""A4 papers: agendas, letters, reading lists. Typst sets them; what people wrote goes in as data, never as markup."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import fontpkg_noto_sans_khmer
import segno
import typst
from django.http import HttpResponse

HERE = Path(__file__).parent
FONTS = str(Path(str(fontpkg_noto_sans_khmer.__file__)).parent / "files")


def paper(name: str, language: str, words: Mapping[str, str], data: Mapping[str, Any], *, link: str = "") -> bytes:
    """The PDF (PDF/UA-1) of `name`.typ. `words` are the translated labels, `data` plain values; `link` becomes a QR code.

    Both reach Typst as one JSON text, so that nothing that somebody wrote is ever read as markup.
    """
    code = segno.make(link, error="m").svg_inline(scale=4, border=0) if link else ""
    told = json.dumps(
        {"language": language, "words": dict(words), "data": dict(data), "qr": code, "link": link}, ensure_ascii=False
    )
    made: bytes = typst.compile(
        str(HERE / f"{name}.typ"),
        root=str(HERE),
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"told": told},
        pdf_standards="ua-1",
    )
    return made


def as_download(content: bytes, name: str) -> HttpResponse:
    """The answer of a view: shown by the browser, kept by nobody on the way."""
    headers = {
        "Content-Disposition": f'inline; filename="{name}.pdf"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
