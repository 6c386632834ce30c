package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.html.OutsideText;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.view.AccountView;
import org.motepool.dashboards.view.Odds;
import org.motepool.dashboards.view.PoolView;
import org.motepool.store.ChainStatus;
import org.motepool.store.ReadModels;

/** How rewards come about, with the reader's own numbers where an address is given, and what mining costs. */
public final class RewardsPage {
    private static final int RULES = 7;
    private static final double HOURS_PER_DAY = 24;
    private static final double WATTS_PER_KILOWATT = 1_000;
    private static final double SATOSHIS_PER_COIN = 1e8;

    private final Site site;

    public RewardsPage(Site site) {
        this.site = site;
    }

    /** @param account the reader's own, empty where no address was given */
    public String html(Visit visit, PoolView pool, Optional<AccountView> account, Costs costs) {
        Words words = visit.words();
        List<Html> rules = new ArrayList<>();
        for (int rule = 1; rule <= RULES; rule++) {
            rules.add(tag("li").with(words.say("rewards." + rule, maturity(words, pool), fee(words, pool))));
        }
        return Layout.page(
                site,
                visit,
                words.say("nav.rewards"),
                pool.readAt(),
                "",
                tag("h1").with(words.say("nav.rewards")),
                tag("p").cls("lead").with(words.say("rewards.lead")),
                tag("ol").cls("rules").with(rules),
                pool.chain()
                        .map(chain -> HomePage.facts(words, site, chain, pool))
                        .orElse(Html.none()),
                account.map(own -> own(words, pool, own)).orElse(Html.none()),
                calculator(visit, pool, account, costs));
    }

    private static String maturity(Words words, PoolView pool) {
        return pool.chain()
                .map(chain -> words.counted("rules.blocks", chain.coinbaseMaturity()))
                .orElse(Quantities.UNKNOWN);
    }

    private static String fee(Words words, PoolView pool) {
        return pool.chain()
                .map(ChainStatus.View::feeBasisPoints)
                .map(words::percentOfBasisPoints)
                .orElse(Quantities.UNKNOWN);
    }

    private static Html own(Words words, PoolView pool, AccountView account) {
        Html.Element section = Parts.section("own", words.say("own.title"));
        List<Html> parts = new ArrayList<>();
        if (account.credits().isEmpty()) {
            parts.add(tag("p").cls("empty").with(words.say("credits.none")));
        } else {
            ReadModels.Credit last = account.credits().getFirst();
            parts.add(tag("p").with(words.html(
                    "own.last",
                    Parts.link(BlockTable.path(last.blockHash()), words.count(last.height())),
                    tag("code").with(OutsideText.plain(last.weight())),
                    tag("code").with(OutsideText.plain(last.totalWeight())),
                    AccountPage.part(words, last),
                    words.exactSats(last.amount()))));
        }
        if (account.windowShares() >= Quantities.SHARES_FOR_A_RATE_MIN) {
            parts.add(tag("p").with(
                            words.html("own.rate", Parts.hashRate(words, account.hashRate(), account.windowShares()))));
            parts.add(AccountPage.oddsOf(words, pool.odds(account.hashRate())));
        } else {
            parts.add(Parts.quiet(words.say("rate.later")));
        }
        return section.with(parts);
    }

    private static Html calculator(Visit visit, PoolView pool, Optional<AccountView> account, Costs costs) {
        Words words = visit.words();
        Html.Element form = tag("form")
                .cls("calculator")
                .attr("action", "/rewards#costs")
                .attr("method", "get")
                .with(
                        input(
                                words,
                                "address",
                                account.map(AccountView::address).orElse("")),
                        input(words, "rate", costs.rateText()),
                        input(words, "watts", costs.wattsText()),
                        input(words, "price", costs.priceText()),
                        input(words, "coin", costs.coinText()),
                        tag("button").attr("type", "submit").with(words.say("costs.compute")));
        double rate = account.filter(own -> own.windowShares() >= Quantities.SHARES_FOR_A_RATE_MIN)
                .map(AccountView::hashRate)
                .orElse(costs.rate());
        Html result = costs.watts() > 0 && costs.price() > 0 && rate > 0
                ? result(words, pool.odds(rate), costs)
                : Html.none();
        return Parts.section("costs", words.say("costs.title"))
                .with(tag("p").with(words.say("costs.lead")), form, result, bitcoin(words));
    }

    private static Html bitcoin(Words words) {
        return Parts.quiet(words.say("costs.bitcoin"));
    }

    private static Html result(Words words, Odds odds, Costs costs) {
        double costPerDay = costs.watts() * HOURS_PER_DAY / WATTS_PER_KILOWATT * costs.price();
        double satoshis = odds.satoshisIn(Odds.DAY_SECONDS);
        List<Html> facts = new ArrayList<>(List.of(
                Parts.fact(words.say("costs.day"), text(words.plain(costPerDay))),
                Parts.fact(words.say("costs.income"), text(words.plain(satoshis) + "\u00a0sat")),
                Parts.fact(
                        words.say("odds.satoshi"),
                        text(words.say(
                                "odds.satoshi-in",
                                OddsText.duration(words, odds.secondsPerSatoshi()),
                                OddsText.duration(words, odds.onBitcoin().secondsPerSatoshi()))))));
        String verdict;
        if (costs.coin() > 0) {
            double income = satoshis / SATOSHIS_PER_COIN * costs.coin();
            facts.add(Parts.fact(words.say("costs.income-value"), text(words.plain(income))));
            verdict = income >= costPerDay
                    ? words.say("costs.gain", words.plain(income - costPerDay))
                    : words.say("costs.loss", words.plain(costPerDay - income));
        } else {
            verdict = satoshis > 0
                    ? words.say("costs.per-coin", words.plain(costPerDay / satoshis * SATOSHIS_PER_COIN))
                    : words.say("odds.none");
        }
        return tag("div")
                .cls("result")
                .with(
                        tag("dl").cls("facts wide").with(facts),
                        tag("p").with(tag("strong").with(verdict)));
    }

    private static Html input(Words words, String name, String value) {
        Html.Element input = tag("input")
                .attr("type", "text")
                .attr("id", "cost-" + name)
                .attr("name", name)
                .attr("value", value)
                .attr("autocomplete", "off")
                .attr("maxlength", "160");
        return tag("div")
                .with(
                        tag("label").attr("for", "cost-" + name).with(words.say("costs." + name)),
                        name.equals("address")
                                ? input.attr("spellcheck", "false")
                                : input.attr("inputmode", "decimal"));
    }

    /**
     * What the reader typed, shown again as it is; as a number 0 where it is none.
     *
     * @param rateText kilohashes a second
     * @param wattsText drawn by the device
     * @param priceText of a kilowatt-hour, in whatever money
     * @param coinText price of one coin in the same money
     */
    public record Costs(String rateText, String wattsText, String priceText, String coinText) {
        private static final double MOST = 1e15;
        private static final double KILO = 1_000;

        double rate() {
            return number(rateText) * KILO;
        }

        double watts() {
            return number(wattsText);
        }

        double price() {
            return number(priceText);
        }

        double coin() {
            return number(coinText);
        }

        private static double number(String typed) {
            String plain = typed.strip().replace(',', '.').replace("\u00a0", "").replace(" ", "");
            if (!plain.matches("[0-9]{1,15}(\\.[0-9]{0,12})?")) {
                return 0;
            }
            double value = Double.parseDouble(plain);
            return value <= MOST ? value : 0;
        }
    }
}
