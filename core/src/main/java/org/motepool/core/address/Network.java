package org.motepool.core.address;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.motepool.core.work.ProofOfWork;

/**
 * A chain's name, the prefixes of its addresses, and how work is proven there.
 *
 * <p>testnet4 and signet share all prefixes with each other. Litecoin's networks have a second prefix for script hashes; the
 * older one is Bitcoin's, and is taken too. The devnet takes addresses of every network: its coins are worth nothing, and a
 * newcomer may try it with the address at hand. The bench network is a devnet for measuring: every level is the lowest, every
 * hash reaches it, and there are no blocks.
 */
public enum Network {
    MAIN("main", "bc", ProofOfWork.SHA256D, 0x00, 0x05),
    TESTNET4("testnet4", "tb", ProofOfWork.SHA256D, 0x6f, 0xc4),
    SIGNET("signet", "tb", ProofOfWork.SHA256D, 0x6f, 0xc4),
    REGTEST("regtest", "bcrt", ProofOfWork.SHA256D, 0x6f, 0xc4),
    LTC_MAIN("ltc-main", "ltc", ProofOfWork.SCRYPT, 0x30, 0x32, 0x05),
    LTC_TEST("ltc-test", "tltc", ProofOfWork.SCRYPT, 0x6f, 0x3a, 0xc4),
    LTC_REGTEST("ltc-regtest", "rltc", ProofOfWork.SCRYPT, 0x6f, 0x3a, 0xc4),
    DEVNET("devnet", "mote", ProofOfWork.SHA256D, 0x6f, 0xc4),
    BENCH("bench", "mote", ProofOfWork.SHA256D, 0x6f, 0xc4);

    private final String id;
    private final String humanReadablePart;
    private final ProofOfWork proofOfWork;
    private final int publicKeyHashVersion;
    private final int scriptHashVersion;
    /** Understood too; the usual one where there is no other. */
    private final int olderScriptHashVersion;

    Network(
            String id,
            String humanReadablePart,
            ProofOfWork proofOfWork,
            int publicKeyHashVersion,
            int scriptHashVersion) {
        this(id, humanReadablePart, proofOfWork, publicKeyHashVersion, scriptHashVersion, scriptHashVersion);
    }

    Network(
            String id,
            String humanReadablePart,
            ProofOfWork proofOfWork,
            int publicKeyHashVersion,
            int scriptHashVersion,
            int olderScriptHashVersion) {
        this.id = id;
        this.humanReadablePart = humanReadablePart;
        this.proofOfWork = proofOfWork;
        this.publicKeyHashVersion = publicKeyHashVersion;
        this.scriptHashVersion = scriptHashVersion;
        this.olderScriptHashVersion = olderScriptHashVersion;
    }

    /** All names, for people to choose from: {@code main, … or bench}. */
    public static String ids() {
        List<String> ids = Arrays.stream(values()).map(Network::id).toList();
        return ids.stream().limit(ids.size() - 1).collect(Collectors.joining(", ")) + " or " + ids.getLast();
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

    /** How its blocks and shares prove work. */
    public ProofOfWork proofOfWork() {
        return proofOfWork;
    }

    /** Tells whether base58 addresses of this version are of public keys here. */
    boolean paysPublicKeyHash(int version) {
        return version == publicKeyHashVersion;
    }

    /** Tells whether base58 addresses of this version are of scripts here. */
    boolean paysScriptHash(int version) {
        return version == scriptHashVersion || version == olderScriptHashVersion;
    }

    /** The version by which addresses of this kind are written here. */
    int usualVersion(int version) {
        return paysPublicKeyHash(version) ? version : scriptHashVersion;
    }

    /** Tells whether a coin of this network can be paid to an address of {@code other}. */
    public boolean accepts(Network other) {
        return isBuiltIn() || humanReadablePart.equals(other.humanReadablePart);
    }
}
