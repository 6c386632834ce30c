package org.motepool.store.redis;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of a test, in files as OpenSSL writes them. */
record Authority(Path certificate, X500Name name, KeyPair keys) {
    static Authority in(Path directory) throws Exception {
        KeyPair keys = pair();
        X500Name name = new X500Name("CN=authority of a test");
        Files.createDirectories(directory);
        Path certificate = directory.resolve("ca.pem");
        JcaX509v3CertificateBuilder builder = builder(name, name, keys);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        Files.writeString(certificate, pem(builder.build(signer(keys))));
        return new Authority(certificate, name, keys);
    }

    /** Writes {@code certificate.pem} and {@code key.pem} for a server at this IP address. */
    void sign(Path directory, String address) throws Exception {
        KeyPair own = pair();
        Files.createDirectories(directory);
        JcaX509v3CertificateBuilder builder = builder(name, new X500Name("CN=redis"), own);
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
        Files.writeString(directory.resolve("certificate.pem"), pem(builder.build(signer(keys))));
        Files.writeString(directory.resolve("key.pem"), pem(new JcaPKCS8Generator(own.getPrivate(), null)));
    }

    private static KeyPair pair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    @SuppressWarnings("JavaUtilDate")
    private static JcaX509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(keys.hashCode()),
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(now.plus(30, ChronoUnit.DAYS)),
                subject,
                keys.getPublic());
    }

    private static org.bouncycastle.operator.ContentSigner signer(KeyPair keys) throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    }

    private static String pem(Object object) throws Exception {
        StringWriter out = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(out)) {
            pem.writeObject(object);
        }
        return out.toString();
    }
}
