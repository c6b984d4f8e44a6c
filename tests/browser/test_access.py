"""The incident's page for everybody: keyboard alone, fingers, large text, any script, nothing to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from geomap.model import Incident
from tests import samples
from tests.browser.conftest import DESKTOP, PHONE, Open, Url, until

pytestmark = pytest.mark.browser

FOCUSABLE = (
    "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])"  # what Tab should come by
)
REACHABLE = f"""() => [...document.querySelectorAll("{FOCUSABLE}")]
  .filter(n => n.checkVisibility({{visibilityProperty: true}}) && !n.disabled && n.tabIndex >= 0)
  .filter(n => n.type !== "radio" || n.checked).length"""
LONG = "Великая Нижне-Верхнеустьрецкая-на-Северском-Донце слобода имени Первых Пятилеток " * 2


def arabic() -> Incident:
    """The sample as outlets that write from right to left would have it."""
    found = samples.incident()
    outlets = {"north": "وكالة الشمال للأنباء", "south": "עיתון הדרום (Online)"}
    text = "تحطمت طائرة شحن near Yablonovo بالقرب من الحدود. "
    articles = tuple(
        replace(a, outlet=outlets[a.id], title=f"{outlets[a.id]} 11:00!", text=a.text + "\n" + text)
        for a in found.articles
    )
    sites = tuple(replace(site, name="يابلونوفو (1)") for site in found.sites[:1])
    return replace(found, title="سقوط طائرة Il-76 قرب يابلونوفو", articles=articles, sites=(*sites, *found.sites[1:]))


def endless() -> Incident:
    found = samples.incident()
    sites = tuple(replace(site, name=LONG, speakers=(LONG,)) for site in found.sites)
    articles = tuple(replace(a, outlet=LONG, title=LONG) for a in found.articles)
    return replace(found, title=LONG, sites=sites, articles=articles)


def empty() -> Incident:
    nothing = dict.fromkeys(
        ("claims", "findings", "sites", "routes", "conflicts", "comparisons", "origins", "mentioned", "unplaced"), ()
    )
    return replace(samples.incident(), **nothing, resolutions=())


def walk(page: Page, most: int = 260) -> list[dict[str, object]]:
    """What Tab comes by, from the top of the page until it leaves it."""
    page.evaluate(
        """() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex");
        window.walked = new Set(); }"""
    )
    seen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => { const n = document.activeElement, again = window.walked.has(n); window.walked.add(n);
              const s = getComputedStyle(n.matches(".units input") ? n.nextElementSibling : n);
              const r = n.getBoundingClientRect();
              return { gone: n === document.body, again, tag: n.tagName,
                what: n.id || n.dataset.entry || n.textContent.slice(0, 30),
                ring: (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.strokeWidth === "5px",
                seen: r.bottom > 0 && r.right > 0 && r.top < innerHeight && r.left < innerWidth }; }"""
        )
        if found["gone"] or found["again"]:
            return seen
        if not found["seen"]:
            expect(page.locator(":focus")).to_be_in_viewport()  # the map moves there first
        seen.append(found)
    raise AssertionError(f"Tab never came round: {seen[-5:]}")


