package org.motepool.devices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.Level;
import org.motepool.core.work.Nbits;
import org.motepool.core.work.PowShift;

/** Proves a submitted share from the lines alone, the way a pool would; shares no code with the twins. */
final class ShareCheck {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ShareCheck() {}

    /** Level that the share of a submit line reaches on {@code jobLine}, its ignored bits left out. */
    static int levelOf(String submitLine, String jobLine, PowShift shift) throws JsonProcessingException {
        JsonNode submit = MAPPER.readTree(submitLine).path("params");
        JsonNode job = MAPPER.readTree(jobLine).path("params");
        Bytes coinbase = Bytes.ofHex(job.path(2).asText()
                + Transcript.EXTRANONCE1
                + submit.path(2).asText()
                + job.path(3).asText());
        List<Hash256> branch = new ArrayList<>();
        job.path(4).forEach(node -> branch.add(Hash256.ofInternal(Bytes.ofHex(node.asText()))));
        int bits = submit.size() > 5 ? number(submit.path(5).asText()) : 0;
        BlockHeader header = new BlockHeader(
                number(job.path(5).asText()) ^ bits,
                prevHash(job.path(1).asText()),
                MerkleTree.foldBranch(Sha256.twice(coinbase), branch),
                number(submit.path(3).asText()),
                Nbits.ofHex(job.path(6).asText()),
                number(submit.path(4).asText()));
        BigInteger kept = header.hash().toNumber().mod(BigInteger.TWO.pow(256 - shift.bits()));
        int level = 256 - kept.bitLength();
        if (level >= Level.LOWEST
                && !Level.clamped(level)
                        .target()
                        .accepts(header.hash().internal().toArray(), 0, shift)) {
            throw new AssertionError("a level's target and its bit length disagree");
        }
        return level;
    }

    private static int number(String hex) {
        return Integer.parseUnsignedInt(hex, 16);
    }

    private static Hash256 prevHash(String swapped) {
        StringBuilder hex = new StringBuilder();
        for (int word = 0; word < 8; word++) {
            hex.append("%08x".formatted(Integer.reverseBytes(number(swapped.substring(8 * word, 8 * word + 8)))));
        }
        return Hash256.ofInternal(Bytes.ofHex(hex));
    }
}
