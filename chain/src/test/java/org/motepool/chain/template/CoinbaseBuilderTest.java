package org.motepool.chain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.chain.block.RawTransaction;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.sharelog.LogId;

class CoinbaseBuilderTest {
    private static final LogId LOG = LogId.ofHex("00112233445566778899aabbccddeeff");
    private static final Bytes P2PKH = Bytes.ofHex("76a914" + "11".repeat(20) + "88ac");
    private static final Bytes P2SH = Bytes.ofHex("a914" + "22".repeat(20) + "87");
    private static final Bytes P2WPKH = Bytes.ofHex("0014" + "33".repeat(20));
    private static final Bytes P2WSH = Bytes.ofHex("0020" + "44".repeat(32));
    private static final Bytes P2TR = Bytes.ofHex("5120" + "55".repeat(32));
    private static final List<Bytes> SCRIPTS = List.of(P2PKH, P2SH, P2WPKH, P2WSH, P2TR);
    private static final Bytes EXTRANONCES = Bytes.ofHex("a1a2a3a4b1b2b3b4");

    private static Job job(Bytes script, String tag, int height) {
        BlockTemplate template = Templates.on(Templates.hash(1), height, Optional.of(Templates.COMMITMENT), 3);
        return new CoinbaseBuilder(script, tag, LOG, 8).build(template, 0x01020304, 1_700_000_700, Scheme.PPLNS);
    }

    @Test
    void writesTheCoinbaseByteForByte() {
        assertThat(job(P2WPKH, "/mote/", 227_931).coinbase(EXTRANONCES).toHex())
                .isEqualTo("02000000" + "01" + "00".repeat(32) + "ffffffff" + "21"
                        + "035b7a03"
                        + "0c" + "0011223344556677" + "04030201"
                        + "06" + "2f6d6f74652f"
                        + "08" + "a1a2a3a4b1b2b3b4"
                        + "ffffffff" + "02"
                        + "41f3052a01000000" + "16" + P2WPKH.toHex()
                        + "0000000000000000" + "26" + Templates.COMMITMENT.toHex()
                        + "00000000");
    }

    @Test
    void keepsTheDevicesBudgetForEveryPayeeTagAndHeight() throws Exception {
        for (Bytes script : SCRIPTS) {
            for (int length = 0; length <= CoinbaseBuilder.POOL_TAG_BYTES_MAX; length++) {
                for (int height : new int[] {1, 16, 17, 127, 128, 840_000, Integer.MAX_VALUE}) {
                    Job job = job(script, "x".repeat(length), height);
                    assertThat(job.coinbaseBytes()).isLessThanOrEqualTo(200);
                    assertThat(job.coinbase2().size()).isLessThanOrEqualTo(127);
                    RawTransaction coinbase = RawTransaction.parse(job.coinbase(EXTRANONCES));
                    assertThat(coinbase.isCoinbase()).isTrue();
                    assertThat(coinbase.inputs().getFirst().scriptSig().size()).isBetween(2, 100);
                    assertThat(coinbase.outputs())
                            .containsExactly(
                                    new RawTransaction.Output(5_000_000_321L, script),
                                    new RawTransaction.Output(0, Templates.COMMITMENT));
                }
            }
        }
    }

    @Test
    void keepsTheTagOutOfTheSecondPart() {
        assertThat(job(P2TR, "x".repeat(CoinbaseBuilder.POOL_TAG_BYTES_MAX), 840_000)
                        .coinbase2())
                .isEqualTo(job(P2TR, "", 840_000).coinbase2());
    }

    private static CoinbaseBuilder.Solo solo(Bytes pool, String tag, Bytes miner, int fee, boolean small) {
        BlockTemplate template = Templates.on(Templates.hash(1), 840_000, Optional.of(Templates.COMMITMENT), 3);
        CoinbaseBuilder builder = new CoinbaseBuilder(pool, tag, LOG, 8);
        return builder.solo(
                builder.build(template, 7, 1_700_000_700, Scheme.PPLNS), template, 0xffff_fff0, miner, fee, small);
    }

