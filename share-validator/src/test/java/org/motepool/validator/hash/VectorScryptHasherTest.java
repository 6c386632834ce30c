package org.motepool.validator.hash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.simd.VectorShareHasher;

class VectorScryptHasherTest extends ScryptHasherContract {
    VectorScryptHasherTest() {
        super(new VectorShareHasher(ProofOfWork.SCRYPT));
    }

    @Test
    void allocatesNothingOnceItIsWarm() {
        assertThat(allocated()).isZero();
    }
}
