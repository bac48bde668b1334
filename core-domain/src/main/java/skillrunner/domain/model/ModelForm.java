package skillrunner.domain.model;

import java.util.Optional;

/** How a request writes a model of an engine; the engine's driver says which form is its own. */
public enum ModelForm {
    /** The id as it is. */
    ID,
    /** The id, and after the first {@code @} a reasoning effort if one is wanted. */
    ID_AND_EFFORT {
        @Override
        Optional<String> fault(String text) {
            return Optional.empty();
        }
    },
    /** The provider, a slash, and the provider's own name of the model, which may hold slashes too. */
    PROVIDER_AND_NAME {
        @Override
        Optional<String> fault(String text) {
            int slash = text.indexOf('/');
            if (slash <= 0 || slash == text.length() - 1 || text.codePoints().anyMatch(Character::isWhitespace)) {
                return Optional.of("a model is written provider/model");
            }
            return super.fault(text);
        }
    };

    /** Says why a text can't be a model, whatever models there are. */
    Optional<String> fault(String text) {
        return text.indexOf('@') < 0 ? Optional.empty() : Optional.of("the model has no '@'");
    }

    /** Where the effort's {@code @} stands, or -1. */
    int effortAt(String text) {
        return this == ID_AND_EFFORT ? text.indexOf('@') : -1;
    }
}
