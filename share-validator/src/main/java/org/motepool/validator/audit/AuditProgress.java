package org.motepool.validator.audit;

/** Hears how far an audit is. Called on the thread that runs it, after each chunk read; must return soon. */
@FunctionalInterface
public interface AuditProgress {
    AuditProgress NONE = (done, total, shares) -> {};

    /**
     * @param doneBytes of the segments' bytes
     * @param totalBytes of all segments, preallocated room included
     * @param shares proven so far
     */
    void at(long doneBytes, long totalBytes, long shares);
}
