package org.motepool.validator.hash;

class ScalarShareHasherTest extends ShareHasherContract {
    ScalarShareHasherTest() {
        super(new ScalarShareHasher());
    }
}
