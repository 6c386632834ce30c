package org.motepool.pool.command;

import java.util.concurrent.Callable;
import org.motepool.store.redis.RedisUsers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints Redis's ACL file: a user for each role, with the rights that it needs. */
@Command(
        name = "redis-users",
        mixinStandardHelpOptions = true,
        description = "Prints an ACL file for Redis 7 or newer: a user for each role, with the rights that it needs.")
final class ConfigRedisUsersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(RedisUsers.file());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
