package org.motepool.validator.bench;

import org.motepool.core.block.Job;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.hash.MadeUpShares;

/** What kind of job shares are of: decides how much there is to hash. */
public enum Shape {
    /** Nothing but the header is the miner's: 3 blocks. */
    HEADER_ONLY("header_only", "header only"),
    /** Coinbase of 222 bytes alone in its block: 8 blocks. */
    K0("k0", "K = 0"),
    /** With a merkle branch of 4: 20 blocks. */
    K4("k4", "K = 4"),
    /** With a branch of 12, as on main: 44 blocks. */
    K12("k12", "K = 12"),
    /** Where scrypt proves work; next to it a branch of 4 is nothing. */
    SCRYPT("scrypt", "scrypt");

    private final String key;
    private final String title;

    Shape(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** What is done to the header. */
    public ProofOfWork proofOfWork() {
        return this == SCRYPT ? ProofOfWork.SCRYPT : ProofOfWork.SHA256D;
    }

    /** Name in JSON. */
    public String key() {
        return key;
    }

    /** Name for people. */
    public String title() {
        return title;
    }

    /** A made-up job of this kind. */
    public Job job(MadeUpShares shares) {
        return switch (this) {
            case HEADER_ONLY -> shares.headerJob();
            case K0 -> shares.usualJob(0);
            case K4, SCRYPT -> shares.usualJob(4);
            case K12 -> shares.usualJob(12);
        };
    }
}
