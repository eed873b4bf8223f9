package io.rateguard.console.workspaces;

import org.jspecify.annotations.Nullable;

/**
 * What a workspace is to be called.
 *
 * @param slug its name in addresses
 */
public record NewWorkspace(@Nullable String name, @Nullable String slug) {}
