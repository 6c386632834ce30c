package org.motepool.validator.simd;

import org.motepool.validator.hash.ShareHasherContract;

class VectorShareHasherTest extends ShareHasherContract {
    VectorShareHasherTest() {
        super(new VectorShareHasher());
    }
}
