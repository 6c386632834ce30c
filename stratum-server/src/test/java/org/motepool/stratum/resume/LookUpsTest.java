package org.motepool.stratum.resume;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.Bytes;
import org.motepool.store.Sessions;
import org.motepool.store.StoreException;

@Timeout(60)
class LookUpsTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final CollectorRegistry registry = new CollectorRegistry();
    private final Slow store = new Slow();
    private final LookUps lookUps = new LookUps(store, new ResumeMetrics(registry));
    private final List<String> answered = new ArrayList<>();

    LookUpsTest() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        lookUps.close();
        channel.close();
    }

    /** Answers a call when it is let; knows nobody. */
    private static final class Slow implements Sessions {
        final List<List<String>> calls = Collections.synchronizedList(new ArrayList<>());
        final Semaphore let = new Semaphore(0);
        final CountDownLatch asked = new CountDownLatch(1);
        volatile boolean away;

        @Override
        public void keep(List<Closed> closed) {}

        @Override
        public List<Optional<Known>> take(List<Claim> claims) throws StoreException {
            calls.add(claims.stream().map(claim -> claim.trait().worker()).toList());
            asked.countDown();
            let.acquireUninterruptibly();
            if (away) {
                throw new StoreException("away, as the test wants it");
            }
            return claims.stream().map(_ -> Optional.<Known>empty()).toList();
        }
    }

    private void ask(String worker) {
        Sessions.Trait trait =
                new Sessions.Trait(AccountId.ofCanonicalAddress("an address"), worker, "micro", Bytes.EMPTY);
        lookUps.ask(new Sessions.Claim(trait, Optional.empty()), channel.eventLoop(), _ -> answered.add(worker));
    }

    private void awaitAnswers(int count) {
        while (answered.size() < count) {
            LockSupport.parkNanos(1_000_000);
            channel.runPendingTasks();
        }
    }

    private double counted(String result) {
        Double value =
                registry.getSampleValue("mote_session_lookups_total", new String[] {"result"}, new String[] {result});
        return value == null ? 0 : value;
    }

    @Test
    void whoComesWhileTheStoreIsAskedIsInTheNextCall() throws InterruptedException {
        ask("first");
        store.asked.await();
        for (int i = 0; i < 40; i++) {
            ask("w" + i);
        }
        store.let.release(2);
        awaitAnswers(41);
        assertThat(store.calls).hasSize(2);
        assertThat(store.calls.getFirst()).containsExactly("first");
        assertThat(store.calls.getLast()).hasSize(40).startsWith("w0", "w1");
        assertThat(counted("unknown")).isEqualTo(41);
    }

    @Test
    void whoHasGoneOnWithoutIsNotAskedFor() throws InterruptedException {
        ask("first");
        store.asked.await();
        ask("impatient");
        channel.advanceTimeBy(50, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(answered).containsExactly("first", "impatient");
        ask("patient");
        store.let.release(2);
        awaitAnswers(3);
        assertThat(store.calls).containsExactly(List.of("first"), List.of("patient"));
        assertThat(counted("late")).isEqualTo(2);
        assertThat(counted("unknown")).isEqualTo(1);
    }

    @Test
    void moreThanTheBoundGoOnWithoutAtOnce() throws InterruptedException {
        ask("first");
        store.asked.await();
        for (int i = 0; i < SessionMemory.LOOK_UPS_MAX; i++) {
            ask("w" + i);
        }
        assertThat(answered).isEmpty();
        ask("one too many");
        assertThat(answered).containsExactly("one too many");
        assertThat(counted("busy")).isEqualTo(1);
    }

    @Test
    void aStoreThatFailsAnswersAllOfTheCall() throws InterruptedException {
        store.away = true;
        ask("first");
        store.asked.await();
        ask("a");
        ask("b");
        store.let.release(2);
        awaitAnswers(3);
        assertThat(counted("failed")).isEqualTo(3);
    }
}
