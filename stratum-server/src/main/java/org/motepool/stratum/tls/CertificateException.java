package org.motepool.stratum.tls;

/** Certificate and key cannot be used; the message names the file and how to mend it. */
public final class CertificateException extends Exception {
    CertificateException(String message) {
        super(message);
    }

    CertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
