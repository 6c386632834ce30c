package org.motepool.stratum.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.motepool.core.bytes.Bytes;

/**
 * A certificate chain with its key, read and proven to belong together. Immutable.
 *
 * @param source what the files held, to know a change
 * @param chain the pool's certificate first
 */
record Identity(Bytes source, List<X509Certificate> chain, PrivateKey key) {
    /** Far more than any chain or key has. */
    private static final int FILE_BYTES_MAX = 256 * 1024;

    private static final String BEGIN = "-----BEGIN ";
    private static final String PKCS8 = "PRIVATE KEY";
    private static final byte[] PROBE = "which key is this".getBytes(StandardCharsets.US_ASCII);

    Identity {
        chain = List.copyOf(chain);
    }

    /** What the files hold now; equal as long as nothing changed. */
    static Bytes source(CertificateFiles files) throws CertificateException {
        return Bytes.copyOf(read(files.chain())).concat(Bytes.copyOf(read(files.key())));
    }

    static Identity read(CertificateFiles files) throws CertificateException {
        byte[] chainBytes = read(files.chain());
        byte[] keyBytes = read(files.key());
        List<X509Certificate> chain = chain(files.chain(), chainBytes);
        PrivateKey key = key(files.key(), keyBytes, chain.getFirst().getPublicKey());
        if (!belongTogether(key, chain.getFirst().getPublicKey())) {
            throw new CertificateException(files.key() + " is not the key of the certificate in " + files.chain()
                    + ": put the pair that was issued together");
        }
        return new Identity(Bytes.copyOf(chainBytes).concat(Bytes.copyOf(keyBytes)), chain, key);
    }

    /** When the certificate ends. */
    Instant ends() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    private static byte[] read(Path file) throws CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length > FILE_BYTES_MAX) {
                throw new CertificateException(file + " is larger than 256 KiB: it is no certificate or key");
            }
            return bytes;
        } catch (IOException e) {
            throw new CertificateException(file + " cannot be read (" + e + "): check the path and its rights", e);
        }
    }

    private static List<X509Certificate> chain(Path file, byte[] pem) throws CertificateException {
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (chain.isEmpty()) {
                throw new CertificateException(file + " holds no certificate: it has to be PEM, the pool's own first");
            }
            return chain;
        } catch (GeneralSecurityException e) {
            throw new CertificateException(file + " is no certificate in PEM: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file, byte[] pem, PublicKey certified) throws CertificateException {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN + PKCS8 + "-----");
        int end = text.indexOf("-----END " + PKCS8 + "-----");
        if (begin < 0 || end < begin) {
            throw new CertificateException(file + " holds no key in PKCS #8 without a passphrase (BEGIN PRIVATE KEY):"
                    + " openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW makes one");
        }
        try {
            String body = text.substring(begin + (BEGIN + PKCS8 + "-----").length(), end);
            byte[] encoded = Base64.getMimeDecoder().decode(body);
            PrivateKey key =
                    KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            Arrays.fill(encoded, (byte) 0);
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CertificateException(
                    file + " holds no " + certified.getAlgorithm()
                            + " key, which the certificate asks for: put the pair that was issued together",
                    e);
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        String algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> certified.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return chain.getFirst().getSubjectX500Principal() + " until " + ends();
    }
}
