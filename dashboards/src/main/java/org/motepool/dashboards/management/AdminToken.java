package org.motepool.dashboards.management;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret by which an operator's programs are known. Never shown by {@code toString}. Thread-safe. */
final class AdminToken {
    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);

    private static final int RANDOM_BYTES = 32;
    /** A file longer than this is not a token. */
    private static final int FILE_BYTES_MAX = 1_024;
    /** Fewer characters can be guessed. */
    private static final int CHARACTERS_MIN = 20;

    private static final String SCHEME = "Bearer ";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final byte[] value;

    private AdminToken(String value) {
        this.value = value.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the file, or makes it with a new random token that only its owner may read. */
    static AdminToken fromFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException("the admin token file " + file + " is longer than " + FILE_BYTES_MAX
                    + " bytes; delete it and a new one is made");
        }
        String token = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (token.length() < CHARACTERS_MIN) {
            throw new IOException("the admin token in " + file + " has fewer than " + CHARACTERS_MIN
                    + " characters; delete the file and a new one is made");
        }
        warnIfOthersMayRead(file);
        return new AdminToken(token);
    }

    /** Whether an Authorization header's value carries this token; takes equally long for every wrong one. */
    boolean isIn(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] given = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(value, given);
    }

    /** Written beside it and moved there whole: a crash leaves no half token behind. */
    private static void create(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("the admin token file " + file + " has no directory");
        }
        Files.createDirectories(directory);
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        Path beside = Files.createTempFile(directory, ".admin-token", null, ownerOnly());
        try {
            Files.writeString(
                    beside,
                    Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n",
                    StandardCharsets.UTF_8);
            publish(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
        LOG.info("made a new admin token in {}; mote status reads it from there", file);
    }

    /** Never in place of one that another process of the same directory has just made and read. */
    private static void publish(Path beside, Path file) throws IOException {
        try {
            Files.createLink(file, beside);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("another process has made the admin token {}", file);
        } catch (UnsupportedOperationException e) {
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static void warnIfOthersMayRead(Path file) throws IOException {
        if (posix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            LOG.warn("others than its owner may use the admin token file {}; chmod 600 mends it", file);
        }
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
