package org.motepool.core.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.money.Money;

/** Every credit leads to its plan's root, and nothing else does. */
final class PlanTreeTest {
    private static final Bytes BLOCK = Bytes.copyOf(new byte[32]);

    private static PlanHead head(int credits) {
        return new PlanHead(
                BLOCK, Money.ofSatoshis(312_500_000), Money.ofSatoshis(3_125_000), 1, 9, weights(credits), credits);
    }

    private static BigInteger weights(int credits) {
        return BigInteger.valueOf((long) credits * (credits + 1) / 2);
    }

    private static CreditLeaf leaf(int index, int credits) {
        CreditLeaf leaf = new CreditLeaf(
                AccountId.ofCanonicalAddress("account " + index),
                weights(index),
                BigInteger.valueOf(index + 1L),
                Money.ZERO);
        return new CreditLeaf(leaf.account(), leaf.weightBefore(), leaf.weight(), leaf.computed(head(credits)));
    }

    @Test
    void everyPathOfEveryTreeLeadsToTheRoot() {
        for (int credits = 0; credits < 20; credits++) {
            List<CreditLeaf> leaves = new ArrayList<>();
            for (int i = 0; i < credits; i++) {
                leaves.add(leaf(i, credits));
            }
            PlanHead head = head(credits);
            PlanTree tree = PlanTree.of(head, leaves);
            assertThat(PlanTree.rootFrom(head, tree.headPath())).isEqualTo(tree.root());
            Money sum = Money.ZERO;
            for (int i = 0; i < credits; i++) {
                List<Bytes> path = tree.creditPath(i);
                assertThat(PlanTree.rootFrom(head, leaves.get(i), i, path)).isEqualTo(tree.root());
                assertThat(tree.creditPaths().get(i)).isEqualTo(path);
                assertThat(PlanTree.rootFrom(head, leaves.get((i + 1) % credits), i, path))
                        .satisfies(root -> assertThat(root.equals(tree.root())).isEqualTo(leaves.size() == 1));
                sum = sum.plus(leaves.get(i).amount());
            }
            assertThat(sum).isEqualTo(credits == 0 ? Money.ZERO : head.shared());
        }
    }

    @Test
    void refusesPathsThatCannotBe() {
        PlanHead head = head(3);
        CreditLeaf leaf = leaf(0, 3);
        assertThatThrownBy(() -> PlanTree.rootFrom(head, leaf, 0, List.of(BLOCK)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PlanTree.rootFrom(head, leaf, 0, List.of(BLOCK, BLOCK, BLOCK)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PlanTree.rootFrom(head, leaf, 3, List.of(BLOCK, BLOCK)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
