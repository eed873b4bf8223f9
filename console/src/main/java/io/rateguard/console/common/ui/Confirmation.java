package io.rateguard.console.common.ui;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;

/** Asks before something is done that takes effect at once on those who use the product, and says what will happen. */
public final class Confirmation {

    private Confirmation() {}

    /**
     * @param question names the thing: {@code Delete limit “Crawler”?}
     * @param consequence what will happen, in whole sentences
     * @param word on the button that does it: {@code Delete limit}
     */
    public static void ask(String question, String consequence, String word, Runnable does) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(question);
        dialog.setText(consequence);
        dialog.setCancelable(true);
        dialog.setConfirmText(word);
        dialog.setConfirmButtonTheme("error primary");
        dialog.addConfirmListener(confirmed -> does.run());
        dialog.open();
    }
}
