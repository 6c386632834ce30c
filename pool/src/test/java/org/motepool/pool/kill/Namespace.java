package org.motepool.pool.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own for one process, with two cables to this machine: one for devices, one to Redis and the chain, which
 * can be cut. Needs root and Linux; gone with the test. Used by one thread.
 */
final class Namespace implements AutoCloseable {
    private final String name = "mote" + ProcessHandle.current().pid();
    private final Cable devices = new Cable(name + "d", "10.254.77.1", "10.254.77.2");
    private final Cable behind = new Cable(name + "b", "10.254.78.1", "10.254.78.2");

    /** @param here address at this end */
    private record Cable(String device, String here, String there) {}

    /** Whether this machine lets us have one. */
    static boolean isPossible() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/sbin/ip"));
    }

    Namespace() throws IOException, InterruptedException {
        ip("netns", "add", name);
        for (Cable cable : List.of(devices, behind)) {
            ip("link", "add", cable.device(), "type", "veth", "peer", "name", cable.device() + "x", "netns", name);
            ip("addr", "add", cable.here() + "/30", "dev", cable.device());
            ip("link", "set", cable.device(), "up");
            ip("-n", name, "addr", "add", cable.there() + "/30", "dev", cable.device() + "x");
            ip("-n", name, "link", "set", cable.device() + "x", "up");
        }
        ip("-n", name, "link", "set", "lo", "up");
    }

    /** Before a command that is to run within. */
    List<String> prefix() {
        return List.of("/usr/sbin/ip", "netns", "exec", name);
    }

    /** Where devices reach the process. */
    String address() {
        return devices.there();
    }

    /** Where the process reaches what runs here. */
    String behind() {
        return behind.here();
    }

    void cut() throws IOException, InterruptedException {
        ip("link", "set", behind.device(), "down");
    }

    void mend() throws IOException, InterruptedException {
        ip("link", "set", behind.device(), "up");
    }

    private static void ip(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/sbin/ip"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(command + ": " + said);
        }
    }

    /** The cables go with it. */
    @Override
    public void close() throws IOException {
        try {
            ip("netns", "del", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
