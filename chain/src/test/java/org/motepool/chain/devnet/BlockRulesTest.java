package org.motepool.chain.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.chain.block.CoinbaseHeight;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.block.RawTransaction;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Nbits;

/** Each rule by a block that is good but for it; the good one is accepted at the end, so nothing else was wrong. */
class BlockRulesTest {
    private final DevnetFixture devnet = new DevnetFixture(DevnetFixture.settings());
    private final DevnetMiner miner = devnet.miner;
    private BlockTemplate template = devnet.template();
    private RawBlock good = miner.mine(template);

    @BeforeEach
    void mineTwelve() {
        for (int i = 0; i < 12; i++) {
            devnet.clock.advance(Duration.ofSeconds(5));
            assertThat(devnet.word(good)).isEqualTo("accepted");
            template = devnet.template();
            good = miner.mine(template);
        }
    }

    @AfterEach
    void theGoodOneIsAccepted() {
        assertThat(devnet.word(good)).isEqualTo("accepted");
        devnet.close();
    }

    private void refused(RawBlock block, String word) {
        assertThat(block.hash()).isNotEqualTo(good.hash());
        assertThat(devnet.submit(block).accepted()).isFalse();
        assertThat(devnet.word(block)).isEqualTo(word);
        assertThat(devnet.chain.block(block.hash())).isEmpty();
    }

    private RawBlock withHeader(int ntime) {
        BlockHeader header = good.header();
        return miner.withHeader(good, header.version(), header.prevHash(), ntime, header.nbits());
    }

    private RawBlock withCoinbase(
            List<RawTransaction.Input> inputs, List<RawTransaction.Output> outputs, int lockTime) {
        return miner.withCoinbase(good, new RawTransaction(2, inputs, outputs, lockTime));
    }

    private RawBlock withScript(Bytes script) {
        RawTransaction.Input input = good.coinbase().inputs().getFirst();
        return withCoinbase(
                List.of(new RawTransaction.Input(Hash256.ZERO, -1, script, -1, input.witness())),
                good.coinbase().outputs(),
                0);
    }

    private RawBlock paying(long... values) {
        List<RawTransaction.Output> outputs = new ArrayList<>();
        for (long value : values) {
            outputs.add(new RawTransaction.Output(value, DevnetMiner.PAYEE));
        }
        outputs.add(good.coinbase().outputs().getLast());
        return withCoinbase(good.coinbase().inputs(), outputs, 0);
    }

    private List<RawTransaction> others() {
        return new ArrayList<>(
                good.transactions().subList(1, good.transactions().size()));
    }

    @Test
    void refusesAHashAboveTheTarget() {
        BlockHeader header = good.header();
        int nonce = header.nonce();
        BlockHeader weak;
        do {
            weak = new BlockHeader(
                    header.version(), header.prevHash(), header.merkleRoot(), header.ntime(), header.nbits(), ++nonce);
        } while (miner.passes(weak));
        refused(new RawBlock(weak, good.transactions()), "high-hash");
    }

    @Test
    void refusesATargetThatNoChainOfThisShiftHas() {
        BlockHeader header = good.header();
        refused(
                miner.withHeader(good, header.version(), header.prevHash(), header.ntime(), Nbits.ofHex("207fffff")),
                "high-hash");
    }

    @Test
    void refusesOtherBitsThanTheRuleAsks() {
        BlockHeader header = good.header();
        Nbits easier = Nbits.notAbove(header.nbits().target().toNumber().shiftLeft(1));
        refused(miner.withHeader(good, header.version(), header.prevHash(), header.ntime(), easier), "bad-diffbits");
    }

    @Test
    void refusesAMerkleRootOfOtherTransactions() {
        List<RawTransaction> swapped = others();
        Collections.swap(swapped, 0, 1);
        swapped.addFirst(good.coinbase());
        assertThat(devnet.word(new RawBlock(good.header(), swapped))).isEqualTo("bad-txnmrklroot");
    }

    @Test
    void refusesTheRepeatedTailAndStillTakesTheBlockItWasMadeOf() {
        RawBlock odd = miner.withOthers(paying(0), others().subList(0, 4));
        List<RawTransaction> repeated = new ArrayList<>(odd.transactions());
        repeated.add(repeated.getLast());
        RawBlock tricked = new RawBlock(odd.header(), repeated);

        assertThat(tricked.hash()).isEqualTo(odd.hash());
        assertThat(devnet.word(tricked)).isEqualTo("bad-txns-duplicate");
        good = odd;
    }

