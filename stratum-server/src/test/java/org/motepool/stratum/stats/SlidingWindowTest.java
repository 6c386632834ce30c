package org.motepool.stratum.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlidingWindowTest {
    @Test
    void countsEqualShares() {
        SlidingWindow window = new SlidingWindow(0);
        for (int second = 0; second < 100; second++) {
            window.add(second, 16);
        }
        assertThat(window.shares(100)).isEqualTo(100);
        assertThat(window.work(100)).isEqualTo(1_600);
        assertThat(window.seconds(100)).isEqualTo(100);
    }

    @Test
    void fewLargeSharesTellNoMoreThanTheyAre() {
        SlidingWindow window = new SlidingWindow(0);
        for (int second = 0; second < 100; second++) {
            window.add(second, 1);
        }
        window.add(50, 1 << 20);
        window.add(60, 1 << 20);
        assertThat(window.shares(100)).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        SlidingWindow window = new SlidingWindow(0);
        window.add(0, 16);
        assertThat(window.shares(SlidingWindow.SECONDS - 31)).isEqualTo(1);
        assertThat(window.shares(SlidingWindow.SECONDS)).isZero();
        assertThat(window.work(SlidingWindow.SECONDS)).isZero();
    }
}
