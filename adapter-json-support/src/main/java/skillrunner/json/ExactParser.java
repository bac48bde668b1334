package skillrunner.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Supplier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.util.JsonParserDelegate;

/** Reads as another one, but fails in the same way whatever is wrong. */
final class ExactParser extends JsonParserDelegate {
    ExactParser(JsonParser parser) {
        super(parser);
    }

    @Override
    public Number getNumberValue() {
        return read(super::getNumberValue);
    }

    @Override
    public Number getNumberValueExact() {
        return read(super::getNumberValueExact);
    }

    @Override
    public Object getNumberValueDeferred() {
        return read(super::getNumberValueDeferred);
    }

    @Override
    public BigDecimal getDecimalValue() {
        return read(super::getDecimalValue);
    }

    @Override
    public BigInteger getBigIntegerValue() {
        return read(super::getBigIntegerValue);
    }

    @Override
    public double getDoubleValue() {
        return read(super::getDoubleValue);
    }

    @Override
    public float getFloatValue() {
        return read(super::getFloatValue);
    }

    @Override
    public int getIntValue() {
        return read(super::getIntValue);
    }

    @Override
    public long getLongValue() {
        return read(super::getLongValue);
    }

    private <T> T read(Supplier<T> number) {
        try {
            return number.get();
        } catch (NumberFormatException e) {
            throw new NumberOutOfRangeException(this, e);
        }
    }
}
