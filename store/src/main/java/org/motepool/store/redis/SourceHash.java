package org.motepool.store.redis;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.store.Sessions.Trait;

/** Traits of devices as they may be stored: a text that says whether two are the same, and not where a device is. Pure. */
final class SourceHash {
    static final int KEY_BYTES = 32;

    /** Of a trait as a whole. */
    static final int CHARACTERS = 20;

    private static final int NAME_BYTES = 8;

    /** 65,536 IPv4 addresses share a value, so it tells of none; that two of one worker do is as unlikely. */
    private static final int SOURCE_BYTES = 2;

    private static final String ALGORITHM = "HmacSHA256";

    private SourceHash() {}

    /** Hex: a hash of worker and class, then a part of the keyed hash of the address. */
    static String of(Trait trait, byte[] key) {
        MessageDigest names = Sha256.newDigest();
        names.update(trait.deviceClass().getBytes(StandardCharsets.UTF_8));
        names.update((byte) 0);
        names.update(trait.worker().getBytes(StandardCharsets.UTF_8));
        HexFormat hex = HexFormat.of();
        return hex.formatHex(names.digest(), 0, NAME_BYTES)
                + hex.formatHex(keyed(trait.source(), key), 0, SOURCE_BYTES);
    }

    private static byte[] keyed(Bytes source, byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(source.toArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
