package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.motepool.core.address.Network;
import org.motepool.core.work.Level;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.html.OutsideText;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.page.Table.Column;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.Worker;

/** The workers of one account, one row each. */
final class WorkerTable {
    /** Beyond that a page helps nobody; the rest is in the API. */
    static final int ROWS_MAX = 500;

    private WorkerTable() {}

    static Html of(Words words, Network network, AccountView account) {
        List<Worker> workers = account.workers();
        Table table = new Table(
                workers.size() > ROWS_MAX
                        ? words.say("workers.first", words.count(ROWS_MAX), words.count(workers.size()))
                        : words.say("workers.caption"),
                List.of(
                        Column.text(words.say("worker.name")),
                        Column.text(words.say("worker.device")),
                        Column.number(words.say("rate.title")),
                        Column.number(words.say("worker.difficulty")),
                        Column.number(words.say("worker.accepted")),
                        Column.text(words.say("worker.rejected")),
                        Column.number(words.say("worker.best")),
                        Column.number(words.say("worker.last-share"))));
        workers.stream().limit(ROWS_MAX).forEach(worker -> table.row(cells(words, network, account, worker)));
        return table.html();
    }

    private static List<Html> cells(Words words, Network network, AccountView account, Worker worker) {
        return List.of(
                Html.all(name(account.address(), worker), text(" "), AccountVerdict.dot(words, worker)),
                device(words, worker),
                Parts.hashRate(words, worker.hashRate(), worker.windowShares()),
                difficulty(words, network, worker.level()),
                text(words.count(worker.accepted())),
                rejected(words, worker),
                text(words.difficulty(worker.best())),
                worker.online()
                        ? words.ago(worker.lastShare(), account.readAt())
                        : words.html("worker.left", words.ago(worker.lastSeen(), account.readAt())));
    }

    /** A link, unless nothing of the name can be shown. */
    private static Html name(String address, Worker worker) {
        Html shown = OutsideText.shown(worker.name());
        boolean linked = OutsideText.plain(worker.name()).equals(worker.name())
                && !worker.name().isBlank();
        return linked
                ? tag("a").attr("href", Visit.workerPath(address, worker.name()))
                        .with(shown)
                : shown;
    }

    static Html device(Words words, Worker worker) {
        if (worker.sessions().isEmpty()) {
            return text(Quantities.UNKNOWN);
        }
        Html agent = worker.userAgent().isBlank() ? text(Quantities.UNKNOWN) : OutsideText.shown(worker.userAgent());
        Html device = Html.all(
                agent,
                text(" "),
                tag("small")
                        .with(DevicesPage.deviceClass(
                                words, worker.sessions().getFirst().deviceClass())));
        return worker.sessions().size() == 1
                ? device
                : Html.all(
                        device,
                        text(", "
                                + words.counted(
                                        "worker.connections", worker.sessions().size())));
    }

    /** As the network's miners count it. */
    static Html difficulty(Words words, Network network, OptionalInt level) {
        if (level.isEmpty()) {
            return text(Quantities.UNKNOWN);
        }
        String number = Integer.toString(level.getAsInt());
        double difficulty = network.proofOfWork().difficulties().of(Level.clamped(level.getAsInt()));
        return tag("span").attr("title", words.say("worker.level", number)).with(words.difficulty(difficulty));
    }

    static Html rejected(Words words, Worker worker) {
        if (worker.rejectedInAll() == 0) {
            return text("0");
        }
        String reasons = worker.rejected().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> reason(words, entry))
                .collect(Collectors.joining(", "));
        return Html.all(
                text(words.count(worker.rejectedInAll()) + " "), tag("small").with(OutsideText.plain(reasons)));
    }

    /** The reasons are a closed set, but they come from the store: one that a newer node made is shown as it is. */
    private static String reason(Words words, Map.Entry<String, Long> entry) {
        String name = switch (entry.getKey()) {
            case "stale" -> words.say("reject.stale");
            case "duplicate" -> words.say("reject.duplicate");
            case "low_difficulty" -> words.say("reject.low");
            case "malformed" -> words.say("reject.malformed");
            case "unauthorized" -> words.say("reject.unauthorized");
            case "not_stored" -> words.say("reject.not-stored");
            default -> entry.getKey().replace('_', ' ');
        };
        return words.count(entry.getValue()) + " " + name;
    }
}
