"""The few colours of the printed pages; each is told apart in grey print too."""

from reportlab.lib.colors import HexColor

INK = HexColor("#1f2a30")
SOFT = HexColor("#4d5a61")
ACCENT = HexColor("#12505b")
RULE = HexColor("#b9c7c9")
TINT = HexColor("#eaf2f2")
BAND = HexColor("#e0e9e9")
CAUTION, CAUTION_TINT = HexColor("#8a5a00"), HexColor("#fbf5e9")
