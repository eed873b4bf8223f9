package io.rateguard.console.apis;

import java.util.List;

/** A checked API and its sealed credentials, ready to be saved. */
record ApiDraft(ApiEntity api, List<CredentialEntity> credentials) {}
