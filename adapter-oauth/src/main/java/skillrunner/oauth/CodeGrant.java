package skillrunner.oauth;

import skillrunner.application.signin.SignInDesk;

/** Makes credentials of a code. */
interface CodeGrant {
    /**
     * Asks the provider.
     *
     * @param code the code; taken by this call, whatever comes of it
     * @param desk where facts about the account are noted
     * @return writes the credentials, all or none
     * @throws ProviderException if the provider gives none
     */
    Runnable redeem(String code, SignInDesk desk) throws ProviderException;
}
