package org.motepool.dashboards.http;

/** How a server says that something did not work; never with a stack trace. Thread-safe. */
@FunctionalInterface
public interface ProblemReplies {
    /** @param status 400, 404, 405, 408, 413, 500 or 503 */
    Reply problem(Question question, int status);
}
