package io.rateguard.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The objects of one kind, in memory; when it is full the oldest goes. Objects are copied in and out. */
final class Shelf {

    private static final int MOST_OBJECTS = 10_000;

    private final String prefix;
    private final LinkedHashMap<String, ObjectNode> objects = new LinkedHashMap<>();
    private long made;

    Shelf(String prefix) {
        this.prefix = prefix;
    }

    synchronized ObjectNode add(String kind, ObjectNode fields) {
        String id = prefix + ++made;
        ObjectNode object = Json.newObject();
        object.put("id", id).put("object", kind).put("created", System.currentTimeMillis() / 1000);
        fields.properties().forEach(field -> object.putIfAbsent(field.getKey(), field.getValue()));
        if (objects.size() == MOST_OBJECTS) {
            objects.remove(objects.keySet().iterator().next());
        }
        objects.put(id, object);
        return object.deepCopy();
    }

    synchronized Optional<ObjectNode> find(String id) {
        return Optional.ofNullable(objects.get(id)).map(ObjectNode::deepCopy);
    }

    /** Sets fields; id, kind and time of creation stay. */
    synchronized Optional<ObjectNode> change(String id, ObjectNode fields) {
        ObjectNode object = objects.get(id);
        if (object == null) {
            return Optional.empty();
        }
        object.setAll(fields.without(List.of("id", "object", "created")));
        return Optional.of(object.deepCopy());
    }

    synchronized boolean remove(String id) {
        return objects.remove(id) != null;
    }

    /** The newest first. */
    synchronized List<ObjectNode> newest(int limit) {
        List<ObjectNode> newest = new ArrayList<>();
        objects.sequencedValues().reversed().stream().limit(limit).forEach(object -> newest.add(object.deepCopy()));
        return newest;
    }

    synchronized int size() {
        return objects.size();
    }
}
