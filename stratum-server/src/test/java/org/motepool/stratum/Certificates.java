package org.motepool.stratum;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.motepool.stratum.tls.CertificateFiles;

/** Certificates that sign themselves, in files as certbot writes them. */
final class Certificates {
    private Certificates() {}

    static CertificateFiles in(Path directory) {
        return new CertificateFiles(directory.resolve("fullchain.pem"), directory.resolve("privkey.pem"));
    }

    static KeyPair pair(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    /** @param serial tells certificates apart */
    @SuppressWarnings("JavaUtilDate")
    static String certificate(KeyPair pair, int serial, Instant until) throws Exception {
        X500Name name = new X500Name("CN=pool.example");
        var signer = new JcaContentSignerBuilder(
                        pair.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA")
                .build(pair.getPrivate());
        var certificate = new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.valueOf(serial),
                        Date.from(until.minus(90, ChronoUnit.DAYS)),
                        Date.from(until),
                        name,
                        pair.getPublic())
                .build(signer);
        return pem(certificate);
    }

    static String key(PrivateKey key) throws Exception {
        return pem(new JcaPKCS8Generator(key, null));
    }

    static String pem(Object object) throws Exception {
        StringWriter out = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(out)) {
            pem.writeObject(object);
        }
        return out.toString();
    }

    static void write(CertificateFiles files, KeyPair pair, int serial, Instant until) throws Exception {
        Files.writeString(files.chain(), certificate(pair, serial, until));
        Files.writeString(files.key(), key(pair.getPrivate()));
    }
}
