package org.motepool.validator.audit;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an audit came to.
 *
 * @param logs in the order in which they were given
 * @param nanos how long it took, at least 1
 * @param journal what came of holding the journal against the logs; empty where there is none
 */
public record AuditReport(List<LogReport> logs, long nanos, Optional<JournalAudit.Result> journal) {
    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);

    public AuditReport {
        logs = List.copyOf(logs);
    }

    /** Of logs alone. */
    public AuditReport(List<LogReport> logs, long nanos) {
        this(logs, nanos, Optional.empty());
    }

    /** The same with the journal's side. */
    public AuditReport with(Optional<JournalAudit.Result> compared) {
        return new AuditReport(logs, nanos, compared);
    }

    /**
     * Of one log.
     *
     * @param end log offset up to which it was read
     * @param records of every kind, bad ones included
     * @param shares as the log has them
     * @param workUnits that the log credits for them, in units of 2^16 hashes
     */
    public record LogReport(
            Path directory,
            long end,
            long records,
            long shares,
            BigInteger workUnits,
            long bad,
            Optional<BadRecord> firstBad) {}

    public long records() {
        return logs.stream().mapToLong(LogReport::records).sum();
    }

    public long shares() {
        return logs.stream().mapToLong(LogReport::shares).sum();
    }

    public BigInteger workUnits() {
        return logs.stream().map(LogReport::workUnits).reduce(BigInteger.ZERO, BigInteger::add);
    }

    public long bad() {
        return logs.stream().mapToLong(LogReport::bad).sum()
                + journal.map(JournalAudit.Result::bad).orElse(0L);
    }

    /** The bad record with the lowest offset in the first log that has any; else the journal's first. */
    public Optional<BadRecord> firstBad() {
        return logs.stream()
                .map(log -> log.firstBad().orElse(null))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> journal.flatMap(JournalAudit.Result::firstBad));
    }

    public long sharesPerSecond() {
        return BigInteger.valueOf(shares())
                .multiply(NANOS_PER_SECOND)
                .divide(BigInteger.valueOf(nanos))
                .longValueExact();
    }
}
