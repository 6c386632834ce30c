package org.motepool.core.work;

/** What is done to a header's 80 bytes to prove work; the code stands in logs and never changes its meaning. */
public enum ProofOfWork {
    SHA256D(1);

    private final int code;

    ProofOfWork(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Throws IllegalArgumentException for a code that no proof of work has. */
    public static ProofOfWork ofCode(int code) {
        if (code == SHA256D.code) {
            return SHA256D;
        }
        throw new IllegalArgumentException("no proof of work has the code " + code);
    }
}
