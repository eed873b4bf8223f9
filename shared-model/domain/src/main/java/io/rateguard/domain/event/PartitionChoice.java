package io.rateguard.domain.event;

import io.rateguard.domain.id.WorkspaceId;
import java.util.UUID;

/** Which Kafka partition a workspace's events go to: the same in every process and every version. */
public final class PartitionChoice {

    private PartitionChoice() {}

    public static int of(WorkspaceId workspace, int partitions) {
        UUID id = workspace.value();
        long mixed = id.getMostSignificantBits() * 0x9E3779B97F4A7C15L ^ id.getLeastSignificantBits();
        mixed = (mixed ^ mixed >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return (int) Long.remainderUnsigned(mixed ^ mixed >>> 33, partitions);
    }
}
