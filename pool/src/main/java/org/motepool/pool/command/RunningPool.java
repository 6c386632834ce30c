package org.motepool.pool.command;

import java.nio.file.Path;
import org.motepool.pool.Failure;
import picocli.CommandLine.Option;

/** Which pool on this machine a command talks to: what all of them take. */
final class RunningPool {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MOTE_DATA_DIR:-data}",
            description = "The pool's data directory.")
    private Path data = Path.of("data");

    @Option(
            names = "--at",
            paramLabel = "HOST:PORT",
            description = "Its management port, where several processes run on that directory.")
    private String at = "";

    ManagementClient client() throws Failure {
        return new ManagementClient(data, at);
    }
}
