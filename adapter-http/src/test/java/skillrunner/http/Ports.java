package skillrunner.http;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

/** Ports of which a route needs only little: what is not answered here must not be called. */
final class Ports {
    private Ports() {}

    static <T> T unused(Class<T> port) {
        return answering(port, Map.of());
    }

    static <T> T answering(Class<T> port, Map<String, Function<Object[], Object>> answers) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, given) -> {
            Function<Object[], Object> answer = answers.get(method.getName());
            if (answer == null) {
                throw new UnsupportedOperationException(port.getSimpleName() + "." + method.getName());
            }
            return answer.apply(given == null ? new Object[0] : given);
        }));
    }
}
