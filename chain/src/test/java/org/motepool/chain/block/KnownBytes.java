package org.motepool.chain.block;

import org.motepool.core.bytes.Bytes;

/** Bytes that everybody can look up. */
public final class KnownBytes {
    /** Bitcoin's first block. */
    static final Bytes GENESIS = Bytes.ofHex("01000000"
            + "0000000000000000000000000000000000000000000000000000000000000000"
            + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
            + "29ab5f49ffff001d1dac2b7c"
            + "01"
            + "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff"
            + "4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b"
            + "206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff"
            + "0100f2052a01000000"
            + "434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c"
            + "384df7ba0b8d578a4c702b6bf11d5fac00000000");

    /** BIP 143, "P2SH-P2WPKH", the signed transaction. */
    static final Bytes SEGWIT_TRANSACTION = Bytes.ofHex("01000000000101"
            + "db6b1b20aa0fd7b23880be2ecbd4a98130974cf4748fb66092ac4d3ceb1a5477010000001716001479091972186c449eb1ded22b"
            + "78e40d009bdf0089feffffff02b8b4eb0b000000001976a914a457b684d7f0d539a46a45bbc043f35b59d0d96388ac0008af2f00"
            + "0000001976a914fd270b1ee6abcaea97fea7ad0402e8bd8ad6d77c88ac02473044022047ac8e878352d3ebbde1c94ce3a10d057c"
            + "24175747116f8288e5d794d12d482f0220217f36a485cae903c713331d877c1f64677e3622ad4010726870540656fe9dcb012103"
            + "ad1d8e89212f0b92c74d23bb710c00662ad1470198ac48c43f7d6f93a2a2687392040000");

    /** Litecoin's last transaction of a block with an MWEB part: the second one of a test chain. */
    public static final Bytes HOGEX = Bytes.ofHex("0200000000080120d9a0c52c89feffc71643ccf63371685c7878a720e73778446246"
            + "7635d2e83e0000000000ffffffff01e666814a000000002258204a488861361b7f439d3605b1666dc601c94955e174e89a3ddea4a3a172ed"
            + "c0e90000000000");

    private KnownBytes() {}
}
