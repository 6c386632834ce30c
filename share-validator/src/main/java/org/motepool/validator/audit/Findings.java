package org.motepool.validator.audit;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.motepool.validator.log.CorruptLogException;

/** The bad records of one log: how many, and the first. Not thread-safe. */
final class Findings {
    /** Offsets kept so that no record counts twice; in a log with more bad records one that is also a duplicate may. */
    private static final int OFFSETS_MAX = 1 << 16;

    private final Set<Long> offsets = new HashSet<>();
    private long count;
    private @Nullable BadRecord first;

    void add(Path file, long offset, Supplier<String> reason) {
        if (!offsets.contains(offset)) {
            remember(offset);
            count++;
            BadRecord known = first;
            if (known == null || offset < known.offset()) {
                first = new BadRecord(file.toString(), offset, reason.get());
            }
        }
    }

    void add(CorruptLogException e) {
        count++;
        keepFirst(BadRecord.of(e));
    }

    void add(Findings other) {
        count += other.count;
        other.offsets.forEach(this::remember);
        other.first().ifPresent(this::keepFirst);
    }

    private void remember(long offset) {
        if (offsets.size() < OFFSETS_MAX) {
            offsets.add(offset);
        }
    }

    private void keepFirst(BadRecord bad) {
        BadRecord known = first;
        if (known == null || BadRecord.ORDER.compare(bad, known) < 0) {
            first = bad;
        }
    }

    long count() {
        return count;
    }

    Optional<BadRecord> first() {
        return Optional.ofNullable(first);
    }
}
