package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.math.BigInteger;
import java.util.List;
import org.motepool.core.money.Money;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.format.ShortAddress;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.page.Table.Column;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.Odds;
import org.motepool.dashboards.view.PoolView;
import org.motepool.dashboards.view.Series;
import org.motepool.dashboards.view.Span;
import org.motepool.dashboards.view.Worker;
import org.motepool.store.Balances;
import org.motepool.store.ChainStatus;
import org.motepool.store.ReadModels;

/** One account: how its devices do, and what it has earned. */
public final class AccountPage {
    private static final int PERMILLE = 1_000;
    private static final double MILLIS = 1_000;

    private final Site site;

    public AccountPage(Site site) {
        this.site = site;
    }

    public String html(Visit visit, AccountView account, PoolView pool, Span span, Series series) {
        Words words = visit.words();
        return Layout.page(
                site,
                visit,
                words.say("account.title", ShortAddress.of(account.address())),
                account.readAt(),
                "/api/events?address=" + account.address(),
                tag("p").cls("kicker").with(words.say("account.kicker")),
                tag("h1").cls("address").with(tag("code").with(account.address())),
                Parts.live("verdict")
                        .with(AccountVerdict.of(words, account, !pool.troubles().isEmpty())),
                Parts.live("waiting").with(SettingsParts.notices(words, account.address(), account.waiting())),
                pool.scaled() ? HomePage.scaledNotice(words) : Html.none(),
                account.seen() ? known(visit, account, pool, span, series) : unseen(visit, account));
    }

    private Html unseen(Visit visit, AccountView account) {
        return Parts.section("connect", visit.say("connect.title"))
                .with(
                        ConnectPage.access(visit, site),
                        tag("p").with(tag("a").cls("button")
                                .attr("href", "/connect?address=" + account.address())
                                .with(visit.say("connect.more"))));
    }

    private Html known(Visit visit, AccountView account, PoolView pool, Span span, Series series) {
        Words words = visit.words();
        return Html.all(
                Parts.live("tiles").with(tiles(words, account)),
                ChartSection.of(visit, span, series),
                workers(words, account),
                odds(words, account, pool),
                balance(words, account, pool),
                payments(words, account),
                credits(words, account),
                blocks(words, account, pool),
                elsewhere(words, account));
    }

    private static Html tiles(Words words, AccountView account) {
        long answered = account.accepted() + account.rejected();
        String rejected = account.rejected() == 0
                ? words.say("tile.none-rejected")
                : words.say(
                        "tile.rejected",
                        words.count(account.rejected()),
                        words.share(BigInteger.valueOf(account.rejected()), BigInteger.valueOf(answered)));
        return tag("dl")
                .cls("tiles")
                .with(
                        Parts.tile(
                                words.say("rate.title"),
                                Parts.hashRate(words, account.hashRate(), account.windowShares()),
                                account.windowShares() < Quantities.SHARES_FOR_A_RATE_MIN
                                        ? words.say("rate.later")
                                        : words.counted("rate.from", account.windowShares())),
                        Parts.tile(
                                words.say("tile.online"),
                                text(words.count(account.online().size())),
                                words.say(
                                        "tile.of-seen",
                                        words.count(account.workers().size()))),
                        Parts.tile(words.say("tile.accepted"), text(words.count(account.accepted())), rejected),
                        Parts.tile(
                                words.say("tile.best"),
                                text(words.difficulty(account.best())),
                                Parts.best(words, account.bestToday())));
    }

    /** When the next share of any of these is expected; a dash while nobody knows. */
    static String nextShare(Words words, List<Worker> online) {
        double perSecond = online.stream()
                .mapToDouble(worker -> 1 / worker.secondsPerShare().orElse(Double.POSITIVE_INFINITY))
                .sum();
        if (perSecond <= 0) {
            return Quantities.UNKNOWN;
        }
        return perSecond > 1 ? words.say("odds.under-a-second") : words.span(Math.round(MILLIS / perSecond));
    }

    private Html workers(Words words, AccountView account) {
        return account.workers().isEmpty()
                ? Html.none()
                : Parts.section("workers", words.say("workers.title"))
                        .with(Parts.live("workers")
                                .with(
                                        WorkerTable.of(words, site.network(), account),
                                        Parts.quiet(words.say("workers.next", nextShare(words, account.online())))));
    }

    private static Html odds(Words words, AccountView account, PoolView pool) {
        boolean known = account.windowShares() >= Quantities.SHARES_FOR_A_RATE_MIN && account.hashRate() > 0;
        Html content = known
                ? oddsOf(words, pool.odds(account.hashRate()))
                : tag("p").cls("empty").with(words.say("rate.later"));
        return Parts.section("odds", words.say("odds.title"))
                .with(
                        Parts.live("odds").with(content),
                        tag("p").with(Parts.link("/rewards?address=" + account.address(), words.say("odds.more"))));
    }

