package org.motepool.stratum.tls;

import java.nio.file.Path;

/**
 * Where certificate and key are, as certbot and its like write them.
 *
 * @param chain PEM, the pool's certificate first
 * @param key PEM, PKCS #8 without a passphrase
 */
public record CertificateFiles(Path chain, Path key) {}
