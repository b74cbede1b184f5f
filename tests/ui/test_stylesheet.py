"""What is shipped to browsers: nothing from elsewhere, fonts by script, licences beside them."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "entraide/ui/static/ui"
SHEETS = ["entraide.css", "entraide.rtl.css"]


@pytest.mark.parametrize("name", SHEETS)
def test_a_stylesheet_asks_for_nothing_but_our_own_fonts(name: str) -> None:
    source = (STATIC / name).read_text(encoding="utf-8")
    addresses = re.findall(r"url\(\"?([^)\"]+)", source)
    assert addresses
    assert all(re.fullmatch(r"fonts/[a-z0-9-]+\.woff2", address) and (STATIC / address).is_file() for address in addresses)
    assert "@import" not in source
    assert "GDS Transport" not in source


def test_the_mirrored_stylesheet_is_mirrored() -> None:
    plain, mirrored = ((STATIC / name).read_text(encoding="utf-8") for name in SHEETS)
    assert plain != mirrored
    assert plain.count("{") == mirrored.count("{")


def test_fonts_stay_small_and_carry_their_licence() -> None:
    fonts = list((STATIC / "fonts").glob("*.woff2"))
    assert sum(font.stat().st_size for font in fonts) < 300_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (STATIC / "fonts/OFL.txt").read_text(encoding="utf-8")


def test_the_lock_of_the_build_names_no_download_address() -> None:
    assert '"resolved"' not in (Path(__file__).parents[2] / "setup/ui/package-lock.json").read_text(encoding="utf-8")
