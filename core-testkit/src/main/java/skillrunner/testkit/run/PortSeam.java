package skillrunner.testkit.run;

/** Comes between a server and its ports, to see each call, to delay it or to let it fail. */
@FunctionalInterface
public interface PortSeam {
    /** Lets every call through. */
    PortSeam NONE = new PortSeam() {
        @Override
        public <P> P between(Class<P> port, P real) {
            return real;
        }
    };

    /**
     * Comes between.
     *
     * @param port the port
     * @param real who carries calls out
     * @param <P> the port
     * @return what the server gets
     */
    <P> P between(Class<P> port, P real);
}
