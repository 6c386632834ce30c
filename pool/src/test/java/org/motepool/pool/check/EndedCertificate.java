package org.motepool.pool.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate of 2019, with its key, as certbot writes them; made by the JDK's keytool. */
final class EndedCertificate {
    private static final String PASSWORD = "changeit";

    private EndedCertificate() {}

    static void write(Path directory) throws Exception {
        Path store = directory.resolve("ended.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "pool",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=pool.example",
                        "-startdate",
                        "2019/10/03 00:00:00",
                        "-validity",
                        "90",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] certificate = keys.getCertificate("pool").getEncoded();
        byte[] key = keys.getKey("pool", PASSWORD.toCharArray()).getEncoded();
        Files.writeString(directory.resolve("fullchain.pem"), pem("CERTIFICATE", certificate));
        Files.writeString(directory.resolve("privkey.pem"), pem("PRIVATE KEY", key));
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
    }
}
