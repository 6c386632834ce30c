package org.motepool.validator.audit;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.sharelog.LogRecord;
import org.motepool.validator.hash.ShareHasher;

/**
 * The jobs and accounts of one segment, each with the log offset where it is declared: what stands behind a share is not
 * known to it, however far the reader is ahead. Thread-safe.
 */
final class Declarations {
    private final Path file;
    private final ConcurrentMap<Integer, DeclaredJob> jobs = new ConcurrentHashMap<>();
    private final ConcurrentMap<Bytes, Long> accounts = new ConcurrentHashMap<>();

    /** A job made ready to hash, and the log offset of its JOB. */
    record DeclaredJob(ShareHasher.PreparedJob prepared, long offset) {
        Job job() {
            return prepared.job();
        }
    }

    Declarations(Path file) {
        this.file = file;
    }

    /** The segment. */
    Path file() {
        return file;
    }

    void declare(ShareHasher.PreparedJob prepared, long offset) {
        jobs.putIfAbsent(prepared.job().number(), new DeclaredJob(prepared, offset));
    }

    void declare(LogRecord.AccountDeclared account, long offset) {
        accounts.putIfAbsent(account.account().bytes(), offset);
    }

    /** The job that a record at {@code offset} may name by {@code number}. */
    @Nullable
    DeclaredJob job(int number, long offset) {
        DeclaredJob declared = jobs.get(number);
        return declared != null && declared.offset() < offset ? declared : null;
    }

    boolean hasAccount(Bytes account, long offset) {
        Long declared = accounts.get(account);
        return declared != null && declared < offset;
    }
}
