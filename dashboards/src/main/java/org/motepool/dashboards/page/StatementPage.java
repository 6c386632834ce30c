package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.format.ShortAddress;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.page.Table.Column;
import org.motepool.dashboards.view.StatementView;
import org.motepool.store.Statements.Line;

/** Every credit of an account, and how it is checked without trusting the pool. */
public final class StatementPage {
    private static final int ROOT_CHARACTERS_SHOWN = 12;

    private final Site site;

    public StatementPage(Site site) {
        this.site = site;
    }

    /** Path of an account's statement. */
    static String path(String address) {
        return "/statements/" + address;
    }

    public String html(Visit visit, StatementView view) {
        Words words = visit.words();
        Html file = tag("a").attr("href", "/api/v1/accounts/" + view.address() + "/statement")
                .with(words.say("statement.file"));
        Html command = tag("code").with("mote verify-statement FILE");
        return Layout.page(
                site,
                visit,
                words.say("statement.title") + " " + ShortAddress.of(view.address()),
                view.readAt(),
                "",
                tag("h1").with(words.say("statement.title")),
                tag("p").cls("address")
                        .with(tag("a").attr("href", "/users/" + view.address())
                                .with(tag("code").with(view.address()))),
                tag("p").cls("quiet").with(words.html("statement.lead", file, command)),
                view.lines().isEmpty()
                        ? tag("p").cls("empty").with(words.say("statement.none"))
                        : table(words, view.lines()),
                Parts.section("payments", words.say("payments.title"))
                        .with(PaymentTable.ofAccount(words, view.payments(), view.readAt())));
    }

    private static Html table(Words words, List<Line> lines) {
        Table table = new Table(
                words.say("credits.caption"),
                List.of(
                        Column.text(words.say("statement.for")),
                        Column.text(words.say("statement.standing")),
                        Column.number(words.say("plan.credit")),
                        Column.number(words.say("plan.part")),
                        Column.number(words.say("statement.slices")),
                        Column.text(words.say("statement.root"))));
        for (Line line : lines) {
            table.row(List.of(
                    text(subject(words, line)),
                    text(standing(words, line.standing())),
                    words.exactSats(line.amount()),
                    text(part(words, line)),
                    text(line.lastSlice() == 0 ? Quantities.UNKNOWN : line.firstSlice() + "–" + line.lastSlice()),
                    tag("code")
                            .with(line.root()
                                    .substring(
                                            0,
                                            Math.min(
                                                    ROOT_CHARACTERS_SHOWN,
                                                    line.root().length())))));
        }
        return table.html();
    }

    private static String subject(Words words, Line line) {
        return switch (line.kind()) {
            case BLOCK -> words.say("statement.block", words.count(line.height()));
            case POT ->
                words.say(
                        "statement.pot",
                        LocalDate.ofEpochDay(Long.parseLong(line.subject())).toString());
            case COINBASE -> words.say("statement.coinbase", words.count(line.height()));
        };
    }

    private static String standing(Words words, String standing) {
        return switch (standing) {
            case "SUBMITTED" -> words.say("statement.submitted");
            case "IMMATURE" -> words.say("statement.maturing");
            case "MATURE" -> words.say("statement.mature");
            case "ORPHANED" -> words.say("statement.orphaned");
            default -> words.say("statement.refused");
        };
    }

    private static String part(Words words, Line line) {
        BigInteger total = new BigInteger(line.totalWeight());
        return total.signum() == 0 ? Quantities.UNKNOWN : words.share(new BigInteger(line.weight()), total);
    }
}
