package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a reply that a dialect looks at, as a tree of names; {@code []} stands for each element of an array:
 * {@code choices.[].delta.content}.
 */
final class FieldTree<F extends Enum<F>> {

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

    Node<F> root() {
        return root;
    }

    int depth() {
        return depth;
    }

    static final class Node<F> {

        private final byte[] name;
        private final List<Node<F>> children = new ArrayList<>(4);
        private @Nullable Node<F> element;
        private @Nullable F field;

        private Node(String name) {
            this.name = name.getBytes(UTF_8);
        }

        @Nullable
        F field() {
            return field;
        }

        @Nullable
        Node<F> element() {
            return element;
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
