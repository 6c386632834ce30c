package org.motepool.core.work;

/** What is done to a header's 80 bytes to prove work; the code stands in logs and never changes its meaning. */
public enum ProofOfWork {
    /** SHA-256 twice, as Bitcoin has it. */
    SHA256D(1, "sha256d"),
    /**
     * scrypt (RFC 7914) of 1024 rows of 128 bytes, the header as password and as salt, as Litecoin has it. A block's id is
     * still its header's SHA-256d.
     */
    SCRYPT(2, "scrypt");

    private final int code;
    private final String id;

    ProofOfWork(int code, String id) {
        this.code = code;
        this.id = id;
    }

    public int code() {
        return code;
    }

    /** The name in logs and in the command lines of miners. */
    public String id() {
        return id;
    }

    /** How its miners count difficulties. */
    public DifficultyScale difficulties() {
        return switch (this) {
            case SHA256D -> DifficultyScale.SHA256D;
            case SCRYPT -> DifficultyScale.SCRYPT;
        };
    }

    /** Throws IllegalArgumentException for a code that no proof of work has. */
    public static ProofOfWork ofCode(int code) {
        for (ProofOfWork proof : values()) {
            if (proof.code == code) {
                return proof;
            }
        }
        throw new IllegalArgumentException("no proof of work has the code " + code);
    }
}
