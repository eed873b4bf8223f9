package io.rateguard.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reactor.core.publisher.Flux;

/** Cuts a stream of bytes anew into pieces of one size, through characters, line ends and events alike. */
final class Splitter {

    private final int size;
    private byte[] rest = new byte[0];

    private Splitter(int size) {
        this.size = size;
    }

    static Flux<byte[]> split(Flux<byte[]> pieces, int size) {
        return Flux.defer(() -> {
            Splitter splitter = new Splitter(size);
            return pieces.concatMapIterable(splitter::cut).concatWith(Flux.defer(splitter::remainder));
        });
    }

    private List<byte[]> cut(byte[] piece) {
        byte[] all = Bytes.join(rest, piece, new byte[0]);
        int whole = all.length - all.length % size;
        List<byte[]> cut = new ArrayList<>(whole / size);
        for (int from = 0; from < whole; from += size) {
            cut.add(Arrays.copyOfRange(all, from, from + size));
        }
        rest = Arrays.copyOfRange(all, whole, all.length);
        return cut;
    }

    private Flux<byte[]> remainder() {
        return rest.length == 0 ? Flux.empty() : Flux.just(rest);
    }
}