    @Test
    void cutsAMinersOwnJobThatDiffersInTheSecondPartAlone() throws Exception {
        Job common = job(P2WPKH, "/mote/", 840_000);
        BlockTemplate template = Templates.on(Templates.hash(1), 840_000, Optional.of(Templates.COMMITMENT), 3);
        CoinbaseBuilder.Solo solo =
                new CoinbaseBuilder(P2WPKH, "/mote/", LOG, 8).solo(common, template, 9, P2PKH, 150, true);
        Job job = solo.job();
        assertThat(solo.feeBasisPoints()).isEqualTo(150);
        assertThat(job.number()).isEqualTo(9);
        assertThat(job.scheme()).isEqualTo(Scheme.SOLO);
        assertThat(job.coinbase1()).isEqualTo(common.coinbase1());
        assertThat(job.branch()).isEqualTo(common.branch());
        assertThat(List.of(job.height(), job.version(), job.ntime(), job.extranonceBytes()))
                .isEqualTo(List.of(common.height(), common.version(), common.ntime(), common.extranonceBytes()));
        assertThat(RawTransaction.parse(job.coinbase(EXTRANONCES)).outputs())
                .containsExactly(
                        new RawTransaction.Output(5_000_000_321L - 75_000_004L, P2PKH),
                        new RawTransaction.Output(75_000_004L, P2WPKH),
                        new RawTransaction.Output(0, Templates.COMMITMENT));
    }

    @Test
    void waivesTheFeeForSmallDevicesWhereBothOutputsBreakTheirBudget() throws Exception {
        for (Bytes pool : SCRIPTS) {
            for (Bytes miner : SCRIPTS) {
                CoinbaseBuilder.Solo small = solo(pool, "/motepool/", miner, 100, true);
                boolean longOne = List.of(pool, miner).stream().anyMatch(script -> script.size() == 34);
                String as = pool.toHex() + " and " + miner.toHex();
                assertThat(small.feeBasisPoints()).as(as).isEqualTo(longOne || pool.equals(miner) ? 0 : 100);
                assertThat(small.job().coinbase2().size()).as(as).isLessThanOrEqualTo(127);
                // 8 digits of job id, 13 branches of 67 characters.
                int line = 172 + 2 * (small.job().coinbaseBytes() - 8) + 13 * 67;
                assertThat(line).as(as).isLessThanOrEqualTo(1436);
                CoinbaseBuilder.Solo roomy = solo(pool, "/motepool/", miner, 100, false);
                assertThat(roomy.feeBasisPoints()).as(as).isEqualTo(pool.equals(miner) ? 0 : 100);
                for (CoinbaseBuilder.Solo one : List.of(small, roomy)) {
                    assertThat(RawTransaction.parse(one.job().coinbase(EXTRANONCES)).outputs().stream()
                                    .mapToLong(RawTransaction.Output::value)
                                    .sum())
                            .as(as)
                            .isEqualTo(5_000_000_321L);
                }
            }
        }
    }

