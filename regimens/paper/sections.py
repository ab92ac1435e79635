"""The sections of the care plan as platypus flowables, in the order of the page."""

from collections.abc import Sequence

from reportlab.lib.colors import Color, white
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from regimens.paper import words
from regimens.paper.blocks import Span, Style, TextBlock
from regimens.paper.chart import TrendChart
from regimens.paper.colours import ACCENT, CAUTION, CAUTION_TINT, INK, RULE, SOFT, TINT
from regimens.paper.plan import CarePlan, DueDate, Labelled, TargetRow

FOLLOWING_SHOWN, BLOODS_SHOWN = 4, 4
CHART_HEIGHT = 150

BODY = Style(size=11, leading=16, colour=INK, space_after=3)
SMALL = Style(size=9.5, leading=13.5, colour=SOFT, space_before=2, space_after=2)
HEADING = Style(size=14, leading=19, colour=ACCENT, bold=True, space_before=12, space_after=4)
HERO = Style(size=26, leading=34, colour=INK, bold=True)
HERO_WORDS = Style(size=14, leading=20, colour=INK, bold=True, space_before=2)
LABEL = Style(size=10, leading=15, colour=ACCENT, bold=True, space_after=2)

Flowables = list[Flowable]


class Sections:
    """Builds the flowables of one plan at one width; `scale` shrinks type and space alike."""

    def __init__(self, plan: CarePlan, width: float, scale: float, notes: str) -> None:
        self.plan, self.width, self.scale, self.notes = plan, width, scale, notes

    def all(self) -> Flowables:
        """Every section, top to bottom."""
        return [
            self.next_treatment(),
            *self.why(),
            *self.treatment(),
            *self.bloods(),
            self.ring(),
            *self.results(),
            self.advice(),
            *self.contacts(),
            *self.clinic_notes(),
        ]

    def next_treatment(self) -> Flowable:
        plan, following = self.plan, self.plan.next_treatment.following[:FOLLOWING_SHOWN]
        heading = words.NEXT_INJECTION if plan.route == "injection" else words.NEXT_TABLETS
        left: Flowables = [self._block(heading, LABEL)]
        due = plan.next_treatment.next
        if due is not None:
            left.append(self._block(words.long_date(due.on), HERO))
            if due.note:
                left.append(self._block(due.note, BODY))
        if plan.next_treatment.explanation:
            style = BODY if due is not None else HERO_WORDS
            left.append(self._block(plan.next_treatment.explanation, style))
        elif due is None:
            left.append(self._block(words.NO_DATE, HERO_WORDS))
        if due is not None and plan.route == "injection":
            left.append(self._block(words.IF_MISSED, SMALL))
        if not following:
            return self._box([[left]], [self.width])
        right = [self._block(words.AFTER_THAT, LABEL), *map(self._following, following)]
        return self._box([[left, right]], [self.width * 0.62, self.width * 0.38])

    def _following(self, due: DueDate) -> Flowable:
        spans = [Span(words.long_date(due.on), bold=True)]
        if due.note:
            spans.append(Span(due.note))
        return self._block(spans, BODY)

    def why(self) -> Flowables:
        spans = [Span(self.plan.why_treated)]
        if self.plan.cause:
            spans.append(Span(words.CAUSE.format(cause=self.plan.cause)))
        blocks = [self._block([span], BODY) for span in spans if span.text]
        return self._section(words.WHY, blocks)

    def treatment(self) -> Flowables:
        blocks = [self._block(sentence, BODY) for sentence in self.plan.treatment]
        if self.plan.phase:
            blocks.append(self._block(words.PHASE.format(phase=self.plan.phase), BODY))
        how_long = words.HOW_LONG_LIFE if self.plan.for_life else words.HOW_LONG
        blocks.append(self._block([Span(how_long, bold=True), Span(words.NORMAL_RESULT)], BODY))
        return self._section(words.TREATMENT, blocks)

    def bloods(self) -> Flowables:
        bloods = self.plan.next_bloods[:BLOODS_SHOWN]
        if not bloods:
            return self._section(words.BLOODS, [self._block(words.NO_BLOODS, BODY)])
        rows = [
            [
                self._block([Span(words.long_date(b.on), bold=True)], BODY),
                self._block(b.tests, BODY),
            ]
            for b in bloods
        ]
        content = [self._grid(rows, [0.27, 0.73])]
        if self.plan.route == "injection":
            content.append(self._block(words.BLOODS_WHEN, SMALL))
        return self._section(words.BLOODS, content)

    def ring(self) -> Flowable:
        columns = [self._signs(words.RING_NERVES), self._signs(words.RING_REACTION)]
        heading = self._block(
            words.RING.format(phone=self.plan.clinic.phone), self._without_space(HEADING)
        )
        last = [self._block([Span(words.EMERGENCY, bold=True)], BODY)]
        if self.plan.route == "injection":
            last.append(self._block(words.HARMLESS, SMALL))
        box = self._box(
            [[heading, ""], columns, [last, ""]],
            [self.width / 2] * 2,
            fill=white,
            edge=ACCENT,
            commands=[("SPAN", (0, 0), (1, 0)), ("SPAN", (0, 2), (1, 2))],
        )
        return KeepTogether([Spacer(1, 10 * self.scale), box])

    def _signs(self, signs: Sequence[str]) -> Flowables:
        when, *rest = signs
        return [self._block(when, LABEL), *(self._block(s, BODY, bullet=True) for s in rest)]

    def results(self) -> Flowables:
        rows = [[self._block(title, LABEL) for title in words.TARGET_COLUMNS]]
        rows += [self._target(row) for row in self.plan.targets]
        table = self._grid(rows, [0.33, 0.25, 0.19, 0.23], header=True)
        last = self._block(words.B12_ALONE, SMALL)
        return [*self._section(words.RESULTS, [table]), KeepTogether([*self._chart(), last])]

    def _chart(self) -> Flowables:
        chart = self.plan.chart
        if chart is None or not chart.points:
            return []
        content: Flowables = [
            Spacer(1, 6 * self.scale),
            TrendChart(chart, self.width, CHART_HEIGHT * self.scale),
        ]
        if any(point.comparator for point in chart.points):
            content.append(self._block(words.CHART_LIMIT, SMALL))
        return content

    def _target(self, row: TargetRow) -> Flowables:
        last = Span(row.last_value or words.NO_RESULT, bold=bool(row.last_value))
        day = "" if row.last_date is None else words.long_date(row.last_date)
        return [self._block(cell, BODY) for cell in (row.name, row.target, [last], day)]

    def advice(self) -> Flowable:
        """Folic acid, and beside it where injections go."""
        folic = [
            self._block(words.FOLIC, self._without_space(HEADING)),
            self._block(words.FOLIC_WARNING, BODY),
        ]
        if self.plan.folic_acid:
            folic.append(self._block([Span(self.plan.folic_acid, bold=True)], BODY))
        if self.plan.route == "tablets":
            return KeepTogether([Spacer(1, 8 * self.scale), self._caution([[folic]])])
        sites = [
            self._block(words.SITES, self._without_space(HEADING)),
            self._block(words.SITES_YES, BODY),
            self._block([Span(words.SITES_NO, bold=True)], BODY),
        ]
        return KeepTogether([Spacer(1, 8 * self.scale), self._caution([[sites, folic]])])

    def contacts(self) -> Flowables:
        clinic = self.plan.clinic
        lines = [
            Labelled(words.CLINIC, clinic.name),
            Labelled(words.PHONE, clinic.phone),
            Labelled(words.ADDRESS, clinic.address),
            *self.plan.contacts,
        ]
        rows = [
            [self._block([Span(line.label, bold=True)], BODY), self._block(line.value, BODY)]
            for line in lines
            if line.value
        ]
        return self._section(words.CONTACTS, [self._grid(rows, [0.27, 0.73])])

    def clinic_notes(self) -> Flowables:
        lines = [line for line in self.notes.splitlines() if line.strip()]
        if not lines:
            return []
        blocks = [self._block(line, BODY) for line in lines]
        return [*self._section(words.NOTES, blocks[:1]), *blocks[1:]]

    def _block(
        self, content: str | Sequence[Span], style: Style, *, bullet: bool = False
    ) -> TextBlock:
        return TextBlock(content, style.scaled(self.scale), bullet=bullet)

    def _section(self, heading: str, content: Flowables) -> Flowables:
        return [KeepTogether([self._block(heading, HEADING), *content])]

    def _without_space(self, style: Style) -> Style:
        return Style(style.size, style.leading, style.colour, style.bold, 0, style.space_after)

    def _grid(
        self, rows: Sequence[Sequence[object]], shares: Sequence[float], header: bool = False
    ) -> Table:
        table = Table(rows, colWidths=[share * self.width for share in shares])
        pad = 2.2 * self.scale
        commands: list[tuple[object, ...]] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), pad),
            ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE),
        ]
        if header:
            commands.append(("LINEBELOW", (0, 0), (-1, 0), 0.9, ACCENT))
        table.setStyle(TableStyle(commands))
        return table

    def _caution(self, cells: Sequence[Sequence[Flowables]]) -> Table:
        share = self.width / len(cells[0])
        edges = [("LINEABOVE", (0, 0), (-1, 0), 1.2, CAUTION)]
        return self._box(cells, [share] * len(cells[0]), fill=CAUTION_TINT, commands=edges)

    def _box(
        self,
        cells: Sequence[Sequence[object]],
        widths: list[float],
        *,
        fill: Color = TINT,
        edge: Color | None = None,
        commands: Sequence[tuple[object, ...]] = (),
    ) -> Table:
        pad = 10 * self.scale
        table = Table(cells, colWidths=widths)
        style: list[tuple[object, ...]] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, -1), fill),
            ("LEFTPADDING", (0, 0), (-1, -1), 12),
            ("RIGHTPADDING", (0, 0), (-1, -1), 12),
            ("TOPPADDING", (0, 0), (-1, 0), pad),
            ("BOTTOMPADDING", (0, -1), (-1, -1), pad),
            *commands,
        ]
        if edge is not None:
            style.append(("BOX", (0, 0), (-1, -1), 1.2, edge))
        table.setStyle(TableStyle(style))
        return table
