package org.motepool.payout.payer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motepool.chain.wallet.FeeRate;
import org.motepool.chain.wallet.OutPoint;
import org.motepool.chain.wallet.Wallet;
import org.motepool.chain.wallet.Wallet.Coin;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.address.ScriptType;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.bytes.MalformedBytesException;
import org.motepool.core.hash.Hash256;
import org.motepool.core.money.Money;
import org.motepool.core.preference.PreferenceValue;
import org.motepool.payout.journal.PayoutLine;
import org.motepool.payout.payer.PaymentPlanner.Candidate;
import org.motepool.payout.payer.PaymentPlanner.Decision;
import org.motepool.payout.payer.PaymentPlanner.Rules;
import org.motepool.payout.payer.PaymentPlanner.Verdict;
import org.motepool.payout.payer.PayoutTerms.Choice;

/** Who is paid, at which threshold, in which parts: sums are exact and nobody's output is dust. */
class PaymentPlannerTest {
    private static final String P2WPKH = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    private static final String P2PKH = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2";
    private static final FeeRate TEN = FeeRate.parse("10");

    private static Decision decide(Rules rules, String address, Money available, Choice choice) {
        return new PaymentPlanner(rules)
                .decide(List.of(new Candidate(0, address, available, choice)))
                .getFirst();
    }

    private static Rules rules(long minimum, FeeRate rate) {
        return new Rules(Network.MAIN, minimum, rate, 0);
    }

    @Test
    void byDefaultAnOutputCostsOnePerCentAtMost() {
        // 31 vbytes at 10 satoshis are 310; of a P2PKH output 34 are 340.
        assertThat(decide(rules(1, TEN), P2WPKH, new Money(30_999, 999), Choice.NONE))
                .matches(each -> each.verdict() == Verdict.BELOW_THRESHOLD && each.threshold() == 31_000);
        assertThat(decide(rules(1, TEN), P2WPKH, new Money(31_000, 999), Choice.NONE))
                .matches(each -> each.verdict() == Verdict.ON_CHAIN && each.satoshis() == 31_000);
        assertThat(decide(rules(1, TEN), P2PKH, Money.ofSatoshis(33_999), Choice.NONE)
                        .threshold())
                .isEqualTo(34_000);
    }

    @Test
    void theMinimumAndTheCostHoldForAllAndAChosenThresholdBesides() {
        Rules rules = rules(100_000, TEN);
        Choice low = new Choice(OptionalLong.of(1), Optional.empty(), 0);
        Choice high = new Choice(OptionalLong.of(5_000_000), Optional.empty(), 0);
        assertThat(decide(rules, P2WPKH, Money.ofSatoshis(1), Choice.NONE).threshold())
                .isEqualTo(100_000);
        assertThat(decide(rules, P2WPKH, Money.ofSatoshis(1), low).threshold()).isEqualTo(100_000);
        assertThat(decide(rules(1_000, TEN), P2WPKH, Money.ofSatoshis(1), low).threshold())
                .isEqualTo(31_000);
        assertThat(decide(rules, P2WPKH, Money.ofSatoshis(1), high).threshold()).isEqualTo(5_000_000);
    }

