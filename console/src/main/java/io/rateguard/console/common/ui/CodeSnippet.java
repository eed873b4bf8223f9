package io.rateguard.console.common.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.dom.Element;

/** A command shown as it is typed, with a button that copies it. */
@Tag("code-snippet")
@JsModule("./components/code-snippet.ts")
public final class CodeSnippet extends Component {

    public CodeSnippet(String text) {
        Element code = new Element("code").setText(text);
        Element block = new Element("pre");
        block.setAttribute("tabindex", "0");
        block.appendChild(code);
        getElement().appendChild(block);
    }
}
