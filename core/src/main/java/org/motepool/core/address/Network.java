package org.motepool.core.address;

import java.util.Locale;
import java.util.Optional;

/**
 * A chain's name and the prefixes of its addresses.
 *
 * <p>testnet4 and signet share all prefixes with each other. The devnet takes addresses of every network: its coins are
 * worth nothing, and a newcomer may try it with the address at hand. The bench network is a devnet for measuring: every
 * level is the lowest, every hash reaches it, and there are no blocks.
 */
public enum Network {
    MAIN("main", "bc", 0x00, 0x05),
    TESTNET4("testnet4", "tb", 0x6f, 0xc4),
    SIGNET("signet", "tb", 0x6f, 0xc4),
    REGTEST("regtest", "bcrt", 0x6f, 0xc4),
    DEVNET("devnet", "mote", 0x6f, 0xc4),
    BENCH("bench", "mote", 0x6f, 0xc4);

    private final String id;
    private final String humanReadablePart;
    private final int publicKeyHashVersion;
    private final int scriptHashVersion;

    Network(String id, String humanReadablePart, int publicKeyHashVersion, int scriptHashVersion) {
        this.id = id;
        this.humanReadablePart = humanReadablePart;
        this.publicKeyHashVersion = publicKeyHashVersion;
        this.scriptHashVersion = scriptHashVersion;
    }

    /** The name in configuration, logs and pages. */
    public String id() {
        return id;
    }

    public static Optional<Network> ofId(String id) {
        for (Network network : values()) {
            if (network.id.equals(id.toLowerCase(Locale.ROOT))) {
                return Optional.of(network);
            }
        }
        return Optional.empty();
    }

    /** Tells whether its chain runs inside the pool's process, without nodes and without worth. */
    public boolean isBuiltIn() {
        return this == DEVNET || this == BENCH;
    }

    /** Prefix of segwit addresses, lower case. */
    public String humanReadablePart() {
        return humanReadablePart;
    }

    public int publicKeyHashVersion() {
        return publicKeyHashVersion;
    }

    public int scriptHashVersion() {
        return scriptHashVersion;
    }

    /** Tells whether a coin of this network can be paid to an address of {@code other}. */
    public boolean accepts(Network other) {
        return isBuiltIn() || humanReadablePart.equals(other.humanReadablePart);
    }
}
