package skillrunner.acceptance.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages in JSON, as the protocol wants them written: an array holds several. */
record JsonInk(List<String> messages) implements WrittenRun.Ink {
    @Override
    public boolean append(byte[] body) {
        if (body.length == 0) {
            return true;
        }
        try {
            JsonNode sent = JsonMapper.shared().readTree(body);
            List<String> told = new ArrayList<>();
            if (sent.isArray()) {
                sent.forEach(message -> told.add(message.toString()));
            } else {
                told.add(sent.toString());
            }
            messages.addAll(told);
            return !told.isEmpty();
        } catch (JacksonException e) {
            return false;
        }
    }

    @Override
    public String offset() {
        return String.format(Locale.ROOT, "%018d", messages.size());
    }
}
