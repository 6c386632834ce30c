package org.motepool.payout.notice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * What webhooks are signed with: an Ed25519 key of this pool, whose public half anybody may know. So there is no secret to be
 * handed to owners, and none to be stolen from them. Kept in a file of one line; another one means another key. Thread-safe.
 *
 * @see "Standard Webhooks 1.0, asymmetric signatures; RFC 8032"
 */
public final class NoticeKey {
    private static final String ALGORITHM = "Ed25519";
    /** Of the last bytes of a key in X.509 form. */
    private static final int PUBLIC_BYTES = 32;

    private final PrivateKey secret;
    private final String shown;

    private NoticeKey(PrivateKey secret, byte[] encodedPublic) {
        this.secret = secret;
        byte[] raw = Arrays.copyOfRange(encodedPublic, encodedPublic.length - PUBLIC_BYTES, encodedPublic.length);
        this.shown = "whpk_" + Base64.getEncoder().encodeToString(raw);
    }

    /** Reads the key, or makes one where there is none yet. */
    public static NoticeKey inFile(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            String[] halves =
                    Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ", -1);
            if (halves.length != 2) {
                throw new IOException("it is no line of two words");
            }
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            byte[] encodedPublic = Base64.getDecoder().decode(halves[1]);
            var _ = factory.generatePublic(new X509EncodedKeySpec(encodedPublic));
            return new NoticeKey(
                    factory.generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getDecoder().decode(halves[0]))),
                    encodedPublic);
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            throw new IOException(
                    file + " holds no key to sign notices with (" + e.getMessage()
                            + "); put the file back, or remove it" + " for a new key",
                    e);
        }
    }

    private static void create(Path file) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        Base64.Encoder base64 = Base64.getEncoder();
        String line = base64.encodeToString(pair.getPrivate().getEncoded()) + " "
                + base64.encodeToString(pair.getPublic().getEncoded()) + "\n";
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** The public half, as libraries for Standard Webhooks take it. */
    public String shown() {
        return shown;
    }

    /** Value of {@code webhook-signature}. */
    String sign(String id, long seconds, String body) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update((id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs with " + ALGORITHM, e);
        }
    }
}
