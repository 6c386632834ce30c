package org.motepool.stratum.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.motepool.stratum.guard.ConnectionScore.Step;

class ConnectionScoreTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ConnectionScore score = new ConnectionScore();

    /** All steps of so many offences a second, for so long; a slowed connection offends no more until it is read. */
    private Set<Step> rain(Offence offence, int perSecond, int seconds) {
        Set<Step> steps = EnumSet.noneOf(Step.class);
        for (int second = 0; second < seconds; second++) {
            for (int i = 0; i < perSecond && !score.isSlowed(second * SECOND); i++) {
                steps.add(score.note(offence, second * SECOND));
            }
        }
        return steps;
    }

    @ParameterizedTest
    @EnumSource(names = {"DUPLICATE", "LOW_DIFFICULTY", "STALE", "UNAUTHORIZED", "MALFORMED", "CHATTER"})
    void slowsNoiseButNeverRefusesIt(Offence noise) {
        assertThat(rain(noise, 10_000, 3_600)).containsExactlyInAnyOrder(Step.NOTHING, Step.WARN, Step.SLOW);
    }

    @ParameterizedTest
    @EnumSource(names = {"DUPLICATE", "LOW_DIFFICULTY", "STALE", "UNAUTHORIZED", "MALFORMED", "CHATTER"})
    void leavesARigAloneWhateverItsSharesAreWorth(Offence noise) {
        assertThat(rain(noise, ConnectionScore.NOISE_PER_SECOND, 3_600)).containsExactly(Step.NOTHING);
    }

    @ParameterizedTest
    @EnumSource(names = {"JUNK", "BAD_LOGIN"})
    void warnsThenSlowsThenRefusesMischief(Offence mischief) {
        assertThat(rain(mischief, 100, 120)).containsExactlyInAnyOrder(Step.values());
    }

    @Test
    void takesAFewSecondsOfRefusedLoginsForAMistake() {
        assertThat(rain(Offence.BAD_LOGIN, 1, 18)).containsExactlyInAnyOrder(Step.NOTHING);
        assertThat(rain(Offence.BAD_LOGIN, 1, 30)).doesNotContain(Step.REFUSE);
    }

    @Test
    void forgetsAfterAQuietTime() {
        long now = 0;
        for (int burst = 0; burst < 20; burst++) {
            for (int i = 0; i < 16; i++) {
                assertThat(score.note(Offence.JUNK, now)).isNotEqualTo(Step.REFUSE);
            }
            now += 200 * SECOND;
            assertThat(score.isSlowed(now)).isFalse();
        }
    }

    @Test
    void warnsOnceUntilItIsQuietAgain() {
        int warnings = 0;
        for (int i = 0; i < ConnectionScore.NOISE_MAX - 1; i++) {
            warnings += score.note(Offence.STALE, 0) == Step.WARN ? 1 : 0;
        }
        assertThat(warnings).isEqualTo(1);
        long later = 60 * SECOND;
        for (int i = 0; i < ConnectionScore.NOISE_MAX - 1; i++) {
            warnings += score.note(Offence.STALE, later) == Step.WARN ? 1 : 0;
        }
        assertThat(warnings).isEqualTo(2);
    }
}
