package org.motepool.payout.payer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.motepool.chain.wallet.Wallet;

/** Places where a payer may die, counted from 0; it dies at one of them. Used by one thread. */
public final class CrashPoints {
    private static final Set<String> EFFECTS = Set.of("fund", "sign", "send");

    private final List<String> passed = new ArrayList<>();
    private int dieAt = -1;

    /** The process ends here: nothing after it happens. */
    public static final class Death extends Error {
        private static final long serialVersionUID = 1;

        Death(String where) {
            super(where);
        }
    }

    public void dieAt(int point) {
        passed.clear();
        dieAt = point;
    }

    public void live() {
        dieAt = -1;
    }

    /** Those that were come by since the last word. */
    public List<String> passed() {
        return List.copyOf(passed);
    }

    public void pass(String name) {
        passed.add(name);
        if (passed.size() - 1 == dieAt) {
            dieAt = -1;
            throw new Death(name);
        }
    }

    /** The same wallet, with a place before and behind each call that does something. */
    public Wallet around(Wallet real) {
        return (Wallet) Proxy.newProxyInstance(
                Wallet.class.getClassLoader(), new Class<?>[] {Wallet.class}, (proxy, method, arguments) -> {
                    boolean effect = EFFECTS.contains(method.getName());
                    if (effect) {
                        pass("before " + method.getName());
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (effect) {
                            pass("behind " + method.getName());
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
