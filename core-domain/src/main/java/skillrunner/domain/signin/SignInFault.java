package skillrunner.domain.signin;

/** Why a sign-in failed, or asks its user once more: for programs, and for pages that have words of their own for it. */
public enum SignInFault {
    /** Its user ended it. */
    CANCELED_BY_USER,
    /** It took longer than a session may. */
    TIME_OVER,
    /** The server was stopped while it was under way. */
    SERVER_STOPPED,
    /** The server ended without a word while it was under way; what was left of it was ended by the next one. */
    ORCHESTRATOR_RESTART_INTERRUPTED,
    /** Something here went wrong that nobody foresaw. */
    BROKE_OFF,
    /** Its driver brought it into a state that it can't have. */
    FORBIDDEN_STATE,
    /** The engine's credentials could not be written. */
    CREDENTIALS_NOT_WRITTEN,
    /** The provider said no. */
    PROVIDER_REFUSED,
    /** The provider sent the browser back with neither a code nor an error. */
    NO_CODE,
    /** The provider does not take the code. */
    CODE_NOT_REDEEMED,
    /** The CLI asks for another code. */
    CODE_REFUSED,
    /** The CLI said nothing after it was given a code. */
    RESULT_OVERDUE,
    /** The CLI could not be started. */
    CLI_NOT_STARTED,
    /** The CLI ended before anybody was signed in. */
    CLI_ENDED,
    /** The CLI says that it is done, and its credentials are those it had before. */
    CREDENTIALS_UNCHANGED,
    /** The CLI shows what this version of the server does not know. */
    SCREEN_NOT_UNDERSTOOD,
    /** The CLI lacks the plugin that signs it in to this provider. */
    PLUGIN_MISSING,
    /** The provider does not let this account use the CLI. */
    ACCOUNT_NOT_ELIGIBLE,
    /** The accounts that were there could not be laid aside. */
    BACKUP_FAILED;

    /**
     * Adds words.
     *
     * @param words a short sentence without secrets
     * @return the problem
     */
    public SignInProblem saying(String words) {
        return new SignInProblem(this, words);
    }
}
