package org.motepool.store;

import java.util.List;
import java.util.Optional;
import org.motepool.core.account.AccountId;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;

/**
 * What owners of addresses ask for, by texts that they signed: the only door through which pages write. Payout takes
 * requests from here, judges them and says what became of them. Calls block.
 */
public interface Requests {
    /** Requests that wait at once: payout takes some each second, so more is a flood. */
    int WAITING_MAX = 1_000;

    /** Of one account: nobody else's place is taken by writing to it. */
    int WAITING_OF_ACCOUNT_MAX = 4;

    /** Longest text, and longest signature, in characters. */
    int TEXT_CHARACTERS_MAX = 600;

    int SIGNATURE_CHARACTERS_MAX = 200;

    /** Hex digits of a request's id. */
    int ID_CHARACTERS = 32;

    /** Leaves a request. One that waits already is left as it is, and counts as taken. */
    Taken append(Request request) throws StoreException;

    /** The oldest ones that wait. */
    List<Request> waiting(int max) throws StoreException;

    /** Whether the request of this id waits; one that does not was settled, or nobody knows it. */
    boolean isWaiting(String id) throws StoreException;

    /** Takes a request out of those that wait, and keeps for an hour what became of it. */
    void settle(Request request, Outcome outcome) throws StoreException;

    /** Empty for one that nobody knows, or that was settled long ago. */
    Optional<Outcome> outcome(String id) throws StoreException;

    /** What became of an attempt to leave a request. */
    enum Taken {
        TAKEN,
        /** Too many of this account wait. */
        ACCOUNT_FULL,
        /** Too many wait. */
        FULL
    }

    /**
     * @param address canonical payout address
     * @param text that was signed
     * @param signature base64, not checked by anyone yet
     * @param at milliseconds since 1970
     */
    record Request(AccountId account, String address, String text, String signature, long at) {
        public Request {
            if (text.length() > TEXT_CHARACTERS_MAX || signature.length() > SIGNATURE_CHARACTERS_MAX) {
                throw new IllegalArgumentException(
                        "a request of " + text.length() + " characters, signed with " + signature.length());
            }
        }

        /** Follows from what is asked and signed: the same request has the same id. */
        public String id() {
            Bytes all =
                    new ByteWriter().text(address).text(text).text(signature).toBytes();
            return Sha256.once(all).slice(0, ID_CHARACTERS / 2).toHex();
        }
    }

    /**
     * @param reason empty, or why it was refused; fit for a miner to read
     * @param at milliseconds since 1970
     */
    record Outcome(boolean accepted, String reason, long at) {}
}
