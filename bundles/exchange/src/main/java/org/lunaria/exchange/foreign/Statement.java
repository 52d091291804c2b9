package org.lunaria.exchange.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A statement of a configuration file: words, and what stands in the braces or between the tags behind them.
 *
 * @param line of its first word, from 1
 */
record Statement(int line, List<String> words, List<Statement> children) {

    static Statement of(int line, List<String> words) {
        return new Statement(line, List.copyOf(words), new ArrayList<>());
    }

    /** The word that says what it is. */
    String keyword() {
        return words.isEmpty() ? "" : words.get(0);
    }

    /** A word behind the first, from 1; empty when there are not so many. */
    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /** All words behind the first. */
    String rest() {
        return String.join(" ", words.subList(Math.min(1, words.size()), words.size()));
    }

    List<Statement> all(String keyword) {
        return children.stream()
                .filter(child -> child.keyword().equals(keyword))
                .toList();
    }

    /** The last one, which is what counts where one is expected. */
    Optional<Statement> last(String keyword) {
        List<Statement> all = all(keyword);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }
}
