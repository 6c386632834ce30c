package org.motepool.benchmarks;

import org.motepool.core.work.ProofOfWork;
import org.motepool.validator.hash.MissingVectorException;
import org.motepool.validator.hash.ScalarShareHasher;
import org.motepool.validator.hash.ShareHasher;
import org.motepool.validator.hash.VectorHashers;

/** Both ways to hash, by the names of benchmark parameters. */
public enum Hashers {
    SCALAR {
        @Override
        ShareHasher make(ProofOfWork proofOfWork) {
            return new ScalarShareHasher(proofOfWork);
        }
    },
    VECTOR {
        @Override
        ShareHasher make(ProofOfWork proofOfWork) {
            try {
                return VectorHashers.load(proofOfWork);
            } catch (MissingVectorException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    };

    abstract ShareHasher make(ProofOfWork proofOfWork);

    /** Of SHA-256d. */
    ShareHasher make() {
        return make(ProofOfWork.SHA256D);
    }
}
