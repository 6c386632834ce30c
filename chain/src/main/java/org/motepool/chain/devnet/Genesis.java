package org.motepool.chain.devnet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.motepool.chain.block.RawTransaction;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.bytes.ByteWriter;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.work.Nbits;

/** Block 0, which every chain takes without proof. */
final class Genesis {
    private static final String TEXT = "Motepool devnet: coins of no worth";
    private static final Bytes UNSPENDABLE = Bytes.ofHex("6a");

    private Genesis() {}

    /** @param ntime seconds since 1970; tells one devnet from another */
    static DevnetBlock make(int ntime, Nbits nbits) {
        Bytes script = new ByteWriter()
                .u8(0)
                .sized(Bytes.copyOf(TEXT.getBytes(StandardCharsets.US_ASCII)))
                .toBytes();
        RawTransaction coinbase = new RawTransaction(
                2,
                List.of(new RawTransaction.Input(Hash256.ZERO, -1, script, -1, List.of())),
                List.of(new RawTransaction.Output(Subsidy.FIRST, UNSPENDABLE)),
                0);
        BlockHeader header = new BlockHeader(TemplateMaker.VERSION, Hash256.ZERO, coinbase.id(), ntime, nbits, 0);
        return new DevnetBlock(header, null, coinbase.serialized(), new long[0]);
    }
}
