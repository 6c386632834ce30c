package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.page.Table.Column;
import org.motepool.dashboards.svg.Chart;
import org.motepool.dashboards.view.Series;
import org.motepool.dashboards.view.Span;
import org.motepool.store.History.Point;

/** A chart of hash rate with its axes, the choice of how far it looks back, and the same as a table. */
final class ChartSection {
    private static final Chart CHART = new Chart(720, 200);
    private static final int MARKS = 5;
    /** Rows of the table; slots are put together until they fit. */
    private static final int ROWS_MAX = 24;

    /** Of a subject that is younger than the span. */
    private static final int SLOTS_LEAST = 24;

    private static final double HASHES_PER_WORK_UNIT = 65_536;

    private ChartSection() {}

    static Html of(Visit visit, Span span, Series whole) {
        Series series = whole.withoutEmptyBeginning(SLOTS_LEAST);
        return Parts.section("chart", visit.say("chart.title"))
                .cls("chart")
                .with(
                        spans(visit, span),
                        Parts.live("chart")
                                .with(
                                        series.points().isEmpty()
                                                ? tag("p").cls("empty").with(visit.say("chart.empty"))
                                                : figure(visit.words(), span, series)));
    }

    private static Html spans(Visit visit, Span chosen) {
        List<Html> links = new ArrayList<>();
        for (Span span : Span.values()) {
            Html.Element link = tag("a").attr("href", visit.path() + "?span=" + span.id() + "#chart");
            links.add((span == chosen ? link.attr("aria-current", "true") : link)
                    .with(visit.say("chart.span." + span.id())));
        }
        return tag("nav")
                .cls("spans")
                .attr("aria-label", visit.say("chart.spans"))
                .with(links);
    }

    private static Html figure(Words words, Span span, Series series) {
        double top = Chart.top(series);
        List<Html> marks = new ArrayList<>();
        boolean days = span == Span.DAYS_7 || span == Span.DAYS_90;
        for (int i = 0; i < MARKS; i++) {
            long at = series.from() + (series.to() - series.from()) * i / (MARKS - 1);
            marks.add(tag("span").with(words.mark(at, days)));
        }
        return tag("figure")
                .with(
                        tag("div")
                                .cls("plot")
                                .with(
                                        tag("div")
                                                .cls("scale")
                                                .attr("aria-hidden", "true")
                                                .with(
                                                        tag("span").with(words.roundRate(top)),
                                                        tag("span").with(words.roundRate(top / 2)),
                                                        tag("span").with("0")),
                                        CHART.draw(
                                                series,
                                                words.say("chart.label", words.span(series.to() - series.from())))),
                        tag("div").cls("marks").attr("aria-hidden", "true").with(marks),
                        tag("figcaption").with(words.say("chart.caption")),
                        table(words, series));
    }

    private static Html table(Words words, Series series) {
        int slots = (int) ((series.to() - series.from()) / series.resolution().millis());
        int perRow = Math.ceilDiv(slots, ROWS_MAX);
        Table table = new Table(
                words.say(
                        "chart.table",
                        words.span((long) perRow * series.resolution().millis())),
                List.of(
                        Column.text(words.say("chart.from")),
                        Column.number(words.say("rate.title")),
                        Column.number(words.say("chart.shares"))));
        for (int row = 0; row * perRow < slots; row++) {
            long from =
                    series.from() + (long) row * perRow * series.resolution().millis();
            long to = Math.min(
                    series.to(), from + (long) perRow * series.resolution().millis());
            List<Point> in = series.points().stream()
                    .filter(point -> point.start() >= from && point.start() < to)
                    .toList();
            long shares = in.stream().mapToLong(Point::shares).sum();
            double rate = in.stream().mapToLong(Point::work).sum()
                    * HASHES_PER_WORK_UNIT
                    * 1_000
                    / Math.max(1, (long) in.size() * series.resolution().millis());
            table.row(List.of(
                    text(words.time(from)),
                    in.isEmpty() ? text(Quantities.UNKNOWN) : Parts.hashRate(words, rate, shares),
                    text(in.isEmpty() ? words.say("chart.gap") : words.count(shares))));
        }
        return tag("details").with(tag("summary").with(words.say("chart.as-table")), table.html());
    }
}
