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
                        + "08" + "a1a2a3a4b1b2b3b4"
                        + "06" + "2f6d6f74652f"
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
    void reachesTheBudgetExactlyWithTheLongestTag() {
        Job job = job(P2TR, "x".repeat(CoinbaseBuilder.POOL_TAG_BYTES_MAX), 840_000);
        assertThat(job.coinbase2().size()).isEqualTo(127);
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