    @Test
    void refusesABlockWithoutCoinbaseOrWithTwo() {
        refused(miner.proven(good.header(), others()), "bad-cb-missing");
        List<RawTransaction> two = others();
        two.add(good.coinbase());
        refused(miner.withOthers(good, two), "bad-cb-multiple");
    }

    @Test
    void refusesANullInputOutsideTheCoinbase() {
        RawTransaction first = others().getFirst();
        List<RawTransaction.Input> inputs = new ArrayList<>(first.inputs());
        inputs.add(good.coinbase().inputs().getFirst());
        List<RawTransaction> others = others();
        others.set(0, new RawTransaction(2, inputs, first.outputs(), 0));
        refused(miner.withOthers(good, others), "bad-txns-prevout-null");
    }

    @Test
    void refusesAnUnknownPreviousBlock() {
        BlockHeader header = good.header();
        Hash256 unknown = Hash256.ofInternal(Bytes.ofHex("77".repeat(32)));
        refused(
                miner.withHeader(good, header.version(), unknown, header.ntime(), header.nbits()),
                "prev-blk-not-found");
    }

    @Test
    void refusesTimesThatAreTooOldOrTooNewByOneSecond() {
        refused(withHeader(template.minTime() - 1), "time-too-old");
        int newest = devnet.clock.epochSeconds() + 7200;
        refused(withHeader(newest + 1), "time-too-new");
        good = withHeader(newest);
    }

    @Test
    void takesTheLowestTime() {
        good = withHeader(template.minTime());
    }

    @Test
    void refusesOldVersions() {
        BlockHeader header = good.header();
        refused(
                miner.withHeader(good, 3, header.prevHash(), header.ntime(), header.nbits()),
                "bad-version(0x00000003)");
        refused(
                miner.withHeader(good, Integer.MIN_VALUE, header.prevHash(), header.ntime(), header.nbits()),
                "bad-version(0x80000000)");
    }

    @Test
    void takesRolledVersionBits() {
        BlockHeader header = good.header();
        good = miner.withHeader(good, 0x3fffe000, header.prevHash(), header.ntime(), header.nbits());
    }

    @Test
    void refusesAnotherHeightInTheCoinbase() {
        refused(withScript(CoinbaseHeight.push(14).concat(Bytes.ofHex("0177"))), "bad-cb-height");
        good = withScript(CoinbaseHeight.push(13).concat(Bytes.ofHex("0177")));
    }

    @Test
    void refusesCoinbaseScriptsOfWrongLength() {
        refused(withScript(CoinbaseHeight.push(13)), "bad-cb-length");
        refused(withScript(Bytes.ofHex("5d" + "00".repeat(100))), "bad-cb-length");
        good = withScript(Bytes.ofHex("5d" + "00".repeat(99)));
    }

    @Test
    void refusesACoinbaseThatIsNotFinal() {
        RawTransaction.Input was = good.coinbase().inputs().getFirst();
        List<RawTransaction.Input> rolling =
                List.of(new RawTransaction.Input(Hash256.ZERO, -1, was.scriptSig(), 0, was.witness()));
        refused(withCoinbase(rolling, good.coinbase().outputs(), 13), "bad-txns-nonfinal");
        refused(
                withCoinbase(rolling, good.coinbase().outputs(), DevnetFixture.START_SECONDS + 9000),
                "bad-txns-nonfinal");
        good = withCoinbase(rolling, good.coinbase().outputs(), 12);
    }

    @Test
    void refusesACoinbaseThatPaysOneSatoshiTooMuch() {
        refused(paying(template.coinbaseValue() + 1), "bad-cb-amount");
        refused(paying(template.coinbaseValue(), 1), "bad-cb-amount");
        good = paying(template.coinbaseValue() - 1, 1);
    }

    @Test
    void refusesAmountsThatCannotBe() {
        refused(paying(-1), "bad-txns-vout-negative");
        refused(paying(Subsidy.MONEY_MAX + 1), "bad-txns-vout-toolarge");
        refused(paying(Subsidy.MONEY_MAX, Subsidy.MONEY_MAX), "bad-txns-txouttotal-toolarge");
        refused(paying(Long.MIN_VALUE), "bad-txns-vout-negative");
    }

    @Test
    void refusesAWrongCommitment() {
        RawTransaction.Output payee = good.coinbase().outputs().getFirst();
        Bytes wrong = Bytes.ofHex("6a24aa21a9ed" + "11".repeat(32));
        refused(
                withCoinbase(good.coinbase().inputs(), List.of(payee, new RawTransaction.Output(0, wrong)), 0),
                "bad-witness-merkle-match");
    }

