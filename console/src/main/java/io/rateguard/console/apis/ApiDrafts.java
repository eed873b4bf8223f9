package io.rateguard.console.apis;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.RowIds;
import io.rateguard.domain.api.AuthType;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.Slug;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.net.AddressGuard;
import io.rateguard.domain.secret.SecretBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks what a client wants of a new API, fills in defaults and seals its secrets. */
@Component
class ApiDrafts {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,8190}[\\x21-\\x7e])?");
    static final NewApi.Timeouts NO_TIMEOUTS = new NewApi.Timeouts(null, null, null);

    private final SecretBox secrets;
    private final AddressGuard guard;

    ApiDrafts(SecretBox secrets, AddressGuard guard) {
        this.secrets = secrets;
        this.guard = guard;
    }

    ApiDraft draft(WorkspaceId workspace, NewApi wanted) {
        wanted.refuseWhatIsNotSupported();
        Profile profile = Problem.valid(() -> Profile.ofWireName(Fields.require("profile", wanted.profile())));
        ApiEntity api = new ApiEntity();
        api.id = RowIds.next();
        api.workspaceId = workspace.value();
        api.slug = Problem.valid(() -> Slug.require("slug", Fields.require("slug", wanted.slug())));
        api.profile = profile.wireName();
        api.createdAt = RowIds.now();
        describe(api, profile, wanted);
        List<CredentialEntity> credentials = credentials(api, wanted);
        if (credentials.isEmpty() && isSecret(api)) {
            throw Problem.invalid("auth.secret: missing (expected: the upstream's secret, or auth.type none)");
        }
        return new ApiDraft(api, credentials);
    }

    /**
     * Changes an API that there is, but for what callers, keys, limits and budgets go by. A secret goes nowhere but where it was given for: to reach another host, it has to be
     * given again.
     *
     * @return what takes the place of its credentials; none where they stay
     */
    List<CredentialEntity> change(ApiEntity api, UnaryOperator<NewApi> change) {
        NewApi wanted = change.apply(NewApi.of(api));
        wanted.refuseWhatIsNotSupported();
        Fields.requireSame("slug", wanted.slug(), api.slug, "by which applications reach it");
        Fields.requireSame("profile", wanted.profile(), api.profile, "by which its requests are read");
        String before = BaseUrl.origin(api.baseUrl);
        boolean hadSecret = isSecret(api);
        describe(api, Profile.ofWireName(api.profile), wanted);
        List<CredentialEntity> credentials = credentials(api, wanted);
        if (credentials.isEmpty() && isSecret(api) && (!hadSecret || !before.equals(BaseUrl.origin(api.baseUrl)))) {
            throw Problem.invalid("auth.secret: missing (expected: the secret that " + BaseUrl.origin(api.baseUrl)
                    + " takes, or auth.type none)");
        }
        return credentials;
    }

    static boolean isSecret(ApiEntity api) {
        return !api.authType.equals(AuthType.NONE.wireName());
    }

    private void describe(ApiEntity api, Profile profile, NewApi wanted) {
        api.name = wanted.name() == null ? api.slug : Fields.requireName("name", wanted.name());
        api.baseUrl = BaseUrl.require(Fields.require("baseUrl", wanted.baseUrl()), guard);
        api.enabled = wanted.enabled() == null || wanted.enabled();
        api.unknownPaths = unknownPaths(wanted.unknownPaths(), profile).wireName();
        api.clientGone = clientGone(wanted.clientGone());
        NewApi.Timeouts timeouts = wanted.timeouts() == null ? NO_TIMEOUTS : wanted.timeouts();
        api.connectTimeoutMillis = timeout("connect", timeouts.connect(), 2_000, 60_000);
        api.firstByteTimeoutMillis = timeout("firstByte", timeouts.firstByte(), 600_000, 3_600_000);
        api.totalTimeoutMillis = timeout("total", timeouts.total(), 1_800_000, 86_400_000);
        NewApi.Auth auth = wanted.auth();
        AuthType type = auth == null || auth.type() == null
                ? profile.defaultAuth()
                : Problem.valid(() -> AuthType.ofWireName(Fields.require("auth.type", auth.type())));
        String named = auth == null ? null : auth.name();
        boolean goes = !type.isNamed() && Objects.equals(named, api.authName);
        api.authType = type.wireName();
        api.authName = authName(type, profile, goes ? null : named);
    }

    private List<CredentialEntity> credentials(ApiEntity api, NewApi wanted) {
        List<NewApi.Credential> given = given(wanted);
        if (!isSecret(api) && !given.isEmpty()) {
            throw Problem.invalid("credentials: " + given.size() + " (expected: none with auth.type none)");
        }
        List<CredentialEntity> sealed = new ArrayList<>();
        for (NewApi.@Nullable Credential credential : given) {
            if (credential == null) {
                throw Problem.invalid("credentials: null (expected: a name and a secret)");
            }
            sealed.add(seal(api, credential));
        }
        return sealed;
    }

    private static List<NewApi.Credential> given(NewApi wanted) {
        NewApi.Auth auth = wanted.auth();
        List<NewApi.Credential> listed = wanted.credentials() == null ? List.of() : wanted.credentials();
        if (auth == null || auth.secret() == null) {
            return listed;
        }
        if (!listed.isEmpty()) {
            throw Problem.invalid("auth.secret: given beside credentials (expected: one of them)");
        }
        return List.of(new NewApi.Credential("main", auth.secret(), 1));
    }

    private CredentialEntity seal(ApiEntity api, NewApi.Credential given) {
        String secret = Fields.require("credentials.secret", given.secret());
        if (!PRINTABLE.matcher(secret).matches()) {
            throw Problem.invalid("credentials.secret: " + secret.length()
                    + " characters (expected: 1 to 8192 printable ASCII characters, no space around them)");
        }
        int weight = given.weight() == null ? 1 : given.weight();
        if (weight < 0 || weight > 1000) {
            throw Problem.invalid("credentials.weight: " + weight + " (expected: 0 to 1000)");
        }
        CredentialEntity credential = new CredentialEntity();
        credential.id = RowIds.next();
        credential.workspaceId = api.workspaceId;
        credential.apiId = api.id;
        credential.name = Fields.requireName("credentials.name", given.name());
        credential.sealed = secrets.seal(secret, credential.id.toString());
        credential.sealedWith = secrets.keyId();
        credential.weight = weight;
        credential.createdAt = RowIds.now();
        return credential;
    }

    private static @Nullable String authName(AuthType type, Profile profile, @Nullable String name) {
        if (!type.isNamed()) {
            if (name != null) {
                throw Problem.invalid(
                        "auth.name: " + name + " (expected: absent with auth.type " + type.wireName() + ")");
            }
            return null;
        }
        if (name == null) {
            return type == AuthType.QUERY ? "key" : Objects.requireNonNullElse(profile.defaultAuthName(), "x-api-key");
        }
        if (!NAME.matcher(name).matches()) {
            throw Problem.invalid("auth.name: " + name + " (expected: the name of a header or query parameter)");
        }
        return name;
    }

    private static UnknownPaths unknownPaths(@Nullable String wanted, Profile profile) {
        if (wanted != null) {
            return Problem.valid(() -> UnknownPaths.ofWireName(wanted));
        }
        return profile.usualUnknownPaths();
    }

    private static String clientGone(@Nullable String wanted) {
        if (wanted == null) {
            return "drain";
        }
        if (!wanted.equals("drain") && !wanted.equals("abort")) {
            throw Problem.invalid("clientGone: " + wanted + " (expected: drain or abort)");
        }
        return wanted;
    }

    private static int timeout(String name, @Nullable Integer wanted, int usual, int most) {
        int millis = wanted == null ? usual : wanted;
        if (millis < 1 || millis > most) {
            throw Problem.invalid("timeouts." + name + ": " + millis + " (expected: 1 to " + most + " ms)");
        }
        return millis;
    }
}
