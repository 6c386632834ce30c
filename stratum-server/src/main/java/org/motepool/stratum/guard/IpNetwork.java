package org.motepool.stratum.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.motepool.core.bytes.Bytes;

/**
 * A network of IPv4 or IPv6 addresses, or one address alone. An IPv4 address mapped into IPv6 is the IPv4 address.
 *
 * @param address its first, 4 or 16 bytes in network order; bits behind the prefix are zero
 * @param prefix how many leading bits its addresses share, 0 … 32 or 128
 */
public record IpNetwork(Bytes address, int prefix) {
    /** The longest text that {@link #parse} reads. */
    public static final int CHARACTERS_MAX = 64;

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int MAPPED_PREFIX = 96;

    public IpNetwork {
        if (address.size() != IPV4_BYTES && address.size() != IPV6_BYTES) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + address.size());
        }
        if (prefix < 0 || prefix > address.size() * 8) {
            throw new IllegalArgumentException("a prefix is 0 to " + address.size() * 8 + ", not " + prefix);
        }
        address = masked(address, prefix);
    }

    /**
     * Reads {@code 203.0.113.7}, {@code 203.0.113.0/24}, {@code 2001:db8::/32}; bits behind the prefix are dropped, names
     * are not resolved.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static IpNetwork parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        InetAddress parsed = literal(host, text);
        if (slash < 0) {
            return of(parsed);
        }
        String bits = text.substring(slash + 1);
        if (!bits.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("\"" + bits + "\" is no prefix length; write 203.0.113.0/24");
        }
        int prefix = Integer.parseInt(bits);
        // The mapped form is gone once parsed; its prefix counts from the IPv6 form.
        if (host.indexOf(':') >= 0 && !(parsed instanceof Inet6Address)) {
            prefix -= MAPPED_PREFIX;
        }
        return new IpNetwork(Bytes.copyOf(parsed.getAddress()), prefix);
    }

    private static InetAddress literal(String host, String text) {
        boolean plain = host.length() <= CHARACTERS_MAX
                && (host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || host.indexOf(':') >= 0)
                && host.matches("[0-9A-Fa-f:.]+");
        if (plain) {
            try {
                return InetAddress.ofLiteral(host);
            } catch (IllegalArgumentException e) {
                // Said below, in our words.
            }
        }
        String shown = text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX) + "…";
        throw new IllegalArgumentException("\"" + shown + "\" is no IP address or network; write 203.0.113.7 or"
                + " 203.0.113.0/24 or 2001:db8::/32");
    }

    /** The network of one address alone. */
    public static IpNetwork of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new IpNetwork(Bytes.copyOf(bytes), bytes.length * 8);
    }

    public boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        return bytes.length == address.size()
                && masked(Bytes.copyOf(bytes), prefix).equals(address);
    }

    /** This network with only so many leading bits; the same when it has no more. */
    public IpNetwork widened(int bits) {
        return bits >= prefix ? this : new IpNetwork(address, bits);
    }

    private static Bytes masked(Bytes address, int prefix) {
        byte[] bytes = address.toArray();
        int whole = prefix / 8;
        if (whole < bytes.length) {
            bytes[whole] &= (byte) (0xff << 8 - prefix % 8);
            Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
        }
        return Bytes.copyOf(bytes);
    }

    /** One address alone has no prefix; so it reads as it was typed. */
    @Override
    public String toString() {
        try {
            String host = InetAddress.getByAddress(address.toArray()).getHostAddress();
            return prefix == address.size() * 8 ? host : host + "/" + prefix;
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }
}
