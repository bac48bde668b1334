package skillrunner.workspace.zip;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * The code pages that archives from computers without UTF-8 name their files in. Several of them can often read the same
 * bytes; which one is meant shows in how common the characters are that come out.
 */
enum CodePage {
    /** Simplified Chinese; Windows calls the greater part of it GBK. */
    GB18030("GB18030"),
    /** Traditional Chinese. */
    BIG5("Big5"),
    /** Japanese. */
    SHIFT_JIS("windows-31j");

    private final Charset charset;

    CodePage(String charset) {
        this.charset = Charset.forName(charset);
    }

    /** A name in this code page, if it can be one. */
    Optional<String> read(byte[] name) {
        return strictly(charset, name).filter(text -> text.codePoints().allMatch(CodePage::isInNames));
    }

    /** Reads bytes that must all belong to characters. */
    static Optional<String> strictly(Charset charset, byte[] name) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(name)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** What share of the characters beside ASCII belongs to those in daily use, from 0 to 1. */
    double fit(byte[] name) {
        int characters = 0;
        int common = 0;
        int i = 0;
        while (i < name.length) {
            int lead = name[i] & 0xFF;
            int trail = i + 1 < name.length ? name[i + 1] & 0xFF : 0;
            if (lead < 0x80) {
                i++;
            } else {
                characters++;
                common += isCommon(lead, trail) ? 1 : 0;
                i += this == SHIFT_JIS && lead >= 0xA1 && lead <= 0xDF ? 1 : 2;
            }
        }
        return characters == 0 ? 0 : (double) common / characters;
    }

    private boolean isCommon(int lead, int trail) {
        return switch (this) {
            // the 3,755 characters of the first level, and punctuation
            case GB18030 -> trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xD7) || lead == 0xA1 || lead == 0xA3);
            // the 5,401 characters of the first level, and punctuation
            case BIG5 -> (lead >= 0xA4 && lead <= 0xC6) || lead == 0xA1;
            // kana, the 2,965 characters of the first level, and punctuation
            case SHIFT_JIS -> lead >= 0x81 && lead <= 0x98 && lead != 0x85 && lead != 0x86 && lead != 0x87;
        };
    }

    /** Private and unassigned characters are what bytes of another code page look like. */
    private static boolean isInNames(int character) {
        int type = Character.getType(character);
        return type != Character.PRIVATE_USE && type != Character.UNASSIGNED && type != Character.CONTROL;
    }
}
