package org.motepool.stratum.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenSharesTest {
    private record Share(int extranonce2, int ntime, int nonce, int version) {}

    private final SeenShares seen = new SeenShares();

    private boolean add(Share share) {
        return seen.add(share.extranonce2, share.ntime, share.nonce, share.version);
    }

    private boolean remove(Share share) {
        return seen.remove(share.extranonce2, share.ntime, share.nonce, share.version);
    }

    @Test
    void tellsSharesApartByEachField() {
        Share share = new Share(1, 2, 3, 4);
        assertThat(add(share)).isTrue();
        assertThat(add(share)).isFalse();
        assertThat(add(new Share(0, 2, 3, 4))).isTrue();
        assertThat(add(new Share(1, 0, 3, 4))).isTrue();
        assertThat(add(new Share(1, 2, 0, 4))).isTrue();
        assertThat(add(new Share(1, 2, 3, 0))).isTrue();
        assertThat(add(new Share(2, 1, 3, 4))).isTrue();
        assertThat(seen.size()).isEqualTo(6);
    }

    @Test
    void knowsTheShareOfZeros() {
        Share zeros = new Share(0, 0, 0, 0);
        assertThat(remove(zeros)).isFalse();
        assertThat(add(zeros)).isTrue();
        assertThat(add(zeros)).isFalse();
        assertThat(seen.size()).isEqualTo(1);
        assertThat(remove(zeros)).isTrue();
        assertThat(remove(zeros)).isFalse();
        assertThat(seen.size()).isZero();
        assertThat(add(zeros)).isTrue();
    }

    /** Shares of one device differ in few bits: none of them is taken for another. */
    @Test
    void takesAMillionNeighboursForNew() {
        for (int extranonce2 = 0; extranonce2 < 16; extranonce2++) {
            for (int ntime = 0; ntime < 4; ntime++) {
                for (int nonce = 0; nonce < 4096; nonce++) {
                    for (int roll = 0; roll < 4; roll++) {
                        Share share =
                                new Share(extranonce2, 1_700_000_000 + ntime, nonce << 8, 0x2000_0000 | roll << 13);
                        assertThat(add(share)).isTrue();
                    }
                }
            }
        }
        assertThat(seen.size()).isEqualTo(1 << 20);
    }

    /** Of few values, so that they meet often, and come and go at every fill. */
    @Test
    void agreesWithASetWhateverComesAndGoes() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Set<Share> set = new HashSet<>();
        for (int bound : new int[] {2, 3, 6, 9}) {
            for (int i = 0; i < 20_000; i++) {
                Share share = new Share(
                        random.nextInt(bound) - 1, random.nextInt(bound), random.nextInt(bound), random.nextInt(bound));
                if (random.nextInt(bound) == 0) {
                    assertThat(remove(share)).isEqualTo(set.remove(share));
                } else {
                    assertThat(add(share)).isEqualTo(set.add(share));
                }
                assertThat(seen.size()).isEqualTo(set.size());
            }
        }
        List<Share> left = new ArrayList<>(set);
        for (Share share : left) {
            assertThat(add(share)).as("%s", share).isFalse();
            assertThat(remove(share)).as("%s", share).isTrue();
        }
        assertThat(seen.size()).isZero();
    }
}
