package io.rateguard.analytics.question;

import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What was used, as the rollup by splits keeps it: counts in the order in which the column {@code requests.used} names the
 * classes.
 */
final class UsedCounts {

    static final List<UsageClass> ORDER = List.of(
            UsageClass.INPUT,
            UsageClass.OUTPUT,
            UsageClass.CACHE_READ,
            UsageClass.REASONING,
            UsageClass.CACHE_WRITE_5M,
            UsageClass.CACHE_WRITE_1H,
            UsageClass.INPUT_AUDIO,
            UsageClass.CACHE_READ_AUDIO,
            UsageClass.INPUT_IMAGE,
            UsageClass.CACHE_READ_IMAGE,
            UsageClass.INPUT_VIDEO,
            UsageClass.CITATION,
            UsageClass.OUTPUT_AUDIO,
            UsageClass.OUTPUT_IMAGE,
            UsageClass.OUTPUT_VIDEO,
            UsageClass.WEB_SEARCHES,
            UsageClass.PREVIEW_SEARCHES,
            UsageClass.TOOL_CALLS,
            UsageClass.SECONDS,
            UsageClass.CHARACTERS,
            UsageClass.IMAGES,
            UsageClass.REQUESTS,
            UsageClass.VALUE_MICROS);

    private UsedCounts() {}

    /**
     * What both tell together: rollups by quarter hours and minutes keep their counts by name.
     *
     * @param inOrder as many as there are; the classes behind count nothing
     */
    static Usage sum(JsonNode byName, JsonNode inOrder) {
        Usage.Builder usage = Usage.builder();
        for (int i = 0; i < ORDER.size(); i++) {
            UsageClass usageClass = ORDER.get(i);
            usage.set(
                    usageClass,
                    Math.addExact(
                            byName.path(usageClass.wireName()).asLong(0),
                            inOrder.path(i).asLong(0)));
        }
        return usage.build();
    }
}
