package org.motepool.stratum.found;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubmissionLineTest {
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final SubmissionLine line = new SubmissionLine(2, 3);

    /** A block whose nodes answer when the test lets them. */
    private final class Slow implements SubmissionLine.Submission {
        private final String name;

        Slow(String name) {
            this.name = name;
        }

        @Override
        public void run() {
            said.add(name);
            try {
                assertThat(answer.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void superseded() {
            said.add(name + " superseded");
        }
    }

    @AfterEach
    void end() {
        answer.countDown();
        line.close();
    }

    private String next() throws InterruptedException {
        return String.valueOf(said.poll(10, TimeUnit.SECONDS));
    }

    private void fill() throws InterruptedException {
        assertThat(line.offer(1, new Slow("a"))).isTrue();
        assertThat(line.offer(1, new Slow("b"))).isTrue();
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("a", "b");
        for (String name : List.of("c", "d", "e")) {
            assertThat(line.offer(1, new Slow(name))).isTrue();
        }
    }

    @Test
    void submitsAllThatItTookTheNewestTipFirst() throws InterruptedException {
        fill();
        assertThat(line.offer(2, new Slow("new"))).isTrue();
        assertThat(next()).as("the last of the oldest tip makes room").isEqualTo("e superseded");
        answer.countDown();
        assertThat(List.of(next(), next(), next())).startsWith("new").contains("c", "d");
    }

    @Test
    void refusesOnlyWhenItIsFullOfTheSameTip() throws InterruptedException {
        fill();
        assertThat(line.offer(1, new Slow("f"))).isFalse();
        assertThat(line.offer(0, new Slow("old"))).isFalse();
        answer.countDown();
        assertThat(List.of(next(), next(), next())).containsExactlyInAnyOrder("c", "d", "e");
        line.close();
        assertThat(line.offer(3, new Slow("late"))).isFalse();
        assertThat(said).isEmpty();
    }

    @Test
    void submitsWhatWaitsBeforeItCloses() throws InterruptedException {
        fill();
        answer.countDown();
        line.close();
        assertThat(said).containsExactlyInAnyOrder("c", "d", "e");
    }
}
