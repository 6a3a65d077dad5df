"""The peeling trajectory: every box along it by coverage and density, the chosen one marked."""

from __future__ import annotations

from stepdown.charts import numbers
from stepdown.charts.element import Element, el, polyline
from stepdown.charts.figure import Figure, Table, label, line
from stepdown.charts.layout import Scale, text_width, wrap
from stepdown.charts.words import word
from stepdown.contracts.scenarios import Count, ScenarioFinding
from stepdown.vocabulary.ids import Language

_TOP, _LEFT, _LINE = 28.0, 52.0, 15.0
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def peeling_chart(
    finding: ScenarioFinding, language: Language, *, figure_id: str, width: float = 640
) -> Figure:
    """Coverage to the right, density upwards: the further out to both, the better the box."""
    note = wrap(word("peeling_note", language), width - 4, 12)
    foot = 46 + _LINE * len(note)
    height = min(0.62 * width, 320) + foot
    x = Scale(0, 1, _LEFT, width - 14)
    y = Scale(0, 1, height - foot, _TOP)
    path = finding.path
    points = [(x(c.coverage), y(c.density)) for c in path]
    shapes = [
        *_axes(x, y, width, language),
        *(
            label(text, 2, height - 6 - _LINE * (len(note) - 1 - i), class_="c-quiet")
            for i, text in enumerate(note)
        ),
        el("path", class_="c-line-a", d=polyline(points), fill="none", stroke_width="1.3"),
        *(el("circle", class_="c-fill-a", cx=px, cy=py, r=2.6) for px, py in points),
        *_input_counts(finding, x, y),
        *_marked(path[0], word("all_futures", language), x, y, ring=False),
    ]
    if finding.box is not None:
        shapes += _marked(finding.box.count, word("chosen_box", language), x, y, ring=True)
    last = path[-1]
    told = word(
        "peeling_finding",
        language,
        base=numbers.share(path[0].density),
        density=numbers.share(last.density),
        steps=len(path) - 1,
        coverage=numbers.share(last.coverage),
    )
    title = word("peeling_title", language)
    return Figure(figure_id, title, told, width, height, tuple(shapes), _table(finding, title, language))


def _axes(x: Scale, y: Scale, width: float, language: Language) -> list[Element]:
    shapes: list[Element] = []
    for t in _TICKS:
        shapes.append(line(x.start, y(t), x.end, y(t), "c-grid"))
        shapes.append(label(numbers.share(t), x.start - 6, y(t) + 4, anchor="end"))
        anchor = "end" if t == 1 else "middle"
        shapes.append(label(numbers.share(t), x(t), y(0) + 16, anchor=anchor))
    short = width < 480
    shapes.append(label(word("density" if short else "density_axis", language), 2, 14, class_="c-text"))
    foot = word("coverage" if short else "coverage_axis", language)
    shapes.append(label(foot, x.end, y(0) + 33, anchor="end"))
    shapes.append(line(x.start, y(0), x.end, y(0), "c-axis"))
    return shapes


def _input_counts(finding: ScenarioFinding, x: Scale, y: Scale) -> list[Element]:
    """How many inputs are restricted, where the number first rises and there is room to say so."""
    shapes: list[Element] = []
    first = finding.path[0]
    seen, last = 0, (x(first.coverage), y(first.density))
    for count, inputs in zip(finding.path, finding.path_inputs, strict=True):
        place = (x(count.coverage), y(count.density))
        far = abs(place[0] - last[0]) + abs(place[1] - last[1]) > 34
        if inputs > seen and far:
            seen, last = inputs, place
            shapes.append(label(str(inputs), place[0] - 6, place[1] + 13, class_="c-quiet", anchor="end"))
    return shapes


def _marked(count: Count, text: str, x: Scale, y: Scale, *, ring: bool) -> list[Element]:
    px, py = x(count.coverage), y(count.density)
    wide = text_width(text, 12)
    # The path lies above and to the right of any box with fewer inputs: names go below and to the left.
    before = px - 10 - wide > x.start
    name = label(
        text,
        px - 10 if before else px + 10,
        py + 16,
        class_="c-strong" if ring else "c-text",
        anchor="end" if before else None,
        bold=ring,
    )
    mark = [el("circle", class_="c-ink", cx=px, cy=py, r=7, fill="none", stroke_width="2.2")] if ring else []
    return [*mark, name]


def _table(finding: ScenarioFinding, caption: str, language: Language) -> Table:
    columns = ("step", "coverage", "density", "mass", "restricted")
    rows = tuple(
        (
            str(i),
            numbers.share(c.coverage),
            numbers.share(c.density),
            numbers.share(c.mass),
            str(inputs),
        )
        for i, (c, inputs) in enumerate(zip(finding.path, finding.path_inputs, strict=True))
    )
    return Table(caption, tuple(word(c, language) for c in columns), rows, frozenset(range(1, 5)))
