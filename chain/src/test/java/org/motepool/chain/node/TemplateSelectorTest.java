package org.motepool.chain.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.Templates;

class TemplateSelectorTest {
    private final TemplateSelector selector = new TemplateSelector(2);
    private long nanos;
    private int made;

    private BlockTemplate at(int height) {
        return Templates.on(Templates.hash(++made), height, Optional.empty(), 0);
    }

    private void later(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void usesTheFirstNodeAsSoonAsItServes() {
        BlockTemplate second = at(100);
        BlockTemplate first = at(100);
        assertThat(selector.offer(1, second, nanos)).contains(second);
        assertThat(selector.inUse(1)).isTrue();
        assertThat(selector.offer(0, first, nanos)).contains(first);
        assertThat(selector.inUse(0)).isTrue();
        assertThat(selector.inUse(1)).isFalse();
        assertThat(selector.offer(1, at(100), nanos)).isEmpty();
    }

    @Test
    void changesNodeInSilenceWhereBothSayTheSame() {
        BlockTemplate same = at(100);
        selector.offer(1, same, nanos);
        assertThat(selector.offer(0, same, nanos)).isEmpty();
        assertThat(selector.inUse(0)).isTrue();
    }

    @Test
    void takesTheSecondNodesTemplateWhenTheFirstFailsAndReturns() {
        BlockTemplate spare = at(100);
        selector.offer(0, at(100), nanos);
        selector.offer(1, spare, nanos);
        assertThat(selector.withdraw(0, nanos)).contains(spare);
        BlockTemplate back = at(100);
        assertThat(selector.offer(0, back, nanos)).contains(back);
    }

    @Test
    void keepsTheSecondNodeWhileTheFirstIsStillCatchingUp() {
        selector.offer(1, at(100), nanos);
        assertThat(selector.offer(0, at(97), nanos)).isEmpty();
        BlockTemplate newer = at(101);
        assertThat(selector.offer(1, newer, nanos)).contains(newer);
        BlockTemplate caughtUp = at(101);
        assertThat(selector.offer(0, caughtUp, nanos)).contains(caughtUp);
    }

    @Test
    void leavesAFirstNodeThatIsStuckBehindTheSecond() {
        selector.offer(0, at(100), nanos);
        BlockTemplate ahead = at(101);
        assertThat(selector.offer(1, ahead, nanos)).isEmpty();
        later(TemplateSelector.BEHIND_MAX.plusSeconds(1));
        assertThat(selector.offer(0, at(100), nanos)).contains(ahead);
        BlockTemplate again = at(101);
        assertThat(selector.offer(0, again, nanos)).contains(again);
    }

    @Test
    void holdsAnOlderHeightBackAfterFailoverUntilTheOtherNodeCatchesUp() {
        selector.offer(0, at(101), nanos);
        selector.offer(1, at(100), nanos);
        assertThat(selector.withdraw(0, nanos)).isEmpty();
        later(Duration.ofSeconds(30));
        assertThat(selector.offer(1, at(100), nanos)).isEmpty();
        BlockTemplate caughtUp = at(101);
        assertThat(selector.offer(1, caughtUp, nanos)).contains(caughtUp);
    }

    @Test
    void takesTheOlderHeightInTheEndWhenItStays() {
        selector.offer(0, at(101), nanos);
        selector.offer(1, at(100), nanos);
        assertThat(selector.withdraw(0, nanos)).isEmpty();
        later(TemplateSelector.HOLD_MAX);
        BlockTemplate still = at(100);
        assertThat(selector.offer(1, still, nanos)).contains(still);
    }

    @Test
    void followsANodeThatItselfGoesBack() {
        selector.offer(0, at(101), nanos);
        BlockTemplate reorganised = at(100);
        assertThat(selector.offer(0, reorganised, nanos)).contains(reorganised);
    }

    @Test
    void saysNothingWhenAllAreDown() {
        selector.offer(0, at(101), nanos);
        assertThat(selector.withdraw(0, nanos)).isEmpty();
        assertThat(selector.withdraw(1, nanos)).isEmpty();
        assertThat(selector.inUse(0)).isFalse();
    }
}
