package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.html.OutsideText;
import org.motepool.dashboards.page.Table.Column;
import org.motepool.dashboards.view.Worker;
import org.motepool.store.LiveStats.SessionReport;

/** The workers of one account, one row each. */
final class WorkerTable {
    /** Beyond that a page helps nobody; the rest is in the API. */
    static final int ROWS_MAX = 500;

    private static final int LEVEL_OF_DIFFICULTY_ONE = 32;

    private WorkerTable() {}

    static Html of(List<Worker> workers, long now) {
        Table table = new Table(
                workers.size() > ROWS_MAX ? "The first " + ROWS_MAX + " of " + workers.size() : "By hash rate",
                List.of(
                        Column.text("Worker"),
                        Column.text("Device"),
                        Column.number("Hash rate"),
                        Column.number("Difficulty"),
                        Column.number("Accepted"),
                        Column.text("Rejected"),
                        Column.number("Best"),
                        Column.number("Last share"),
                        Column.number("Connected")));
        workers.stream().limit(ROWS_MAX).forEach(worker -> table.row(cells(worker, now)));
        return table.html();
    }

    private static List<Html> cells(Worker worker, long now) {
        return List.of(
                Html.all(OutsideText.shown(worker.name()), text(" "), AccountVerdict.dot(worker)),
                device(worker),
                HashRate.html(worker.hashRate(), worker.windowShares()),
                difficulty(worker.level()),
                text(Quantities.count(worker.accepted())),
                rejected(worker),
                text(worker.best() > 0 ? Quantities.difficulty(worker.best()) : Quantities.UNKNOWN),
                Times.ago(worker.lastShare(), now),
                worker.online()
                        ? Times.since(worker.sessions().getFirst().connectedAt(), now)
                        : Html.all(text("left "), Times.ago(worker.lastSeen(), now)));
    }

    private static Html device(Worker worker) {
        if (worker.sessions().isEmpty()) {
            return text(Quantities.UNKNOWN);
        }
        SessionReport session = worker.sessions().getFirst();
        Html agent = session.userAgent().isBlank() ? text(Quantities.UNKNOWN) : OutsideText.shown(session.userAgent());
        return worker.sessions().size() == 1
                ? agent
                : Html.all(agent, text(", " + worker.sessions().size() + " connections"));
    }

    private static Html difficulty(OptionalInt level) {
        if (level.isEmpty()) {
            return text(Quantities.UNKNOWN);
        }
        double difficulty = Math.scalb(1.0, level.getAsInt() - LEVEL_OF_DIFFICULTY_ONE);
        return tag("span")
                .attr("title", "level " + level.getAsInt() + ": each share proves 2^" + level.getAsInt() + " hashes")
                .with(Quantities.difficulty(difficulty));
    }

    private static Html rejected(Worker worker) {
        if (worker.rejectedInAll() == 0) {
            return text("0");
        }
        String reasons = worker.rejected().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(WorkerTable::reason)
                .collect(Collectors.joining(", "));
        return Html.all(
                text(Quantities.count(worker.rejectedInAll()) + " "),
                tag("small").with(OutsideText.plain(reasons)));
    }

    private static String reason(Map.Entry<String, Long> entry) {
        return Quantities.count(entry.getValue()) + " " + entry.getKey().replace('_', ' ');
    }
}
