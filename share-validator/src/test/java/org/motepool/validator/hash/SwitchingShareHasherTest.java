package org.motepool.validator.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.motepool.core.block.Job;
import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.simd.VectorShareHasher;

class SwitchingShareHasherTest extends ShareHasherContract {
    private static final int MANY = SwitchingShareHasher.vectorSharesMin(ProofOfWork.SHA256D);
    private static final int FEW = MANY - 1;

    private final ShareHasher vector = new VectorShareHasher();
    private final SwitchingShareHasher switching = new SwitchingShareHasher(new ScalarShareHasher(), MANY);

    SwitchingShareHasherTest() {
        super(switched());
    }

    private static ShareHasher switched() {
        SwitchingShareHasher hasher = new SwitchingShareHasher(new ScalarShareHasher(), MANY);
        hasher.use(new VectorShareHasher());
        return hasher;
    }

    @Test
    void switchesJobsThatWerePreparedBefore() {
        MadeUpShares shares = new MadeUpShares(3);
        Job job = shares.usualJob(4);
        ShareHasher.PreparedJob prepared = switching.prepare(job);
        ShareBatch batch = shares.batch(job, MANY);
        assertThat(prepared.path(MANY)).isEqualTo("scalar");
        prepared.hash(batch);
        byte[] byScalar = batch.hashes().clone();
        Arrays.fill(batch.hashes(), (byte) 0);
        switching.use(vector);
        assertThat(switching.path()).isEqualTo(vector.path());
        assertThat(prepared.path(MANY)).isEqualTo(vector.path());
        prepared.hash(batch);
        assertThat(batch.hashes()).isEqualTo(byScalar);
    }

    @Test
    void hashesFewSharesOneByOne() {
        switching.use(vector);
        ShareHasher.PreparedJob prepared = switching.prepare(new MadeUpShares(3).usualJob(4));
        assertThat(prepared.path(FEW)).isEqualTo("scalar");
        assertThat(prepared.path(MANY)).isEqualTo(vector.path());
    }
}
