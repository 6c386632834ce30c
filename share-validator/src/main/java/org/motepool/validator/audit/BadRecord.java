package org.motepool.validator.audit;

import java.util.Comparator;
import org.motepool.validator.log.CorruptLogException;

/**
 * A record that does not hold.
 *
 * @param file segment that it stands in; the log's directory where no segment can be named
 * @param offset its log offset
 * @param reason what is wrong with it
 */
public record BadRecord(String file, long offset, String reason) {
    /** Within one log: the first in the log comes first. */
    static final Comparator<BadRecord> ORDER =
            Comparator.comparingLong(BadRecord::offset).thenComparing(BadRecord::reason);

    static BadRecord of(CorruptLogException e) {
        return new BadRecord(e.file(), e.offset(), e.reason());
    }
}
