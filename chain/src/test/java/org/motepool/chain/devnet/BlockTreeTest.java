package org.motepool.chain.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Nbits;

class BlockTreeTest {
    private static final Nbits EASY = Nbits.ofHex("1e00ffff");
    private static final Nbits HARD = Nbits.ofHex("1d00ffff");

    private final DevnetBlock genesis = Genesis.make(1, EASY);
    private int nonce;

    private DevnetBlock on(DevnetBlock parent, Nbits nbits) {
        return new DevnetBlock(
                new BlockHeader(4, parent.hash(), Hash256.ZERO, 1, nbits, nonce++), parent, Bytes.EMPTY, new long[] {7
                });
    }

    @Test
    void followsMostWorkNotMostBlocks() {
        BlockTree tree = new BlockTree(genesis, 10);
        DevnetBlock a1 = on(genesis, EASY);
        DevnetBlock a2 = on(a1, EASY);
        DevnetBlock b1 = on(genesis, HARD);

        assertThat(tree.add(a1)).isTrue();
        assertThat(tree.add(a2)).isTrue();
        assertThat(tree.add(b1)).isTrue();
        assertThat(tree.tip()).isSameAs(b1);
        assertThat(tree.isActive(a1)).isFalse();
        assertThat(tree.at(2)).isEmpty();
        assertThat(tree.add(on(a2, HARD))).isTrue();
        assertThat(tree.isActive(a1)).isTrue();
        assertThat(tree.isActive(b1)).isFalse();
    }

    @Test
    void keepsTheFirstSeenOfEquals() {
        BlockTree tree = new BlockTree(genesis, 10);
        DevnetBlock first = on(genesis, EASY);

        assertThat(tree.add(first)).isTrue();
        assertThat(tree.add(on(genesis, EASY))).isFalse();
        assertThat(tree.tip()).isSameAs(first);
    }

    @Test
    void forgetsTheOldestBlocksAndSides() {
        BlockTree tree = new BlockTree(genesis, 1500);
        List<DevnetBlock> active = new ArrayList<>();
        List<DevnetBlock> sides = new ArrayList<>();
        DevnetBlock tip = genesis;
        for (int i = 0; i < 4000; i++) {
            DevnetBlock side = on(tip, EASY);
            tip = on(tip, EASY);
            tree.add(tip);
            tree.add(side);
            active.add(tip);
            sides.add(side);
        }

        assertThat(tree.tip()).isSameAs(active.getLast());
        assertThat(tree.at(4000)).containsSame(tip);
        assertThat(tree.at(10)).isEmpty();
        assertThat(tree.find(active.getFirst().hash())).isEmpty();
        assertThat(active.stream()
                        .filter(one -> tree.find(one.hash()).isPresent())
                        .count())
                .isBetween(1500L, 2500L);
        assertThat(sides.stream()
                        .filter(one -> tree.find(one.hash()).isPresent())
                        .count())
                .isEqualTo(BlockTree.SIDE_BLOCKS_MAX);
        int linked = 0;
        for (DevnetBlock one = tip; one != null; one = one.parent()) {
            linked++;
        }
        assertThat(linked).as("nothing holds on to the forgotten").isBetween(1500, 2500);
        assertThat(active.get(3000).mined(7)).isFalse();
        assertThat(active.get(3950).mined(7)).isTrue();
    }
}
