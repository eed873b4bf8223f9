package io.rateguard.console.common.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.dom.Element;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterChoiceTest {

    private final FilterChoice<String> choice = new FilterChoice<String>("API", "api", String::toString).orNone("All");

    @Test
    void offersWhatWasChosenBesideWhatThereIs() {
        choice.offer(List.of("a", "b"));
        choice.choose("gone");

        choice.offer(List.of("b", "c"));

        assertThat(choice.value()).isEqualTo("gone");
        assertThat(options()).containsExactly("All", "b", "c", "gone");
    }

    @Test
    void forgetsWhatIsNotChosenAnyMore() {
        choice.choose("gone");
        choice.choose(null);

        choice.offer(List.of("b"));

        assertThat(choice.value()).isNull();
        assertThat(options()).containsExactly("All", "b");
    }

    private List<String> options() {
        return choice.getElement().getChildren().map(Element::getText).toList();
    }
}
