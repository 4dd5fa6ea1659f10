"""Makes Inter Receipt out of Inter: `pip install fonttools && python assets/fonts/lighten.py`.

A receipt's letters stand one beside the other: of the rules that Inter brings for setting them,
kerning, figures of one width and `calt` (which makes 16x19 a product) are seen there, and the others
take a tenth of the time in which a page is set. Marks that are set on any letter need those others,
and are left to Inter itself, as all letters are that have none of their own here.
"""

import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent

for weight in ("Regular", "Bold"):
    options = subset.Options()
    options.layout_features = ["kern", "tnum", "calt"]
    options.glyph_names = False
    options.recalc_timestamp = False
    font = TTFont(HERE / f"Inter-{weight}.ttf", recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    letters = font.getBestCmap()
    subsetter.populate(unicodes=[c for c in letters if not unicodedata.category(chr(c)).startswith("M")])
    subsetter.subset(font)
    for name in font["name"].names:
        if name.nameID in (1, 3, 4, 6, 16):
            name.string = name.toUnicode().replace("Inter", "Inter Receipt" if name.nameID != 6 else "InterReceipt")
    font.save(HERE / f"InterReceipt-{weight}.ttf")
