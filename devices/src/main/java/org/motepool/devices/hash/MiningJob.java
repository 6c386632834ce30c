package org.motepool.devices.hash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.Sha256;

/**
 * A {@code mining.notify} as it came, all fields hex text: boards copy them back letter by letter.
 *
 * @param prevHash 64 digits, each four-byte word reversed
 * @param branches 64 digits each, internal order
 * @param clean whether older jobs are to be dropped at once
 */
public record MiningJob(
        String id,
        String prevHash,
        String coinbase1,
        String coinbase2,
        List<String> branches,
        String version,
        String nbits,
        String ntime,
        boolean clean) {
    private static final int HEADER_BYTES = 80;

    public MiningJob {
        branches = List.copyOf(branches);
    }

    /** Reads the params of a notify; throws IllegalArgumentException where a board would find no job in them. */
    public static MiningJob ofParams(JsonNode params) {
        if (params.size() < 8 || !params.get(4).isArray()) {
            throw new IllegalArgumentException("a notify has at least 8 params, the fifth a list");
        }
        List<String> branches = new ArrayList<>(params.get(4).size());
        params.get(4).forEach(branch -> branches.add(branch.asText()));
        return new MiningJob(
                params.get(0).asText(),
                params.get(1).asText(),
                params.get(2).asText(),
                params.get(3).asText(),
                branches,
                params.get(5).asText(),
                params.get(6).asText(),
                params.get(7).asText(),
                params.get(params.size() - 1).asBoolean());
    }

    /** Tells whether all fields of fixed width have it and all is hex. */
    public boolean isWellFormed() {
        return prevHash.length() == 64
                && version.length() == 8
                && nbits.length() == 8
                && ntime.length() == 8
                && branches.stream().allMatch(branch -> branch.length() == 64 && isHex(branch))
                && isHex(prevHash + version + nbits + ntime)
                && isHex(coinbase1)
                && isHex(coinbase2);
    }

    private static boolean isHex(String text) {
        return text.length() % 2 == 0 && text.chars().allMatch(HexFormat::isHexDigit);
    }

    /** The header of this job over a coinbase, nonce zero; throws IllegalArgumentException when a field is not hex. */
    byte[] header(byte[] coinbase) {
        byte[] header = new byte[HEADER_BYTES];
        putReversed(header, 0, version);
        for (int word = 0; word < 8; word++) {
            putReversed(header, 4 + 4 * word, prevHash.substring(8 * word, 8 * word + 8));
        }
        root(coinbase).copyTo(header, 36);
        putReversed(header, 68, ntime);
        putReversed(header, 72, nbits);
        return header;
    }

    private Hash256 root(byte[] coinbase) {
        Hash256 node = Sha256.twice(coinbase);
        for (String branch : branches) {
            node = Sha256.pair(node, Hash256.ofInternal(HexFormat.of().parseHex(branch)));
        }
        return node;
    }

    private static void putReversed(byte[] header, int offset, String word) {
        putLittleEndian(header, offset, HexFormat.fromHexDigits(word));
    }

    static void putLittleEndian(byte[] target, int offset, int value) {
        target[offset] = (byte) value;
        target[offset + 1] = (byte) (value >>> 8);
        target[offset + 2] = (byte) (value >>> 16);
        target[offset + 3] = (byte) (value >>> 24);
    }
}
