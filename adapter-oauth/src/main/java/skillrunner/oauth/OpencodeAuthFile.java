package skillrunner.oauth;

import tools.jackson.databind.node.ObjectNode;

/** opencode's credentials: one object, with an entry for each provider. */
final class OpencodeAuthFile {
    static final String PATH = ".local/share/opencode/auth.json";

    private OpencodeAuthFile() {}

    /** Sets the entry of one provider; those of others stay. */
    static CredentialFiles.Rewrite entry(String provider, ObjectNode entry) {
        return new CredentialFiles.Rewrite(PATH, present -> {
            present.set(provider, entry);
            return present;
        });
    }
}
