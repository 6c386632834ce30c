package org.motepool.validator.bench;

import java.util.Optional;
import org.motepool.validator.hash.HasherRace;

/**
 * Shares a second of one thread, medians over rounds by turns.
 *
 * @param lanes the race against the vector hasher; empty where there is none
 */
public record Speed(double scalarPerSecond, Optional<HasherRace.Result> lanes) {
    static Speed of(HasherRace.Result race) {
        return new Speed(race.scalarPerSecond(), Optional.of(race));
    }
}