    /** Odds of a block and the time to a satoshi, here and on Bitcoin. */
    static Html oddsOf(Words words, Odds odds) {
        return tag("dl")
                .cls("facts wide")
                .with(
                        Parts.fact(
                                words.say("odds.day"),
                                text(OddsText.chance(words, odds.blocksIn(Odds.DAY_SECONDS), "day"))),
                        Parts.fact(
                                words.say("odds.year-title"),
                                text(OddsText.chance(words, odds.blocksIn(Odds.YEAR_SECONDS), "year"))),
                        Parts.fact(
                                words.say("odds.satoshi"),
                                text(words.say(
                                        "odds.satoshi-in",
                                        OddsText.duration(words, odds.secondsPerSatoshi()),
                                        OddsText.duration(
                                                words, odds.onBitcoin().secondsPerSatoshi())))));
    }

    private static Html balance(Words words, AccountView account, PoolView pool) {
        Balances.Balance balance = account.balance();
        Html.Element amounts = tag("dl")
                .cls("money")
                .with(
                        row(words, "balance.maturing", balance.immature()),
                        row(words, "balance.available", balance.available()));
        if (!balance.paying().isZero()) {
            amounts = amounts.with(row(words, "balance.paying", balance.paying()));
        }
        String explained = pool.chain()
                .map(chain -> words.counted("balance.explained", chain.coinbaseMaturity()))
                .orElse("");
        return Parts.section("balance", words.say("balance.title"))
                .with(
                        Parts.live("balance")
                                .with(
                                        amounts.with(row(words, "balance.paid", balance.paid())),
                                        pool.chain()
                                                .map(view -> progress(words, balance, view))
                                                .orElse(Html.none())),
                        Parts.quiet(explained),
                        tag("p").with(Parts.link(SettingsParts.path(account.address()), words.say("settings.link"))));
    }

    private static Html row(Words words, String name, Money amount) {
        return Parts.fact(words.say(name), words.exactSats(amount));
    }

    private static Html progress(Words words, Balances.Balance balance, ChainStatus.View chain) {
        Money minimum = Money.ofSatoshis(chain.minimumPayout());
        if (minimum.isZero() || balance.available().compareTo(minimum) >= 0) {
            return Html.none();
        }
        BigInteger permille = balance.available()
                .toFractions()
                .multiply(BigInteger.valueOf(PERMILLE))
                .divide(minimum.toFractions());
        return tag("p").with(
                        tag("label")
                                .attr("for", "payout")
                                .with(words.html(
                                        "balance.progress",
                                        words.share(balance.available().toFractions(), minimum.toFractions()),
                                        words.sats(minimum))),
                        tag("progress").attr("id", "payout").attr("max", "1000").attr("value", permille.toString()));
    }

    private static Html payments(Words words, AccountView account) {
        return account.payments().isEmpty()
                ? Html.none()
                : Parts.section("payments", words.say("payments.title"))
                        .with(Parts.live("payments")
                                .with(PaymentTable.ofAccount(words, account.payments(), account.readAt())));
    }

    private static Html credits(Words words, AccountView account) {
        Html.Element section = Parts.section("credits", words.say("credits.title"));
        if (account.credits().isEmpty()) {
            return section.with(Parts.live("credits").with(tag("p").cls("empty").with(words.say("credits.none"))));
        }
        Table table = new Table(
                words.say("credits.caption"),
                List.of(
                        Column.text(words.say("block.title-short")),
                        Column.text(words.say("block.found")),
                        Column.number(words.say("plan.credit")),
                        Column.number(words.say("plan.part"))));
        for (ReadModels.Credit credit : account.credits()) {
            table.row(List.of(
                    Parts.link(BlockTable.path(credit.blockHash()), words.count(credit.height())),
                    words.ago(credit.at(), account.readAt()),
                    words.exactSats(credit.amount()),
                    text(part(words, credit))));
        }
        Html statement = tag("p").cls("quiet")
                .with(words.html(
                        "statement.link",
                        Parts.link(StatementPage.path(account.address()), words.say("statement.title"))));
        return section.with(Parts.live("credits").with(table.html()), statement);
    }

    static String part(Words words, ReadModels.Credit credit) {
        try {
            return words.share(new BigInteger(credit.weight()), new BigInteger(credit.totalWeight()));
        } catch (NumberFormatException e) {
            return Quantities.UNKNOWN;
        }
    }

    private static Html blocks(Words words, AccountView account, PoolView pool) {
        if (account.blocks().isEmpty()) {
            return Html.none();
        }
        int maturity = pool.chain().map(ChainStatus.View::coinbaseMaturity).orElse(0);
        return Parts.section("found", words.say("account.found"))
                .with(Parts.live("found")
                        .with(BlockTable.of(
                                words,
                                words.say("blocks.newest"),
                                account.blocks(),
                                false,
                                maturity,
                                account.readAt())));
    }

    private static Html elsewhere(Words words, AccountView account) {
        String address = account.address();
        return Parts.section("elsewhere", words.say("elsewhere.title"))
                .with(
                        tag("p").with(words.say("elsewhere.text")),
                        tag("ul")
                                .cls("links")
                                .with(
                                        item("/api/badge/" + address + ".svg", words.say("elsewhere.badge")),
                                        item("/api/card/" + address + ".svg", words.say("elsewhere.card")),
                                        item(
                                                "/api/v1/accounts/" + address + "/history.csv?span=90d",
                                                words.say("elsewhere.csv")),
                                        item("/api/client/" + address, words.say("elsewhere.json"))));
    }

    private static Html item(String path, String text) {
        return tag("li").with(Parts.link(path, text));
    }
}
