package org.motepool.pool.command;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.hash.HasherChoice;
import org.motepool.validator.hash.ShareHasher;

/** One choice of a hasher for each proof of work that an audit meets; made when it meets it. Used by one thread. */
final class AuditHashers implements Function<ProofOfWork, ShareHasher>, AutoCloseable {
    private final Map<ProofOfWork, HasherChoice> choices = new EnumMap<>(ProofOfWork.class);
    private final Duration wait;

    /** @param wait for a choice, at most */
    AuditHashers(Duration wait) {
        this.wait = wait;
    }

    @Override
    public ShareHasher apply(ProofOfWork proof) {
        return choices.computeIfAbsent(proof, this::chosen).hasher();
    }

    private HasherChoice chosen(ProofOfWork proof) {
        HasherChoice choice = HasherChoice.start(proof, _ -> {});
        try {
            var _ = choice.await(wait);
        } catch (InterruptedException e) {
            // The audit itself ends at its next wait.
            Thread.currentThread().interrupt();
        }
        return choice;
    }

    /** What hashes, and why; empty where there was nothing to hash. */
    String reasons() {
        return choices.values().stream().map(HasherChoice::reason).collect(Collectors.joining("; "));
    }

    @Override
    public void close() {
        choices.values().forEach(HasherChoice::close);
    }
}
