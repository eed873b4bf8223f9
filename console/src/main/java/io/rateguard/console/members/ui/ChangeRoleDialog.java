package io.rateguard.console.members.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import io.rateguard.console.members.Member;
import io.rateguard.console.security.Role;
import java.util.function.Consumer;

/** Asks what a member is to be from now on. */
final class ChangeRoleDialog extends Dialog {

    ChangeRoleDialog(Member member, boolean owners, Consumer<Role> chosen) {
        RoleChoice role = new RoleChoice(owners, member.role());
        Button change = new Button("Change role", click -> {
            close();
            chosen.accept(role.getValue());
        });
        change.addThemeVariants(ButtonVariant.PRIMARY);
        change.setTestId("member-role-save");

        Div form = new Div(role);
        form.addClassName("form");
        setHeaderTitle("Role of " + member.email());
        addClassName("form-dialog");
        add(form);
        getFooter().add(new Button("Cancel", click -> close()), change);
    }
}
