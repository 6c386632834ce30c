package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.List;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.html.OutsideText;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.page.Table.Column;
import org.motepool.dashboards.svg.Motes;
import org.motepool.dashboards.view.PoolView;
import org.motepool.store.LiveStats.FamilyReport;

/** Which devices mine here, by family and class, and the best share of each. */
public final class DevicesPage {
    private final Site site;

    public DevicesPage(Site site) {
        this.site = site;
    }

    public String html(Visit visit, PoolView pool) {
        Words words = visit.words();
        return Layout.page(
                site,
                visit,
                words.say("nav.devices"),
                pool.readAt(),
                "/api/events",
                tag("section")
                        .cls("hero slim")
                        .with(
                                tag("div")
                                        .with(
                                                tag("h1").with(words.say("nav.devices")),
                                                tag("p").cls("lead").with(words.say("devices.lead")),
                                                Parts.quiet(words.say("devices.names"))),
                                tag("figure")
                                        .with(Parts.live("motes")
                                                .with(Motes.draw(
                                                        pool.families(),
                                                        words.counted("home.motes-label", pool.workers()))))),
                Parts.live("families").with(table(words, pool, Integer.MAX_VALUE)));
    }

    /** @param max so many of the largest families */
    static Html table(Words words, PoolView pool, int max) {
        List<FamilyReport> families = pool.kinds().stream().limit(max).toList();
        if (families.isEmpty()) {
            return tag("p").cls("empty").with(words.say("devices.none"));
        }
        double most = families.stream().mapToDouble(FamilyReport::workers).max().orElse(1);
        Table table = new Table(
                words.say("devices.caption"),
                List.of(
                        Column.text(words.say("devices.family")),
                        Column.text(words.say("devices.class")),
                        Column.text(words.say("tile.devices")),
                        Column.number(words.say("rate.title")),
                        Column.number(words.say("worker.best"))));
        for (FamilyReport family : families) {
            table.row(List.of(
                    text(name(words, family.family())),
                    deviceClass(words, family.deviceClass()),
                    Html.all(bar(family.workers() / most), text(" " + words.count(family.workers()))),
                    Parts.hashRate(words, family.hashRate(), family.windowShares()),
                    text(words.difficulty(family.best()))));
        }
        return table.html();
    }

    /** The classes are a closed set, but they come from the store: one that a newer node made is shown as it is. */
    static Html deviceClass(Words words, String label) {
        return switch (label) {
            case "micro" -> text(words.say("class.micro"));
            case "cpu" -> text(words.say("class.cpu"));
            case "asic" -> text(words.say("class.asic"));
            case "unknown" -> text(words.say("class.unknown"));
            default -> OutsideText.shown(label);
        };
    }

    private static Html bar(double part) {
        return tag("svg")
                .cls("bar")
                .attr("viewBox", "0 0 100 6")
                .attr("width", "100")
                .attr("height", "6")
                .attr("aria-hidden", "true")
                .with(tag("rect")
                        .attr("width", Long.toString(Math.max(2, Math.round(100 * part))))
                        .attr("height", "6")
                        .attr("rx", "3"));
    }

    private static String name(Words words, String family) {
        return switch (family) {
            case "nerdminer" -> "NerdMiner";
            case "leafminer" -> "LeafMiner";
            case "bitsyminer" -> "BitsyMiner";
            case "sparkminer" -> "SparkMiner";
            case "nmminer" -> "NMMiner";
            case "bitaxe" -> "Bitaxe";
            case "nerdqaxe" -> "NerdQAxe";
            case "nmaxe" -> "NMAxe";
            case "piaxe" -> "PiAxe";
            case "browser" -> words.say("devices.browser");
            case "cpuminer" -> words.say("devices.cpuminer");
            case "other" -> words.say("devices.other");
            default -> OutsideText.plain(family);
        };
    }
}
