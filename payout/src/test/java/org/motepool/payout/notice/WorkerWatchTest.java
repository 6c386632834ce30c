package org.motepool.payout.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.payout.notice.WorkerWatch.Finding;
import org.motepool.payout.notice.WorkerWatch.Look;

class WorkerWatchTest {
    private static final long MINUTE = 60_000;
    private static final long START = 1_800_000_000_000L;

    private final WorkerWatch watch = new WorkerWatch(Duration.ofMinutes(10));
    private long now = START;
    private long watchedSince = START;
    private long lastShare = START;
    private double best = 1;

    private List<Finding> look() {
        return watch.look(List.of(new Look("desk", lastShare, BigDecimal.valueOf(best))), watchedSince, now);
    }

    /** A look each minute. */
    private List<Finding> minutes(int count, boolean sharing) {
        List<Finding> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            now += MINUTE;
            lastShare = sharing ? now : lastShare;
            all.addAll(look());
        }
        return all;
    }

    @Test
    void tellsOnceOfSilenceAndOnceOfTheReturn() {
        assertThat(look()).isEmpty();
        assertThat(minutes(30, true)).isEmpty();
        long last = lastShare;
        assertThat(minutes(9, false)).isEmpty();
        assertThat(minutes(30, false)).containsExactly(new Finding.Silent("desk", last));
        assertThat(minutes(2, true)).as("not for a share or two").isEmpty();
        assertThat(minutes(30, true)).containsExactly(new Finding.Back("desk"));
    }

    @Test
    void aWorkerThatComesAndGoesIsToldOfOnceAnHour() {
        look();
        List<Finding> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.addAll(minutes(12, false));
            all.addAll(minutes(5, true));
        }
        // 170 minutes of flapping: at most one silence an hour, and a return behind each.
        assertThat(all).hasSizeBetween(4, 6);
        assertThat(all.stream().filter(Finding.Silent.class::isInstance)).hasSizeBetween(2, 3);
    }

    @Test
    void whatWasSoAtTheFirstLookIsNoNews() {
        lastShare = START - 60 * MINUTE;
        best = 1_000;
        assertThat(look()).isEmpty();
        assertThat(minutes(120, false)).isEmpty();
        assertThat(minutes(5, true)).as("that it is back, is").containsExactly(new Finding.Back("desk"));
    }

    @Test
    void aSilenceThatNobodyCouldHearIsTheirs() {
        look();
        now += 60 * MINUTE;
        watchedSince = now;
        assertThat(look()).as("the pool heard nobody for an hour").isEmpty();
        assertThat(minutes(9, false)).isEmpty();
        assertThat(minutes(1, false)).hasSize(1);
    }

    @Test
    void aWorkerThatThePoolForgotIsNoNews() {
        look();
        now += 60 * MINUTE;
        assertThat(watch.look(List.of(), watchedSince, now)).isEmpty();
        now += MINUTE;
        assertThat(look()).isEmpty();
    }

    @Test
    void tellsOfBetterSharesAtMostOnceAnHour() {
        look();
        best = 2;
        assertThat(minutes(1, true)).containsExactly(new Finding.Best(BigDecimal.valueOf(2.0)));
        best = 3;
        assertThat(minutes(58, true)).isEmpty();
        best = 2.5;
        assertThat(minutes(10, true)).containsExactly(new Finding.Best(BigDecimal.valueOf(3.0)));
        assertThat(minutes(100, true)).isEmpty();
    }
}
