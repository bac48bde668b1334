package skillrunner.delegate;

import skillrunner.application.signin.PastedAnswer;

/** What is secret of what somebody pasted. */
final class Pasted {
    private Pasted() {}

    /** The code is, and its beginnings; the address around it begins as any other does. */
    static void hide(String value, Stage stage) {
        stage.hide(value, !value.contains("://"));
        PastedAnswer.read(value).ifPresent(answer -> {
            stage.hide(answer.code(), true);
            int at = value.indexOf("code=");
            if (at >= 0) {
                // As it stands there, where signs of it are encoded.
                stage.hide(value.substring(at + 5).split("[&#]", 2)[0], true);
            }
        });
    }
}
