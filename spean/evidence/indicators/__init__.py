"""Indicators that are counted from what people really did: one file each, with its question, its count and its protection."""

from spean.evidence.indicators import i11, i13, i14, i16, i19, i21
from spean.evidence.indicators.promise import Counted

COUNTED: dict[str, Counted] = {one.code: one for module in (i11, i13, i14, i16, i19, i21) for one in module.COUNTED}