    @Test
    void paysTheMinerAllWhereThereIsNoFee() throws Exception {
        CoinbaseBuilder.Solo solo = solo(P2WPKH, "", P2TR, 0, true);
        assertThat(RawTransaction.parse(solo.job().coinbase(EXTRANONCES)).outputs())
                .containsExactly(
                        new RawTransaction.Output(5_000_000_321L, P2TR),
                        new RawTransaction.Output(0, Templates.COMMITMENT));
        assertThatThrownBy(() -> solo(P2WPKH, "", Bytes.copyOf(new byte[35]), 0, true))
                .hasMessageContaining("not 35");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 17, 128, 840_000, Integer.MAX_VALUE})
    void readsLogAndJobBackFromEveryHeight(int height) {
        assertThat(CoinbaseTag.find(job(P2TR, "", height).coinbase(EXTRANONCES)))
                .contains(new CoinbaseTag(LOG.tag(), 0x01020304));
    }

    @Test
    void findsNoTagInForeignCoinbases() {
        String classic =
                "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff20020862062f"
                        + "503253482f04b8864e5008080000020000000107"
                        + "2f736c7573682f000000000100f2052a010000001976a914d23fcdf86f7e756a64a7a9688ef9903327048ed988ac00000000";
        assertThat(CoinbaseTag.find(Bytes.ofHex(classic))).isEmpty();
        Bytes ours = job(P2PKH, "", 100).coinbase(EXTRANONCES);
        for (int cut = 0; cut < 62; cut++) {
            assertThat(CoinbaseTag.find(ours.slice(0, cut)))
                    .as("cut at %d", cut)
                    .isEmpty();
        }
    }

    @Test
    void leavesTheCommitmentOutWhereSegwitIsNotActive() throws Exception {
        BlockTemplate template = Templates.on(Templates.hash(1), 100, Optional.empty(), 0);
        Job job = new CoinbaseBuilder(P2SH, "", LOG, 8).build(template, 1, 1_700_000_700, Scheme.SOLO);
        assertThat(RawTransaction.parse(job.coinbase(EXTRANONCES)).outputs())
                .containsExactly(new RawTransaction.Output(5_000_000_321L, P2SH));
        assertThat(job.scheme()).isEqualTo(Scheme.SOLO);
    }

    @Test
    void clearsTheVersionBitsThatMinersRollAndKeepsTheRest() {
        assertThat(job(P2PKH, "", 100).version()).isEqualTo(0x20000004);
    }

    @Test
    void raisesAnEarlyNtimeToTheLowestThatTheChainTakes() {
        BlockTemplate template = Templates.on(Templates.hash(1), 100, Optional.empty(), 0);
        CoinbaseBuilder builder = new CoinbaseBuilder(P2SH, "", LOG, 8);
        assertThat(builder.build(template, 1, 5, Scheme.PPLNS).ntime()).isEqualTo(1_700_000_000);
        assertThat(builder.build(template, 1, 1_800_000_000, Scheme.PPLNS).ntime())
                .isEqualTo(1_800_000_000);
        assertThat(builder.build(template, 1, -1, Scheme.PPLNS).ntime()).isEqualTo(-1);
    }

    @Test
    void refusesWhatNoDeviceCanTakeWhenItIsConfigured() {
        assertThatThrownBy(() -> new CoinbaseBuilder(P2PKH, "x".repeat(28), LOG, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("28 characters")
                .hasMessageContaining("shorten");
        assertThatThrownBy(() -> new CoinbaseBuilder(P2PKH, "é", LOG, 8)).hasMessageContaining("printable ASCII");
        assertThatThrownBy(() -> new CoinbaseBuilder(P2PKH, "a\nb", LOG, 8)).hasMessageContaining("printable ASCII");
        assertThatThrownBy(() -> new CoinbaseBuilder(P2PKH, "x".repeat(27), LOG, 32))
                .hasMessageContaining("shorten the pool tag or the extranonces");
        assertThatThrownBy(() -> new CoinbaseBuilder(Bytes.EMPTY, "", LOG, 8)).hasMessageContaining("script");
        assertThatThrownBy(() -> new CoinbaseBuilder(Bytes.copyOf(new byte[35]), "", LOG, 8))
                .hasMessageContaining("not 35");
        assertThatThrownBy(() -> new CoinbaseBuilder(P2PKH, "", LOG, 0)).hasMessageContaining("extranonces");
    }

    @Test
    void givesJobsOfDifferentNumbersDifferentCoinbases() {
        BlockTemplate template = Templates.on(Templates.hash(1), 100, Optional.empty(), 0);
        CoinbaseBuilder builder = new CoinbaseBuilder(P2SH, "", LOG, 8);
        Hash256 tip = template.prevHash();
        Job one = builder.build(template, 1, 1_700_000_700, Scheme.PPLNS);
        Job two = builder.build(template, 2, 1_700_000_700, Scheme.PPLNS);
        assertThat(one.coinbase1()).isNotEqualTo(two.coinbase1());
        assertThat(one.prevHash()).isEqualTo(tip);
    }
}
