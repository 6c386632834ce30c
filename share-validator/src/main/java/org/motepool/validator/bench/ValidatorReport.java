package org.motepool.validator.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a bench came to.
 *
 * @param path of the hasher that a pool would use here for SHA-256d
 * @param reason why, for people
 * @param warmUpSeconds from the vector hasher's first share to nine tenths of its full speed
 * @param speeds of every shape
 * @param allocatedPerShare bytes of heap, of the path in use, once warm; not of scrypt
 */
public record ValidatorReport(
        String path,
        String reason,
        Optional<Double> warmUpSeconds,
        Map<Shape, Speed> speeds,
        double allocatedPerShare) {
    public ValidatorReport {
        speeds = new EnumMap<>(speeds);
    }
}
