package org.motepool.core.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.core.bytes.Bytes;

class MerkleTreeTest {
    /** The transactions of Bitcoin block 100 000. */
    private static final List<Hash256> BLOCK_100000 = Stream.of(
                    "8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87",
                    "fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4",
                    "6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4",
                    "e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d")
            .map(Hash256::ofDisplayHex)
            .toList();

    /** Leaves of the reference tests of Certificate Transparency, RFC 6962. */
    private static final List<Bytes> PROOF_LEAVES = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(Bytes::ofHex)
            .toList();

    @Test
    void findsTheRootOfARealBlock() {
        assertThat(MerkleTree.blockRoot(BLOCK_100000).toDisplayHex())
                .isEqualTo("f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766");
    }

    @Test
    void theRootOfOneTransactionIsItself() {
        assertThat(MerkleTree.blockRoot(BLOCK_100000.subList(0, 1))).isEqualTo(BLOCK_100000.getFirst());
        assertThat(MerkleTree.coinbaseBranch(List.of())).isEmpty();
        assertThatThrownBy(() -> MerkleTree.blockRoot(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOddRowRepeatsItsLastNode() {
        List<Hash256> three = BLOCK_100000.subList(0, 3);
        List<Hash256> four = new ArrayList<>(three);
        four.add(three.getLast());

        assertThat(MerkleTree.blockRoot(three)).isEqualTo(MerkleTree.blockRoot(four));
    }

    @Test
    void theCoinbaseBranchLeadsToTheRoot() {
        long seed = 100_000;
        Random random = new Random(seed);
        List<Hash256> ids = new ArrayList<>();
        for (int count = 1; count <= 70; count++) {
            byte[] id = new byte[Hash256.BYTES];
            random.nextBytes(id);
            ids.add(Hash256.ofInternal(id));
            List<Hash256> branch = MerkleTree.coinbaseBranch(ids.subList(1, count));

            assertThat(MerkleTree.foldBranch(ids.getFirst(), branch))
                    .as("seed %d, %d transactions", seed, count)
                    .isEqualTo(MerkleTree.blockRoot(ids));
            assertThat(branch).hasSize(count == 1 ? 0 : 32 - Integer.numberOfLeadingZeros(count - 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    })
    void findsTheKnownProofRoots(int leaves, String root) {
        assertThat(MerkleTree.proofRoot(PROOF_LEAVES.subList(0, leaves)).toHex())
                .isEqualTo(root);
    }

    @Test
    void noProofRootIsSharedByListsThatBitcoinsTreeConfuses() {
        Bytes last = PROOF_LEAVES.get(3);
        List<Bytes> three = List.of(PROOF_LEAVES.get(1), PROOF_LEAVES.get(2), last);
        List<Bytes> four = List.of(PROOF_LEAVES.get(1), PROOF_LEAVES.get(2), last, last);

        assertThat(MerkleTree.proofRoot(three)).isNotEqualTo(MerkleTree.proofRoot(four));
    }

    @Test
    void hashesKeepTheirTwoOrdersApart() {
        String display = "000000000003ba27aa200b1cecaad478d2b00432346c3f1f3986da1afd33e506";
        Hash256 hash = Hash256.ofDisplayHex(display);

        assertThat(hash).hasToString(display);
        assertThat(hash.internal().toHex())
                .isEqualTo("06e533fd1ada86391f3f6c343204b0d278d4aaec1c0b20aa27ba030000000000");
        assertThat(hash.toNumber().toString(16)).isEqualTo(display.replaceFirst("^0+", ""));
        assertThat(hash).isLessThan(BLOCK_100000.getFirst());
        assertThatThrownBy(() -> Hash256.ofInternal(new byte[40], 9)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Hash256.ofInternal(new byte[31], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Hash256.ofInternal(new byte[33])).isInstanceOf(IllegalArgumentException.class);
    }
}
