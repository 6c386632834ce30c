package org.motepool.stratum.found;

import org.motepool.core.address.PayoutAddress;
import org.motepool.core.block.BlockHeader;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;

/**
 * A header that meets the network's target.
 *
 * @param coinbase without witness
 * @param finder whose share it was
 * @param feeBasisPoints the pool's part; of a solo block what its coinbase pays the pool, waived is 0
 */
public record FoundBlock(
        Hash256 hash,
        BlockHeader header,
        Bytes coinbase,
        Job job,
        PayoutAddress finder,
        String worker,
        int feeBasisPoints) {}
