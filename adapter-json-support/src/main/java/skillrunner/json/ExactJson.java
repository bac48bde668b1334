package skillrunner.json;

import java.io.DataInput;
import java.io.InputStream;
import java.io.Reader;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON whose numbers keep all their digits. The library fails with an exception of the JDK at one that can't; by these parsers that is
 * a {@link NumberOutOfRangeException}, and so everything that is wrong with a text is a {@link tools.jackson.core.JacksonException}.
 */
public final class ExactJson {
    private ExactJson() {}

    /**
     * Begins a mapper.
     *
     * @return the rest of its settings
     */
    public static JsonMapper.Builder mapper() {
        return mapper(StreamReadConstraints.defaults());
    }

    /**
     * Begins a mapper with limits of its own.
     *
     * @param limits what a text may hold
     * @return the rest of its settings
     */
    public static JsonMapper.Builder mapper(StreamReadConstraints limits) {
        return JsonMapper.builder(factory(limits)).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /**
     * Makes what makes parsers, for texts that are read token by token.
     *
     * @param limits what a text may hold
     * @return the factory
     */
    public static JsonFactory factory(StreamReadConstraints limits) {
        return new Factory(JsonFactory.builder().streamReadConstraints(limits));
    }

    private static final class Factory extends JsonFactory {
        private static final long serialVersionUID = 1L;

        Factory(JsonFactoryBuilder settings) {
            super(settings);
        }

        private Factory(Factory other) {
            super(other);
        }

        @Override
        public JsonFactory copy() {
            return new Factory(this);
        }

        @Override
        protected JsonParser _createParser(ObjectReadContext reading, IOContext io, InputStream in) {
            return new ExactParser(super._createParser(reading, io, in));
        }

        @Override
        protected JsonParser _createParser(ObjectReadContext reading, IOContext io, Reader in) {
            return new ExactParser(super._createParser(reading, io, in));
        }

        @Override
        protected JsonParser _createParser(
                ObjectReadContext reading, IOContext io, char[] text, int offset, int length, boolean recyclable) {
            return new ExactParser(super._createParser(reading, io, text, offset, length, recyclable));
        }

        @Override
        protected JsonParser _createParser(
                ObjectReadContext reading, IOContext io, byte[] text, int offset, int length) {
            return new ExactParser(super._createParser(reading, io, text, offset, length));
        }

        @Override
        protected JsonParser _createParser(ObjectReadContext reading, IOContext io, DataInput in) {
            return new ExactParser(super._createParser(reading, io, in));
        }
    }
}
