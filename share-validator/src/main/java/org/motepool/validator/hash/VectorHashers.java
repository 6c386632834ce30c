package org.motepool.validator.hash;

import java.lang.reflect.InvocationTargetException;
import org.motepool.core.work.ProofOfWork;

/** Finds the vector hasher by name, so that nothing else is ever linked with the incubating module. Stateless. */
public final class VectorHashers {
    static final String NAME = "org.motepool.validator.simd.VectorShareHasher";

    private VectorHashers() {}

    /** Loads that of SHA-256d; it is slow until it is warmed up. */
    public static ShareHasher load() throws MissingVectorException {
        return load(ProofOfWork.SHA256D);
    }

    /** Loads that of a proof of work; it is slow until it is warmed up. */
    public static ShareHasher load(ProofOfWork proofOfWork) throws MissingVectorException {
        return load(NAME, proofOfWork);
    }

    // Every Throwable: linkage errors of a missing module, and whatever else an incubating module may throw.
    static ShareHasher load(String name, ProofOfWork proofOfWork) throws MissingVectorException {
        try {
            return newInstance(name, proofOfWork);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new MissingVectorException(
                    isModuleMissing() ? "jdk.incubator.vector is not there" : "vector cannot be loaded (" + e + ")", e);
        } catch (UnsupportedOperationException e) {
            throw new MissingVectorException(String.valueOf(e.getMessage()), e);
        } catch (Throwable e) {
            throw new MissingVectorException("vector does not work (" + e + ")", e);
        }
    }

    private static boolean isModuleMissing() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty();
    }

    private static ShareHasher newInstance(String name, ProofOfWork proofOfWork) throws Throwable {
        try {
            return Class.forName(name)
                    .asSubclass(ShareHasher.class)
                    .getConstructor(ProofOfWork.class)
                    .newInstance(proofOfWork);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
