"""A file and a conference of the demo's fisher: a receipt that somebody drew, and people who sat together."""

import io
from collections.abc import Callable
from uuid import UUID

from PIL import Image, ImageDraw

from spean.accounts.access import Actor
from spean.cases.operations import conferring, keeping
from spean.collect.uploads import CleanFile
from spean.kernel import clock


def keep(worker: Actor, case: UUID, made: Callable[[str], UUID]) -> None:
    """Both, once."""
    words = "បង្កាន់ដៃ ៥០០ ដុល្លារ ដែលមេខ្យល់បានឱ្យ។ (សាកល្បង)"
    keeping.add(worker, case, _receipt(), made("receipt"), about="proof", words=words)
    met = conferring.Held(clock.today(), frozenset({"worker", "supervisor", "volunteer"}), "asked")
    said = conferring.Words(
        "បុគ្គលិកសាកល្បង អ្នកត្រួតពិនិត្យសាកល្បង",
        "គាត់ចង់បានលិខិតឆ្លងដែនវិញមុនគេ។ (សាកល្បង)",
        "សុំដៃគូនៅថៃនិយាយជាមួយម្ចាស់ទូក ក្នុងសប្ដាហ៍នេះ។ (សាកល្បង)",
    )
    conferring.confer(worker, case, met, said, made("conference"))


def _receipt() -> CleanFile:
    """Lines on paper, in the place of writing."""
    paper = Image.new("RGB", (480, 640), "#f6f1e3")
    pen, out = ImageDraw.Draw(paper), io.BytesIO()
    pen.rectangle((24, 24, 456, 616), outline="#8a8272", width=3)
    for line in range(9):
        pen.line((64, 120 + 48 * line, 416 - 40 * (line % 3), 120 + 48 * line), fill="#3c4a6b", width=5)
    pen.ellipse((300, 500, 400, 590), outline="#a03030", width=6)
    paper.save(out, "PNG")
    return CleanFile("image", "image/png", out.getvalue())
