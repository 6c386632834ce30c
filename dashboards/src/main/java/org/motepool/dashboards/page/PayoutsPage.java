package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.List;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.view.PoolView;
import org.motepool.store.Balances;
import org.motepool.store.Payments.Payment;

/** What the pool owes and has paid, and when it pays. */
public final class PayoutsPage {
    private final Site site;

    public PayoutsPage(Site site) {
        this.site = site;
    }

    public String html(Visit visit, PoolView pool, List<Payment> payments) {
        Words words = visit.words();
        Balances.Balance miners = pool.totals().miners();
        Html books = tag("dl")
                .cls("money")
                .with(
                        Parts.fact(words.say("balance.maturing"), words.exactSats(miners.immature())),
                        Parts.fact(words.say("balance.available"), words.exactSats(miners.available())),
                        Parts.fact(words.say("balance.paying"), words.exactSats(miners.paying())),
                        Parts.fact(words.say("rules.owed"), words.exactSats(miners.owed())),
                        Parts.fact(words.say("balance.paid"), words.exactSats(miners.paid())),
                        Parts.fact(
                                words.say("payouts.fee"),
                                words.exactSats(pool.totals()
                                        .fee()
                                        .owed()
                                        .plus(pool.totals().fee().paid()))));
        return Layout.page(
                site,
                visit,
                words.say("nav.payouts"),
                pool.readAt(),
                "/api/events",
                tag("h1").with(words.say("nav.payouts")),
                tag("p").cls("lead").with(words.say("payouts.lead")),
                SearchForm.empty(visit),
                pool.chain()
                        .<Html>map(chain -> Parts.section("rules", words.say("payouts.rules"))
                                .with(HomePage.facts(words, site, chain, pool)))
                        .orElse(Html.none()),
                Parts.section("payments", words.say("payments.title"))
                        .with(Parts.live("payments").with(PaymentTable.ofPool(words, payments, pool.readAt()))),
                Parts.section("books", words.say("payouts.books"))
                        .with(
                                tag("p").with(words.counted(
                                        "payouts.accounts", pool.totals().accounts())),
                                Parts.live("books").with(books, solvency(words, pool)),
                                Parts.quiet(words.say("payouts.solvency"))));
    }

    /** What is owed against what there is, as the accountant last compared it. */
    private static Html solvency(Words words, PoolView pool) {
        return pool.payout()
                .filter(state -> state.comparedHeight() > 0)
                .<Html>map(state -> {
                    boolean covered = state.held().compareTo(state.owed()) >= 0;
                    return tag("p").cls(covered ? "quiet" : "notice")
                            .with(words.html(
                                    covered ? "payouts.covered" : "payouts.short",
                                    text(words.count(state.comparedHeight())),
                                    words.sats(state.held()),
                                    words.sats(state.owed())));
                })
                .orElse(Html.none());
    }
}
