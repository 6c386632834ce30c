package org.motepool.pool;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** No field, parameter or result is a {@code double} or {@code float}. */
final class NoFloatingPoint extends ArchCondition<JavaClass> {
    private static final Set<String> FLOATING = Set.of("double", "float", "java.lang.Double", "java.lang.Float");

    NoFloatingPoint() {
        super("have no floating point");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaField field : type.getFields()) {
            report(field.getFullName(), field.getRawType(), field.getOwner(), events);
        }
        for (JavaMethod method : type.getMethods()) {
            report(method.getFullName(), method.getRawReturnType(), method.getOwner(), events);
            method.getRawParameterTypes()
                    .forEach(parameter -> report(method.getFullName(), parameter, method.getOwner(), events));
        }
    }

    private static void report(String where, JavaClass used, JavaClass owner, ConditionEvents events) {
        if (FLOATING.contains(used.getName())) {
            events.add(SimpleConditionEvent.violated(owner, where + " uses " + used.getName()));
        }
    }
}
