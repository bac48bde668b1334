package skillrunner.contract.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import skillrunner.contract.ApiDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bodies of requests: as the document says, a little wrong, and broken. */
final class FuzzBodies {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BOUNDARY = "fuzz-boundary";
    private static final int SPOILT = 6;
    private static final int BROKEN = 15;

    private final ApiDocument document;
    private final SchemaValues good;
    private final SchemaValues wrong;
    private final Map<String, List<byte[]>> files = new HashMap<>();

    /** A body with its type. */
    @SuppressWarnings("ArrayRecordComponent") // passed on once and never compared
    record Body(String type, byte[] bytes) {}

    FuzzBodies(ApiDocument document, KnownValues known) {
        this.document = document;
        this.good = new SchemaValues(document, known, 0);
        this.wrong = new SchemaValues(document, known, SPOILT);
    }

    /** Files that a part of this name takes; to be called before anything is asked. */
    void give(String part, List<byte[]> contents) {
        files.put(part, List.copyOf(contents));
    }

    Body body(JsonNode operation, Chance chance) {
        JsonNode content = document.resolve(operation.path("requestBody")).path("content");
        List<String> types = List.copyOf(content.propertyNames());
        if (types.isEmpty()) {
            return chance.percent(BROKEN) ? broken("application/json", chance) : new Body("", new byte[0]);
        }
        String type = chance.oneOf(types);
        if (chance.percent(BROKEN)) {
            return broken(type, chance);
        }
        JsonNode schema = document.resolve(content.path(type).path("schema"));
        SchemaValues values = chance.percent(50) ? good : wrong;
        return switch (type) {
            case "multipart/form-data" -> multipart(schema, values, chance);
            case "application/x-www-form-urlencoded" -> form(schema, values, chance);
            default -> json(type, values.value("", schema, chance), chance);
        };
    }

    private static Body json(String type, JsonNode value, Chance chance) {
        byte[] text = JSON.writeValueAsBytes(value);
        if (chance.percent(4)) {
            return new Body(type, Arrays.copyOf(text, chance.below(text.length + 1)));
        }
        if (chance.percent(4)) {
            text[chance.below(text.length)] = (byte) chance.below(256);
        }
        return new Body(type, text);
    }

    private static Body broken(String type, Chance chance) {
        if (chance.percent(20)) {
            return new Body(type, chance.bytes(chance.below(2_000)));
        }
        String other = chance.percent(20)
                ? chance.oneOf(
                        List.of("text/plain", "application/json", "application/xml", "multipart/form-data", "", "x"))
                : type;
        return new Body(other, chance.oneOf(HostileText.BODIES).getBytes(StandardCharsets.UTF_8));
    }

    private static Body form(JsonNode schema, SchemaValues values, Chance chance) {
        StringBuilder text = new StringBuilder();
        values.value("", schema, chance).properties().forEach(field -> text.append(text.length() == 0 ? "" : "&")
                .append(URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(field.getValue().asString(""), StandardCharsets.UTF_8)));
        return new Body("application/x-www-form-urlencoded", text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private Body multipart(JsonNode schema, SchemaValues values, Chance chance) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        schema.path("properties").properties().forEach(part -> {
            if (chance.percent(85)) {
                boolean file = part.getValue().has("contentMediaType");
                byte[] content = file
                        ? file(part.getKey(), chance)
                        : values.value(part.getKey(), part.getValue(), chance)
                                .asString("")
                                .getBytes(StandardCharsets.UTF_8);
                part(body, part.getKey(), file && !chance.percent(5), content, chance);
            }
        });
        if (chance.percent(5)) {
            part(body, "other", chance.percent(50), chance.bytes(20), chance);
        }
        if (!chance.percent(4)) {
            write(body, "--" + BOUNDARY + "--\r\n");
        }
        String boundary = chance.percent(4) ? chance.oneOf(List.of("", "other", "\"", "x".repeat(300))) : BOUNDARY;
        return new Body("multipart/form-data; boundary=" + boundary, body.toByteArray());
    }

    private static void part(ByteArrayOutputStream body, String name, boolean file, byte[] content, Chance chance) {
        String shown = chance.percent(4) ? chance.oneOf(List.of("", "\"", "a\r\nX-Planted: 1", "é")) : name;
        write(body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + shown + "\"");
        if (file) {
            String called = chance.percent(20) ? chance.oneOf(HostileText.RAW_SEGMENTS) : "file.zip";
            write(body, "; filename=\"" + called + "\"\r\nContent-Type: application/zip");
        }
        write(body, "\r\n\r\n");
        body.writeBytes(content);
        write(body, "\r\n");
    }

    private byte[] file(String part, Chance chance) {
        List<byte[]> given = files.getOrDefault(part, List.of());
        byte[] whole = given.isEmpty() || chance.percent(50) ? zip(chance) : chance.oneOf(given);
        return switch (chance.below(12)) {
            case 0 -> Arrays.copyOf(whole, chance.below(whole.length + 1));
            case 1 -> chance.bytes(chance.below(500));
            case 2 -> flipped(whole, chance);
            default -> whole;
        };
    }

    private static byte[] flipped(byte[] whole, Chance chance) {
        byte[] copy = whole.clone();
        for (int i = 0; i < 4 && copy.length > 0; i++) {
            copy[chance.below(copy.length)] ^= (byte) (1 << chance.below(8));
        }
        return copy;
    }

    private static byte[] zip(Chance chance) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            int entries = chance.below(4);
            for (int i = 0; i < entries; i++) {
                String name = i
                        + (chance.percent(50)
                                ? "file.txt"
                                : chance.oneOf(HostileText.VALUES).replace('\0', '0'));
                byte[] content = chance.bytes(chance.below(300));
                ZipEntry entry = new ZipEntry(name);
                if (chance.percent(30)) {
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(content.length);
                    CRC32 sum = new CRC32();
                    sum.update(content);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
