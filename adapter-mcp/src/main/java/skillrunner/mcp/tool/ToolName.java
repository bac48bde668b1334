package skillrunner.mcp.tool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import skillrunner.domain.skill.SkillId;

/** What skills are called as tools. */
final class ToolName {
    /** How the names of the tools begin that are no skills. */
    static final String OWN = "skill_runner_";

    /** Longer ones are refused by providers of models. */
    private static final int LONGEST = 64;

    private static final int DIGEST_BYTES = 3;

    private ToolName() {}

    /**
     * Names a skill: by its id where that is a name for every client, which takes letters, digits, {@code _} and {@code -}; else by its id
     * with an underscore in place of each dot and six digits that tell it from another one. A name depends on the id alone, so it stays
     * whatever else is installed.
     */
    static String of(SkillId skill) {
        String id = skill.value();
        if (id.indexOf('.') < 0 && !id.startsWith(OWN)) {
            return id;
        }
        String mark = "_" + HexFormat.of().formatHex(digest(id), 0, DIGEST_BYTES);
        String plain = (id.startsWith(OWN) ? "skill-" : "") + id.replace('.', '_');
        return plain.substring(0, Math.min(plain.length(), LONGEST - mark.length())) + mark;
    }

    private static byte[] digest(String id) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
