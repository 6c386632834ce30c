package org.motepool.payout.payer;

import org.motepool.chain.wallet.FeeRate;
import org.motepool.core.address.Network;
import org.motepool.core.address.ScriptType;
import org.motepool.core.work.ProofOfWork;

/** What an output to an address costs, and how small one may be. Stateless. */
final class OutputCost {
    /** An output costs its payee at most one part of this. */
    private static final int WORTH = 100;
    /** So many outputs' cost covers one's part of a small transaction's other bytes. */
    private static final int SHARE_OF_ALL = 10;
    /** Litecoin's nodes ask for ten times the satoshis before they relay. */
    private static final long LITECOIN_DUST = 10;

    private OutputCost() {}

    /** Size of an output: value (8), length of the script (1), script. */
    static int vbytes(ScriptType type) {
        return switch (type) {
            case P2PKH -> 34;
            case P2SH -> 32;
            case P2WPKH -> 31;
            case P2WSH, P2TR -> 43;
        };
    }

    /** Smallest output that nodes relay, in satoshis. */
    static long dust(ScriptType type, Network network) {
        long bitcoin = switch (type) {
            case P2PKH -> 546;
            case P2SH -> 540;
            case P2WPKH -> 294;
            case P2WSH, P2TR -> 330;
        };
        return network.proofOfWork() == ProofOfWork.SCRYPT ? LITECOIN_DUST * bitcoin : bitcoin;
    }

    /** Least amount in satoshis whose own output costs no more than 1 % and surely stays above dust. */
    static long floor(ScriptType type, Network network, FeeRate rate) {
        long cost = rate.of(vbytes(type));
        return Math.max(
                Math.multiplyExact(WORTH, cost),
                Math.addExact(dust(type, network), Math.multiplyExact(SHARE_OF_ALL, cost)));
    }
}
