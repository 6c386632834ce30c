package org.motepool.benchmarks;

import org.motepool.validator.hash.MissingVectorException;
import org.motepool.validator.hash.ScalarShareHasher;
import org.motepool.validator.hash.ShareHasher;
import org.motepool.validator.hash.VectorHashers;

/** Both ways to hash, by the names of benchmark parameters. */
public enum Hashers {
    SCALAR {
        @Override
        ShareHasher make() {
            return new ScalarShareHasher();
        }
    },
    VECTOR {
        @Override
        ShareHasher make() {
            try {
                return VectorHashers.load();
            } catch (MissingVectorException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    };

    abstract ShareHasher make();
}
