package skillrunner.app;

import picocli.CommandLine.IVersionProvider;

/** Which version this is, and on what it runs. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "Skill Runner " + (version == null ? "development" : version) + " (Java "
                    + System.getProperty("java.version") + ")"
        };
    }
}
