package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.List;
import org.motepool.core.money.Money;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.page.Table.Column;
import org.motepool.store.Payments.Part;
import org.motepool.store.Payments.Payment;
import org.motepool.store.Payments.Rail;
import org.motepool.store.Payments.State;

/** Payments as tables: the pool's, and one account's parts of them. */
final class PaymentTable {
    private static final int REFERENCE_CHARACTERS_SHOWN = 10;

    private PaymentTable() {}

    /** Payments of the pool. */
    static Html ofPool(Words words, List<Payment> payments, long now) {
        if (payments.isEmpty()) {
            return tag("p").cls("empty").with(words.say("payments.none"));
        }
        Table table = new Table(
                words.say("blocks.newest"),
                List.of(
                        Column.text(words.say("payments.number")),
                        Column.text(words.say("payments.when")),
                        Column.text(words.say("payments.state")),
                        Column.text(words.say("payments.reference")),
                        Column.number(words.say("payments.accounts")),
                        Column.number(words.say("payments.amount")),
                        Column.number(words.say("payments.fee")),
                        Column.number(words.say("payments.donated"))));
        for (Payment payment : payments) {
            table.row(List.of(
                    text(words.count(payment.number())),
                    words.ago(payment.movedAt(), now),
                    state(words, payment.state()),
                    reference(words, payment.rail(), payment.reference()),
                    text(words.count(payment.accounts())),
                    words.sats(payment.amount()),
                    words.sats(payment.networkFee()),
                    donated(words, payment.donated())));
        }
        return table.html();
    }

    /** One account's parts. */
    static Html ofAccount(Words words, List<Part> parts, long now) {
        if (parts.isEmpty()) {
            return tag("p").cls("empty").with(words.say("payments.none-yet"));
        }
        Table table = new Table(
                words.say("blocks.newest"),
                List.of(
                        Column.text(words.say("payments.number")),
                        Column.text(words.say("payments.when")),
                        Column.text(words.say("payments.state")),
                        Column.text(words.say("payments.reference")),
                        Column.number(words.say("payments.amount")),
                        Column.number(words.say("payments.charge")),
                        Column.number(words.say("payments.donated"))));
        for (Part part : parts) {
            table.row(List.of(
                    text(words.count(part.payment())),
                    words.ago(part.movedAt(), now),
                    state(words, part.state()),
                    reference(words, part.rail(), part.reference()),
                    words.exactSats(part.amount()),
                    words.sats(part.charge()),
                    donated(words, part.donated())));
        }
        return table.html();
    }

    /** Most leave nothing, which needs no number. */
    private static Html donated(Words words, Money donated) {
        return donated.isZero() ? text(Quantities.UNKNOWN) : words.exactSats(donated);
    }

    private static Html state(Words words, State state) {
        return switch (state) {
            case PREPARED -> tag("span").cls("tag wait").with(words.say("payments.prepared"));
            case SENT -> tag("span").cls("tag wait").with(words.say("payments.sent"));
            case CONFIRMED -> tag("span").cls("tag good").with(words.say("payments.confirmed"));
            case ABANDONED -> tag("span").cls("tag bad").with(words.say("payments.abandoned"));
        };
    }

    /** Its first letters, the whole of it to be copied. */
    private static Html reference(Words words, Rail rail, String reference) {
        Html way = tag("small")
                .with(words.say(
                        switch (rail) {
                            case ONCHAIN -> "payments.onchain";
                            case LIGHTNING -> "payments.lightning";
                        }));
        if (reference.isEmpty()) {
            return Html.all(text(Quantities.UNKNOWN + " "), way);
        }
        String shown = reference.length() <= REFERENCE_CHARACTERS_SHOWN
                ? reference
                : reference.substring(0, REFERENCE_CHARACTERS_SHOWN) + "…";
        return tag("span")
                .with(
                        tag("code").attr("title", reference).with(shown),
                        tag("button")
                                .cls("copy")
                                .attr("type", "button")
                                .attr("hidden", "")
                                .attr("data-copy", reference)
                                .attr("aria-label", words.say("copy.value", reference))
                                .attr("data-done", words.say("copy.done"))
                                .with(words.say("copy.copy")),
                        text(" "),
                        way);
    }
}