    /** Nobody gets less than is worth an output, nobody leaves more than was said, and no satoshi is lost. */
    @Test
    void aDonationIsTakenOfEachPaymentInWholeSatoshis() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            int points = random.nextInt(PreferenceValue.BASIS_POINTS_MAX + 1);
            long minimum = random.nextLong(1, 1L << random.nextInt(1, 45));
            Choice choice = new Choice(OptionalLong.empty(), Optional.empty(), points);
            Rules rules = rules(minimum, new FeeRate(1));
            long threshold = decide(rules, P2WPKH, Money.ofSatoshis(1), choice).threshold();
            Decision least = decide(rules, P2WPKH, Money.ofSatoshis(threshold), choice);
            Decision less = decide(rules, P2WPKH, Money.ofSatoshis(threshold - 1), choice);
            long floor = Math.max(minimum, OutputCost.floor(ScriptType.P2WPKH, Network.MAIN, new FeeRate(1)));
            assertThat(least.verdict()).as("seed %d", seed).isEqualTo(Verdict.ON_CHAIN);
            assertThat(least.satoshis()).as("seed %d", seed).isGreaterThanOrEqualTo(floor);
            assertThat(less.verdict()).as("seed %d", seed).isEqualTo(Verdict.BELOW_THRESHOLD);
            assertThat(less.satoshis()).as("seed %d", seed).isLessThan(floor);
            BigInteger share = BigInteger.valueOf(threshold).multiply(BigInteger.valueOf(points));
            assertThat(BigInteger.valueOf(least.donated()))
                    .as("seed %d", seed)
                    .isEqualTo(share.divide(BigInteger.valueOf(10_000)));
            PayoutLine line = PaymentPlanner.batches(List.of(least)).getFirst().getFirst();
            assertThat(line.amount()).isEqualTo(Money.ofSatoshis(threshold));
            assertThat(line.sent().plus(line.donated())).isEqualTo(line.amount());
        }
        assertThat(Donation.of(Money.SATOSHIS_MAX, PreferenceValue.BASIS_POINTS_MAX))
                .isEqualTo(BigInteger.valueOf(Money.SATOSHIS_MAX)
                        .multiply(BigInteger.valueOf(99))
                        .divide(BigInteger.valueOf(100))
                        .longValueExact());
    }

    @Test
    void saysWhatItsOwnerSetAndWhereThatIsNotTakenAsItIs() {
        Choice choice = new Choice(OptionalLong.of(50_000), Optional.of(URI.create("https://example.org/pay/me")), 250);
        assertThat(Reasons.of(decide(rules(1, TEN), P2WPKH, Money.ofSatoshis(49_000), choice)))
                .isEqualTo(
                        "not yet: 1000 short of its threshold 50000; threshold 50000 sat set by its owner; 2.50% left"
                                + " to the pool, as its owner wishes: 1225");
        assertThat(Reasons.of(decide(rules(60_000, TEN), P2WPKH, Money.ofSatoshis(70_000), choice)))
                .isEqualTo(
                        "paid on the chain; threshold 50000 sat set by its owner, raised to 61538: less is too little for"
                                + " the chain or this pool; 2.50% left to the pool, as its owner wishes: 1750; not over Lightning as"
                                + " its owner wishes: more than this pool pays so at once");
        Rules lightning = new Rules(Network.MAIN, 100_000, TEN, 48_750);
        assertThat(Reasons.of(decide(lightning, P2WPKH, Money.ofSatoshis(50_000), choice)))
                .startsWith("paid over Lightning; threshold 50000 sat set by its owner;");
        assertThat(decide(lightning, P2WPKH, Money.ofSatoshis(50_002), choice).verdict())
                .as("one satoshi over what is paid so at once")
                .isEqualTo(Verdict.BELOW_THRESHOLD);
        assertThat(Reasons.of(decide(rules(1, TEN), P2WPKH, Money.ofSatoshis(31_000), Choice.NONE)))
                .isEqualTo("paid on the chain");
    }

    @Test
    void whatCannotBePaidHereIsTold() {
        assertThat(decide(
                                rules(1, TEN),
                                "rltc1qwelhvsnhxl74ys6wah5a69jshg6awqw2ke83cn",
                                Money.ofSatoshis(1 << 30),
                                Choice.NONE)
                        .verdict())
                .isEqualTo(Verdict.NO_ADDRESS);
    }

    @Test
    void lightningTakesEverySatoshiWhereThereIsAPayerForIt() {
        Choice lightning = new Choice(OptionalLong.empty(), Optional.of(URI.create("https://example.org/pay/me")), 0);
        Rules with = new Rules(Network.MAIN, 100_000, TEN, 1_000_000);
        assertThat(decide(with, P2WPKH, Money.ofSatoshis(1), lightning).verdict())
                .isEqualTo(Verdict.LIGHTNING);
        assertThat(decide(with, P2WPKH, Money.ofSatoshis(1_000_001), lightning).verdict())
                .isEqualTo(Verdict.ON_CHAIN);
        assertThat(decide(rules(100_000, TEN), P2WPKH, Money.ofSatoshis(1), lightning)
                        .verdict())
                .isEqualTo(Verdict.BELOW_THRESHOLD);
    }

    @Test
    void noThresholdIsUnderTheDustOfItsScript() {
        for (ScriptType type : ScriptType.values()) {
            for (Network network : List.of(Network.MAIN, Network.LTC_MAIN)) {
                FeeRate least = new FeeRate(1);
                assertThat(OutputCost.floor(type, network, least)).isGreaterThan(OutputCost.dust(type, network));
            }
        }
        assertThat(OutputCost.dust(ScriptType.P2PKH, Network.MAIN)).isEqualTo(546);
        assertThat(OutputCost.dust(ScriptType.P2SH, Network.MAIN)).isEqualTo(540);
        assertThat(OutputCost.dust(ScriptType.P2WPKH, Network.MAIN)).isEqualTo(294);
        assertThat(OutputCost.dust(ScriptType.P2TR, Network.MAIN)).isEqualTo(330);
    }

    @Test
    void batchesHoldAThousandAndEveryoneOnce() {
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            Candidate candidate = new Candidate(i, P2WPKH, Money.ofSatoshis(1 + i), Choice.NONE);
            decisions.add(
                    new Decision(candidate, i % 5 == 0 ? Verdict.BELOW_THRESHOLD : Verdict.ON_CHAIN, 1 + i, 0, 1));
        }
        List<List<PayoutLine>> batches = PaymentPlanner.batches(decisions);
        assertThat(batches).extracting(List::size).containsExactly(Wallet.PAYEES_MAX, Wallet.PAYEES_MAX);
        assertThat(batches.stream().flatMap(List::stream).map(PayoutLine::account))
                .doesNotHaveDuplicates()
                .noneMatch(account -> account % 5 == 0);
    }

    @Test
    void theFeeIsSharedToTheSatoshi() {
        assertThat(FeeShares.of(1411, 5)).containsExactly(282L, 282L, 282L, 282L, 283L);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            long fee = random.nextLong(10_000_000);
            int payees = 1 + random.nextInt(Wallet.PAYEES_MAX);
            List<Long> shares = FeeShares.of(fee, payees);
            assertThat(shares.stream().mapToLong(Long::longValue).sum())
                    .as("seed %d", seed)
                    .isEqualTo(fee);
            assertThat(shares).as("seed %d", seed).allMatch(share -> Math.abs(share - fee / payees) <= 1);
        }
    }

    @Test
    void theLargestCoinsAreTakenUntilTheyAreEnough() {
        List<Coin> coins = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            coins.add(new Coin(new OutPoint(Hash256.ZERO, i), i));
        }
        assertThat(TransactionMaker.select(coins, 999))
                .extracting(Coin::satoshis)
                .containsExactly(500L, 499L);
        assertThat(TransactionMaker.select(coins, 1_000)).hasSize(3);
        // All that fit into one transaction are not enough.
        assertThat(TransactionMaker.select(coins, 500 * 501 / 2)).isEmpty();
    }

    @Test
    void aPaymentComesBackFromTheJournalAsItWas() throws Exception {
        ChainPayment payment = new ChainPayment(
                7, TEN, 5, "bc1qchange", List.of(new Coin(new OutPoint(Hash256.ZERO, 3), 77)), Bytes.EMPTY);
        assertThat(ChainPayment.parse(payment.toBytes())).isEqualTo(payment);
        byte[] bytes = payment.toBytes().toArray();
        for (int length = 0; length < bytes.length; length++) {
            Bytes torn = Bytes.copyOf(bytes, 0, length);
            assertThatThrownBy(() -> ChainPayment.parse(torn)).isInstanceOf(MalformedBytesException.class);
        }
    }

    @Test
    void aRunIsDueOnceAPeriodAndNotAgainWhenAClockIsPutBack() {
        RunSchedule daily = new RunSchedule(24, 4);
        long hour = 3_600_000L;
        long four = 20_000 * 24 * hour + 4 * hour;
        assertThat(daily.isDue(four - hour, four - 1)).isFalse();
        assertThat(daily.isDue(four - hour, four)).isTrue();
        assertThat(daily.isDue(four, four + 24 * hour - 1)).isFalse();
        assertThat(daily.isDue(four, four + 24 * hour)).isTrue();
        assertThat(daily.isDue(four, four - 1)).isFalse();
    }

    @Test
    void feeRatesAreExact() {
        assertThat(FeeRate.parse("1.5").of(141)).isEqualTo(212);
        assertThat(FeeRate.parse("1.001")).hasToString("1.001");
        assertThatThrownBy(() -> FeeRate.parse("0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FeeRate.parse("1.0001")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FeeRate.parse("1e3")).isInstanceOf(IllegalArgumentException.class);
    }

    /** The addresses of this test are addresses. */
    @Test
    void addressesParse() throws Exception {
        assertThat(PayoutAddress.parse(P2PKH, Network.MAIN).type()).isEqualTo(ScriptType.P2PKH);
        assertThat(PayoutAddress.parse(P2WPKH, Network.MAIN).type()).isEqualTo(ScriptType.P2WPKH);
    }
}
