package org.ejgrad.laws;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Gives null for each argument of each public method and constructor, and for each element of an array, and gathers
 * those who do not refuse it by a {@link NullPointerException} that names the parameter.
 */
public final class NullArguments {
    private final Map<Class<?>, Object> arguments;
    private final List<String> complaints = new ArrayList<>();

    /**
     * A test.
     *
     * @param arguments an argument, or a target of calls, for each type that has no obvious one
     */
    public NullArguments(Map<Class<?>, Object> arguments) {
        this.arguments = arguments;
    }

    /** Complaints about all public methods of these types, sorted. */
    public List<String> complaints(Class<?>... types) {
        for (Class<?> type : types) {
            Stream.<Executable>concat(Stream.of(type.getMethods()), Stream.of(type.getConstructors()))
                    .filter(call -> Modifier.isPublic(call.getModifiers()) && !call.isSynthetic())
                    .filter(call -> call.getDeclaringClass().getPackage() == type.getPackage())
                    .filter(call -> !call.getName().equals("equals"))
                    .forEach(call -> test(type, call));
        }
        return complaints.stream().sorted().toList();
    }

    private void test(Class<?> type, Executable call) {
        Class<?>[] types = call.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            if (!types[i].isPrimitive()) {
                Object[] given = new Object[types.length];
                for (int j = 0; j < types.length; j++) {
                    given[j] = j == i ? null : argument(types[j]);
                }
                test(type, call, given, i);
                if (types[i].isArray() && !types[i].getComponentType().isPrimitive()) {
                    given[i] = Array.newInstance(types[i].getComponentType(), 1);
                    test(type, call, given, i);
                }
            }
        }
    }

    private void test(Class<?> type, Executable call, Object[] given, int index) {
        try {
            call.setAccessible(true);
            if (call instanceof Method method) {
                boolean isStatic = Modifier.isStatic(method.getModifiers());
                method.invoke(
                        isStatic ? null : argument(arguments.containsKey(type) ? type : method.getDeclaringClass()),
                        given);
            } else {
                ((Constructor<?>) call).newInstance(given);
            }
            complaints.add(call + " accepts null as argument " + index);
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            String name = call.getParameters()[index].getName();
            if (!(thrown instanceof NullPointerException)
                    || !String.valueOf(thrown.getMessage()).contains(name)) {
                complaints.add(call + " answers null as argument " + index + " by " + thrown);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(call.toString(), e);
        }
    }

    private Object argument(Class<?> type) {
        Object argument = arguments.get(type);
        if (argument == null && type.isPrimitive()) {
            return type == boolean.class
                    ? (Object) true
                    : type == int.class ? (Object) 2 : type == long.class ? (Object) 2L : (Object) 0.5;
        }
        if (argument == null && type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (argument == null && type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        if (argument == null && type.isInterface()) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, in) -> arguments.get(method.getReturnType()));
        }
        return Objects.requireNonNull(argument, () -> "no argument of type " + type);
    }
}
