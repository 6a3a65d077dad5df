"""The section on why appears with an explanation, in both languages, and not without one."""

from __future__ import annotations

from dataclasses import replace

from stepdown.brief.page import render_brief
from stepdown.contracts.explanation import Explanation, Share
from stepdown.contracts.findings import Findings
from stepdown.vocabulary.ids import LANGUAGES


def _explained(findings: Findings) -> Findings:
    means = {"tension": -0.06, "trust": 0.01, "direct": 0.0, "remainder": 0.005}
    told = tuple(Share(n, m, m - 0.01, m, m + 0.01, 0.9, 0.1) for n, m in means.items())
    total = Share("total", sum(means.values()), -0.1, -0.04, 0.0, 0.9, 0.1)
    package, outcome = findings.packages[0].id, findings.outcomes[0].id
    found = Explanation(
        *(package, outcome, "all", "ratio", "down", total, told, ()),
        n=80,
        failed=0,
        start_year=2026,
        end_year=2046,
    )
    return replace(findings, explanations=(found,))


def test_why_stands_after_the_fans_and_names_how_many_futures(findings: Findings) -> None:
    said = {
        "en": ("through which mechanisms", "political tension"),
        "ja": ("どの経路を通じてか", "政治的緊張"),
    }
    for language in LANGUAGES:
        page = render_brief(_explained(findings), language)
        section = page.split('id="mechanisms"')[1].split("</section>")[0]
        assert "80" in section
        assert all(words in page for words in said[language])
        assert page.index('id="fans"') < page.index('id="mechanisms"') < page.index('id="backfire"')
        assert "−6.0\u00a0%" in section


def test_without_an_explanation_there_is_no_section(findings: Findings) -> None:
    assert 'id="mechanisms"' not in render_brief(findings, "en")
