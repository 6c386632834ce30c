package org.motepool.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.motepool.core.time.FakeClock;

class LoopPulseTest {
    private final FakeClock clock = new FakeClock(1);
    private final LoopPulse pulse = new LoopPulse(clock);

    private void pass(int millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    private void beatInTime() {
        for (int i = 0; i < 5; i++) {
            pass(10);
            pulse.beat();
        }
    }

    @Test
    void isInTimeWhileItBeats() {
        beatInTime();
        pass(10);
        assertThat(pulse.isLate()).isFalse();
    }

    @Test
    void isLateWhenALongRoundEndsInARead() {
        beatInTime();
        pass(40);
        assertThat(pulse.isLate()).isTrue();
    }

    @Test
    void isLateWhenTheBeatItselfCameLateJustBeforeTheRead() {
        beatInTime();
        pass(60);
        pulse.beat();
        assertThat(pulse.isLate()).isTrue();
        pass(10);
        pulse.beat();
        assertThat(pulse.isLate()).isFalse();
    }

    @Test
    void isLateWhenTwoHalfLongRoundsMeet() {
        beatInTime();
        pass(28);
        pulse.beat();
        pass(28);
        assertThat(pulse.isLate()).isTrue();
    }
}
