package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.motepool.core.money.Money;
import org.motepool.dashboards.format.Amounts;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.format.ShortAddress;
import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.page.Table.Column;
import org.motepool.dashboards.view.AccountView;
import org.motepool.store.Balances;
import org.motepool.store.ChainStatus;
import org.motepool.store.ReadModels;

/** One account: how its devices do, and what it has earned. */
public final class AccountPage {
    private final String poolName;
    private final int stratumPort;

    public AccountPage(String poolName, int stratumPort) {
        this.poolName = poolName;
        this.stratumPort = stratumPort;
    }

    /** @param stratumHost by which this reader's devices reach the pool */
    public String html(AccountView account, Optional<ChainStatus.View> chain, String stratumHost) {
        boolean scaled = chain.isPresent() && chain.get().powShift() > 0;
        return Layout.page(
                poolName,
                "Account " + ShortAddress.of(account.address()),
                account.readAt(),
                tag("h1").cls("address").with(tag("code").with(account.address())),
                AccountVerdict.of(account),
                scaled ? tag("p").cls("notice").with("Rates are scaled: this is the devnet.") : Html.none(),
                account.seen() ? known(account, chain) : Html.none(),
                account.workers().isEmpty()
                        ? new Recipe(stratumHost, stratumPort).section(account.address())
                        : Html.none());
    }

    private static Html known(AccountView account, Optional<ChainStatus.View> chain) {
        return Html.all(
                tiles(account), balance(account, chain), workers(account), credits(account), blocks(account, chain));
    }

    private static Html tiles(AccountView account) {
        long answered = account.accepted() + account.rejected();
        String rejected = account.rejected() == 0
                ? "none rejected"
                : Quantities.count(account.rejected()) + " rejected, "
                        + Quantities.share(BigInteger.valueOf(account.rejected()), BigInteger.valueOf(answered));
        return tag("dl")
                .cls("tiles")
                .with(
                        Tile.of(
                                "Hash rate",
                                HashRate.html(account.hashRate(), account.windowShares()),
                                account.windowShares() < Quantities.SHARES_FOR_A_RATE_MIN
                                        ? "known after 4 shares"
                                        : "from " + Quantities.count(account.windowShares()) + " shares"),
                        Tile.of(
                                "Workers online",
                                text(Quantities.count(account.online().size())),
                                "of " + Quantities.count(account.workers().size()) + " seen lately"),
                        Tile.of("Accepted shares", text(Quantities.count(account.accepted())), rejected),
                        Tile.of(
                                "Best share",
                                text(account.best() > 0 ? Quantities.difficulty(account.best()) : Quantities.UNKNOWN),
                                "difficulty"));
    }

    private static Html balance(AccountView account, Optional<ChainStatus.View> chain) {
        Balances.Balance balance = account.balance();
        Html.Element amounts =
                tag("dl").cls("money").with(row("Maturing", balance.immature()), row("Available", balance.available()));
        if (!balance.paying().isZero()) {
            amounts = amounts.with(row("Being paid", balance.paying()));
        }
        return tag("section")
                .attr("aria-labelledby", "balance-title")
                .with(
                        tag("h2").attr("id", "balance-title").with("Balance"),
                        amounts.with(row("Paid so far", balance.paid())),
                        tag("p").cls("quiet").with(explained(chain)),
                        chain.map(view -> progress(balance, view)).orElse(Html.none()));
    }

    private static Html row(String name, Money amount) {
        return tag("div")
                .with(
                        tag("dt").with(name),
                        tag("dd").with(Amounts.exact(amount), tag("span").with(" sat")));
    }

    private static String explained(Optional<ChainStatus.View> chain) {
        String depth = chain.map(view -> "is " + view.coinbaseMaturity() + " blocks deep")
                .orElse("is deep enough");
        return "Maturing is your part of blocks that may still be lost to a race; it becomes available once the block "
                + depth + ". Available is yours and waits to be paid out; one satoshi has 12 decimals here, and none"
                + " of them is rounded away.";
    }

    private static Html progress(Balances.Balance balance, ChainStatus.View chain) {
        Money minimum = Money.ofSatoshis(chain.minimumPayout());
        if (minimum.isZero() || balance.available().compareTo(minimum) >= 0) {
            return Html.none();
        }
        BigInteger permille = balance.available()
                .toFractions()
                .multiply(BigInteger.valueOf(1000))
                .divide(minimum.toFractions());
        return tag("p").with(
                        tag("label")
                                .attr("for", "payout")
                                .with(
                                        text(Quantities.share(
                                                        balance.available().toFractions(), minimum.toFractions())
                                                + " of the minimum payout of "),
                                        Amounts.brief(minimum),
                                        text(" sat ")),
                        tag("progress").attr("id", "payout").attr("max", "1000").attr("value", permille.toString()));
    }

    private static Html workers(AccountView account) {
        return account.workers().isEmpty()
                ? Html.none()
                : tag("section")
                        .attr("aria-labelledby", "workers-title")
                        .with(
                                tag("h2").attr("id", "workers-title").with("Workers"),
                                WorkerTable.of(account.workers(), account.readAt()));
    }

    private static Html credits(AccountView account) {
        Html heading = tag("h2").attr("id", "credits-title").with("Credits");
        if (account.credits().isEmpty()) {
            return tag("section")
                    .attr("aria-labelledby", "credits-title")
                    .with(
                            heading,
                            tag("p").with("None yet. When the pool finds a block, your part of it is listed here."));
        }
        Table table = new Table(
                "Your part of each block, newest first",
                List.of(
                        Column.text("Block"),
                        Column.text("When"),
                        Column.number("Credit, sat"),
                        Column.number("Part")));
        for (ReadModels.Credit credit : account.credits()) {
            table.row(List.of(
                    tag("span").attr("title", credit.blockHash()).with(Quantities.count(credit.height())),
                    Times.ago(credit.at(), account.readAt()),
                    Amounts.exact(credit.amount()),
                    text(part(credit))));
        }
        return tag("section").attr("aria-labelledby", "credits-title").with(heading, table.html());
    }

    private static String part(ReadModels.Credit credit) {
        try {
            return Quantities.share(new BigInteger(credit.weight()), new BigInteger(credit.totalWeight()));
        } catch (NumberFormatException e) {
            return Quantities.UNKNOWN;
        }
    }

    private static Html blocks(AccountView account, Optional<ChainStatus.View> chain) {
        if (account.blocks().isEmpty()) {
            return Html.none();
        }
        int maturity = chain.map(ChainStatus.View::coinbaseMaturity).orElse(0);
        return tag("section")
                .attr("aria-labelledby", "found-title")
                .with(
                        tag("h2").attr("id", "found-title").with("Blocks found by your devices"),
                        BlockTable.of("Newest first", account.blocks(), false, maturity, account.readAt()));
    }
}
