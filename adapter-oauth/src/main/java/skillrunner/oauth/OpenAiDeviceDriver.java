package skillrunner.oauth;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.application.signin.SignInDesk;
import skillrunner.application.signin.SignInDriver;
import skillrunner.application.signin.SignInWork;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.domain.signin.SignInWay;

/** Shows a code that the user types into OpenAI's page, on whatever device. */
final class OpenAiDeviceDriver implements SignInDriver {
    private final Parts parts;

    OpenAiDeviceDriver(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<SignInWay> ways() {
        return Stream.of(OpenAiEngine.values())
                .map(engine -> engine.way(SignInMethod.AUTH_CODE_OR_URL))
                .toList();
    }

    @Override
    public SignInWork begin(SignInWay way, SignInDesk desk) {
        OpenAiDevice device = new OpenAiDevice(parts, parts.trace(desk), OpenAiEngine.of(way));
        OpenAiDevice.Code code = device.code();
        String page = parts.settings().address(OAuthEndpoint.OPENAI_DEVICE_PAGE).toString();
        desk.asked(SignInPrompt.code(page, code.userCode()), Optional.empty());
        return new OpenAiDeviceSignIn(device, code, desk, parts.clock());
    }
}
