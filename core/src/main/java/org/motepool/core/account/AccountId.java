package org.motepool.core.account;

import java.nio.charset.StandardCharsets;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;

/**
 * Who is paid: the first 16 bytes of SHA-256 of the canonical payout address.
 *
 * @param bytes 16 bytes; accounts are ordered by them, unsigned
 */
public record AccountId(Bytes bytes) implements Comparable<AccountId> {
    public static final int BYTES = 16;

    public AccountId {
        if (bytes.size() != BYTES) {
            throw new IllegalArgumentException("an account id has 16 bytes, not " + bytes.size());
        }
    }

    /** The account of an address in its canonical form. */
    public static AccountId ofCanonicalAddress(String address) {
        return new AccountId(Sha256.once(Bytes.copyOf(address.getBytes(StandardCharsets.UTF_8)))
                .slice(0, BYTES));
    }

    public static AccountId ofHex(String hex) {
        return new AccountId(Bytes.ofHex(hex));
    }

    @Override
    public int compareTo(AccountId other) {
        return bytes.compareTo(other.bytes);
    }

    /** 32 hex digits. */
    @Override
    public String toString() {
        return bytes.toHex();
    }
}
