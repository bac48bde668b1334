package skillrunner.http;

import java.time.Instant;
import java.util.function.Function;
import skillrunner.application.engine.CliSource;
import skillrunner.application.file.FilePreview;
import skillrunner.application.model.ModelListing;
import skillrunner.application.skill.SkillHealth;
import skillrunner.application.terminal.TerminalDoor;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;
import skillrunner.domain.interaction.InteractionKind;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.model.LiveModels;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.run.RecoveryState;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.StallKind;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.InstallStatus;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.terminal.TerminalId;
import skillrunner.domain.terminal.TerminalSandbox;
import skillrunner.domain.terminal.TerminalStatus;
import skillrunner.domain.upgrade.EngineUpgradeStatus;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeStanding;
import skillrunner.domain.upgrade.UpgradeStatus;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** How the values of the core are written: all of them as texts, also as names of members. */
final class WireTypes {
    private final SimpleModule module = new SimpleModule("wire");

    private WireTypes() {}

    static JacksonModule module() {
        WireTypes types = new WireTypes();
        types.add(Instant.class, WireFormat::moment);
        types.addIds();
        types.addNames();
        return types.module;
    }

    private void addIds() {
        add(RequestId.class, RequestId::value);
        add(RunId.class, RunId::value);
        add(SkillId.class, SkillId::value);
        add(InstallId.class, InstallId::value);
        add(SignInId.class, SignInId::value);
        add(TerminalId.class, TerminalId::value);
        add(UpgradeId.class, UpgradeId::value);
        add(EngineId.class, EngineId::wire);
        add(CliVersion.class, CliVersion::text);
        add(ModelSpec.class, ModelSpec::text);
    }

    private void addNames() {
        add(TerminalDoor.Kind.class, TerminalDoor.Kind::wire);
        add(TerminalSandbox.Status.class, TerminalSandbox.Status::wire);
        add(TerminalSandbox.Gap.class, TerminalSandbox.Gap::wire);
        add(TerminalStatus.class, TerminalStatus::wire);
        add(CliSource.class, CliSource::wire);
        add(EngineUpgradeStatus.class, EngineUpgradeStatus::wire);
        add(ErrorCode.class, ErrorCode::name);
        add(ExecutionMode.class, ExecutionMode::wire);
        add(FilePreview.Mode.class, FilePreview.Mode::wire);
        add(InstallAction.class, InstallAction::wire);
        add(ErrorCode.class, ErrorCode::name);
        add(InstallStatus.class, InstallStatus::wire);
        add(LiveModels.Status.class, LiveModels.Status::wire);
        add(ModelListing.Source.class, ModelListing.Source::wire);
        add(ProcessIsolation.class, ProcessIsolation::wire);
        add(ProcessEnd.class, ProcessEnd::wire);
        add(RecoveryState.class, RecoveryState::wire);
        add(StallKind.class, StallKind::wire);
        add(RequestKind.class, RequestKind::wire);
        add(RunFailureCode.class, RunFailureCode::name);
        add(InteractionKind.class, InteractionKind::wire);
        add(RunStatus.class, RunStatus::wire);
        add(JournalStream.class, JournalStream::wire);
        add(SandboxStatus.class, SandboxStatus::wire);
        add(SchemaKind.class, SchemaKind::wire);
        add(SignInFault.class, SignInFault::name);
        add(SignInInputKind.class, SignInInputKind::wire);
        add(SignInMethod.class, SignInMethod::wire);
        add(SignInStatus.class, SignInStatus::wire);
        add(SignInTransport.class, SignInTransport::wire);
        add(SkillHealth.class, SkillHealth::wire);
        add(UpgradeStanding.State.class, UpgradeStanding.State::wire);
        add(UpgradeStatus.class, UpgradeStatus::wire);
    }

    private <T> void add(Class<T> type, Function<? super T, String> text) {
        module.addSerializer(type, new Text<>(type, text, false));
        module.addKeySerializer(type, new Text<>(type, text, true));
    }

    /** Writes a value as a text, or as the name of a member. */
    private static final class Text<T> extends StdSerializer<T> {
        private final Function<? super T, String> text;
        private final boolean name;

        Text(Class<T> type, Function<? super T, String> text, boolean name) {
            super(type);
            this.text = text;
            this.name = name;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) {
            if (name) {
                json.writeName(text.apply(value));
            } else {
                json.writeString(text.apply(value));
            }
        }
    }
}
