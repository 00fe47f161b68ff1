"""The report as its readers use it, in a real browser."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.corrections import read_corrections

pytestmark = pytest.mark.browser


class Page:
    """A report that is open in the browser."""

    def __init__(self, browser: Any, path: Path, downloads: Path) -> None:
        self.browser, self.path, self.downloads = browser, path, downloads
        browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})
        browser.get_log("browser"), browser.get_log("performance")
        browser.get(path.as_uri())
        self.wait(lambda: self.js("return document.documentElement.dataset.ready") == "yes")

    def js(self, code: str, *arguments: Any) -> Any:
        return self.browser.execute_script(code, *arguments)

    def wait(self, until: Callable[[], Any], seconds: float = 5) -> Any:
        end = time.monotonic() + seconds
        while not (found := until()):
            assert time.monotonic() < end, "it did not come"
            time.sleep(0.02)
        return found

    def go(self, address: str) -> None:
        self.js("document.getElementById('sheet').close(); location.hash = arguments[0]", f"#/{address}")
        name = address.split("?")[0]
        self.wait(lambda: self.js("return document.querySelector('nav [aria-current]').getAttribute('href')") == f"#/{name}")

    def texts(self, selector: str) -> list[str]:
        return self.js("return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)", selector)

    def text(self, selector: str) -> str:
        return self.wait(lambda: self.texts(selector))[0]

    def click(self, selector: str, holding: str = "") -> None:
        code = "const e = [...document.querySelectorAll(arguments[0])].find((e) => e.textContent.includes(arguments[1])); e?.click(); return Boolean(e)"
        self.wait(lambda: self.js(code, selector, holding))

    def set(self, name: str, value: str) -> None:
        code = "const e = document.querySelector(`.filters [name='${arguments[0]}']`); e.value = arguments[1]; e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change'))"
        self.js(code, name, value)

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.browser).send_keys(*keys).perform()

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def requests(self) -> list[str]:
        events = (json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance"))
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]


@pytest.fixture
def page(chromium: Any, report: Path, tmp_path: Path) -> Iterator[Page]:
    opened = Page(chromium, report, tmp_path)
    opened.js("localStorage.clear()")
    opened.browser.refresh()
    opened.wait(lambda: opened.js("return document.documentElement.dataset.ready") == "yes")
    yield opened
    assert opened.complaints() == []
    assert [url for url in opened.requests() if not url.startswith(("file:", "data:", "blob:"))] == []
    assert opened.js("return window.hacked ?? null") is None


def found(page: Page) -> str:
    return page.text(".found")


def test_the_overview_counts_and_leads_to_the_rows(page: Page):
    assert page.texts(".tiles strong")[:3] == ["304", "303", "1"]
    page.click(".barrow", "Germany")
    page.wait(lambda: found(page) == "2 of 303 rows")
    assert page.texts("tbody .open") == ["University of Jena · Kyoto University", "Faculty of Law · Charité"]


def test_only_rows_in_sight_are_drawn_and_scrolling_brings_the_rest(page: Page):
    page.go("agreements")
    page.wait(lambda: found(page) == "303 rows")
    assert 10 < len(page.texts("tbody .open")) < 60
    first = page.texts("tbody .open")[0]
    page.js("scrollTo(0, document.body.scrollHeight)")
    page.wait(lambda: page.texts("tbody .open")[0] != first)
    assert page.js("return document.querySelector('table').getAttribute('aria-rowcount')") == "304"


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({"q": "jena weimar"}, 0),
        ({"q": "JENA memorandum"}, 1),
        ({"q": "rosenthal"}, 1),
        ({"country": "JP"}, 2),
        ({"party": "fsu"}, 1),
        ({"from": "2019", "to": "2021"}, 13),
        ({"instrument": "contract"}, 302),
        ({"action": "signed", "sure": "0.9"}, 1),
    ],
)  # fmt: skip
def test_filters_narrow_the_rows_and_stay_in_the_address(page: Page, filters: dict[str, str], rows: int):
    page.go("agreements")
    for name, value in filters.items():
        page.set(name, value)
    page.wait(lambda: found(page) == f"{rows} of 303 rows")
    assert all(f"{name}=" in page.js("return location.hash") for name in filters)
    assert page.js("return document.querySelector('.empty').hidden") is (rows > 0)


def test_heads_sort_both_ways(page: Page):
    page.go("agreements")
    for way, first in (("ascending", "1990"), ("descending", "5 May 2021")):
        page.click(".sort", "Date")
        if way == "ascending" and page.js("return document.querySelector('th.date').getAttribute('aria-sort')") != way:
            page.click(".sort", "Date")
        assert page.js("return document.querySelector('th.date').getAttribute('aria-sort')") == way
        assert page.text("tbody td.date") == first


def test_a_row_opens_its_sentence_with_the_right_words_marked(page: Page):
    page.go("agreements?q=jena")
    page.click("tbody .open", "Jena")
    page.wait(lambda: page.js("return document.getElementById('sheet').open"))
    assert page.text("#sheet h2") == "Jena and Kyoto sign 🤝 up"
    assert page.texts(".text mark") == [
        "5 May 2021",
        "University of Jena",
        "FSU",
        "Kyoto University",
        "Walter Rosenthal",
        "President",
        "University of Jena",
        "FSU",
        "Mei Tanaka",
    ]
    assert "".join(page.texts(".text .trigger")) == "signed a memorandum of understanding"
    assert "".join(page.texts(".text .evidence")).startswith("On 5 May 2021, the University of Jena (FSU)")
    assert page.texts(".card.chosen dd")[:3] == ["University of JenaKyoto University", "Walter Rosenthal", "Mei Tanaka"]
    assert page.js("return document.querySelector('.text mark.person').dataset.slot") == "signatories"
    link = page.js("return document.querySelector('.facts a').href")
    assert link == "https://news.example/jena?a=1&b=2#:~:text=signed%20a%20memorandum%20of%20understanding"


def test_hovering_and_focus_tell_record_rule_and_confidence(page: Page):
    page.go("agreements?q=jena")
    page.click("tbody .open", "Jena")
    page.wait(lambda: page.texts(".text mark.institution"))
    for event in ("new MouseEvent('mouseenter')", "new FocusEvent('focus')"):
        page.js(f"document.querySelectorAll('.text mark.institution')[1].dispatchEvent({event})")
        assert page.texts("#tip > *") == [
            "University of Jena",
            "institution · here: parties",
            "found by rule.institution · confidence 0.97",
        ]
        page.js("document.querySelectorAll('.text mark.institution')[1].dispatchEvent(new MouseEvent('mouseleave'))")
        assert page.js("return document.getElementById('tip').hidden")


def test_the_keyboard_walks_opens_and_closes(page: Page):
    from selenium.webdriver.common.keys import Keys

    page.go("agreements")
    page.press("/")
    assert page.js("return document.activeElement.name") == "q"
    page.js("document.querySelector('tbody .open').focus()")
    for _ in range(40):
        page.press(Keys.ARROW_DOWN)
    assert page.js("return document.activeElement.closest('tr').getAttribute('aria-rowindex')") == "42"
    page.press(Keys.ENTER)
    page.wait(lambda: page.js("return document.getElementById('sheet').open"))
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.js("return document.getElementById('sheet').open"))


def test_institutions_and_people_show_posts_and_events(page: Page):
    page.go("institutions?q=fsu")
    page.click("tbody .open", "University of Jena")
    assert page.wait(lambda: page.texts("#sheet .entry .what"))[0].startswith(
        "memorandum of understanding: University of Jena · Kyoto University"
    )
    assert "President – Walter Rosenthal" in "".join(page.texts("#sheet .entry"))
    page.go("people?q=rosenthal president")
    assert page.text(".found") == "1 of 4 rows"
    page.click("tbody .open", "Walter")
    assert page.wait(lambda: page.texts("#sheet .entry .what"))[0].startswith("President, University of Jena")


def test_a_house_shows_what_its_units_do(page: Page):
    page.go("institutions?q=kyoto&kind=university")
    page.click("tbody .open", "Kyoto University")
    page.wait(lambda: any(what.startswith("contract: Faculty of Law · Charité") for what in page.texts("#sheet .entry .what")))
    assert any(what.startswith("Dean, Faculty of Law – Aiko Mori") for what in page.texts("#sheet .entry .what"))
    page.click("#sheet .entry", "Faculty of Lawfaculty")
    page.wait(lambda: page.text("#sheet h2") == "Faculty of Law")


def test_the_timeline_draws_years_and_a_year_filters(page: Page):
    page.go("timeline")
    page.wait(lambda: page.texts(".years svg"))
    page.js(
        "[...document.querySelectorAll('.hits rect')].find((r) => r.getAttribute('aria-label').startsWith('2022')).dispatchEvent(new MouseEvent('click'))"
    )
    page.wait(lambda: found(page) == "1 of 304 rows")
    page.click("tbody .open")
    assert page.wait(lambda: page.texts(".card.chosen h3")) == ["visit"]


def test_the_network_is_drawn_zooms_and_filters(page: Page):
    page.go("network")
    assert len(page.wait(lambda: page.texts(".network .nodes g"))) == 50
    page.js("document.querySelector('.zoom button').click()")
    page.wait(lambda: "scale(1.5)" in (page.js("return document.querySelector('.network > g').getAttribute('transform')") or ""))
    page.set("country", "JP")
    page.wait(
        lambda: sorted(page.texts(".network .nodes title")) == ["Charité: 1 tie", "Kyoto University: 2 ties", "University of Jena: 1 tie"]
    )
    page.set("type", "visit")
    page.wait(lambda: "Charité: 1 tie" in page.texts(".network .nodes title"))
    page.set("by", "countries")
    page.wait(lambda: sorted(page.texts(".network .nodes title")) == ["Germany: 1 tie", "Japan: 1 tie"])


def test_documents_tell_failures_and_warnings(page: Page):
    page.go("documents?state=warned")
    assert page.text(".failures summary") == "1 input could not be read"
    assert page.text(".failures li") == "binary scan.pdf: is no text <b>– convert it first"
    page.wait(lambda: found(page) == "2 of 304 rows")
    page.click("tbody .open", "A delegation of Kyoto")
    assert page.text("#sheet .warnings li") == "ambiguous: the rector's house is not told"
    assert page.js("return document.querySelector('.facts a')") is None  # javascript: is no link


def test_judgements_are_kept_saved_and_read_back(page: Page):
    page.go("agreements?q=jena")
    page.click("tbody .open", "Jena")
    page.click(".card.chosen .say.edited")
    page.js(
        "const f = document.querySelector('.card.chosen form'); f.querySelector('[name=action]').value = 'renewed'; f.querySelector('fieldset input[value=p1]').checked = false"
    )
    page.click(".card.chosen form button", "Keep")
    page.click("details .card.person .say.wrong")
    page.click("#sheet .close")
    page.browser.refresh()
    page.go("check")
    page.click("#save")
    saved = page.downloads / "corrections.jsonl"
    page.wait(lambda: saved.exists() and saved.stat().st_size)  # the browser makes an empty file first
    edited, wrong = sorted(read_corrections(saved), key=lambda c: c.kind)
    assert (edited.doc_id, edited.kind, edited.id, edited.verdict) == ("signing", "event", "e1", "edited")
    assert (edited.changes, edited.was) == ({"action": "renewed", "signatories": []}, {"action": "signed", "signatories": ["p1"]})
    assert (wrong.kind, wrong.verdict, wrong.quote.text) == ("person", "wrong", "Walter Rosenthal")
    page.js("localStorage.clear()")
    page.browser.refresh()
    page.go("check")
    assert page.text("#kept .count") == "0"
    page.browser.find_element("id", "load").send_keys(str(saved))
    page.wait(lambda: page.text("#kept .count") == "2")


def test_the_sample_is_judged_by_keys_and_gives_an_interval(page: Page):
    page.go("check")
    assert page.text(".progress span") == "1 of 100 · 0 judged"
    for number, key in enumerate("rwr", 1):
        page.press(key)
        page.wait(lambda n=number: page.text(".progress span") == f"{n + 1} of 100 · {n} judged")
    rows = page.texts("#precision tbody tr")
    assert sum(int(row.split(" of ")[1][0]) for row in rows) == 3
    assert all("%" in row for row in rows)


def test_the_theme_changes_and_stays(page: Page):
    paper = "return getComputedStyle(document.body).backgroundColor"
    before = page.js(paper)
    page.click("#theme")
    after = page.js(paper)
    assert before != after
    page.browser.refresh()
    assert page.js(paper) == after


@pytest.mark.parametrize(
    "address",
    [
        "overview",
        "agreements?q=hyperlink",
        "institutions?q=hyperlink",
        "people",
        "timeline?q=hyperlink",
        "network?from=2020&to=2020",
        "documents?q=hacked",
        "check",
    ],
)
def test_a_hostile_text_shows_harmlessly(page: Page, address: str):
    page.go(address)
    page.js("document.querySelector('tbody .open')?.click()")
    time.sleep(0.2)
    assert (
        page.js(
            "return document.querySelectorAll('main img, dialog img, main script, dialog script, main i:not([aria-hidden]):not(.bar i), [onmouseover]').length"
        )
        == 0
    )


def test_a_hostile_text_is_shown_as_it_is(page: Page):
    page.go("agreements?q=hyperlink")
    page.click("tbody .open", "HYPERLINK")
    shown = page.wait(lambda: page.texts(".text"))[0]
    assert '<script>window.hacked = 1</script> "onmouseover=' in shown
    assert "␛[31mred␛[0m" in shown
    assert "\u202e" not in shown
    assert "{{ 7 * 7 }} ${alert(1)} & &lt;b&gt;" in shown


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_window(page: Page, width: int):
    page.browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    )
    try:
        for address in ("overview", "agreements", "institutions", "people", "timeline", "network", "documents", "check"):
            page.go(address)
            time.sleep(0.1)
            assert page.js("return document.documentElement.scrollWidth") <= width, address
    finally:
        page.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
