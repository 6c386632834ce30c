package org.motepool.validator.hash;

import java.util.List;
import java.util.stream.Stream;
import org.motepool.core.account.Scheme;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.hash.MerkleTree;
import org.motepool.core.work.Nbits;

/** Blocks of Bitcoin's main chain with their coinbases, as every node shows them. */
enum MainnetBlock {
    GENESIS(
            0,
            "0000000000000000000000000000000000000000000000000000000000000000",
            "4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f"
                    + "66207365636f6e64206261696c6f757420666f722062616e6b73",
            "04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7"
                    + "ba0b8d578a4c702b6bf11d5f",
            "",
            1231006505,
            "1d00ffff",
            2083236893L,
            "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
    BLOCK_1(
            1,
            "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
            "0704ffff001d0104",
            "0496b538e853519c726a2c91e61ec11600ae1390813a627c66fb8be7947be63c52da7589379515d4e0a604f8141781e62294721166"
                    + "bf621e73a82cbf2342c858ee",
            "",
            1231469665,
            "1d00ffff",
            2573394689L,
            "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048"),
    FIRST_WITH_A_PAYMENT(
            170,
            "000000002a22cfee1f2c846adbd12b3e183d4f97683f85dad08a79780a84bd55",
            "0704ffff001d0102",
            "04d46c4968bde02899d2aa0963367c7a6ce34eec332b32e42e5f3407e052d64ac625da6f0718e7b302140434bd725706957c092db5"
                    + "3805b821a85b23a7ac61725b",
            "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16",
            1231731025,
            "1d00ffff",
            1889418792L,
            "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee"),
    BLOCK_100000(
            100_000,
            "000000000002d01c1fccc21636b607dfd930d31d01c3a62104612a1719011250",
            "08044c86041b020602",
            "041b0e8c2567c12536aa13357b79a073dc4444acb83c4ec7a0e2f99dd7457516c5817242da796924ca4e99947d087fedf9ce467cb9"
                    + "f7c6287078f801df276fdf84",
            "fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4 "
                    + "6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4 "
                    + "e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d",
            1293623863,
            "1b04864c",
            274148111L,
            "000000000003ba27aa200b1cecaad478d2b00432346c3f1f3986da1afd33e506");

    private final int height;
    private final String prevHash;
    private final String coinbase;
    private final String otherTransactions;
    private final int ntime;
    private final String nbits;
    private final long nonce;
    private final String hash;

    /**
     * @param scriptSig with its length
     * @param publicKey that the one output pays
     * @param otherTransactions ids of all but the coinbase, with spaces between
     */
    MainnetBlock(
            int height,
            String prevHash,
            String scriptSig,
            String publicKey,
            String otherTransactions,
            int ntime,
            String nbits,
            long nonce,
            String hash) {
        this.height = height;
        this.prevHash = prevHash;
        coinbase = "0100000001" + "00".repeat(32) + "ffffffff" + scriptSig + "ffffffff0100f2052a01000000" + "4341"
                + publicKey + "ac00000000";
        this.otherTransactions = otherTransactions;
        this.ntime = ntime;
        this.nbits = nbits;
        this.nonce = nonce;
        this.hash = hash;
    }

    String hash() {
        return hash;
    }

    /** The block as the share that found it, its extranonces being {@code bytes} of the coinbase from {@code start}. */
    KnownShares.KnownShare share(int start, int bytes) {
        Bytes transaction = Bytes.ofHex(coinbase);
        List<Hash256> others = Stream.of(otherTransactions.split(" "))
                .filter(id -> !id.isEmpty())
                .map(Hash256::ofDisplayHex)
                .toList();
        Job job = new Job(
                1,
                height,
                Hash256.ofDisplayHex(prevHash),
                transaction.slice(0, start),
                transaction.slice(start + bytes, transaction.size()),
                bytes,
                MerkleTree.coinbaseBranch(others),
                1,
                Nbits.ofHex(nbits),
                ntime,
                Scheme.PPLNS);
        return new KnownShares.KnownShare(
                job,
                transaction.slice(start, start + bytes).toHex(),
                Integer.toHexString(ntime),
                Long.toHexString(nonce),
                1);
    }

    int coinbaseBytes() {
        return coinbase.length() / 2;
    }
}
