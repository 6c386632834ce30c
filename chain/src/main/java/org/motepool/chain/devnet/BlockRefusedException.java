package org.motepool.chain.devnet;

/** A block breaks a rule; the message is the word that full nodes use for it. */
final class BlockRefusedException extends Exception {
    BlockRefusedException(String word) {
        super(word, null, false, false);
    }

    static void unless(boolean holds, String word) throws BlockRefusedException {
        if (!holds) {
            throw new BlockRefusedException(word);
        }
    }
}
