package org.motepool.validator.hash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.work.ProofOfWork;

class ScalarScryptHasherTest extends ScryptHasherContract {
    ScalarScryptHasherTest() {
        super(new ScalarShareHasher(ProofOfWork.SCRYPT));
    }

    @ParameterizedTest
    @EnumSource(LitecoinHeader.class)
    void hashesHeadersOfLitecoin(LitecoinHeader header) {
        assertThat(ScryptHash.of(header.bytes())).hasToString(header.hash());
        assertThat(Sha256.twice(Bytes.copyOf(header.bytes())).toDisplayHex()).contains(header.id());
    }
}
