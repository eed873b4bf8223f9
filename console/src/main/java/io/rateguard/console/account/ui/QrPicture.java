package io.rateguard.console.account.ui;

import com.vaadin.flow.component.html.Image;
import io.nayuki.qrcodegen.QrCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A text for the camera of a phone, black on white in every theme. */
final class QrPicture extends Image {

    private static final int QUIET = 4;

    QrPicture(String text, String label) {
        super(source(QrCode.encodeText(text, QrCode.Ecc.MEDIUM)), label);
        addClassName("qr-picture");
    }

    private static String source(QrCode code) {
        StringBuilder dark = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    dark.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                }
            }
        }
        int side = code.size + 2 * QUIET;
        String corner = -QUIET + " " + -QUIET;
        String svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='" + corner + " " + side + " " + side
                + "' shape-rendering='crispEdges'><path d='M" + corner + "h" + side + "v" + side + "h-" + side
                + "z' fill='#fff'/><path d='" + dark + "' fill='#000'/></svg>";
        return "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.US_ASCII));
    }
}
