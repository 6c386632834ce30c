package org.motepool.pool.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.motepool.chain.Chain.TemplateListener;
import org.motepool.chain.devnet.DevnetChain;
import org.motepool.chain.devnet.DevnetSettings;
import org.motepool.core.time.PoolClock;

@Timeout(60)
class ObservedChainTest {
    private final BlockingQueue<Boolean> newTips = new LinkedBlockingQueue<>();
    private final TemplateListener listener = (_, newTip) -> newTips.add(newTip);

    private static ObservedChain chain() throws Exception {
        return new ObservedChain(
                DevnetChain.open(DevnetSettings.bench(10), PoolClock.SYSTEM, new CollectorRegistry()),
                PoolClock.SYSTEM);
    }

    private static void awaitTemplate(ObservedChain chain) {
        while (chain.lastTemplate().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatCameBeforeAnyoneListenedIsHeardAsANewTip() throws Exception {
        try (ObservedChain chain = chain()) {
            chain.startAhead();
            awaitTemplate(chain);
            assertThat(newTips).isEmpty();

            chain.start(listener);

            assertThat(newTips.poll(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void startsByItselfWhereNobodyStartedItAhead() throws Exception {
        try (ObservedChain chain = chain()) {
            chain.start(listener);

            assertThat(newTips.poll(30, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> chain.start(listener)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closesThoughNobodyEverCame() throws Exception {
        try (ObservedChain chain = chain()) {
            chain.startAhead();
            awaitTemplate(chain);
        }
        assertThat(newTips).isEmpty();
    }
}
