package org.motepool.payout.notice;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells when one account's workers fall silent and come back, and when a share is better than any before. A worker that
 * comes and goes is told of once, and again after an hour; what was so at the first look is told to nobody. Not
 * thread-safe.
 */
final class WorkerWatch {
    /** Workers of one account that are watched. */
    static final int WORKERS_MAX = 1_000;
    /** A worker is back when shares came for so long. */
    static final Duration BACK_AFTER = Duration.ofMinutes(2);
    /** Between two notices of one worker's silence, and between two of better shares. */
    static final Duration APART = Duration.ofHours(1);

    private final long silentMillis;
    private final Map<String, Seen> workers = new HashMap<>();
    private BigDecimal best = BigDecimal.ZERO;
    private BigDecimal bestTold = BigDecimal.ZERO;
    private long bestToldAt;
    private boolean begun;

    /** @param silentAfter how long without a share */
    WorkerWatch(Duration silentAfter) {
        this.silentMillis = silentAfter.toMillis();
    }

    /**
     * A worker at one look.
     *
     * @param lastShare milliseconds since 1970, 0 for none
     * @param best difficulty that a share of it reached
     */
    record Look(String worker, long lastShare, BigDecimal best) {}

    /** Something to tell. */
    sealed interface Finding {
        /** @param since when its last share came */
        record Silent(String worker, long since) implements Finding {}

        record Back(String worker) implements Finding {}

        record Best(BigDecimal difficulty) implements Finding {}
    }

    /**
     * @param toldSilent its silence was told, or was there at the first look: then coming back is news
     * @param backSince when shares came again, 0 while they have not
     * @param toldAt when its silence was last told, 0 for never
     */
    private record Seen(boolean toldSilent, long backSince, long toldAt) {}

    /**
     * @param watchedSince since when looks are unbroken: a silence from before says nothing of the worker
     * @param now milliseconds since 1970
     */
    List<Finding> look(List<Look> looks, long watchedSince, long now) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Look> byName = new HashMap<>();
        looks.stream()
                .limit(WORKERS_MAX)
                .forEach(look -> byName.merge(
                        look.worker(),
                        look,
                        (a, b) -> new Look(
                                a.worker(),
                                Math.max(a.lastShare(), b.lastShare()),
                                a.best().max(b.best()))));
        // Who is not reported any more was forgotten by the pool; that is no news.
        workers.keySet().retainAll(byName.keySet());
        byName.values().stream().filter(look -> look.lastShare() > 0).forEach(look -> {
            Seen before = workers.get(look.worker());
            Seen after = before == null ? new Seen(isSilent(look, now), 0, 0) : before;
            if (before != null) {
                after = step(look, before, watchedSince, now, findings);
            }
            workers.put(look.worker(), after);
        });
        best(byName, now).ifPresent(findings::add);
        begun = true;
        return findings;
    }

    private boolean isSilent(Look look, long now) {
        return now - look.lastShare() >= silentMillis;
    }

    private Seen step(Look look, Seen seen, long watchedSince, long now, List<Finding> findings) {
        if (!seen.toldSilent()) {
            boolean silent = now - Math.max(look.lastShare(), watchedSince) >= silentMillis;
            boolean soonAgain = seen.toldAt() > 0 && now - seen.toldAt() < APART.toMillis();
            if (!silent || soonAgain) {
                return seen;
            }
            findings.add(new Finding.Silent(look.worker(), look.lastShare()));
            return new Seen(true, 0, now);
        }
        if (isSilent(look, now)) {
            return new Seen(true, 0, seen.toldAt());
        }
        if (seen.backSince() == 0) {
            return new Seen(true, Math.max(1, now), seen.toldAt());
        }
        // Shares still come after a while: one alone may be a board that restarts again and again.
        if (now - seen.backSince() < BACK_AFTER.toMillis() || look.lastShare() <= seen.backSince()) {
            return seen;
        }
        findings.add(new Finding.Back(look.worker()));
        return new Seen(false, 0, seen.toldAt());
    }

    private Optional<Finding> best(Map<String, Look> looks, long now) {
        for (Look look : looks.values()) {
            best = best.max(look.best());
        }
        if (!begun) {
            bestTold = best;
            return Optional.empty();
        }
        if (best.compareTo(bestTold) <= 0 || (bestToldAt > 0 && now - bestToldAt < APART.toMillis())) {
            return Optional.empty();
        }
        bestTold = best;
        bestToldAt = now;
        return Optional.of(new Finding.Best(best));
    }
}
