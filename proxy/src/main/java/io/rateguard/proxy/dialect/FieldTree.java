package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a reply that a dialect looks at, as a tree of names; {@code []} stands for each element of an array:
 * {@code choices.[].delta.content}.
 */
final class FieldTree<F extends Enum<F>> {

    private static final int EACH = -1;
    private static final int NOWHERE = -2;
    private static final Pattern PLACE = Pattern.compile("0|[1-9]\\d{0,8}");

    private final Node<F> root;
    private final int depth;

    private FieldTree(Node<F> root, int depth) {
        this.root = root;
        this.depth = depth;
    }

    /** @param paths of each field: where it may stand; a field may have several */
    static <F extends Enum<F>> FieldTree<F> of(F[] fields, Function<F, List<String>> paths) {
        Node<F> root = new Node<>("");
        int depth = 1;
        for (F field : fields) {
            for (String path : paths.apply(field)) {
                String[] names = path.split("\\.");
                Node<F> node = root;
                for (String name : names) {
                    node = node.childOrNew(name);
                }
                node.field = field;
                depth = Math.max(depth, names.length + 1);
            }
        }
        return new FieldTree<>(root, depth);
    }

    /** The one place that a JSON pointer names: each step is a field's name, or the place in a list. */
    static <F extends Enum<F>> FieldTree<F> of(F field, List<String> steps) {
        Node<F> root = new Node<>("");
        Node<F> node = root;
        for (String step : steps) {
            node = node.step(step);
        }
        node.field = field;
        return new FieldTree<>(root, steps.size() + 1);
    }

    Node<F> root() {
        return root;
    }

    int depth() {
        return depth;
    }

    private static int place(String step) {
        return PLACE.matcher(step).matches() ? Integer.parseInt(step) : NOWHERE;
    }

    static final class Node<F> {

        private final byte[] name;
        private final List<Node<F>> children = new ArrayList<>(4);
        private @Nullable Node<F> element;
        private int place = EACH;
        private @Nullable F field;

        private Node(String name) {
            this.name = name.getBytes(UTF_8);
        }

        @Nullable
        F field() {
            return field;
        }

        @Nullable
        Node<F> element(int at) {
            return place == EACH || place == at ? element : null;
        }

        @Nullable
        Node<F> child(byte[] bytes, int length) {
            for (int i = 0; i < children.size(); i++) {
                Node<F> child = children.get(i);
                if (Arrays.equals(child.name, 0, child.name.length, bytes, 0, length)) {
                    return child;
                }
            }
            return null;
        }

        private Node<F> step(String name) {
            Node<F> next = new Node<>(name);
            children.add(next);
            element = next;
            place = place(name);
            return next;
        }

        private Node<F> childOrNew(String childName) {
            if (childName.equals("[]")) {
                Node<F> known = element == null ? new Node<>(childName) : element;
                element = known;
                return known;
            }
            byte[] bytes = childName.getBytes(UTF_8);
            Node<F> known = child(bytes, bytes.length);
            if (known == null) {
                known = new Node<>(childName);
                children.add(known);
            }
            return known;
        }
    }
}