def test_the_keyboard_comes_by_every_control_sees_where_it_is_and_gets_out(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    page.locator("#filter-toggle").click()
    wanted = page.evaluate(REACHABLE)
    met = walk(page)
    assert len(met) == wanted
    assert [each for each in met if not each["ring"]] == []


def test_a_finger_drags_the_sheet_up_and_down(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url, size=PHONE).page
    touch = page.context.new_cdp_session(page)

    def drag(to: float) -> None:
        box = page.locator("#sheet-handle").bounding_box()
        assert box is not None
        at = box["y"] + 12
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": 195, "y": at}]})
        for share in (0.3, 0.7, 1.0):
            point = {"x": 195, "y": at + (to - at) * share}
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    ledger = page.locator("#ledger")
    drag(90)
    expect(ledger).to_have_attribute("data-sheet", "full")
    drag(420)
    expect(ledger).to_have_attribute("data-sheet", "half")
    drag(800)
    expect(ledger).to_have_attribute("data-sheet", "low")


def test_two_fingers_zoom_the_map(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url, size=PHONE).page
    before = page.evaluate("geomap.map.getZoom()")
    touch = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 30), ("touchMove", 60), ("touchMove", 110), ("touchEnd", 0)):
        points = [{"x": 195 - apart, "y": 420, "id": 0}, {"x": 195 + apart, "y": 420, "id": 1}] if apart else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    until(page, lambda: page.evaluate("geomap.map.getZoom()") > before + 0.9)
    until(page, lambda: "view=" in page.url)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_text_twice_as_large_loses_nothing(open_page: Open, sample_url: str, size: tuple[int, int]) -> None:
    page = open_page(sample_url, size=size, lenient=True).page
    page.add_style_tag(content="html { font-size: 200% !important; }")
    if size == PHONE:
        page.locator("#sheet-handle").tap()
        page.locator("#sheet-handle").tap()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.evaluate(
        "document.getElementById('ledger-body').scrollWidth <= document.getElementById('ledger-body').clientWidth"
    )
    page.locator("#filter-toggle").click()
    for part in (
        "#filter-panel legend",
        "#crash-site > summary .name",
        "#times summary .value",
        "#reports .report summary",
    ):
        page.locator(part).first.scroll_into_view_if_needed()
        expect(page.locator(part).first).to_be_in_viewport()
    hidden = page.evaluate(
        """() => [...document.querySelectorAll(".bar .tool, .filterbar .tool, .sections a")].filter(n => {
          const r = n.getBoundingClientRect(); return r.width && (r.left < 0 || r.right > innerWidth + 1); }).length"""
    )
    assert hidden == 0


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("made", [arabic, endless, empty])
def test_any_script_any_length_and_nothing_at_all(
    open_page: Open, url_of: Url, made: Callable[[], Incident], size: tuple[int, int], dark: bool
) -> None:
    """The page fits its screen, complains of nothing and passes axe."""
    seen = open_page(url_of(made()), size=size, dark=dark, lenient=True)
    page = seen.page
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for summary in page.locator("#places summary, #unplaced summary, #reports summary").all()[:3]:
        summary.evaluate("node => { node.parentElement.open = true; }")
    wide = page.evaluate(
        """() => { const l = document.getElementById("ledger-body"), edge = l.getBoundingClientRect().right + 1;
          return [...l.querySelectorAll("*")].filter(n => !n.closest(".scroller, .visually-hidden, svg"))
            .filter(n => n.getBoundingClientRect().right > edge).map(n => n.outerHTML.slice(0, 80)); }"""
    )
    assert wide == []
    assert seen.complaints == []
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []


def test_names_in_another_direction_do_not_turn_what_stands_beside_them(open_page: Open, url_of: Url) -> None:
    """The date after a right-to-left outlet stays after it, and each text runs as its own script does."""
    page = open_page(url_of(arabic())).page
    page.locator("#crash-site > summary").click()
    source = page.locator("#crash-site .source").first
    order = source.evaluate(
        """n => { const name = n.querySelector("cite bdi").getBoundingClientRect(), range = document.createRange();
          const last = [...n.childNodes].filter(c => c.nodeType === 3 && c.textContent.includes("2024")).pop();
          range.selectNodeContents(last); const date = range.getBoundingClientRect();
          return date.right > name.right || date.top > name.top; }"""
    )
    assert order
    assert page.locator("#reports .text").first.get_attribute("dir") == "auto"


def test_an_empty_incident_says_what_is_missing(open_page: Open, url_of: Url) -> None:
    page = open_page(url_of(empty())).page
    expect(page.get_by_text("No report says where it happened in words that can be placed.")).to_be_visible()
    expect(page.get_by_text("No place name was found in the reports.")).to_be_visible()
    expect(page.locator("#filter-toggle, #times")).to_have_count(0)
    expect(page.locator("#reports .report")).to_have_count(2)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_without_script_everything_is_told_and_no_dead_control_is_shown(
    open_page: Open, sample_url: str, size: tuple[int, int]
) -> None:
    page = open_page(sample_url, script=False, size=size).page
    for control in ("#filter-toggle", "#find", "#until", "#copy-link", ".maptools", "[data-pin]", "#sheet-handle"):
        for found in page.locator(control).all():
            expect(found).to_be_hidden()
    for words in ("about 11:00", "08:00 GMT", "Dobry Kut", "Northern Wire"):
        expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
    page.locator("#times summary").first.click()
    expect(page.locator("#times mark").first).to_be_visible()