    @Test
    void refusesAMissingOrMisshapenReservedValue() {
        RawTransaction coinbase = good.coinbase();
        for (List<Bytes> stack :
                List.of(List.<Bytes>of(), List.of(Bytes.ofHex("00".repeat(31))), List.of(Bytes.EMPTY, Bytes.EMPTY))) {
            List<RawTransaction> transactions = others();
            transactions.addFirst(coinbase.withFirstWitness(stack));
            assertThat(devnet.word(new RawBlock(good.header(), transactions)))
                    .as("%s", stack)
                    .isEqualTo("bad-witness-nonce-size");
        }
    }

    @Test
    void refusesAWitnessWithoutCommitment() {
        refused(
                withCoinbase(good.coinbase().inputs(), good.coinbase().outputs().subList(0, 1), 0),
                "unexpected-witness");
    }

    @Test
    void refusesTransactionsThatItDoesNotKnow() {
        RawTransaction first = others().getFirst();
        List<RawTransaction> others = others();
        others.set(0, new RawTransaction(1, first.inputs(), first.outputs(), first.lockTime()));
        refused(miner.withOthers(good, others), "bad-txns-inputs-missingorspent");
    }

    @Test
    void refusesTheSameTransactionTwice() {
        List<RawTransaction> others = others();
        others.add(others.getFirst());
        refused(miner.withOthers(good, others), "bad-txns-inputs-missingorspent");
    }

    @Test
    void refusesAnotherWitnessOfAKnownTransaction() {
        List<RawTransaction> others = others();
        others.set(0, others.getFirst().withFirstWitness(List.of(Bytes.ofHex("01"))));
        refused(miner.withOthers(good, others), "mandatory-script-verify-flag-failed (Witness program hash mismatch)");
    }

    @Test
    void refusesATransactionThatIsInTheBranchAlready() {
        RawTransaction first = others().getFirst();
        assertThat(devnet.word(good)).isEqualTo("accepted");
        template = devnet.template();
        RawBlock next = miner.mine(template);
        List<RawTransaction> others = new ArrayList<>(
                next.transactions().subList(1, next.transactions().size()));
        others.add(first);
        good = next;
        refused(miner.withOthers(next, others), "bad-txns-inputs-missingorspent");
    }

    @Test
    void takesATransactionThatTheLastBlockLeftOut() {
        List<RawTransaction> others = others();
        RawTransaction left = others.removeLast();
        assertThat(devnet.word(miner.withOthers(miner.mine(template), List.of())))
                .isEqualTo("bad-cb-amount");
        good = paying(0);
        assertThat(devnet.word(miner.withOthers(good, others))).isEqualTo("accepted");
        template = devnet.template();
        RawBlock next = miner.mine(template);
        List<RawTransaction> late = new ArrayList<>(
                next.transactions().subList(1, next.transactions().size()));
        late.add(left);
        good = miner.withOthers(next, late);
    }

    @Test
    void refusesABlockThatIsTooHeavy() {
        List<RawTransaction.Output> outputs = new ArrayList<>(good.coinbase().outputs());
        outputs.add(new RawTransaction.Output(0, Bytes.copyOf(new byte[1_000_000])));
        refused(withCoinbase(good.coinbase().inputs(), outputs, 0), "bad-blk-length");
        outputs.removeLast();
        int left = (BlockRules.WEIGHT_MAX - good.weight()) / 4;
        outputs.add(new RawTransaction.Output(0, Bytes.copyOf(new byte[left])));
        refused(withCoinbase(good.coinbase().inputs(), outputs, 0), "bad-blk-weight");
        outputs.removeLast();
        outputs.add(new RawTransaction.Output(0, Bytes.copyOf(new byte[left - 13])));
        good = withCoinbase(good.coinbase().inputs(), outputs, 0);
        assertThat(good.weight()).isLessThanOrEqualTo(BlockRules.WEIGHT_MAX).isGreaterThan(BlockRules.WEIGHT_MAX - 8);
    }

    @Test
    void callsWhatIsNoBlockByItsName() {
        Bytes bytes = good.serialized();
        assertThat(devnet.chain
                        .submit(good.hash(), bytes.slice(0, bytes.size() - 1))
                        .join()
                        .answers()
                        .getFirst())
                .startsWith("devnet: Block decode failed");
        assertThat(devnet.chain.submit(Hash256.ZERO, bytes).join().answers().getFirst())
                .contains("but it is " + good.hash());
    }
}
